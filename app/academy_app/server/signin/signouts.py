"""Revoked sign-ins: their cookies are refused, wherever a copy of them is."""

from __future__ import annotations

import logging
from datetime import timedelta

import sqlalchemy as sa

from academy.errors import StoreError
from academy.store import Store
from academy.store.schema import EndedSignIn, utc_now

__all__ = ["DAYS", "SignOuts"]

DAYS = 30
"""No cookie is older."""
log = logging.getLogger("academy_app.server")


class SignOuts:
    """Remembers the marks of ended sign-ins: at once here, and in the database as soon as it can be had."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._unwritten: set[str] = set()
        with store.session() as session:
            self._ended = set(session.scalars(sa.select(EndedSignIn.mark)))

    def __contains__(self, mark: str) -> bool:
        return mark in self._ended

    def end(self, mark: str) -> None:
        """End a sign-in."""
        if mark not in self._ended:
            self._ended.add(mark)
            self._unwritten.add(mark)
        self.write()

    def write(self) -> None:
        """Write down what is not written yet, and forget what no cookie can be of any more."""
        if not self._unwritten:
            return
        try:
            with self._store.write() as session:
                session.execute(
                    sa.delete(EndedSignIn).where(EndedSignIn.at < utc_now() - timedelta(days=DAYS + 1))
                )
                for mark in self._unwritten:
                    session.merge(EndedSignIn(mark=mark))
        except StoreError as error:
            log.warning("Ended sign-ins are not written down yet: %s", error)
            return
        self._unwritten.clear()
