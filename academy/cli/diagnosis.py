"""What is wrong with a database, said to whoever runs the commands: which file, and how to mend it."""

from __future__ import annotations

import os
import shlex
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from academy.cli.words import _
from academy.errors import StoreError

__all__ = ["of_database"]

WAL, SHM = "-wal", "-shm"
NOT_SOUND = ("not a database", "malformed", "corrupt", "disk image")


def of_database(error: Exception, data: Path | None) -> str | None:
    """Return the sentence for an error of a database, or None if it is none."""
    text = _text(error)
    if text is None:
        return None
    if any(word in text for word in ("is full", "disk full", "no space")):
        return _("There is no room left on the disk. Free some space and try again.")
    if "locked" in text or "busy" in text:
        return _(
            "Another program has been writing to the database for long, so nothing was changed. Look whether a command "
            "still runs, and try again when it is done."
        )
    elsewhere = next((n for n in ("ACADEMY_DATABASE", "ACADEMY_GRADEBOOK") if os.environ.get(n)), None)
    for file in _databases(data):
        if sentence := _of_file(file, text):
            return sentence
    if elsewhere:
        return _(
            "The database that {name} names can't be used ({why}). Look whether it runs and whether its address is "
            "right."
        ).format(name=elsewhere, why=text.splitlines()[0][:200])
    if isinstance(error, StoreError):
        return _(
            "The database can't be used ({why}), so nothing was changed. Look at the rights of the data folder and at "
            "the room on its disk."
        ).format(why=text.splitlines()[0][:200])
    return None


def _text(error: Exception) -> str | None:
    """What the database said, in lower case, if the error came from one."""
    found: BaseException | None = error
    while found is not None:
        engine = sys.modules.get("sqlalchemy.exc")  # whoever has not loaded it has met none of its errors
        if isinstance(found, sqlite3.Error) or (engine and isinstance(found, engine.DBAPIError)):
            return str(getattr(found, "orig", None) or found).lower()
        found = found.__cause__
    return None


def _databases(data: Path | None) -> Iterator[Path]:
    """The databases of a data folder, that of people and answers first."""
    if data is None:
        return
    folder = data.expanduser().absolute()
    for file in (folder / "academy.sqlite", *sorted(folder.glob("courses/*/gradebook.db"))):
        if file.exists():
            yield file


def _of_file(file: Path, text: str) -> str | None:
    beside = [file.with_name(file.name + end) for end in (WAL, SHM)]
    for each in (file.parent, file, *beside):
        if each.exists() and not os.access(each, os.W_OK):
            return _(
                "{place} can't be written by you. It belongs to {owner}: run the command as that user, or give "
                "yourself the right."
            ).format(place=each, owner=_owner(each))
    if not _is_sound(file):
        if file.name == "gradebook.db":
            return _(
                "{file} is damaged: it holds the grades. Put back the one from the latest backup. Without a backup, "
                "move it away: academy grade makes a new one from what was submitted, without what was graded by hand."
            ).format(file=file)
        return _(
            "{file} is damaged. Stop the server, and restore the latest backup into a new folder: academy restore "
            "BACKUP --data {folder}"
        ).format(file=file, folder=shlex.quote(f"{file.parent}-restored"))
    if any(word in text for word in ("i/o", "unable to open")) and any(each.exists() for each in beside):
        return _(
            "The database can't be read ({why}): {wal} belongs to it and is gone or was replaced, though another "
            "program has it open. What was written last was in it. Stop the server, which writes it back where it "
            "still can, and start again. If something is missing then, restore the latest backup."
        ).format(why=text.splitlines()[0][:100], wal=beside[0])
    return None


def _is_sound(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=5)) as database:
            return bool(database.execute("PRAGMA quick_check").fetchone()[0] == "ok")
    except sqlite3.Error as error:
        return not any(word in str(error).lower() for word in NOT_SOUND)


def _owner(place: Path) -> str:
    try:
        return place.owner()
    except (KeyError, OSError):
        return str(place.stat().st_uid)
