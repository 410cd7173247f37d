"""Memory limits of control groups: versions 2 and 1, nested, as containers and systemd set them.

A limit may stand at any group above this process's own; the tightest counts. systemd writes a service's `MemoryMax`
into the group of the service, which is not where a container's limit is seen.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["SELF", "Group", "groups", "memory_left", "memory_limit"]

SELF = Path("/proc/self")
UNLIMITED = 2**62
"""Version 1 says the largest whole page below 2^63 where there is no limit."""


@dataclass(frozen=True)
class Group:
    """One control group, and the names of its files."""

    path: Path
    limits: tuple[str, ...]
    used: str
    cached: str

    @property
    def limit(self) -> int | None:
        """Bytes that the group may have, or None."""
        found = [value for name in self.limits if (value := _number(self.path / name)) is not None]
        return min((value for value in found if value < UNLIMITED), default=None)

    @property
    def left(self) -> int | None:
        """Bytes that the group may still take: files that are cached for it are given back when that is needed."""
        limit, used = self.limit, _number(self.path / self.used)
        return None if limit is None or used is None else max(0, limit - used + self._cached())

    def _cached(self) -> int:
        with contextlib.suppress(OSError, ValueError):
            for line in (self.path / "memory.stat").read_text("ascii").splitlines():
                name, _, value = line.partition(" ")
                if name == self.cached:
                    return int(value)
        return 0


def memory_limit(process: Path = SELF) -> int | None:
    """Return how many bytes this process and those beside it may have, or None without a limit."""
    return min((limit for group in groups(process) if (limit := group.limit) is not None), default=None)


def memory_left(process: Path = SELF) -> int | None:
    """Return how many bytes of that are left, or None without a limit."""
    return min((left for group in groups(process) if (left := group.left) is not None), default=None)


def groups(process: Path = SELF) -> Iterator[Group]:
    """Yield the groups of a process with those above them, as far as they can be seen from here."""
    try:
        member = (process / "cgroup").read_text("utf-8").splitlines()
        mounts = (process / "mountinfo").read_text("utf-8").splitlines()
    except OSError:
        return
    for line in member:
        _, controllers, own = line.split(":", 2)
        kind: tuple[tuple[str, ...], str, str]
        if not controllers:
            kind = (("memory.max", "memory.high"), "memory.current", "inactive_file")
        elif "memory" in controllers.split(","):
            kind = (("memory.limit_in_bytes",), "memory.usage_in_bytes", "total_inactive_file")
        else:
            continue
        for root, mounted in _mounts(mounts, controllers):
            folder = mounted / _below(own, root)
            while True:
                yield Group(folder, *kind)
                if folder == mounted:
                    break
                folder = folder.parent


def _mounts(lines: list[str], controllers: str) -> Iterator[tuple[str, Path]]:
    """Yield the mounts of a hierarchy: which of its groups is seen, and where. See proc(5), mountinfo."""
    for line in lines:
        before, _, after = line.partition(" - ")
        parts, kind = before.split(" "), after.split(" ")
        if len(parts) < 5 or len(kind) < 3:
            continue
        wanted = (
            kind[0] == "cgroup" and "memory" in kind[2].split(",") if controllers else kind[0] == "cgroup2"
        )
        if wanted:
            yield _plain(parts[3]), Path(_plain(parts[4]))


def _below(own: str, root: str) -> str:
    """The group's path below the one that is mounted; nothing for what lies outside, as a container sees it."""
    if ".." in own.split("/"):
        return ""
    if root == "/":
        return own.strip("/")
    return own[len(root) :].strip("/") if own == root or own.startswith(f"{root}/") else ""


def _plain(word: str) -> str:
    """Spaces and the like are written as octal numbers."""
    for code, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        word = word.replace(code, char)
    return word


def _number(file: Path) -> int | None:
    """Read a control group's file; None where there is none, or it says `max`."""
    with contextlib.suppress(OSError, ValueError):
        return int(file.read_text("ascii"))
    return None
