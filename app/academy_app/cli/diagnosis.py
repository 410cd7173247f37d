"""Diagnoses database errors for whoever runs the commands: which file, and how to mend it."""

from __future__ import annotations

import os
import shlex
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from academy.errors import DataError, StoreError
from academy_app.cli.shape import owner_of
from academy_app.cli.words import _

if TYPE_CHECKING:
    from academy.store import Store

__all__ = ["check_tables", "of_database"]

WAL, SHM = "-wal", "-shm"
INCOMPLETE = ("no such table", "no such column", "has no column", "already exists")
"""What SQLite says of a whole file in which tables are not those that were made."""
NOT_SOUND = ("not a database", "malformed", "corrupt", "disk image")
LONGEST_REASON = 200
"""Characters of what a database says itself."""


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
    files = list(_databases(data))
    for look in (_of_rights, _of_content):
        for file in files:
            if sentence := look(file, text):
                return sentence
    if not elsewhere and files and any(word in text for word in INCOMPLETE):
        people = isinstance(error, StoreError) or len(files) == 1
        return _damaged(files[0] if people else next((f for f in files[1:] if _lacks(f, text)), files[0]))
    if elsewhere:
        return _(
            "The database that {name} names can't be used ({why}). Look whether it runs and whether its address is "
            "right."
        ).format(name=elsewhere, why=text.splitlines()[0][:LONGEST_REASON])
    if isinstance(error, StoreError):
        return _(
            "The database can't be used ({why}), so nothing was changed. Look at the rights of the data folder and at "
            "the room on its disk."
        ).format(why=text.splitlines()[0][:LONGEST_REASON])
    return None


def check_tables(store: Store) -> None:
    """Raise DataError if tables are gone from a database that is a file: a command would meet that halfway."""
    from academy.store.schema import Base

    if store.engine.dialect.name != "sqlite":
        return
    file = Path(store.engine.url.database or "")
    with store.engine.connect() as connection:
        there = {
            row[0]
            for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
    if Base.metadata.tables.keys() - there:
        raise DataError(_damaged(file))


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


def _of_rights(file: Path, _text: str) -> str | None:
    for each in (file.parent, file, *_beside(file)):
        if each.exists() and not os.access(each, os.W_OK):
            return _(
                "{place} can't be written by you. It belongs to {owner}: run the command as that user, or give "
                "yourself the right."
            ).format(place=each, owner=owner_of(each))
    return None


def _of_content(file: Path, text: str) -> str | None:
    if not _is_sound(file):
        return _damaged(file)
    beside = _beside(file)
    if any(word in text for word in ("i/o", "unable to open")) and any(each.exists() for each in beside):
        return _(
            "The database can't be read ({why}): {wal} belongs to it and is gone or was replaced, though another "
            "program has it open. What was written last was in it. Stop the server, which writes it back where it "
            "still can, and start again. If something is missing then, restore the latest backup."
        ).format(why=text.splitlines()[0][:LONGEST_REASON], wal=beside[0])
    return None


def _beside(file: Path) -> list[Path]:
    return [file.with_name(file.name + end) for end in (WAL, SHM)]


def _damaged(file: Path) -> str:
    if file.name == "gradebook.db":
        return _(
            "{file} is damaged: it holds the grades. Put back the one from the latest backup. Without a backup, "
            "move it away: academy grade makes a new one from what was submitted, without what was graded by hand."
        ).format(file=file)
    return _(
        "{file} is damaged. Stop the server, and restore the latest backup into a new folder: academy restore "
        "BACKUP --data {folder}"
    ).format(file=file, folder=shlex.quote(f"{file.parent}-restored"))


def _lacks(file: Path, text: str) -> bool:
    """Whether a database has no table of the name that is missing."""
    name = text.partition("no such table: ")[2].split()
    if not name:
        return True
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=5)) as database:
        there = database.execute("SELECT 1 FROM sqlite_master WHERE lower(name) = ?", name[:1])
        return there.fetchone() is None


def _is_sound(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=5)) as database:
            return bool(database.execute("PRAGMA quick_check").fetchone()[0] == "ok")
    except sqlite3.Error as error:
        return not any(word in str(error).lower() for word in NOT_SOUND)
