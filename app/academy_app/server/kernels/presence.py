"""Presence at pages: how much a kernel is needed."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from enum import IntEnum

__all__ = ["Need", "Presence"]

WRITING_SECONDS = 600.0
"""Somebody who wrote within this time is filling in a form, also while the line is lost."""
READING_SECONDS = 1200.0
SETTLE_SECONDS = 60.0
"""A page that is still loading, or whose line was lost a moment ago, is not one that was left."""


class Need(IntEnum):
    """How much a kernel is needed, the least first: in this order kernels may be ended for others."""

    LEFT = 0
    """No page is connected, and nobody wrote of late."""
    HIDDEN = 1
    """The page is in the background."""
    UNTOUCHED = 2
    """The page is open, but nobody has touched it for long."""
    INTERRUPTED = 3
    """Somebody was writing, and the line is lost."""
    USED = 4
    """Somebody is there."""


@dataclass
class Presence:
    """What the server knows of the person at one page."""

    since: float = field(default_factory=time.monotonic)
    touched: float = 0.0
    """When the page last sent something, or said that somebody touched it."""
    wrote: float = float("-inf")
    left: float | None = None
    """When its last socket closed; None while one is open, or before the first."""
    hidden: bool = False
    unsaved: bool = False

    def __post_init__(self) -> None:
        self.touched = max(self.touched, self.since)

    def write(self, now: float) -> None:
        """Somebody changed something on the page."""
        self.touched = self.wrote = now

    def tell(self, now: float, *, hidden: bool, unsaved: bool) -> None:
        """The page says whether it can be seen, and whether it holds what is not saved yet."""
        if not hidden:
            self.touched = now
        self.hidden, self.unsaved = hidden, unsaved

    def need(self, now: float, *, connected: bool) -> Need:
        """Say how much the kernel is needed. What is unsaved counts as being written."""
        writing = self.unsaved or now - self.wrote < WRITING_SECONDS
        settled = now - max(self.since, self.left or 0.0) >= SETTLE_SECONDS
        if not connected:
            return Need.INTERRUPTED if writing else Need.LEFT if settled else Need.USED
        if writing or not settled:
            return Need.USED
        if self.hidden:
            return Need.HIDDEN
        return Need.UNTOUCHED if now - self.touched >= READING_SECONDS else Need.USED

    def rest(self, now: float, *, connected: bool) -> float:
        """Return for how many seconds nobody has been there."""
        if connected and not self.hidden:
            return now - self.touched
        return now - max(self.touched, self.left or 0.0)
