"""Value types of people, detached from the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from academy.store import Store, schema

__all__ = [
    "LEARNERS",
    "PEOPLE",
    "ROLES",
    "TEAM",
    "Account",
    "NewPerson",
    "Person",
    "Private",
    "account_called",
    "person_called",
]

ROLES = {"participant": "p", "facilitator": "f", "mentor": "m", "author": "a"}
"""Roles in an edition, and the letter that the pseudonym of somebody who is new starts with."""
LEARNERS = ("participant", "mentor")
"""The roles of those who learn, or accompany those who do."""
TEAM = "team"
"""The role, and the kind of account, that a team has: what it writes is kept and graded under its own pseudonym."""

_ACCOUNT, _ENROLMENT = schema.PersonRow.__table__.c, schema.Enrolment.__table__.c
_ACCOUNT_OF = sa.select(schema.PersonRow.__table__).where(
    _ACCOUNT.id == sa.bindparam("person"), _ACCOUNT.kind != TEAM
)
PEOPLE = (
    sa.select(
        _ACCOUNT.id,
        _ENROLMENT.role,
        _ENROLMENT.display_name,
        _ACCOUNT.language,
        _ACCOUNT.time_zone,
        _ACCOUNT.session_epoch,
        sa.and_(_ACCOUNT.active, _ENROLMENT.active).label("active"),
        _ENROLMENT.at.label("created_at"),
    )
    .join(schema.Enrolment, _ENROLMENT.person_id == _ACCOUNT.id)
    .where(_ENROLMENT.edition == sa.bindparam("edition"))
)
"""Selects everybody of an edition, teams too, as `Person.of` reads them. Its place is `edition`."""
_PERSON = PEOPLE.where(_ACCOUNT.id == sa.bindparam("person"))


@dataclass(frozen=True)
class Account:
    """Somebody who signs in, whatever editions they are in. What they are called there is none of this."""

    id: str
    display_name: str
    language: str | None
    session_epoch: int
    active: bool

    @classmethod
    def of(cls, row: schema.PersonRow | sa.Row[object]) -> Account:
        """Copy a row of the database."""
        return cls(row.id, row.display_name, row.language, row.session_epoch, row.active)


@dataclass(frozen=True)
class Person:
    """A person of an edition, by pseudonym: everything that others there may see."""

    id: str
    role: str
    display_name: str
    language: str | None
    time_zone: str | None
    session_epoch: int
    active: bool
    created_at: datetime

    @classmethod
    def of(cls, row: sa.Row[object]) -> Person:
        """Copy a row that `PEOPLE` has selected."""
        return cls(
            row.id,
            row.role,
            row.display_name,
            row.language,
            row.time_zone,
            row.session_epoch,
            bool(row.active),
            row.created_at,
        )


def account_called(store: Store, person_id: str) -> Account | None:
    """Return the account with a pseudonym, or None."""
    found = store.rows(_ACCOUNT_OF, person=person_id)
    return Account.of(found[0]) if found else None


def person_called(store: Store, edition: str, person_id: str) -> Person | None:
    """Return the person, or team, of an edition with a pseudonym; None for somebody who is not in it."""
    found = store.rows(_PERSON, edition=edition, person=person_id)
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
