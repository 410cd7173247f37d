"""Value types of people, detached from the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from academy.store import Store, schema

__all__ = ["ROLES", "TEAM", "NewPerson", "Person", "Private", "person_called"]

ROLES = {"participant": "p", "facilitator": "f", "mentor": "m"}
"""Roles, and the letter that the pseudonyms of each start with."""
TEAM = "team"
"""The role of the person that a team is: its answers are kept, graded and fed back under a pseudonym of its own."""

_PERSON = sa.select(schema.PersonRow.__table__).where(
    schema.PersonRow.__table__.c.id == sa.bindparam("person")
)


@dataclass(frozen=True)
class Person:
    """A person by pseudonym: everything that others in the course may see."""

    id: str
    role: str
    display_name: str
    language: str | None
    time_zone: str | None
    session_epoch: int
    active: bool
    created_at: datetime

    @classmethod
    def of(cls, row: schema.PersonRow | sa.Row[object]) -> Person:
        """Copy a row of the database."""
        return cls(
            row.id,
            row.role,
            row.display_name,
            row.language,
            row.time_zone,
            row.session_epoch,
            row.active,
            row.created_at,
        )


def person_called(store: Store, person_id: str) -> Person | None:
    """Return the person with a pseudonym, or None."""
    found = store.rows(_PERSON, person=person_id)
    return Person.of(found[0]) if found else None


@dataclass(frozen=True)
class Private:
    """Who the person is. For facilitators' lists: never for pages that participants see, nor for logs."""

    email: str | None = None
    full_name: str | None = None
    groups: tuple[str, ...] = field(default=())


class NewPerson(NamedTuple):
    """A person who was just added, with the link token and the code (as `XXXX-XXXX`) to give them."""

    person: Person
    link_token: str
    code: str
