"""Status file of the running server: written every few seconds, read by `academy status`."""

from __future__ import annotations

import contextlib
import json
import os
import time
from pathlib import Path
from typing import Any

from academy.data import DataFolder

__all__ = ["StatusFile", "read_status"]

FILE = "server.json"
EVERY_SECONDS = 2.0
STALE_SECONDS = 20.0
"""A server that is very busy writes late; one that was killed does not write at all."""


class StatusFile:
    """Writes how a server is."""

    def __init__(self, data: DataFolder) -> None:
        self.file = data.runtime / FILE
        self._written = float("-inf")

    def beat(self, state: dict[str, object]) -> None:
        """Write it, if it is time. Nothing is lost where it can't be written: it is news, not data."""
        if time.monotonic() - self._written < EVERY_SECONDS:
            return
        self._written = time.monotonic()
        part = self.file.with_suffix(".part")
        with contextlib.suppress(OSError):
            part.write_text(json.dumps({"time": time.time(), "pid": os.getpid(), **state}), "utf-8")
            part.replace(self.file)

    def stop(self) -> None:
        """The server ends."""
        self.file.unlink(missing_ok=True)


def read_status(data: DataFolder) -> dict[str, Any] | None:
    """Return how the server of a data folder is; None if none is running."""
    try:
        state: dict[str, Any] = json.loads(Path(data.runtime / FILE).read_text("utf-8"))
        fresh = abs(time.time() - state["time"]) < STALE_SECONDS
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return state if fresh else None
