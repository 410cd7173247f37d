"""Accounts of a data folder, whatever editions their people are in: links, codes, languages, who may come in."""

from __future__ import annotations

import hmac

import sqlalchemy as sa
from sqlalchemy.orm import Session

from academy.errors import AccessError, PeopleError
from academy.i18n import Translator, translator
from academy.people import credentials, records
from academy.people.codes import TOKEN_LENGTH, Keys, normalise_code, normalise_token
from academy.people.model import Account, account_called
from academy.store import Store
from academy.store.schema import Credential, EditionRow, PersonRow

__all__ = ["JOIN_OPEN", "Accounts"]

JOIN_OPEN = "join.open"


class Accounts:
    """Everybody who signs in, and what lets them in. `lang` is the language of the sentences in errors."""

    def __init__(self, store: Store, secret: bytes, lang: str = "en") -> None:
        self.store = store
        self.keys = Keys(secret)
        self.lang = lang

    def account(self, person_id: str) -> Account | None:
        """Return an account, or None."""
        return account_called(self.store, person_id)

    def editions_of(self, person_id: str) -> list[str]:
        """Return the editions that a person is in and has not left, in the order in which they came into them."""
        with self.store.session() as session:
            return credentials.editions_of(session, person_id)

    def set_language(self, person_id: str, language: str) -> None:
        """Keep the language that a person chose. Raises PeopleError if it is none."""
        records.check_language(language, self._gettext())
        with self.store.write() as session:
            self._row(session, person_id).language = language

    # -- links and codes --

    def by_link(self, token: str, lang: str | None = None) -> Account:
        """Return the person whose personal link has this token.

        Raises AccessError, in `lang`, if it is unknown, replaced, revoked or expired.
        """
        with self.store.session() as session:
            return Account.of(
                credentials.find(session, self.keys, "link", token.strip().lower(), self._gettext(lang))
            )

    def by_code(self, text: str, lang: str | None = None) -> Account:
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
                return Account.of(credentials.find(session, self.keys, "code", code, _))
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

    # -- codes for joining --

    def joins(self, text: str) -> str | None:
        """Return the edition that somebody could join with this code, or token of a link, just now; None for none."""
        word = normalise_token(text) or normalise_code(text)
        with self.store.session() as session:
            row = None if word is None else self._opening(session, word)
            return None if row is None else row.edition

    # -- inside --

    def _gettext(self, lang: str | None = None) -> Translator:
        return translator(lang or self.lang)

    def _row(self, session: Session, person_id: str) -> PersonRow:
        row = session.get(PersonRow, person_id)
        if row is None:
            _ = self._gettext()
            raise PeopleError(_("There is nobody with the id {id}.").format(id=person_id))
        return row

    def _opens(self, session: Session, word: str) -> bool:
        return self._opening(session, word) is not None

    def _opening(self, session: Session, word: str) -> Credential | None:
        """The row of a code or token with which somebody could join just now."""
        row = self._join_row(session, word)
        if row is None or row.revoked_at is not None or not self._joining(session, row.edition or ""):
            return None
        return row

    def _joining(self, session: Session, edition: str) -> bool:
        row = session.get(EditionRow, edition)
        closed = row is not None and row.closed_at is not None
        return not closed and credentials.setting(session, edition, JOIN_OPEN, False) is True

    def _join_row(self, session: Session, word: str) -> Credential | None:
        """The row of a code for joining, or of a link's token. Tokens follow from the generations that there were."""
        joins = sa.select(Credential).where(Credential.kind == "join")
        if len(word) != TOKEN_LENGTH:
            return session.scalar(joins.where(Credential.digest == self.keys.digest("join", word)))
        rows = session.scalars(joins).all()
        found = [row for row in rows if hmac.compare_digest(self.keys.join_token(row.generation), word)]
        return found[0] if found else None
