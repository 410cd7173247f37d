"""Backups of a data folder, taken while the server runs and checked when they are restored.

A backup is a folder, or the same folder as one .tar.gz: the databases as SQLite's own online copies, every other
file that matters, and `backup.json` with a checksum of each.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from academy import __version__
from academy.data import MARK, DataFolder
from academy.errors import DataError
from academy_app.cli.unpacking import CONTENTS, NEVER, contents_of, inside, take_archive, take_folder
from academy_app.cli.words import _

__all__ = ["is_archive", "restore_backup", "write_backup"]

LEFT_OUT = NEVER
"""Folders of the data folder itself; an exercise may have such a name too."""
_OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO)
LEFT_OUT_EVERYWHERE = {"__pycache__", ".ipynb_checkpoints", ".batch"}
DATABASES = {".sqlite", ".db"}
PATIENCE_SECONDS = 60


def is_archive(path: Path) -> bool:
    """Whether a backup of this name is one file."""
    return path.name.endswith((".tar.gz", ".tgz"))


def write_backup(data: DataFolder, target: Path) -> int:
    """Copy a data folder to `target` while it is in use; return how many files that were.

    Raises DataError if there is something at `target` already or a database is damaged. The backup appears whole
    or not at all, and only its owner can read it: it holds the keys.
    """
    target = target.expanduser().absolute()
    if target.exists():
        raise DataError(_("{file} is there already. Choose another name for the backup.").format(file=target))
    with _beside(target) as stage:
        copy = stage / "copy"
        copy.mkdir(mode=0o700)
        checksums = {}
        for name in _files(data.path, stage):
            try:
                checksums[name] = _copy(data.path / name, copy / name)
            except FileNotFoundError:
                continue  # nbgrader was just replacing it
        contents = {
            "kit": __version__,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "files": checksums,
        }
        (copy / CONTENTS).write_text(json.dumps(contents, indent=1), "utf-8")
        if is_archive(target):
            archive = stage / "archive"
            with archive.open("xb") as file, tarfile.open(fileobj=file, mode="w:gz") as tar:
                for name in (CONTENTS, *checksums):
                    tar.add(copy / name, name, recursive=False)
            with archive.open("rb") as written:
                os.fsync(written.fileno())
            archive.chmod(0o600)
            archive.rename(target)
        else:
            copy.rename(target)
    return len(checksums)


def restore_backup(source: Path, target: Path) -> DataFolder:
    """Make a data folder from a backup. Raises DataError if the backup is damaged or `target` is not empty."""
    source, target = source.expanduser().absolute(), target.expanduser().absolute()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise DataError(
            _(
                "{folder} has data in it, which a restore does not replace. Choose a new folder with --data."
            ).format(folder=target)
        )
    if not source.exists():
        raise DataError(_("There is no backup at {file}.").format(file=source))
    with _beside(target) as stage:
        copy = stage / "copy"
        copy.mkdir(mode=0o700)
        try:
            if source.is_dir():
                take_folder(source, copy)
            else:
                take_archive(source, copy)
            _verify(copy)
        except (
            tarfile.TarError,
            EOFError,
            zlib.error,
            ValueError,
            KeyError,
            TypeError,
            RecursionError,
            AttributeError,
            OSError,
        ) as error:
            if isinstance(error, OSError) and error.errno in _OF_THE_DISK:
                raise
            raise DataError(
                _("{file} is not a whole backup, so nothing was restored. Try an earlier one.").format(
                    file=source
                )
            ) from error
        (copy / CONTENTS).unlink()
        if target.exists():
            target.rmdir()
        copy.rename(target)
    return DataFolder.create(target)  # makes the folders that a backup leaves out


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A private folder on the same disk as `target`, gone at the end."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".academy-", dir=target.parent) as name:
        yield Path(name)


def _files(root: Path, stage: Path) -> Iterator[str]:
    """The files that matter, by their names below the data folder."""
    for folder, folders, names in os.walk(root):
        here = Path(folder)
        left_out = LEFT_OUT_EVERYWHERE | (LEFT_OUT if here == root else set())
        folders[:] = sorted(f for f in folders if f not in left_out and here / f != stage)
        for name in sorted(names):
            file = here / name
            if not name.endswith(("-wal", "-shm", "-journal")) and file.is_file() and not file.is_symlink():
                yield file.relative_to(root).as_posix()


def _copy(file: Path, to: Path) -> str:
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if file.suffix in DATABASES:
        _copy_database(file, to)
    else:
        shutil.copy2(file, to)
    to.chmod(0o600)
    return _checksum(to)


def _copy_database(file: Path, to: Path) -> None:
    """SQLite's online copy: one moment of the database, while others write."""
    try:
        with (
            closing(sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True, timeout=PATIENCE_SECONDS)) as here,
            closing(sqlite3.connect(to)) as there,
        ):
            here.backup(there)
            there.execute(
                "VACUUM"
            )  # a page's free room still holds what was deleted, and tells what came first
            there.execute("PRAGMA journal_mode = DELETE")
            sound = there.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    except sqlite3.Error as error:
        raise DataError(_("{file} could not be copied: {why}.").format(file=file, why=error)) from error
    if not sound:
        raise DataError(_("{file} is damaged. Restore it from an earlier backup.").format(file=file))


def _verify(copy: Path) -> None:
    checksums = contents_of(copy)
    if MARK not in checksums:
        raise ValueError("this is no data folder")
    for name, checksum in checksums.items():
        file = inside(copy, name)
        if _checksum(file) != checksum:
            raise ValueError(f"{name} has changed")
        file.chmod(0o600)


def _checksum(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
