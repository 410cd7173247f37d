"""Linux told to keep equal memory once, for as long as a measurement takes; root may do that."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager

from academy_app.kernels.merging import KSM, saved_megabytes

__all__ = ["merged", "settled", "work_of_linux"]

WHILE_MEASURED = {"run": "1", "pages_to_scan": "4000", "sleep_millisecs": "20"}
"""Much more than Linux looks at by default, so that the end is reached within minutes."""
EVERY, ENOUGH, SECONDS = 10.0, 0.01, 400.0


@contextmanager
def merged() -> Iterator[None]:
    """Turn merging on, and leave it as it was. Raises PermissionError for all but root, OSError where it is not."""
    before = {name: (KSM / name).read_text() for name in WHILE_MEASURED}
    try:
        for name, value in WHILE_MEASURED.items():
            (KSM / name).write_text(value)
        yield
    finally:
        for name, value in before.items():
            (KSM / name).write_text(value)


async def settled() -> float:
    """Wait until merging finds hardly any more; return how many seconds that took."""
    begun, scans, saved = time.monotonic(), _scans(), -1
    while time.monotonic() - begun < SECONDS:
        await asyncio.sleep(EVERY)
        now = saved_megabytes()
        if _scans() > scans + 2 and now - saved <= ENOUGH * max(now, 1):
            break
        saved = now
    return time.monotonic() - begun


def work_of_linux() -> float:
    """Return the seconds that Linux has computed for it."""
    import psutil

    times = [p.cpu_times() for p in psutil.process_iter(["name"]) if p.info["name"] == "ksmd"]
    return sum(one.user + one.system for one in times)


def _scans() -> int:
    return int((KSM / "full_scans").read_text())
