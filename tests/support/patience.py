"""How long tests wait for what comes: how long it takes says how busy a machine is, and nothing of the product."""

from __future__ import annotations

import time
from collections.abc import Callable

__all__ = ["PAUSE", "SECONDS", "until"]

SECONDS = 120.0
PAUSE = 0.02


def until(condition: Callable[[], object], seconds: float = SECONDS) -> bool:
    """Wait until something is so; returns whether it came to be."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(PAUSE)
    return True
