"""Secrets that tie an anonymous answer to its giver while a session is open: files beside the database.

Whoever has the database, or a backup, has none of them. They outlive a restart, so that people can change their answer
and nobody has two, and are destroyed when the session is closed.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import tempfile
from pathlib import Path

from academy.data import write_whole
from academy.errors import StoreError
from academy.i18n import N_

__all__ = ["Ties", "ties_of"]

BYTES = 32
FOLDER = "live"
"""The folder's name below `runtime`, which no backup holds."""
PLACE = "ACADEMY_LIVE_TIES"
"""Names another folder: the one that servers share which share a PostgreSQL database."""
UNWRITABLE = N_(
    "The server can't keep what lets you change an anonymous answer later, so it was not taken. Please tell your "
    "facilitator."
)
_NAME = re.compile(r"[A-Za-z0-9]{1,32}")


class Ties:
    """The secrets of sessions, each session's in a folder that is called by its code."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self, code: str, secret: bytes | None = None) -> str:
        """Keep a new secret for a session and return the name that it is found by. Raises StoreError if it can't."""
        name = secrets.token_hex(8)
        place = self._place(code)
        try:
            for folder in (self.folder, place):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(place / name, secret or secrets.token_bytes(BYTES))
        except OSError as error:
            raise StoreError(UNWRITABLE) from error
        return name

    def get(self, code: str, name: str) -> bytes | None:
        """Return a secret, or None where it is not: it was made elsewhere, or did not come along with a backup."""
        if not _NAME.fullmatch(name):
            return None
        try:
            found = (self._place(code) / name).read_bytes()
        except OSError:
            return None
        return found if len(found) == BYTES else None

    def codes(self) -> list[str]:
        """Return the codes of the sessions that have secrets here."""
        return sorted(entry.name for entry in self.folder.iterdir()) if self.folder.is_dir() else []

    def destroy(self, code: str) -> None:
        """Let nobody ever find the secrets of a session again: they are overwritten, then removed."""
        place = self._place(code)
        if not place.is_dir():
            return
        for file in place.iterdir():
            with file.open("r+b") as written:
                written.write(secrets.token_bytes(max(file.stat().st_size, 1)))
                written.flush()
                os.fsync(written.fileno())
            file.unlink(missing_ok=True)
        place.rmdir()

    def _place(self, code: str) -> Path:
        if not _NAME.fullmatch(code):
            raise ValueError("a session's code is letters and digits")
        return self.folder / code


def ties_of(url: str, folder: Path | None = None) -> Ties:
    """Return where the secrets are that belong to a database; `folder` is the one of the data folder.

    Without one they are beside a file of SQLite, and for any other database in a folder of this machine and user.
    """
    if named := os.environ.get(PLACE):
        return Ties(Path(named).expanduser().absolute())
    if folder is not None:
        return Ties(folder)
    file = url.removeprefix("sqlite:///")
    if file not in (url, "", ":memory:"):
        return Ties(Path(file).absolute().parent / "runtime" / FOLDER)
    own = secrets.token_hex(8) if url.startswith("sqlite") else hashlib.sha256(url.encode()).hexdigest()[:16]
    return Ties(Path(tempfile.gettempdir()) / f"academy-{os.getuid()}" / own)
