"""Letting Linux keep memory once that is the same in many kernels (KSM, kernel same-page merging, Linux 6.4 and up).

A kernel writes into many of the pages of memory that it shared with the others at the fork, and nearly all kernels
write the same there. Linux finds such pages and shares them again, where an administrator has turned that on: who can
run code of their own on the machine could find out by the time a write takes whether others have the same page.
"""

from __future__ import annotations

import contextlib
import ctypes
from pathlib import Path

__all__ = ["KSM", "merging", "offer_memory", "saved_megabytes"]

KSM = Path("/sys/kernel/mm/ksm")
PR_SET_MEMORY_MERGE = 67
ON = 1
PAGES_A_MEGABYTE = 256


def offer_memory() -> bool:
    """Offer this process's memory, and that of all it forks, for merging; return whether Linux took the offer."""
    with contextlib.suppress(OSError, AttributeError):
        return bool(ctypes.CDLL(None).prctl(PR_SET_MEMORY_MERGE, 1, 0, 0, 0) == 0)
    return False


def merging(ksm: Path = KSM) -> bool | None:
    """Return whether Linux merges memory on this machine, or None where it can't."""
    state = _number(ksm / "run")
    return None if state is None else state == ON


def saved_megabytes(ksm: Path = KSM) -> int:
    """Return how much memory merging saves on this machine just now."""
    return (_number(ksm / "pages_sharing") or 0) // PAGES_A_MEGABYTE


def _number(file: Path) -> int | None:
    try:
        return int(file.read_text("ascii"))
    except (OSError, ValueError):
        return None
