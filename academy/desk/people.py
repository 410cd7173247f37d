"""Progress of a whole cohort, in a handful of queries."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

import sqlalchemy as sa

from academy.course import Course, Exercise
from academy.people.model import LEARNERS, PEOPLE
from academy.store import Releases, Store
from academy.store.arrivals import arrived
from academy.store.schema import ReviewRow, TeamMember, utc_now
from academy.store.standing import Standing, Standings, standings

__all__ = [
    "AGAIN",
    "CLOSED",
    "DONE",
    "FEEDBACK",
    "OPEN",
    "SUBMITTED",
    "Cohort",
    "CohortLine",
    "cohort",
    "small_group",
    "stuck_days",
    "with_standings",
]

CLOSED, OPEN, STARTED, SUBMITTED, FEEDBACK, AGAIN, DONE = "cosmfad"
"""States of an exercise, one letter each: a cohort of 600 with all its exercises goes to a page as a short text."""


@dataclass(frozen=True)
class CohortLine:
    """A person: the state of each exercise, when they last took a step, whether they are stuck or never came."""

    id: str
    name: str
    role: str
    team: str | None
    states: str
    last: datetime
    stuck: bool
    came: bool = True


@dataclass(frozen=True)
class Cohort:
    """Everybody who learns or accompanies, how far they are, and which exercises are open."""

    lines: tuple[CohortLine, ...]
    names: Mapping[str, str]
    members: Mapping[str, tuple[str, ...]]
    standings: Standings
    opened: Mapping[str, datetime]

    @cached_property
    def owners(self) -> set[str]:
        """Everybody whose work counts: active people and teams."""
        return {line.id for line in self.lines} | set(self.members)


def stuck_days(course: Course) -> float:
    """After how many days without a step somebody is stuck."""
    days = course.thresholds.get("stuck_days", 3)
    return float(days) if isinstance(days, int | float) else 3.0


def small_group(course: Course) -> int:
    """From how many people on counts about people are shown."""
    return course.small_group


def cohort(store: Store, course: Course, now: datetime | None = None) -> Cohort:
    """Return where everybody is. A step is something written, submitted or reviewed; nobody's reading is watched."""
    return with_standings(store, course, standings(store, course.edition), now)


def with_standings(store: Store, course: Course, known: Standings, now: datetime | None = None) -> Cohort:
    """Return where everybody is by standings that are known already."""
    with store.session() as session:
        rows = session.execute(PEOPLE, {"edition": course.edition}).all()
        here = {row.id for row in rows if row.active}
        teams = {
            person: team
            for person, team in session.execute(
                sa.select(TeamMember.person_id, TeamMember.team_id).where(
                    TeamMember.edition == course.edition
                )
            )
            if person in here
        }
        last_review = (
            sa.select(ReviewRow.reviewer_id, sa.func.max(ReviewRow.done_at))
            .where(ReviewRow.course == course.edition, ReviewRow.done_at.is_not(None))
            .group_by(ReviewRow.reviewer_id)
        )
        reviewed = {row[0]: row[1] for row in session.execute(last_review)}
    opened = {release.exercise: release.at for release in Releases(store, course.edition).all()}
    last, came = _last_steps(known), arrived(store, course.edition)
    limit = (now or utc_now()) - timedelta(days=stuck_days(course))
    lines = []
    for row in rows:
        if not row.active or row.role not in LEARNERS:
            continue
        team = teams.get(row.id)
        states = "".join(_state(e, row.id, team, known, opened) for e in course.exercises)
        steps = [row.created_at, last.get(row.id), last.get(team or ""), reviewed.get(row.id)]
        at = max(step for step in steps if step)
        stuck = row.role == "participant" and at < limit and any(s in states for s in (OPEN, STARTED))
        # Before arrivals were kept, the steps of a team spoke for its members.
        there = row.id in came or row.id in last or row.id in reviewed or (not came and (team or "") in last)
        lines.append(CohortLine(row.id, row.display_name, row.role, team, states, at, stuck, there))
    lines.sort(key=lambda line: (line.name.casefold(), line.id))
    members: dict[str, list[str]] = {}
    for person, its in teams.items():
        members.setdefault(its, []).append(person)
    return Cohort(
        tuple(lines),
        {row.id: row.display_name for row in rows},
        {team: tuple(ids) for team, ids in members.items()},
        known,
        opened,
    )


def _last_steps(known: Standings) -> dict[str, datetime]:
    """When each person or team last wrote or submitted something. A page that was only read is no step."""
    found: dict[str, datetime] = {}
    for (owner, _exercise), one in known.items():
        for at in (one.edited_at, one.submitted_at):
            if at is not None and (owner not in found or at > found[owner]):
                found[owner] = at
    return found


def _state(
    exercise: Exercise, person: str, team: str | None, known: Standings, opened: Container[str]
) -> str:
    one = known.get((person if team is None or exercise.personal else team, exercise.id), _NOTHING)
    if one.submission and exercise.private:
        return DONE
    if one.feedback_on:
        return AGAIN if one.submission > one.feedback_on else FEEDBACK
    if one.submission:
        return SUBMITTED
    if one.rev:
        return STARTED
    return OPEN if exercise.id in opened else CLOSED


_NOTHING = Standing()
