"""Undo: notes what each change of a session's rows replaced."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from academy.live.session import WAITING, SessionContext
from academy.store.live import LiveActivityRow, LiveAnswer, LiveMark, LiveSeat, LiveSession

__all__ = ["Steps"]


class Steps:
    """The changes of one act. `before` is JSON and gives everything back (`back`)."""

    def __init__(
        self, book: SessionContext, session: Session, row: LiveSession, activities: dict[str, LiveActivityRow]
    ) -> None:
        self.book, self._session, self.row, self.activities = book, session, row, activities
        self.before: dict[str, Any] = {}

    def session(self, **values: Any) -> None:
        """Change the session."""
        self._note("session", {name: getattr(self.row, name) for name in values})
        _set(self.row, values)

    def activity(self, activity_id: str, **values: Any) -> None:
        """Change an activity; it gets its row when it is touched first."""
        row = self.activities.get(activity_id)
        if row is None:
            values = self._fresh(activity_id) | values
            row = LiveActivityRow(session_id=self.book.id, activity=activity_id, **values)
            self._session.add(row)
            self.activities[activity_id] = row
            old: dict[str, Any] = {"phase": WAITING, "held": row.held, "round": row.round, "ends_at": None}
        else:
            old = {name: _plain(getattr(row, name)) for name in values}
            _set(row, values)
        noted = self.before.setdefault("activities", {})
        noted[activity_id] = old | noted.get(activity_id, {})

    def mark(self, activity_id: str, item: str, **values: Any) -> None:
        """Change what was decided about a text."""
        place = (self.book.id, activity_id, item)
        row = self._session.get(LiveMark, place)
        if row is None:
            row = LiveMark(session_id=self.book.id, activity=activity_id, item=item, state="", answered=False)
            self._session.add(row)
        old = {name: getattr(row, name) for name in values}
        self.before.setdefault("marks", []).append([activity_id, item, old])
        _set(row, values)

    def seat(self, who: str, removed: bool) -> bool:
        """Take somebody out of the room or let them in again; returns whether there is such a person."""
        row = self._session.get(LiveSeat, (self.book.id, who))
        if row is None:
            return False
        self.before.setdefault("seats", {})[who] = row.removed
        row.removed = removed
        return True

    def back(self, before: dict[str, Any]) -> None:
        """Make everything as it was."""
        _set(self.row, before.get("session", {}))
        for activity_id, old in before.get("activities", {}).items():
            _set(self.activities[activity_id], {name: _typed(name, value) for name, value in old.items()})
        for activity_id, item, old in before.get("marks", []):
            row = self._session.get(LiveMark, (self.book.id, activity_id, item))
            if row is not None:
                _set(row, old)
        for who, removed in before.get("seats", {}).items():
            seat = self._session.get(LiveSeat, (self.book.id, who))
            if seat is not None:
                seat.removed = removed
        for who in before.get("answers", []):
            query = sa.select(LiveAnswer).where(LiveAnswer.session_id == self.book.id, LiveAnswer.who == who)
            for answer in self._session.scalars(query):
                answer.round = -abs(answer.round)  # no round has this number: it stays and does not count

    def _note(self, name: str, old: dict[str, Any]) -> None:
        self.before[name] = old | self.before.get(name, {})

    def _fresh(self, activity_id: str) -> dict[str, Any]:
        activity = self.book.webinar.activity(activity_id)
        held = activity is not None and activity.show == "reveal"
        names = activity.names if activity is not None else "anonymous"
        return {"phase": WAITING, "held": held, "round": 1, "names": names}


def _set(row: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _typed(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if name == "ends_at" and value is not None else value
