"""Unpacks a backup safely: its archive is validated from end to end before anything is written.

An archive may come from anywhere. It may hold what its list does not name, links, files on top of each other, or a
few kilobytes that unpack to a terabyte.
"""

from __future__ import annotations

import gzip
import json
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, cast

from academy.errors import DataError
from academy_app.cli.words import _

__all__ = ["CONTENTS", "NEVER", "contents_of", "inside", "take_archive", "take_folder"]

CONTENTS = "backup.json"
NEVER = {"runtime", "logs", "backups"}
"""Folders that no backup has: what lies there belongs to the machine that wrote it."""
MOST_FILES = 1_000_000
LARGEST_LIST = 256 * 1024 * 1024
MOST_AT_ONCE = 16 * 1024 * 1024
GZIP, TAR_MARK, LARGEST_HEAD = b"\x1f\x8b", slice(257, 262), 64 * 1024
RATIO, ALWAYS = 200, 64 * 1024 * 1024
"""So many times its own size, and so much in any case, may an archive unpack to: databases shrink by 10 to 40."""


def take_archive(source: Path, copy: Path) -> None:
    """Unpack an archive into an empty folder.

    Raises DataError with a sentence for what can be told, ValueError or an error of `tarfile` for other damage.
    """
    if not _is_packed_tar(source):
        raise not_ours(source)
    size = source.stat().st_size
    most = max(ALWAYS, RATIO * size)
    names: list[str] = []
    others: list[str] = []
    listed: dict[str, str] | None = None
    total = 0
    with _opened(source, most) as tar:
        for member in tar:
            total += member.size
            if total > most:
                raise _bomb(source, size)
            if not member.isfile():
                others.append(member.name)
                continue
            names.append(member.name)
            if len(names) > MOST_FILES:
                raise _bomb(source, size)
            if (
                member.name == CONTENTS
                and member.size <= LARGEST_LIST
                and (content := tar.extractfile(member))
            ):
                listed = _listed(json.loads(content.read()))
    if listed is None:
        raise _no_list(source, names)
    _check_names([*names, *others], listed)
    _check_space(total, copy)
    with _opened(source, most) as tar:
        for member in tar:
            found = tar.extractfile(member)
            if found is None:
                raise ValueError(f"{member.name} is not a plain file")
            with found, inside(copy, member.name).open("xb") as file:
                shutil.copyfileobj(found, file)


def take_folder(source: Path, copy: Path) -> None:
    """Copy a backup that is a folder: the files of its list, and plain ones only."""
    if not (source / CONTENTS).is_file():
        raise _no_list(source, [each.relative_to(source).as_posix() for each in source.glob("*/*")])
    listed = contents_of(source)
    _check_names([CONTENTS, *listed], listed)
    files = [source / name for name in (CONTENTS, *listed)]
    for file in files:
        if file.resolve() != source.resolve() / file.relative_to(source) or not file.is_file():
            raise ValueError(f"{file} is not a plain file")
    _check_space(sum(file.stat().st_size for file in files), copy)
    for file in files:
        shutil.copyfile(file, inside(copy, file.relative_to(source).as_posix()))


def contents_of(folder: Path) -> dict[str, str]:
    """Return the list of a backup that is a folder: its files with their checksums."""
    return _listed(json.loads((folder / CONTENTS).read_text("utf-8")))


