"""`academy status`: where the course stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from academy.i18n import N_
from academy_app.cli.options import DataOption, EditionOption, Opened, opened, tell_doubled
from academy_app.cli.words import _

if TYPE_CHECKING:
    from academy.data import DataFolder

__all__ = ["status"]

# Any number fits.
_PEOPLE = {
    "participant": N_("Participants: {n}"),
    "mentor": N_("Mentors: {n}"),
    "facilitator": N_("Facilitators: {n}"),
}

# A submission is graded once nothing in it waits for a person.
_GRADED = """
SELECT assignment.name, submitted_assignment.student_id, CASE WHEN NOT EXISTS (
    SELECT 1 FROM submitted_notebook JOIN grade ON grade.notebook_id = submitted_notebook.id
    WHERE submitted_notebook.assignment_id = submitted_assignment.id AND grade.needs_manual_grade)
    THEN 1 ELSE 0 END
FROM submitted_assignment JOIN assignment ON assignment.id = submitted_assignment.assignment_id
"""


def status(
    data: DataOption = Path("academy-data"),
    edition: EditionOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON for another program.")] = False,
) -> None:
    """Show people, open exercises, submissions and grading."""
    with opened(data, edition) as folder:
        found = _status(folder)
    if as_json:
        import json

        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    tell_doubled([found["course"]])
    typer.echo(found["title"])
    for role, sentence in _PEOPLE.items():
        if role == "participant" or role in found["people"]:
            typer.echo(_(sentence).format(n=found["people"].get(role, 0)))
    typer.echo(_("Joining: open") if found["joining"] else _("Joining: closed"))
    for line in _server_lines(found["server"]):
        typer.echo(line)
    for exercise in found["exercises"]:
        typer.echo(
            _(
                "{title} ({state}): submitted by {people}, graded {graded} of {collected} collected, "
                "feedback for {feedback}"
            ).format(
                state=_("open") if exercise["open"] else _("closed"),
                title=exercise["title"],
                people=exercise["people_submitted"],
                graded=exercise["graded"],
                collected=exercise["autograded"],
                feedback=exercise["feedback"],
            )
        )


def _status(folder: Opened) -> dict[str, Any]:
    from academy.desk.people import AGAIN, DONE, FEEDBACK, SUBMITTED, cohort
    from academy.people.leaving import who_left
    from academy.status_file import read_status
    from academy.store import Answers, Releases

    course = folder.course()
    answers = Answers(folder.store, course.edition)
    states = [line.states for line in cohort(folder.store, course).lines if line.role == "participant"]
    releases = Releases(folder.store, course.edition)
    left = who_left(folder.store, course.edition)
    graded = _graded(folder.data, course.edition, left)
    exercises = []
    for place, exercise in enumerate(course.exercises):
        submissions = [one for one in answers.submissions(exercise.id) if one.person_id not in left]
        mine = [each[place] for each in states]
        autograded, done = graded.get(exercise.id, (0, 0))
        exercises.append(
            {
                "id": exercise.id,
                "title": exercise.title,
                "open": releases.is_open(exercise.id),
                "submissions": len(submissions),
                "people_submitted": sum(state in (SUBMITTED, FEEDBACK, AGAIN, DONE) for state in mine),
                "autograded": autograded,
                "graded": done,
                "feedback": sum(state in (FEEDBACK, AGAIN) for state in mine),
            }
        )
    return {
        "course": course.id,
        "edition": course.edition,
        "title": course.title,
        "people": dict(
            sorted(Counter(person.role for person in folder.people.all() if person.active).items())
        ),
        "server": read_status(folder.data),
        "joining": folder.people.join_code() is not None,
        "exercises": exercises,
    }


def _server_lines(server: dict[str, Any] | None) -> list[str]:
    """How the running server is, and what to do about it."""
    if server is None:
        return [_("The server is not running. Start it with: academy serve")]
    kernels, ended, memory = server["kernels"], server["ended"], server["memory"]
    door = server.get("door") or {}
    lines = [
        _("Pages open: {alive} of at most {most}; starting: {starting}; waiting: {waiting}").format(
            waiting=server["waiting"], **kernels
        ),
        _("Their kernels are forked: {forked} of {alive}").format(**kernels),
        _(
            "Kernels ended: page left {left}, page not used {asleep}, to make room {room}, for want of memory "
            "{memory}, too many of one person {share}, died {died}"
        ).format(**ended),
    ]
    if any(door.get(kind) for kind in ("wrong", "held", "many")):
        lines.append(
            _(
                "At the door in the last hour: {came} came in new, {held} times too many at once, {many} times too "
                "many with one device; wrong codes: {wrong}, refused for that: {refused}"
            ).format(**door)
        )
    if memory["free_mb"] is not None:
        lines.append(
            _(
                "Memory free: {free_mb} MB of the {all_mb} MB that the server may have; kept free: {reserve_mb} MB"
            ).format(**{"all_mb": "?", **memory})
        )
    if memory.get("merging"):
        lines.append(_("Linux keeps equal memory once: {saved_mb} MB are saved").format(**memory))
    if memory["short"]:
        lines.append(
            _(
                "Memory is short: no more pages start. Close other programs, or serve the course on a larger machine."
            )
        )
    elif server["waiting"] and kernels["alive"] >= kernels["most"]:
        lines.append(
            _("All places are taken. Start the server with a larger --max-kernels if there is memory.")
        )
    return lines


def _graded(data: DataFolder, course_id: str, left: Container[str]) -> dict[str, tuple[int, int]]:
    """How many submissions of each exercise nbgrader has autograded, and how many of them are graded.

    Those of people who have left do not count.
    """
    import sqlalchemy as sa

    from academy.data import gradebook_url

    url, file = gradebook_url(data, course_id), data.course_root(course_id) / "gradebook.db"
    if url.startswith("sqlite"):
        if not file.is_file():
            return {}
        url = f"sqlite:///{file.as_uri()}?mode=ro&timeout=20&uri=true"
    with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
        if not sa.inspect(connection).has_table("grade"):
            return {}
        found: dict[str, tuple[int, int]] = {}
        for name, student, done in connection.exec_driver_sql(_GRADED):
            if student not in left:
                before = found.get(name, (0, 0))
                found[name] = (before[0] + 1, before[1] + done)
        return found
