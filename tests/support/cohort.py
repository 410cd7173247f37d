"""A large cohort: the people of a demonstration, copied with all that they wrote, until there are enough."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from academy.people import Person
from academy.store import Store
from academy.store.schema import Enrolment, PersonRow, Revision, SubmissionRow

__all__ = ["copy_people"]


def copy_people(store: Store, people: list[Person], count: int, quiet_days: int = 5) -> None:
    """Copy people, in turn, until there are `count` participants; every fourth has taken no step for some days."""
    now = datetime.now(UTC)
    with store.write() as session:
        there = len(people)
        for n in range(count - there):
            original, new = people[n % there], f"p-z{n:05d}"
            then = now - timedelta(days=quiet_days if n % 4 == 0 else 0)
            name = f"{original.display_name} {n}"
            session.execute(
                sa.insert(PersonRow).values(id=new, kind="person", display_name=name[:60], created_at=then)
            )
            _copy(session, Enrolment, original.id, new, {"at": then, "display_name": name[:60]})
            _copy(session, Revision, original.id, new, {"edited_at": then} if n % 4 == 0 else {})
            _copy(session, SubmissionRow, original.id, new, {"at": then})
        _point_to_their_own(session)


def _copy(session: sa.orm.Session, table: type, old: str, new: str, given: dict[str, object]) -> None:
    names = [c.name for c in table.__table__.columns if c.name != "id"]  # type: ignore[attr-defined]
    columns = table.__table__.c  # type: ignore[attr-defined]
    values = [
        sa.literal(new) if name == "person_id"
        else sa.literal(given[name], columns[name].type) if name in given
        else columns[name]
        for name in names
    ]  # fmt: skip
    session.execute(sa.insert(table).from_select(names, sa.select(*values).where(columns.person_id == old)))


def _point_to_their_own(session: sa.orm.Session) -> None:
    """A copied submission was made at the newest of the copied revisions of its exercise."""
    newest = (
        sa.select(sa.func.max(Revision.id))
        .where(Revision.person_id == SubmissionRow.person_id, Revision.exercise == SubmissionRow.exercise)
        .scalar_subquery()
    )
    session.execute(sa.update(SubmissionRow).where(SubmissionRow.person_id.like("p-z%")).values(rev=newest))
