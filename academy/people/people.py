"""Service for the people of a data folder, and the links and codes that let them in."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from academy import languages
from academy.errors import AccessError, PeopleError
from academy.i18n import Translator, translator
from academy.people import credentials, records
from academy.people.codes import TOKEN_LENGTH, Keys, normalise_code, normalise_token, show_code
from academy.people.model import TEAM, NewPerson, Person, Private, person_called
from academy.people.names import clean_name
from academy.store import Store
from academy.store.schema import Credential, PersonPrivate, PersonRow, Setting

__all__ = ["People"]

JOIN_OPEN = "join.open"


class People:
    """People, their roles, links and codes. `lang` is the language of the sentences in errors."""

    def __init__(self, store: Store, secret: bytes, lang: str = "en") -> None:
        self.store = store
        self.keys = Keys(secret)
        self.lang = lang

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
                self._gettext(),
                display_name=display_name,
                role=role,
                private=Private(email, full_name, tuple(groups)),
                language=language,
                taken=records.taken_names(session),
            )

    def get(self, person_id: str) -> Person | None:
        """Return a person, or None."""
        return person_called(self.store, person_id)

    def all(self, role: str | None = None) -> list[Person]:
        """Return everybody (of a role), in the order of their display names. Teams are nobody."""
        wanted = PersonRow.role != TEAM if role is None else PersonRow.role == role
        query = sa.select(PersonRow).where(wanted)
        with self.store.session() as session:
            found = [Person.of(row) for row in session.scalars(query)]
        return sorted(found, key=lambda person: (person.display_name.casefold(), person.id))

    def private(self) -> dict[str, Private]:
        """Return the private data of everybody by pseudonym."""
        with self.store.session() as session:
            rows = session.scalars(sa.select(PersonPrivate)).all()
        return {row.person_id: Private(row.email, row.full_name, tuple(row.groups)) for row in rows}

    def find(self, who: str) -> Person:
        """Return the one person meant by a pseudonym, e-mail address, full name or display name.

        Raises PeopleError if there is nobody or more than one.
        """
        with self.store.session() as session:
            return records.find(session, who, self._gettext())

    def set_language(self, person_id: str, language: str) -> None:
        """Keep the language that a person chose. Raises PeopleError if it is none."""
        records.check_language(language, self._gettext())
        with self.store.write() as session:
            self._row(session, person_id).language = language

    def set_active(self, person_id: str, active: bool) -> None:
        """Let a person in, or keep them out and end their open sessions. Their links stay as they are."""
        with self.store.write() as session:
            row = self._row(session, person_id)
            if row.active and not active:
                row.session_epoch += 1
            row.active = active

    # -- links and codes --

    def by_link(self, token: str, lang: str | None = None) -> Person:
        """Return the person whose personal link has this token.

        Raises AccessError, in `lang`, if it is unknown, replaced, revoked or expired.
        """
        with self.store.session() as session:
            return Person.of(
                credentials.find(session, self.keys, "link", token.strip().lower(), self._gettext(lang))
            )

    def by_code(self, text: str, lang: str | None = None) -> Person:
        """Return the person whose code this is, however it was typed. Raises AccessError as by_link does."""
        _ = self._gettext(lang)
        code = normalise_code(text)
        if code is None:
            raise AccessError(
                _(
                    "A code has eight letters and numbers, as in 7K3M-9QXA. Check yours, or ask your facilitator."
                )
            )
        with self.store.session() as session:
            try:
                return Person.of(credentials.find(session, self.keys, "code", code, _))
            except AccessError:
                if not self._opens(session, code):
                    raise
        raise AccessError(
            _("This code is for joining the workshop for the first time. Sign in with your own code instead.")
        )

    def link_and_code(self, person_id: str) -> tuple[str, str]:
        """Return the token and code that a person has. Raises PeopleError if they have none that works."""
        with self.store.session() as session:
            return credentials.shown(session, self.keys, self._row(session, person_id), self._gettext())

    def works(self, person_id: str) -> bool:
        """Say whether the person's present link would let them in now."""
        try:
            self.by_link(self.link_and_code(person_id)[0])
        except (AccessError, PeopleError):
            return False
        return True

    def renew(self, person_id: str) -> tuple[str, str]:
        """Give a person a new link and code. The old ones stop, and so do sessions opened with them."""
        with self.store.write() as session:
            row = self._row(session, person_id)
            credentials.stop(session, row.id)
            row.generation += 1
            row.session_epoch += 1
            return credentials.issue(session, self.keys, row)

    def revoke(self, person_id: str) -> None:
        """Switch off a person's link and code, and end their open sessions. `renew` lets them in again."""
        with self.store.write() as session:
            row = self._row(session, person_id)
            credentials.stop(session, row.id)
            row.session_epoch += 1

    def sign_out_everywhere(self, person_id: str) -> None:
        """End all open sessions of a person. Their link and code go on working."""
        with self.store.write() as session:
            self._row(session, person_id).session_epoch += 1

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
            newest = credentials.newest_join(session)
            if newest is None or not self._joining(session):
                return None
            return show_code(self.keys.join_code(newest.generation))

    def join_token(self) -> str | None:
        """Return the token of the link with which anybody may join, or None while joining is closed."""
        with self.store.session() as session:
            newest = credentials.newest_join(session)
            if newest is None or not self._joining(session):
                return None
            return self.keys.join_token(newest.generation)

    def open_join(self) -> str:
        """Open joining; return the code, the same as before it was closed."""
        with self.store.write() as session:
            session.merge(Setting(key=JOIN_OPEN, value=True))
            newest = credentials.newest_join(session)
            if newest is None:
                return credentials.issue_join(session, self.keys)
            return show_code(self.keys.join_code(newest.generation))

    def close_join(self) -> None:
        """Close joining. People who have joined keep their access."""
        with self.store.write() as session:
            session.merge(Setting(key=JOIN_OPEN, value=False))

    def renew_join(self) -> str:
        """Make a new join code; the old one stops. Joining stays open or closed as it was."""
        with self.store.write() as session:
            return credentials.issue_join(session, self.keys)

    def is_join_code(self, text: str) -> bool:
        """Say whether somebody could join with this code, or token of a link, just now."""
        word = normalise_token(text) or normalise_code(text)
        with self.store.session() as session:
            return word is not None and self._opens(session, word)

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
            if typed is None or not self._opens(session, typed):
                raise AccessError(self._refusal(session, typed, _))
            return records.add(
                session,
                self.keys,
                _,
                display_name=display_name,
                role="participant",
                language=languages.canonical(language),
                taken=records.taken_names(session),
            )

    # -- inside --

    def _gettext(self, lang: str | None = None) -> Translator:
        return translator(lang or self.lang)

    def _row(self, session: Session, person_id: str) -> PersonRow:
        row = session.get(PersonRow, person_id)
        if row is None:
            _ = self._gettext()
            raise PeopleError(_("There is nobody with the id {id}.").format(id=person_id))
        return row

    def _set(self, key: str, value: object) -> None:
        with self.store.write() as session:
            session.merge(Setting(key=key, value=value))

    def _joining(self, session: Session) -> bool:
        setting = session.get(Setting, JOIN_OPEN)
        return setting is not None and setting.value is True

    def _opens(self, session: Session, word: str) -> bool:
        row = self._join_row(session, word)
        return row is not None and row.revoked_at is None and self._joining(session)

    def _join_row(self, session: Session, word: str) -> Credential | None:
        """The row of a code for joining, or of a link's token. Tokens follow from the generations that there were."""
        joins = sa.select(Credential).where(Credential.kind == "join")
        if len(word) != TOKEN_LENGTH:
            return session.scalar(joins.where(Credential.digest == self.keys.digest("join", word)))
        rows = session.scalars(joins).all()
        found = [row for row in rows if hmac.compare_digest(self.keys.join_token(row.generation), word)]
        return found[0] if found else None

    def _refusal(self, session: Session, word: str | None, _: Translator) -> str:
        row = None if word is None else self._join_row(session, word)
        if row is None:
            return credentials.unknown("join", _)
        if not self._joining(session):
            return _("Joining is closed. Please ask your facilitator for a personal link.")
        return _("This code was replaced by a newer one. Please ask your facilitator for the new one.")
