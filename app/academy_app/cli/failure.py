"""Error messages of commands: one sentence, and for the unforeseen the place of the details."""

from __future__ import annotations

import errno
import os
import tempfile
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from academy import __version__
from academy.data import DataFolder
from academy.errors import AcademyError
from academy_app.cli.diagnosis import of_database
from academy_app.cli.shape import of_folder
from academy_app.cli.words import _

__all__ = ["Run", "explain"]


@dataclass
class Run:
    """One run of the program: the data folder it was about, once that is known."""

    data: Path | None = None


def explain(error: Exception, run: Run) -> str:
    """Return the sentence for an error; the details of an unforeseen one go to a file."""
    if sentence := of_database(error, run.data) or of_folder(error, run.data):
        return sentence
    if isinstance(error, AcademyError):
        return _(text) if (text := str(error)) else text
    if isinstance(error, OSError) and (sentence := _of_system(error)):
        return sentence
    kind = type(error).__name__
    try:
        file = _write_details(error, run)
    except OSError:
        return _(
            "Something unexpected happened ({kind}). Run the command again with --debug to see more."
        ).format(kind=kind)
    return _(
        "Something unexpected happened ({kind}). The details are in {file}: please show them to whoever looks after "
        "your installation."
    ).format(kind=kind, file=file)


def _of_system(error: OSError) -> str | None:
    place = error.filename or _("The disk")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("There is no room left on the disk. Free some space and try again.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _("{place} can't be written or read: you don't have the right. Choose another place.").format(
            place=place
        )
    if error.filename is not None and error.errno in (errno.ENOENT, errno.ENOTDIR, errno.EISDIR):
        return _("{place}: {why}. Choose another place.").format(place=place, why=error.strerror)
    return None


def _write_details(error: Exception, run: Run) -> Path:
    """Append the details to a file that only its owner can read: they may hold names."""
    if folder := _log_folder(run):
        file = folder / "errors.log"
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    else:
        handle, name = tempfile.mkstemp(prefix="academy-error-", suffix=".log")
        file = Path(name)
    with os.fdopen(handle, "a", encoding="utf-8") as log:
        log.write(f"\n{datetime.now(UTC).isoformat(timespec='seconds')} academy-kit {__version__}\n")
        log.write("".join(traceback.format_exception(error)))
    return file


def _log_folder(run: Run) -> Path | None:
    """The folder for logs in the data folder, if there is one that can be written."""
    if run.data is None:
        return None
    try:
        folder = DataFolder.open(run.data).path / "logs"
        folder.mkdir(mode=0o700, exist_ok=True)
    except (AcademyError, OSError):
        return None
    return folder if os.access(folder, os.W_OK) else None
