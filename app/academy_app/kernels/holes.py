"""Filling the holes in memory before kernels are forked.

A process that has imported much has many half-used pages. A kernel would put its first objects there, a few into
each, and every page that it writes to becomes a copy of its own. With the holes filled it takes new pages, and few.
What fills them stays for ever, in the one template, in memory that was lost anyway.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import sys
import tempfile
from typing import Any

__all__ = ["fill_holes", "free_blocks"]

LARGE = (65536, 16384, 8192, 4096, 2048, 1536, 1024, 768, 640, 512, 256, 128, 64, 32)
"""Sizes in bytes that are asked of the C library, largest first: smaller ones fill what is left of a hole."""
ENOUGH = 64 << 20
SIZE_CLASS = re.compile(r"^ *\d+ +(\d+) +\d+ +\d+ +(\d+) *$", re.MULTILINE)
"""A line of Python's own account: class, size, pools in use, blocks in use, free blocks."""

_kept: list[Any] = []


def fill_holes() -> None:
    """Fill the free blocks of the C library's heap, then those of Python's own pages."""
    _fill_heap()
    overhead = sys.getsizeof(b"")
    for size, count in free_blocks().items():
        length = size - overhead
        if length > 1:  # shorter ones exist already, and are given out again
            _kept.append([bytes(length) for _ in range(count)])


def free_blocks() -> dict[int, int]:
    """Return how many blocks of each size in bytes are free in pages that Python uses; nothing if it does not say."""
    tell = getattr(sys, "_debugmallocstats", None)
    if tell is None:
        return {}
    with tempfile.TemporaryFile() as account:
        before = os.dup(2)  # it speaks to standard error alone
        os.dup2(account.fileno(), 2)
        try:
            tell()
        finally:
            os.dup2(before, 2)
            os.close(before)
        account.seek(0)
        text = account.read().decode("ascii", "replace").partition("# arenas")[0]
    return {int(size): int(free) for size, free in SIZE_CLASS.findall(text)}


def _fill_heap() -> None:
    """Take memory of each size until the heap has to grow for it."""
    library = ctypes.CDLL(None)
    with contextlib.suppress(AttributeError):  # another C library keeps its memory in other ways
        library.gnu_get_libc_version  # noqa: B018
        library.malloc.restype = library.sbrk.restype = ctypes.c_void_p
        library.malloc.argtypes, library.sbrk.argtypes = [ctypes.c_size_t], [ctypes.c_ssize_t]
        taken = 0
        for size in LARGE:
            end = library.sbrk(0)
            while library.sbrk(0) == end and taken < ENOUGH:
                library.malloc(size)
                taken += size
