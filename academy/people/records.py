"""Rows of persons and their private data, inside one transaction."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from academy import languages
from academy.errors import PeopleError
from academy.i18n import Translator
from academy.people import credentials
from academy.people.addresses import clean_email
from academy.people.codes import Keys, new_id
from academy.people.model import PEOPLE, ROLES, TEAM, NewPerson, Person, Private
from academy.people.names import clean_name, clean_text, name_key, numbered
from academy.store.schema import Enrolment, PersonPrivate, PersonRow

__all__ = [
    "add",
    "check_language",
    "check_role",
    "clean_email",
    "clean_groups",
    "enrol",
    "find",
    "free_email",
    "free_id",
    "person_in",
    "taken_names",
]

FULL_NAME = 200


def add(
    session: Session,
    keys: Keys,
    edition: str,
    _: Translator,
    *,
    display_name: str,
    role: str,
    private: Private | None = None,
    language: str | None = None,
    taken: set[str],
) -> NewPerson:
    """Add a person with a link and a code; `taken` are the keys of names in use there, and grows by the new one."""
    name = clean_name(display_name)
    if not name:
        raise PeopleError(_("A person needs a name with at least one letter or number."))
    check_role(role, _)
    if language is not None:
        check_language(language, _)
    name = numbered(name, taken)
    taken.add(name_key(name))
    row = PersonRow(id=free_id(session, ROLES[role]), display_name=name, language=language)
    session.add(row)
    session.flush()
    groups = clean_groups(private.groups if private else ())
    session.add(Enrolment(edition=edition, person_id=row.id, role=role, display_name=name, groups=groups))
    if private is not None:
        _add_private(session, row.id, private, _)
    token, code = credentials.issue(session, keys, row)
    return NewPerson(person_in(session, edition, row.id), token, code)


def enrol(
    session: Session, edition: str, person_id: str, role: str, groups: tuple[str, ...] = (), *, _: Translator
) -> Enrolment:
    """Let somebody with an account into an edition, under the name that they have, with a number if it is taken there.

    Raises PeopleError for an unknown role, or somebody who is in it already.
    """
    check_role(role, _)
    if session.get(Enrolment, (edition, person_id)) is not None:
        raise PeopleError(_("{id} is in this edition already.").format(id=person_id))
    account = session.get(PersonRow, person_id)
    assert account is not None
    row = Enrolment(
        edition=edition,
        person_id=person_id,
        role=role,
        display_name=numbered(account.display_name, taken_names(session, edition)),
        groups=clean_groups(groups),
    )
    session.add(row)
    session.flush()
    return row


def person_in(session: Session, edition: str, person_id: str) -> Person:
    """Return a person who is in an edition for certain, as the transaction has them."""
    session.flush()
    query = PEOPLE.where(PersonRow.__table__.c.id == person_id)
    return Person.of(session.execute(query, {"edition": edition}).one())


def check_language(language: str, _: Translator) -> None:
    """Raise PeopleError unless this is the tag of a language, as BCP 47 writes it. Courses say which they have."""
    nearest = languages.spelled(language)
    if nearest == language and len(language) <= languages.LONGEST:
        return
    if nearest and len(nearest) <= languages.LONGEST:
        said = _("{language} is not how a language is written here. Write {tag}.")
        raise PeopleError(said.format(language=language, tag=nearest))
    said = _("{language} is no language that is known here. Write its tag, such as en, ar, pt-BR or zh-Hant.")
    raise PeopleError(said.format(language=language))


def check_role(role: str, _: Translator) -> None:
    """Raise PeopleError unless this is a role."""
    if role not in ROLES:
        raise PeopleError(
            _("{role} is not a role. Choose one of: {roles}.").format(role=role, roles=", ".join(ROLES))
        )


def taken_names(session: Session, edition: str) -> set[str]:
    """Return the keys of all display names in use in an edition."""
    names = sa.select(Enrolment.display_name).where(Enrolment.edition == edition)
    return {name_key(name) for name in session.scalars(names)}


def clean_groups(names: tuple[str, ...]) -> list[str]:
    """Return group names cleaned, in order, each once."""
    cleaned = (clean_text(name, 100) for name in names)
    return list(dict.fromkeys(name for name in cleaned if name))


def find(session: Session, edition: str | None, who: str, _: Translator) -> str:
    """Return the id of the one person meant by a pseudonym, e-mail or name, in an edition or (with None) anywhere.

    Raises PeopleError for none or several.
    """
    query = (
        sa.select(
            PersonRow.id,
            Enrolment.display_name,
            Enrolment.erased,
            PersonPrivate.full_name,
            PersonPrivate.email,
        )
        .join(Enrolment, Enrolment.person_id == PersonRow.id)
        .outerjoin(PersonPrivate, PersonPrivate.person_id == PersonRow.id)
        .where(PersonRow.kind != TEAM)
    )
    if edition is not None:
        query = query.where(Enrolment.edition == edition)
    rows = session.execute(query).all()
    exact, key = who.strip().lower(), name_key(who)
    if any(row.id == exact for row in rows):
        return exact
    found = {
        row.id
        for row in rows
        if name_key(row.display_name) == key
        or (not row.erased and key in (name_key(row.full_name or ""), row.email))
    }
    if len(found) == 1:
        return str(found.pop())
    if not found:
        raise PeopleError(
            _("There is nobody called {who}. See who there is with: academy people list").format(who=who)
        )
    raise PeopleError(
        _("{count} people are called {who}: {ids}. Say which one by its id.").format(
            count=len(found), who=who, ids=", ".join(sorted(found))
        )
    )


def _add_private(session: Session, person_id: str, private: Private, _: Translator) -> None:
    email = free_email(session, private.email, person_id, _) if private.email else None
    full_name = clean_text(private.full_name or "", FULL_NAME) or None
    if email or full_name:
        session.add(PersonPrivate(person_id=person_id, email=email, full_name=full_name))
        session.flush()


def free_email(session: Session, text: str, person_id: str, _: Translator) -> str:
    """Return an address as it is kept. Raises PeopleError if it is none, or somebody else's."""
    email = clean_email(text)
    if email is None:
        raise PeopleError(_("{email} is not an e-mail address.").format(email=text))
    owner = session.scalar(sa.select(PersonPrivate.person_id).where(PersonPrivate.email == email))
    if owner not in (None, person_id):
        raise PeopleError(
            _("The e-mail address {email} belongs to {id} already.").format(email=email, id=owner)
        )
    return email


def free_id(session: Session, letter: str) -> str:
    """Return a pseudonym that nobody has."""
    while True:
        candidate = new_id(letter)
        if session.get(PersonRow, candidate) is None:
            return candidate
