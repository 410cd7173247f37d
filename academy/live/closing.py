"""Closes a session for good: from then on nothing in the data folder says whose an anonymous answer was.

Three things would: the key with which a row was made, the order in which rows came, and what the database's files still
hold of earlier states. So the secret is destroyed, what came by chance takes the place of keys, rows are written anew
in an order of chance, and the files are cleaned (`Store.scrub`).
"""

from __future__ import annotations

import logging
import secrets
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from academy.errors import StoreError
from academy.live.ballots import nobody
from academy.live.session import CLOSED
from academy.store import Store
from academy.store.live import LiveActivityRow, LiveAnswer, LiveEvent, LiveMark, LiveSeat, LiveSession

__all__ = ["close", "tidy"]

log = logging.getLogger("academy.live")


def close(session: Session, row: LiveSession) -> None:
    """End a session in a transaction that holds its lock. What was done can't be undone; `tidy` does the rest."""
    session.flush()
    activities = list(session.scalars(sa.select(LiveActivityRow).where(LiveActivityRow.session_id == row.id)))
    anonymous = {activity.activity for activity in activities if activity.names == "anonymous"}
    for activity in activities:
        activity.tie = None
    _anew(session, row.id, LiveAnswer, lambda answer: _untied(answer, answer["activity"] in anonymous))
    _anew(session, row.id, LiveMark, dict)
    _anew(session, row.id, LiveSeat, dict)
    session.execute(sa.update(LiveEvent).where(LiveEvent.session_id == row.id).values(undone=True, before={}))
    row.state, row.current, row.scrub = CLOSED, None, True


def _untied(answer: dict[str, Any], anonymous: bool) -> dict[str, Any]:
    """An answer as it stays. What waited for others counts now: nothing tells it from the rest any more."""
    kept = answer | {"later": None, "value": answer["value"] if answer["later"] is None else answer["later"]}
    return kept | {"who": nobody(), "ids": [], "entered": "", "came": None} if anonymous else kept


def _anew(session: Session, session_id: int, of: Any, change: Any) -> None:
    """Write the rows that a session has in a table anew, in an order of chance."""
    table = of.__table__
    rows = [
        change(dict(row))
        for row in session.execute(sa.select(table).where(table.c.session_id == session_id)).mappings()
    ]
    secrets.SystemRandom().shuffle(rows)
    session.execute(sa.delete(table).where(table.c.session_id == session_id))
    if rows:
        session.execute(sa.insert(table), rows)
    session.expire_all()


def tidy(store: Store) -> bool:
    """Destroy what tied the answers of closed sessions, and clean the database's files; return whether all is done.

    A server does it when it starts and when a session was closed, whoever closed it: what another program was in the
    way of is done then. It also takes the order out of the files of what was answered in a meeting, when that ends,
    and of each lot of answers given in people's own time.
    """
    try:
        return _tidied(store)
    except StoreError:
        log.warning("Closed sessions could not be tidied; this is tried again.", exc_info=True)
        return False


def _tidied(store: Store) -> bool:
    with store.session() as session:
        codes = store.ties.codes()
        query = sa.select(LiveSession.code).where(LiveSession.state == CLOSED, LiveSession.code.in_(codes))
        over = list(session.scalars(query))
        dirty = list(session.scalars(sa.select(LiveSession.id).where(LiveSession.scrub)))
    for code in over:
        try:
            store.ties.destroy(code)
        except OSError:
            log.warning("What tied the answers of a closed session could not be removed.", exc_info=True)
    if not dirty:
        return True
    if not store.scrub():
        return False
    with store.write() as session:
        session.execute(sa.update(LiveSession).where(LiveSession.id.in_(dirty)).values(scrub=False))
    return True
