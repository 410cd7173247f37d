"""Facts for the soft rules of assignment: what people themselves said in the course."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from academy.course import Course
from academy.deadlines import zone_called
from academy.peers.fit import Reviewer
from academy.people import Team
from academy.store.schema import Revision

__all__ = ["known_facts", "reviewers_of"]

Facts = dict[str, dict[str, Any]]


def known_facts(session: Session, course: Course) -> Facts:
    """Return by person what they answered in the fields that `facts` of course.yaml names."""
    found: Facts = {}
    for fact, address in course.facts.items():
        exercise, _, path = address.partition(".")
        query = (
            sa.select(Revision.person_id, Revision.value)
            .where(Revision.course == course.edition, Revision.exercise == exercise, Revision.path == path)
            .order_by(Revision.edited_at, Revision.id)
        )
        for person_id, value in session.execute(query):
            found.setdefault(person_id, {})[fact] = value
    return found


def reviewers_of(
    people: Iterable[str], teams: Mapping[str, Team], facts: Facts, now: datetime
) -> dict[str, Reviewer]:
    """Return the people as reviewers, by id. `teams` are the teams by the ids of their members."""
    return {
        person: _reviewer(person, teams[person].id if person in teams else person, facts.get(person, {}), now)
        for person in people
    }


def _reviewer(person: str, owner: str, facts: Mapping[str, object], now: datetime) -> Reviewer:
    languages = facts.get("languages")
    return Reviewer(
        person,
        owner,
        " ".join(str(facts.get("organisation") or "").casefold().split()),
        frozenset(str(item) for item in languages) if isinstance(languages, list) else frozenset(),
        str(facts.get("region") or ""),
        _hours(facts.get("time_zone"), now),
    )


def _hours(zone: object, now: datetime) -> float | None:
    """How far a time zone is from UTC just now, in hours; None if it is not known."""
    name = zone_called(zone)
    offset = now.astimezone(ZoneInfo(name)).utcoffset() if name else None
    return offset.total_seconds() / 3600 if offset is not None else None
