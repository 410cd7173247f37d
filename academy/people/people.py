"""Service for the people of an edition."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from academy import languages
from academy.errors import AccessError, PeopleError
from academy.i18n import Translator
from academy.people import credentials, records
from academy.people.accounts import JOIN_OPEN, Accounts
from academy.people.codes import normalise_code, normalise_token, show_code
from academy.people.model import PEOPLE, TEAM, NewPerson, Person, Private, person_called
from academy.people.names import clean_name
from academy.store import Store
from academy.store.schema import EditionSetting, Enrolment, PersonPrivate

__all__ = ["People"]

_ROLE = Enrolment.__table__.c.role


class People(Accounts):
    """The people of an edition, their roles, and the code with which one joins it."""

    def __init__(self, store: Store, secret: bytes, edition: str, lang: str = "en") -> None:
        super().__init__(store, secret, lang)
        self.edition = edition

    # -- records --

    def add(
        self,
        display_name: str,
        role: str = "participant",
        email: str | None = None,
        full_name: str | None = None,
        groups: Iterable[str] = (),
        language: str | None = None,
    ) -> NewPerson:
        """Add a person and give them a link and a code.

        A name that somebody else has gets a number. Raises PeopleError for an empty name, an unknown role or
        language, or an e-mail address that is malformed or somebody else's.
        """
        with self.store.write() as session:
            return records.add(
                session,
                self.keys,
                self.edition,
                self._gettext(),
                display_name=display_name,
                role=role,
                private=Private(email, full_name, tuple(groups)),
                language=language,
                taken=records.taken_names(session, self.edition),
            )

    def enrol(self, person_id: str, role: str = "participant") -> Person:
        """Let somebody who has an account into this edition too. Raises PeopleError if they are in it already."""
        with self.store.write() as session:
            self._row(session, person_id)
            records.enrol(session, self.edition, person_id, role, _=self._gettext())
            return records.person_in(session, self.edition, person_id)

    def get(self, person_id: str) -> Person | None:
        """Return a person of this edition, or None."""
        return person_called(self.store, self.edition, person_id)

    def all(self, role: str | None = None) -> list[Person]:
        """Return everybody (of a role), in the order of their display names. Teams are nobody."""
        query = PEOPLE.where(_ROLE != TEAM) if role is None else PEOPLE.where(_ROLE.in_([role]))
        found = [Person.of(row) for row in self.store.rows(query, edition=self.edition)]
        return sorted(found, key=lambda person: (person.display_name.casefold(), person.id))

    def private(self) -> dict[str, Private]:
        """Return the private data of everybody in this edition by pseudonym."""
        query = (
            sa.select(Enrolment.person_id, PersonPrivate.email, PersonPrivate.full_name, Enrolment.groups)
            .outerjoin(PersonPrivate, PersonPrivate.person_id == Enrolment.person_id)
            .where(Enrolment.edition == self.edition, Enrolment.role != TEAM, ~Enrolment.erased)
        )
        with self.store.session() as session:
            rows = session.execute(query).all()
        known = {row.person_id: Private(row.email, row.full_name, tuple(row.groups)) for row in rows}
        return {person: private for person, private in known.items() if private != Private()}

    def find(self, who: str) -> Person:
        """Return the one person of this edition meant by a pseudonym, e-mail address, full name or display name.

        Raises PeopleError if there is nobody or more than one.
        """
        with self.store.session() as session:
            person_id = records.find(session, self.edition, who, self._gettext())
            return records.person_in(session, self.edition, person_id)

    def set_active(self, person_id: str, active: bool) -> None:
        """Let a person into this edition, or keep them out and end their open sessions. Links stay as they are."""
        with self.store.write() as session:
            account, row = self._row(session, person_id), session.get(Enrolment, (self.edition, person_id))
            if row is None:
                raise PeopleError(self._gettext()("There is nobody with the id {id}.").format(id=person_id))
            left = row.active and not active
            row.active = active
            session.flush()
            if left and not credentials.editions_of(session, person_id):
                account.session_epoch += 1

    # -- the end of the course --

    def set_end(self, course_end: datetime | None) -> None:
        """Say when the course ends. Links end 60 days later, or as `set_days_after` says."""
        self._set(
            credentials.COURSE_END, None if course_end is None else course_end.astimezone(UTC).isoformat()
        )

    def set_days_after(self, days: int | None) -> None:
        """Say how many days after the course links end; with None they never do."""
        self._set(credentials.DAYS_AFTER, days)

    # -- joining with the cohort's code --

    def join_code(self) -> str | None:
        """Return the code with which anybody may join, or None while joining is closed."""
        with self.store.session() as session:
            newest = credentials.newest_join(session, self.edition)
            if newest is None or not self._joining(session, self.edition):
                return None
            return show_code(self.keys.join_code(newest.generation))

    def join_token(self) -> str | None:
        """Return the token of the link with which anybody may join, or None while joining is closed."""
        with self.store.session() as session:
            newest = credentials.newest_join(session, self.edition)
            if newest is None or not self._joining(session, self.edition):
                return None
            return self.keys.join_token(newest.generation)

    def open_join(self) -> str:
        """Open joining; return the code, the same as before it was closed."""
        with self.store.write() as session:
            session.merge(EditionSetting(edition=self.edition, key=JOIN_OPEN, value=True))
            newest = credentials.newest_join(session, self.edition)
            if newest is None:
                return credentials.issue_join(session, self.keys, self.edition)
            return show_code(self.keys.join_code(newest.generation))

    def close_join(self) -> None:
        """Close joining. People who have joined keep their access."""
        with self.store.write() as session:
            session.merge(EditionSetting(edition=self.edition, key=JOIN_OPEN, value=False))

    def renew_join(self) -> str:
        """Make a new join code; the old one stops. Joining stays open or closed as it was."""
        with self.store.write() as session:
            return credentials.issue_join(session, self.keys, self.edition)

    def is_join_code(self, text: str) -> bool:
        """Say whether somebody could join this edition with this code, or token of a link, just now."""
        return self.joins(text) == self.edition

    def join(
        self, code: str, display_name: str, language: str | None = None, lang: str | None = None
    ) -> NewPerson:
        """Add a participant who joins with the cohort's code, or link's token, under a name of their choice.

        The code never opens somebody else's account: a name that is taken gets a number, `Maria (2)`.
        Raises AccessError if the code is unknown or replaced or joining is closed, PeopleError for an empty name.
        """
        _ = self._gettext(lang)
        if not clean_name(display_name):
            raise PeopleError(_("Please write a name by which the others can know you."))
        typed = normalise_token(code) or normalise_code(code)
        with self.store.write() as session:
            opened = None if typed is None else self._opening(session, typed)
            if opened is None or opened.edition != self.edition:
                raise AccessError(self._refusal(session, typed, _))
            return records.add(
                session,
                self.keys,
                self.edition,
                _,
                display_name=display_name,
                role="participant",
                language=languages.canonical(language),
                taken=records.taken_names(session, self.edition),
            )

    # -- inside --

    def _set(self, key: str, value: object) -> None:
        with self.store.write() as session:
            session.merge(EditionSetting(edition=self.edition, key=key, value=value))

    def _refusal(self, session: Session, word: str | None, _: Translator) -> str:
        row = None if word is None else self._join_row(session, word)
        if row is None or row.edition != self.edition:
            return credentials.unknown("join", _)
        if not self._joining(session, self.edition):
            return _("Joining is closed. Please ask your facilitator for a personal link.")
        return _("This code was replaced by a newer one. Please ask your facilitator for the new one.")
