"""Private folder with a short path for kernels' sockets, cleaned up after a server that was killed.

The path of a Unix socket has room for about a hundred bytes, and data folders may lie deep, so the folder lies where
the system keeps short-lived files. Its name follows from which folder on which disk the data folder is, not from
anything written there: a copy of a data folder leads nowhere.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["socket_folder", "usual_place"]

NOTE = "sockets.txt"
"""Earlier versions wrote the path down here. It is not followed any more."""


@contextmanager
def socket_folder(runtime: Path) -> Iterator[Path]:
    """Make the folder, empty and ours alone; remove it at the end.

    The lock on it says that a server lives: a folder in use, or one that is not ours, is left alone for a new one.
    """
    (runtime / NOTE).unlink(missing_ok=True)
    folder = usual_place(runtime)
    lock = _take(folder)
    if lock is None:
        folder = Path(tempfile.mkdtemp(prefix="academy-"))
        lock = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def usual_place(runtime: Path) -> Path:
    """Return where the sockets of a data folder lie, by the folder that it is on this machine: a copy is another."""
    found = runtime.stat()
    name = hashlib.sha256(f"{os.getuid()}/{found.st_dev}/{found.st_ino}".encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"academy-{name}"


def _take(folder: Path) -> int | None:
    """Return the lock on an empty folder of this name; None if somebody has it, or it is not ours."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        found = os.fstat(lock)
        if found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o077:
            raise PermissionError(folder)
        for left in folder.iterdir():
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left)
            else:
                left.unlink()
    except OSError:
        os.close(lock)
        return None
    return lock
