"""Reads chosen fields of everybody's newest submission in one query."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from academy.course import Course
from academy.store import Store
from academy.store.schema import Revision, SubmissionRow

__all__ = ["Submitted", "submitted"]

Submitted = dict[tuple[str, str], dict[str, Any]]
"""Flat answers by owner (a person or a team) and exercise, of the last submission; in the order of submitting."""


def submitted(store: Store, course: Course, addresses: Iterable[str]) -> Submitted:
    """Return the last submissions' answers at addresses such as `profile.region`, `context-map.map.driver`.

    A table's own address (`people.access`) gives its rows and all their cells; an exercise's (`ai-register`) all of it.
    """
    wanted: dict[str, list[Any]] = {}
    for address in addresses:
        exercise, _, place = address.partition(".")
        if course.has(exercise):
            wanted.setdefault(exercise, []).append(_path(place))
    if not wanted:
        return {}
    newest = (
        sa.select(sa.func.max(SubmissionRow.id))
        .where(SubmissionRow.course == course.edition, SubmissionRow.exercise.in_(wanted))
        .group_by(SubmissionRow.person_id, SubmissionRow.exercise)
    )
    of_these = sa.or_(*(sa.and_(SubmissionRow.exercise == e, sa.or_(*parts)) for e, parts in wanted.items()))
    same = (
        (Revision.course == SubmissionRow.course)
        & (Revision.person_id == SubmissionRow.person_id)
        & (Revision.exercise == SubmissionRow.exercise)
        & (Revision.id <= SubmissionRow.rev)
    )
    query = (
        sa.select(Revision.person_id, Revision.exercise, Revision.path, Revision.value)
        .join(SubmissionRow, same)
        .where(SubmissionRow.id.in_(newest), of_these)
        .order_by(SubmissionRow.id, Revision.edited_at, Revision.id)
    )
    found: Submitted = {}
    with store.session() as session:
        for person, exercise, path, value in session.execute(query):
            found.setdefault((person, exercise), {})[path] = value  # the newest of a path stays
    return found


def _path(place: str) -> Any:
    if not place:
        return sa.true()
    table, _, column = place.partition(".")
    if column:
        return sa.or_(Revision.path == table, Revision.path.like(f"{table}/%/{column}"))
    return sa.or_(Revision.path == table, Revision.path.like(f"{table}/%"))
