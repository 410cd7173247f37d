"""The data folder of an installation: its layout, its secret, its settings. It holds no code."""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from academy.errors import DataError

__all__ = [
    "DEFAULT",
    "MARK",
    "DataFolder",
    "file_lock",
    "gradebook_elsewhere",
    "gradebook_url",
    "nearest_folder",
    "write_whole",
]

DEFAULT = "academy-data"
"""What the data folder is called where nobody says."""
MARK = "academy-data.txt"
PARTS = ("keys", "courses", "runtime")
NOTE = "This folder holds the answers, people and grades of an Academy Kit course. Keep it private and back it up.\n"

ROOM = 8 * 1024 * 1024
"""Bytes that must be free: the first run of a course takes about two million."""


class DataFolder:
    """One folder with the database, the keys and one nbgrader course root for each course."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def create(cls, path: str | os.PathLike[str]) -> DataFolder:
        """Make a new data folder, readable by its owner alone.

        Raises DataError if the place has other files in it, can't be written, or can't hold a database.
        """
        folder = _place(path)
        with _said(folder):
            _check_mark(folder)
            if folder.is_dir() and not (folder / MARK).exists() and not _interrupted(folder):
                raise DataError(
                    f"{folder} has other files in it. Choose an empty or a new folder for the data."
                )
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
            for part in PARTS:
                (folder / part).mkdir(mode=0o700, exist_ok=True)
            with file_lock(folder / "runtime" / "create.lock"):
                key = folder / "keys" / "secret"
                if not key.exists():
                    write_whole(key, secrets.token_bytes(32))
                write_whole(folder / MARK, NOTE.encode())
        return cls(folder)

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> DataFolder:
        """Open an existing data folder. Raises DataError if it is not one."""
        folder = _place(path)
        if not (folder / MARK).is_file():
            _check_mark(folder)
            raise DataError(
                f"{folder} is not an Academy Kit data folder. Make one with: academy init --data {folder}"
            )
        return cls(folder)

    @classmethod
    def ensure(cls, path: str | os.PathLike[str]) -> DataFolder:
        """Open the data folder, or make it if there is none yet."""
        folder = _place(path)
        return cls.open(folder) if (folder / MARK).is_file() else cls.create(folder)

    @property
    def store_url(self) -> str:
        """The database of answers and people, as an SQLAlchemy URL (`ACADEMY_DATABASE` overrides it)."""
        return os.environ.get("ACADEMY_DATABASE") or f"sqlite:///{self.path / 'academy.sqlite'}"

    @property
    def secret(self) -> bytes:
        """32 random bytes from which cookies and codes are derived. Raises DataError if they are damaged."""
        key = self.path / "keys" / "secret"
        with _said(key.parent):
            try:
                content = key.read_bytes()
            except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
                content = b""
        if len(content) != 32:
            raise DataError(f"{key} is damaged. Restore it from a backup.")
        return content

    def check_key(self) -> None:
        """Raise DataError if the key is damaged: without it nobody's link opens the door."""
        _ = self.secret

    @property
    def runtime(self) -> Path:
        """Where files live that matter only while the server runs."""
        return self.path / "runtime"

    @property
    def ties(self) -> Path:
        """Where it is kept whose an anonymous answer is, while its session is open; no backup holds it."""
        return self.runtime / "live"

    def course_root(self, course_id: str) -> Path:
        """The nbgrader course root of one course."""
        return self.path / "courses" / course_id

    def check_room(self) -> None:
        """Raise DataError unless the folder can be written and has room for some work."""
        room = self.path / "runtime" / "room"
        with _said(self.path):
            room.parent.mkdir(mode=0o700, exist_ok=True)
            handle = os.open(room, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                if hasattr(os, "posix_fallocate"):
                    os.posix_fallocate(handle, 0, ROOM)
                else:  # macOS has none
                    os.write(handle, bytes(ROOM))
            finally:
                os.close(handle)
                room.unlink(missing_ok=True)

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Hold the folder for one server. Raises DataError if another has it or it can't be written."""
        with _said(self.path):
            (self.path / "runtime").mkdir(mode=0o700, exist_ok=True)
            lock = os.open(
                self.path / "runtime" / "server.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600
            )
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise DataError(
                    f"{self.path} is already being served. Stop the other server first, or choose another folder "
                    "with --data, or with make DATA=…"
                ) from None
            self.check_room()
            yield
        finally:
            os.close(lock)


def nearest_folder(start: Path | None = None) -> Path:
    """Return the data folder around or beside a place (else: where we are), or beside one of the folders above.

    It is found upwards, as git finds its repository, and like git's only where it is one's own: its configuration is
    run. Where there is none the answer is `academy-data` at the place itself.
    """
    here = (start or Path.cwd()).absolute()
    for folder in (here, *here.parents):
        for found in (folder, folder / DEFAULT):
            if _is_ours(found):
                return found
    return here / DEFAULT


def _is_ours(folder: Path) -> bool:
    """Whether this is a data folder of whoever asks (or of whoever called sudo)."""
    owners = {os.geteuid()}
    if os.geteuid() == 0 and os.environ.get("SUDO_UID", "").isdecimal():
        owners.add(int(os.environ["SUDO_UID"]))
    try:
        return (folder / MARK).is_file() and folder.stat().st_uid in owners
    except OSError:  # a folder that we may not look into is none of ours
        return False


def _place(path: str | os.PathLike[str]) -> Path:
    """Return where a folder is meant to be. Raises DataError if the address of a database would end before that."""
    folder = Path(path).expanduser().absolute()
    if "?" in str(folder):
        raise DataError(f"{folder} can't hold the data: there is a question mark in it. Choose another name.")
    return folder


def _check_mark(folder: Path) -> None:
    """Raise DataError for a data folder that has lost the file by which it is known."""
    if not (folder / MARK).exists() and (folder / "academy.sqlite").is_file():
        raise DataError(
            f"{folder} has people and answers in it, but {MARK} is gone, which marks a data folder. If it is yours, "
            f"put an empty file of that name there: touch {shlex.quote(str(folder / MARK))}"
        )


def _interrupted(folder: Path) -> bool:
    """Whether a folder is empty, or holds only what was made of a data folder before something stopped that."""
    names = {entry.name for entry in folder.iterdir() if not entry.name.startswith(f".{MARK}.")}
    return not names or ("keys" in names and names <= set(PARTS))


@contextmanager
def file_lock(file: Path) -> Iterator[None]:
    """Wait until no other process is at this, and hold it."""
    lock = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


@contextmanager
def _said(folder: Path) -> Iterator[None]:
    """Turn errors of the file system into sentences."""
    try:
        yield
    except OSError as error:
        raise DataError(_sentence(error, folder)) from error


def _sentence(error: OSError, folder: Path) -> str:
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{folder} can't be written. Give yourself the right to write there, or choose another folder."
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"There is no room left for {folder}. Free some space on that disk and start again."
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return f"{folder} is not a folder. Choose another place for the data."
    return f"{folder} can't be used: {error.strerror or error}."


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def gradebook_url(data: DataFolder, course_id: str) -> str:
    """Return where nbgrader keeps the grades of a course, as an SQLAlchemy URL."""
    # Without `?timeout=`: `nbgrader db upgrade` takes that for a part of the file's name.
    return gradebook_elsewhere(course_id) or f"sqlite:///{data.course_root(course_id) / 'gradebook.db'}"


def gradebook_elsewhere(course_id: str) -> str | None:
    """Return the database that `ACADEMY_GRADEBOOK` names for the gradebook of a course, or None if that is a file.

    `{course}` in it stands for the course's id: nbgrader wants a database for each course. Raises DataError if it
    names none.
    """
    given = os.environ.get("ACADEMY_GRADEBOOK", "").replace("{course}", course_id)
    if given and not given.startswith("postgresql+psycopg://"):
        raise DataError(
            "ACADEMY_GRADEBOOK has to be the address of a PostgreSQL database with its driver, such as "
            "postgresql+psycopg://academy@localhost/grades-{course}. Change it, or leave it out for a file."
        )
    return given or None
