"""Rows of personal links, personal codes and join codes: made, found, replaced, switched off."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from academy.errors import AccessError, PeopleError
from academy.i18n import Translator
from academy.people.codes import Keys, show_code
from academy.store.schema import Credential, EditionSetting, Enrolment, PersonRow, utc_now

__all__ = [
    "COURSE_END",
    "DAYS_AFTER",
    "Kind",
    "editions_of",
    "ends",
    "find",
    "issue",
    "issue_join",
    "newest_join",
    "setting",
    "shown",
    "stop",
]

Kind = Literal["link", "code", "join"]
COURSE_END = "links.course_end"
DAYS_AFTER = "links.days_after_course"
DEFAULT_DAYS = 60


def issue(session: Session, keys: Keys, person: PersonRow) -> tuple[str, str]:
    """Give a person the link and code of their present generation; return the token and the code as shown."""
    while True:
        token = keys.link_token(person.id, person.generation)
        code = keys.code(person.id, person.generation)
        link_digest, code_digest = keys.digest("link", token), keys.digest("code", code)
        if _row(session, "link", link_digest) is None and _row(session, "code", code_digest) is None:
            break
        person.generation += 1  # the code is somebody else's, or was used before
    for kind, digest in (("link", link_digest), ("code", code_digest)):
        session.add(Credential(person_id=person.id, kind=kind, digest=digest, generation=person.generation))
    session.flush()
    return token, show_code(code)


def shown(session: Session, keys: Keys, person: PersonRow, _: Translator) -> tuple[str, str]:
    """Return the token and the code that a person has. Raises PeopleError if they have none that works."""
    token, code = keys.link_token(person.id, person.generation), keys.code(person.id, person.generation)
    row = _row(session, "link", keys.digest("link", token))
    if row is not None and row.revoked_at is None:
        return token, show_code(code)
    live = sa.select(Credential.id).where(
        Credential.person_id == person.id, Credential.kind == "link", Credential.revoked_at.is_(None)
    )
    if session.scalar(live.limit(1)) is not None:
        raise PeopleError(
            _(
                "The link of {name} can't be shown: it was made with another key than the one in the data "
                "folder. Make a new one with: academy people renew {id}"
            ).format(name=person.display_name, id=person.id)
        )
    raise PeopleError(
        _("{name} has no link: it was revoked. Make a new one with: academy people renew {id}").format(
            name=person.display_name, id=person.id
        )
    )


def stop(session: Session, person_id: str) -> None:
    """Switch off all links and codes of a person. The rows stay, so that old links get a helpful answer."""
    session.execute(
        sa.update(Credential)
        .where(Credential.person_id == person_id, Credential.revoked_at.is_(None))
        .values(revoked_at=utc_now())
    )


def find(session: Session, keys: Keys, kind: Kind, value: str, _: Translator) -> PersonRow:
    """Return the person whose link token or code this is. Raises AccessError if it opens no door.

    The look-up is by keyed digest: how long it takes says nothing about a secret.
    """
    row = _row(session, kind, keys.digest(kind, value))
    person = None if row is None else session.get(PersonRow, row.person_id)
    if row is None or person is None:
        raise AccessError(unknown(kind, _))
    if row.revoked_at is not None:
        raise AccessError(_no_longer(session, row, _))
    if not (person.active and editions_of(session, person.id)):
        raise AccessError(_("Your access to this course is switched off. Please ask your facilitator."))
    end = ends(session, row)
    if end is not None and utc_now() >= end:
        raise AccessError(
            _("This link has expired. Please ask your facilitator for a new one.")
            if kind == "link"
            else _("This code has expired. Please ask your facilitator for a new one.")
        )
    return person


def unknown(kind: Kind, _: Translator) -> str:
    """Return the sentence for a link or code that never was."""
    if kind == "link":
        return _("This link is not known here. Check that it is complete, or sign in with your code.")
    return _("This code is not known here. Check each letter and number, or ask your facilitator.")


def editions_of(session: Session, person_id: str) -> list[str]:
    """Return the editions that a person is in, and has not left."""
    query = sa.select(Enrolment.edition).where(Enrolment.person_id == person_id, Enrolment.active)
    return list(session.scalars(query.order_by(Enrolment.at, Enrolment.edition)))


def ends(session: Session, row: Credential) -> datetime | None:
    """Return when a link or code ends, or None if it does not.

    That is 60 days (a setting) after the end of the last edition that it opens, or after the link was made if that is
    later, so that a course can be run again after its dates.
    """
    if row.expires_at is not None:
        return row.expires_at
    opened = [row.edition or ""] if row.person_id is None else editions_of(session, row.person_id)
    last: datetime | None = None
    for edition in opened:
        days = setting(session, edition, DAYS_AFTER, DEFAULT_DAYS)
        course_end = setting(session, edition, COURSE_END, None)
        if days is None or course_end is None:
            return None
        end = max(datetime.fromisoformat(course_end), row.created_at) + timedelta(days=days)
        last = end if last is None else max(last, end)
    return last


def newest_join(session: Session, edition: str) -> Credential | None:
    """Return the row of an edition's newest join code."""
    query = sa.select(Credential).where(Credential.kind == "join", Credential.edition == edition)
    return session.scalar(query.order_by(Credential.generation.desc()).limit(1))


def issue_join(session: Session, keys: Keys, edition: str) -> str:
    """Make a new join code of an edition, and replace the one before; return it as shown."""
    joins = sa.select(sa.func.max(Credential.generation)).where(Credential.kind == "join")
    generation = (session.scalar(joins) or 0) + 1  # each is made once, whichever edition has it
    session.execute(
        sa.update(Credential)
        .where(Credential.kind == "join", Credential.edition == edition, Credential.revoked_at.is_(None))
        .values(revoked_at=utc_now())
    )
    code = keys.join_code(generation)
    session.add(
        Credential(kind="join", digest=keys.digest("join", code), generation=generation, edition=edition)
    )
    session.flush()
    return show_code(code)


def _row(session: Session, kind: Kind, digest: bytes) -> Credential | None:
    return session.scalar(sa.select(Credential).where(Credential.kind == kind, Credential.digest == digest))


def _no_longer(session: Session, row: Credential, _: Translator) -> str:
    """The sentence for a link or code that was replaced, or switched off."""
    newer = sa.select(Credential.id).where(
        Credential.person_id == row.person_id, Credential.kind == row.kind, Credential.revoked_at.is_(None)
    )
    replaced = session.scalar(newer.limit(1)) is not None
    if row.kind == "link":
        if replaced:
            return _(
                "This link was replaced by a newer one. Use the new link, or ask your facilitator for it."
            )
        return _("This link was switched off. Please ask your facilitator if you still need access.")
    if replaced:
        return _("This code was replaced by a newer one. Use the new code, or ask your facilitator for it.")
    return _("This code was switched off. Please ask your facilitator if you still need access.")


def setting(session: Session, edition: str, key: str, default: object) -> Any:
    """Return a setting of an edition, or `default`."""
    row = session.get(EditionSetting, (edition, key))
    return default if row is None else row.value