def inside(root: Path, name: str) -> Path:
    """Return the place of a name below a folder, and make the folders between. Raises ValueError for any other."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or "\0" in name or "/".join(parts) != name:
        raise ValueError(f"{name} is not below the backup")
    path = root.joinpath(*parts)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _listed(document: Any) -> dict[str, str]:
    found = document["files"]
    if not isinstance(found, dict) or not all(isinstance(checksum, str) for checksum in found.values()):
        raise ValueError("the list of files is damaged")
    return found


def _check_names(names: list[str], listed: dict[str, str]) -> None:
    """What is there is what the list says, each once, and nothing that a backup never has."""
    if len(set(names)) != len(names) or set(names) != {CONTENTS, *listed}:
        raise ValueError("the files are not those of the list")
    if any(NEVER & set(PurePosixPath(name).parts[:1]) for name in listed):
        raise ValueError("there are files of a running server")


def _check_space(size: int, copy: Path) -> None:
    free = shutil.disk_usage(copy).free
    if size > free:
        raise DataError(
            _(
                "There is no room for this backup: it takes {size} MB, and {free} MB are free. Free some space, or "
                "choose a folder on another disk with --data."
            ).format(size=size // 1_000_000 + 1, free=free // 1_000_000)
        )


def _no_list(source: Path, names: list[str]) -> Exception:
    """Why there is no list: a folder too many, an archive in the archive, a data folder."""
    from academy.data import MARK

    if MARK in names or (source.is_dir() and (source / MARK).is_file()):
        return DataError(
            _(
                "{file} is a copy of a data folder, not a backup. Use it as it is: academy serve --data FOLDER"
            ).format(file=source)
        )
    if wrapped := next((name for name in names if PurePosixPath(name).name == CONTENTS), None):
        return DataError(
            _(
                "In {file} the backup lies in a folder of its own, {folder}. Unpack {file}, and restore from that "
                "folder."
            ).format(file=source, folder=PurePosixPath(wrapped).parent)
        )
    if packed := next((name for name in names if name.endswith((".tar.gz", ".tgz", ".zip", ".tar"))), None):
        return DataError(
            _("{file} holds another archive, {name}. Take that out, and restore from it.").format(
                file=source, name=packed
            )
        )
    return not_ours(source)


def not_ours(source: Path) -> DataError:
    """Return the error for what no `academy backup` has made."""
    return DataError(
        _(
            "{file} is not a backup made by academy backup, so nothing was restored. Such a backup is one file whose "
            "name ends in .tar.gz, or a folder, and has {name} in it. If yours was packed once more, as a .zip for "
            "example, unpack it, and restore from what is inside."
        ).format(file=source, name=CONTENTS)
    )


def _is_packed_tar(source: Path) -> bool:
    """Whether a file begins as an archive of ours does, however much of it is there."""
    with source.open("rb") as file:
        head = file.read(LARGEST_HEAD)
    if not head.startswith(GZIP):
        return False
    try:
        begin = zlib.decompressobj(wbits=31).decompress(head, TAR_MARK.stop)
    except zlib.error:
        return True  # damaged, and told as that
    return len(begin) < TAR_MARK.stop or begin[TAR_MARK] == b"ustar"


def _bomb(source: Path, size: int) -> DataError:
    return DataError(
        _(
            "{file} has {size} kB and would unpack to more than {times} times as much, which no backup does. Nothing "
            "was restored. Try another one."
        ).format(file=source, size=size // 1000 + 1, times=RATIO)
    )


@contextmanager
def _opened(source: Path, most: int) -> Iterator[tarfile.TarFile]:
    with gzip.open(source, "rb") as unpacked:
        bounded = cast("Any", _Bounded(unpacked, most + MOST_AT_ONCE))
        with tarfile.open(fileobj=bounded, mode="r:") as tar:
            yield tar


class _Bounded:
    """What comes out of an archive, never more of it, nor more at once, than was agreed: heads of files lie too."""

    def __init__(self, file: gzip.GzipFile, most: int) -> None:
        self._file = file
        self._most = most

    def read(self, size: int = -1) -> bytes:
        if size < 0 or size > MOST_AT_ONCE or self._file.tell() + size > self._most:
            raise ValueError("more than a backup holds")
        return self._file.read(size)

    def seek(self, place: int, whence: int = 0) -> int:
        if place > self._most:
            raise ValueError("more than a backup holds")
        return self._file.seek(place, whence)

    def tell(self) -> int:
        return self._file.tell()
