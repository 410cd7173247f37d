"""Culls kernels: those that nobody uses, and the least needed first where memory is short."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from academy_app.server.kernels.limits import free_memory
from academy_app.server.kernels.presence import Need, Presence
from academy_app.server.site import Site

__all__ = ["Culling"]

LOOK_AT_MEMORY_SECONDS = 1.0


class Kernels(Protocol):
    """What is asked of the kernels."""

    sockets: dict[str, list[Any]]

    @property
    def site(self) -> Site:
        """The course and its options."""

    @property
    def alive(self) -> Sequence[str]:
        """The kernels that are not about to end."""

    def presence(self, kernel_id: str) -> Presence | None:
        """What is known of who sits there."""

    def put_to_sleep(self, kernel_id: str, reason: str) -> None:
        """End it."""


class Culling:
    """Ends kernels for want of use, of room or of memory."""

    def __init__(
        self,
        kernels: Kernels,
        now: Callable[[], float] = time.monotonic,
        free: Callable[[], int | None] = free_memory,
    ) -> None:
        self.kernels = kernels
        self.now = now
        self._free = free
        self._looked = float("-inf")
        self._memory: int | None = None

    @property
    def memory(self) -> int | None:
        """Megabytes that are free, as of the last second."""
        if self.now() - self._looked >= LOOK_AT_MEMORY_SECONDS:
            self._looked, self._memory = self.now(), self._free()
        return self._memory

    @property
    def pressed(self) -> bool:
        """Whether memory is short."""
        return self.memory is not None and self.memory < self.kernels.site.limits.reserve

    def room(self, promised: int) -> bool:
        """Whether one more kernel may start beside those promised; where it helps, one that nobody needs ends."""
        if self.pressed:
            return False  # `sweep` frees what can be freed
        if len(self.kernels.alive) + promised < self.kernels.site.limits.kernels:
            return True
        return self._end_one("room", Need.UNTOUCHED)

    def sweep(self) -> None:
        """End what nobody uses any more; while memory is short, the least needed one each time."""
        options, now = self.kernels.site.options, self.now()
        for kernel_id in self.kernels.alive:
            presence, connected = self._seen(kernel_id)
            if presence is None:
                continue
            rest = presence.rest(now, connected=connected)
            if not connected and rest >= 60 * options.idle_minutes:
                self.kernels.put_to_sleep(kernel_id, "left")
            elif connected and not presence.unsaved and rest >= 60 * options.sleep_minutes:
                self.kernels.put_to_sleep(kernel_id, "asleep")
        if self.pressed:
            self._end_one("memory", Need.INTERRUPTED)

    def _end_one(self, reason: str, most: Need) -> bool:
        """End the least needed kernel if it is needed no more than `most`; says whether there was one."""
        now, found = self.now(), []
        for kernel_id in self.kernels.alive:
            presence, connected = self._seen(kernel_id)
            if presence is not None:
                need = presence.need(now, connected=connected)
                found.append((need, -presence.rest(now, connected=connected), kernel_id))
        if not found or min(found)[0] > most:
            return False
        self.kernels.put_to_sleep(min(found)[2], reason)
        return True

    def _seen(self, kernel_id: str) -> tuple[Presence | None, bool]:
        return self.kernels.presence(kernel_id), bool(self.kernels.sockets.get(kernel_id))
