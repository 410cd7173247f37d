"""Signed times of answers that arrive after their question was closed.

A phone whose line is lost keeps what its owner sends, and the question may be closed before the line is back. The
phone's clock proves nothing. So each form brings a ticket: the server's signed word that at this moment, by its own
clock, the question was open. The phone adds how long after that its owner pressed “Send”. The answer counts if that
was before the question was closed, and comes within `LATEST`.

What this can't rule out: somebody who writes a script of their own can say “at once” and send an answer up to
`LATEST` after the question was closed; still only one, with a ticket that they got while it was open.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from academy.live.session import LIVE, OPEN, SessionContext
from academy.store.live import LiveActivityRow, LiveEvent

__all__ = ["LATEST", "in_time", "ticket"]

LATEST = timedelta(minutes=10)
"""So long after its question was closed may an answer come that was given before."""
STEPS_LOOKED_AT = 100


def ticket(book: SessionContext, activity: str, round_: int) -> str:
    """Return the word that a question is open now. It is the same for everybody, and leads to nobody."""
    milliseconds = int(book.clock().timestamp() * 1000)
    return f"{milliseconds}.{_signed(book, activity, round_, milliseconds)}"


def in_time(
    book: SessionContext,
    session: Session,
    activity: str,
    stand: LiveActivityRow,
    shown: str,
    after: int | None,
) -> bool:
    """Whether an answer with a ticket, given so many milliseconds after it, was given while its question was open."""
    seen = _seen(book, activity, stand.round, shown)
    if seen is None or after is None or after < 0:
        return False
    closed = _closed_at(book, session, activity, stand)
    if closed is None or book.clock() - closed > LATEST:
        return False
    return seen + timedelta(milliseconds=min(after, 10**12)) <= closed


def _seen(book: SessionContext, activity: str, round_: int, shown: str) -> datetime | None:
    """The moment that a ticket names, None if it is not this server's word about this question."""
    number, _, signature = shown.partition(".")
    if not (number.isascii() and number.isdecimal() and len(number) < 15):
        return None
    if not hmac.compare_digest(signature.encode(), _signed(book, activity, round_, int(number)).encode()):
        return None
    return datetime.fromtimestamp(int(number) / 1000, UTC)


def _signed(book: SessionContext, activity: str, round_: int, milliseconds: int) -> str:
    message = f"live ticket\0{book.id}\0{activity}\0{round_}\0{milliseconds}"
    return hmac.new(book.secret, message.encode(), hashlib.sha256).hexdigest()[:32]


def _closed_at(
    book: SessionContext, session: Session, activity: str, stand: LiveActivityRow
) -> datetime | None:
    """When a question that is not open now was closed: the newest step before which it was open."""
    query = (
        sa.select(LiveEvent)
        .where(LiveEvent.session_id == book.id, LiveEvent.undone.is_(False))
        .order_by(LiveEvent.id.desc())
        .limit(STEPS_LOOKED_AT)
    )
    for event in session.scalars(query):
        before = event.before.get("activities", {}).get(activity, {})
        ended = event.before.get("session", {}).get("state") == LIVE and stand.phase == OPEN
        if before.get("phase") == OPEN or ended:
            return event.at
    return None
