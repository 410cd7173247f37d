"""Corrects what is known of a person: names, address, role, groups, language."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from academy.errors import PeopleError
from academy.i18n import Translator, translator
from academy.people import records
from academy.people.model import Person
from academy.people.names import clean_name, clean_text, name_key, numbered
from academy.people.people import People
from academy.store.schema import Enrolment, PersonPrivate, PersonRow, TeamMember

__all__ = ["PersonChange", "change"]


@dataclass(frozen=True)
class PersonChange:
    """What is to be otherwise; None leaves it, an empty text or an empty list takes it away."""

    display_name: str | None = None
    full_name: str | None = None
    email: str | None = None
    role: str | None = None
    groups: Collection[str] | None = None
    language: str | None = None


def change(people: People, person_id: str, wanted: PersonChange) -> Person:
    """Change what is known of a person, all of it or nothing. Their id, links, codes and answers stay.

    Role and groups are those that they have in this edition.

    A new role signs them out everywhere, so that no open page goes on with the old one. Raises PeopleError for what
    `People.add` refuses, and for a facilitator who is in a team.
    """
    _ = translator(people.lang)
    with people.store.write() as session:
        account = session.get(PersonRow, person_id)
        row = session.get(Enrolment, (people.edition, person_id))
        if account is None or row is None:
            raise PeopleError(_("There is nobody with the id {id}.").format(id=person_id))
        _change_private(session, person_id, wanted, _)
        if wanted.groups is not None:
            row.groups = records.clean_groups(tuple(wanted.groups))
        if wanted.display_name is not None:
            name = clean_name(wanted.display_name)
            if not name:
                raise PeopleError(_("A person needs a name with at least one letter or number."))
            taken = records.taken_names(session, people.edition) - {name_key(row.display_name)}
            row.display_name = account.display_name = numbered(name, taken)
        if wanted.language is not None:
            if wanted.language:
                records.check_language(wanted.language, _)
            account.language = wanted.language or None
        if wanted.role is not None and wanted.role != row.role:
            records.check_role(wanted.role, _)
            member = session.get(TeamMember, (people.edition, person_id))
            if wanted.role == "facilitator" and member is not None:
                raise PeopleError(
                    _(
                        "{name} is in a team, so they can't be a facilitator. Take them out first: academy teams "
                        "remove {id}"
                    ).format(name=row.display_name, id=person_id)
                )
            row.role = wanted.role
            account.session_epoch += 1
        return records.person_in(session, people.edition, person_id)


def _change_private(session: Session, person_id: str, wanted: PersonChange, _: Translator) -> None:
    if wanted.full_name is None and wanted.email is None:
        return
    private = session.get(PersonPrivate, person_id)
    if private is None:
        private = PersonPrivate(person_id=person_id)
        session.add(private)
    if wanted.email is not None:
        private.email = records.free_email(session, wanted.email, person_id, _) if wanted.email else None
    if wanted.full_name is not None:
        private.full_name = clean_text(wanted.full_name, records.FULL_NAME) or None
