"""All that is kept about a person, for that person to take away."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from academy import __version__
from academy.course import Course
from academy.desk.grades import Grades
from academy.peers import forms
from academy.peers.opening import opening
from academy.peers.rounds import Round
from academy.people.named import NAMED
from academy.store import Store
from academy.store.schema import utc_now

__all__ = ["takeout"]

FORMAT = 1
OF_TEAMS = ("submissions", "feedback")
"""What is a person's where their team has it."""


def takeout(store: Store, course: Course, person_id: str, grades: Grades) -> dict[str, Any]:
    """Return everything in the database that names a person, by what it is.

    Of others there is what the person sees on their own pages: reviews of their work once they are open, without who
    wrote them.
    """
    with store.session() as session:
        found: dict[str, Any] = {each.title: each.rows(session, person_id) for each in NAMED if each.told}
        teams = sorted(team["team_id"] for team in found["teams"])
        for each in NAMED:
            if each.title in OF_TEAMS:
                found[each.title] += [row for team in teams for row in each.rows(session, team)]
    person, private = found.pop("person"), found.pop("private")
    owners = {person_id, *teams}
    found["reviews_received"] = [
        review for owner in sorted(owners) for review in _received(store, course, owner)
    ]
    found["grades"] = [
        {"exercise": exercise, **_plain(asdict(grade))}
        for (owner, exercise), grade in sorted(grades.items(), key=lambda each: each[0])
        if owner in owners
    ]
    return {
        "format": FORMAT,
        "kit": __version__,
        "made_at": utc_now().isoformat(timespec="seconds"),
        "course": course.edition,
        "person": {**_plain(person[0]), **(private[0] if private else {})},
        **{title: [_plain(row) for row in rows] for title, rows in found.items()},
    }


def _received(store: Store, course: Course, owner: str) -> list[dict[str, Any]]:
    """The reviews of somebody's work that they can read on their page."""
    found = []
    for exercise in course.exercises:
        if exercise.review is None:
            continue
        round_ = Round(store, course, exercise)
        if opening(round_, owner).state not in ("open", "few"):
            continue
        for task in round_.received(owner):
            flat = round_.answers.values_at(task.reviewer, exercise.id, task.rev)
            prefix = f"{forms.REVIEWS}/{task.row}/"
            said = {
                path.removeprefix(prefix): value for path, value in flat.items() if path.startswith(prefix)
            }
            said.pop(forms.TRUE_NAME, None)
            found.append({"round": exercise.id, "submission": task.submission, "review": said})
    return found


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row as JSON can hold it."""
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}
