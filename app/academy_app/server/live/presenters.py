"""Presence of presenters, and which of them the room follows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from academy.documents.room_state import PresentersNews, UndoStep
from academy.i18n import N_

__all__ = ["MOVES", "SOMEBODY", "Presenters"]

MOVES = frozenset(
    (
        "go",
        "next",
        "previous",
        "open",
        "lock",
        "reveal",
        "hide",
        "reset",
        "timer",
        "spot",
        "end",
        "close",
        "undo",
    )
)
"""Acts that change what everybody sees. What is done in the notes (texts, people) several may do beside each other."""
SOMEBODY = N_("{name} is presenting this room just now.")


class Presenters:
    """The presenters of one room on this server. The room follows the one who moved it last, until they leave.

    Nothing of it is kept: after a restart the first who moves the room leads it.
    """

    def __init__(self) -> None:
        self.lead: str | None = None
        self._screens: dict[object, tuple[str, str]] = {}

    @property
    def there(self) -> dict[str, str]:
        """Who has a presenter's page open: pseudonym and name."""
        return dict(self._screens.values())

    @property
    def screens(self) -> Iterable[Any]:
        """Their connections."""
        return tuple(self._screens)

    def come(self, screen: object, who: str, name: str) -> None:
        """Somebody has opened the presenter's page."""
        self._screens[screen] = (who, name)

    def leave(self, screen: object) -> bool:
        """A connection has ended; returns whether it was a presenter's."""
        return self._screens.pop(screen, None) is not None

    def other(self, who: str) -> str | None:
        """Return the name of somebody else whom the room follows, None if it may be moved without a word."""
        if self.lead in (None, who):
            return None
        return self.there.get(self.lead or "")

    def news(self, undo: UndoStep | None) -> PresentersNews:
        """Return what presenters' pages are told."""
        return {"lead": self.lead if self.lead in self.there else None, "there": self.there, "undo": undo}
