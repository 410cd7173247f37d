"""Capacity of the machine: kernels, concurrent starts, open files, free memory."""

from __future__ import annotations

import contextlib
import os
import resource
from dataclasses import dataclass
from pathlib import Path

from academy_app.kernels.merging import KSM, merging
from academy_app.server.kernels.cgroups import SELF, memory_left, memory_limit

__all__ = ["Limits", "all_memory", "free_memory", "kernels_that_fit", "raise_open_files", "starting_at_once"]

MEGABYTES_A_KERNEL = 80
MEGABYTES_A_FORK = 25
"""As `tests/bench/kernels.py` measures it with the page of week 1, the server's part included."""
MEGABYTES_MERGED = 12
"""The same where Linux merges memory: more than what is left after a minute, for kernels are young at first."""
SHARE_FOR_KERNELS = 0.7
FEWEST_KERNELS, MOST_KERNELS = 8, 1500
FILES_A_KERNEL = 13
FILES_OF_THE_SERVER = 200
OPEN_FILES = 65_536
RESERVE_SHARE, SMALLEST_RESERVE = 0.05, 200
MEGABYTE = 2**20
MEMINFO = Path("/proc/meminfo")


@dataclass(frozen=True)
class Limits:
    """What a running server keeps to."""

    kernels: int
    starting: int
    reserve: int
    """Megabytes of memory that stay free: below this no kernel starts, and kernels nobody needs are ended."""

    @classmethod
    def of(cls, kernels: int, starting: int, open_files: int, process: Path = SELF) -> Limits:
        """Return the limits for what was chosen; fewer kernels where not enough files can be open."""
        most = max(FEWEST_KERNELS, (open_files - FILES_OF_THE_SERVER) // FILES_A_KERNEL)
        reserve = max(SMALLEST_RESERVE, int(all_memory(process) * RESERVE_SHARE))
        return cls(max(1, min(kernels, most)), max(1, starting), reserve)


def kernels_that_fit(forked: bool, process: Path = SELF, ksm: Path = KSM) -> int:
    """Return how many kernels this machine's memory holds."""
    each = MEGABYTES_A_KERNEL
    if forked:
        each = MEGABYTES_MERGED if merging(ksm) else MEGABYTES_A_FORK
    return max(FEWEST_KERNELS, min(MOST_KERNELS, int(all_memory(process) * SHARE_FOR_KERNELS) // each))


def starting_at_once() -> int:
    """Return how many pages may start at once: one or two for each core, so that the first are ready soon."""
    with contextlib.suppress(AttributeError):
        return 2 * len(os.sched_getaffinity(0))
    return 2 * (os.cpu_count() or 1)


def all_memory(process: Path = SELF) -> int:
    """Return this machine's memory in megabytes, or the part of it that the process's control groups may have."""
    try:
        whole = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // MEGABYTE
    except (ValueError, OSError):
        return 0
    limit = memory_limit(process)
    return whole if limit is None else min(whole, limit // MEGABYTE)


def free_memory(process: Path = SELF, meminfo: Path = MEMINFO) -> int | None:
    """Return how many megabytes can still be had, or None where the system does not say (macOS)."""
    try:
        lines = meminfo.read_text("ascii").splitlines()
    except OSError:
        return None
    kilobytes = next((int(line.split()[1]) for line in lines if line.startswith("MemAvailable:")), None)
    if kilobytes is None:
        return None
    free, left = kilobytes // 1024, memory_left(process)
    return free if left is None else min(free, left // MEGABYTE)


def raise_open_files() -> int:
    """Raise the limit on open files as far as we may, and return it: a kernel with its page needs thirteen."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, OPEN_FILES)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(most, soft), hard))
        return max(most, soft)
    return soft
