"""Write quotas: more than anybody can type in a minute, less than fills a disk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from academy.errors import StoreError
from academy.i18n import N_
from academy.store.schema import Writing
from academy.store.values import Edit

__all__ = ["ACT_EDITS", "QUOTA", "Quota"]

ACT_EDITS = 60
"""What handing something in, or giving a review back, counts for: a hundred of them in a minute."""
TOO_MUCH = N_("Very much was written within this minute. Please wait a minute, then try again.")


@dataclass(frozen=True)
class Quota:
    """How much one person may write in a minute.

    The answers of a whole course that come from a file at once are a tenth of either. Who types without a pause into
    the longest text that a field takes is saved some forty times a minute: 2.4 MB.
    """

    edits: int = 6_000
    bytes: int = 4 * 1024 * 1024

    def count(self, session: Session, person_id: str, edits: Iterable[Edit], now: datetime) -> None:
        """Count what a person writes, in the transaction that keeps it. Raises StoreError if it is too much at once."""
        self._count(session, person_id, [edit.size for edit in edits], now)

    def count_act(self, session: Session, person_id: str, now: datetime) -> None:
        """Count what is kept for good without being an edit. Raises StoreError if it is too much at once."""
        self._count(session, person_id, [0] * ACT_EDITS, now)

    def _count(self, session: Session, person_id: str, sizes: list[int], now: datetime) -> None:
        if not sizes:
            return
        minute = int(now.timestamp() // 60)
        row = session.get(Writing, person_id)
        if row is None:
            row = Writing(person_id=person_id, minute=minute, edits=0, bytes=0)
            session.add(row)
        if row.minute != minute:
            row.minute, row.edits, row.bytes = minute, 0, 0
        row.edits += len(sizes)
        row.bytes += sum(sizes)
        if row.edits > self.edits or row.bytes > self.bytes:
            raise StoreError(TOO_MUCH)


QUOTA = Quota()
