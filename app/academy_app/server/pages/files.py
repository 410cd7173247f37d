"""Finds pages: notebooks below one folder, each by its exact name."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nbformat

from academy.errors import CourseError

__all__ = ["PageFile", "PageFiles"]

RESTRICTED = "facilitator"
NAME_PARTS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


@dataclass(frozen=True)
class PageFile:
    """A notebook that is served: its path below the root with `/`, its file, and the language that was found."""

    path: str
    file: Path
    language: str = ""

    @property
    def name(self) -> str:
        """The path without its ending."""
        return self.path.removesuffix(".ipynb")

    @property
    def folder(self) -> str:
        """The folder below the root, empty for the root itself."""
        return self.path.rpartition("/")[0]

    @property
    def for_facilitators(self) -> bool:
        """Whether only facilitators may open it."""
        return self.path.split("/")[0] == RESTRICTED

    @property
    def full(self) -> bool:
        """Whether its author wants Voilà's own template: `{"voila": {"template": "lab"}}` in its metadata."""
        if b'"voila"' not in self.file.read_bytes():  # as good as always
            return False
        chosen = self.read().metadata.get("voila")
        return isinstance(chosen, dict) and chosen.get("template") == "lab"

    def read(self) -> nbformat.NotebookNode:
        """Return the notebook as it is in the file now; a copy, because rendering writes outputs into it."""
        try:
            state = self.file.stat()
            notebook = deepcopy(_parsed(self.file, state.st_mtime_ns, state.st_size))
        except Exception as error:
            raise CourseError(f"{self.file} is not a notebook that can be read. Restore the file.") from error
        notebook.metadata["kernelspec"] = {
            "name": "python3",
            "display_name": "Python 3",
            "language": "python",
        }
        return notebook


@lru_cache(maxsize=64)
def _parsed(file: Path, _changed: int, _size: int) -> nbformat.NotebookNode:
    notebook: nbformat.NotebookNode = nbformat.read(file, as_version=4)
    return notebook


class PageFiles:
    """The notebooks below a folder.

    A page is found by comparing its name with the names that are there, never by joining a visitor's path to the
    folder: what a file system makes of dots, case, links or other spellings can't lead anywhere else.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    def find(self, path: str, language: str = "") -> PageFile | None:
        """Return the page of exactly this path, or None.

        Where `<page>.<language>.ipynb` stands beside `<page>.ipynb`, that is the page's file in the language.
        """
        files = self._below(self.root, "", 2)
        if path not in files or not _is_page(path):
            return None
        translated = files.get(f"{path.removesuffix('.ipynb')}.{language}.ipynb")
        return PageFile(path, translated, language) if translated else PageFile(path, files[path])

    def all(self) -> list[str]:
        """Return the paths of all pages."""
        return [path for path in self._below(self.root, "", 2) if _is_page(path)]

    def _below(self, folder: Path, prefix: str, depth: int) -> dict[str, Path]:
        found = {}
        for entry in sorted(folder.iterdir()):
            if entry.is_symlink() or not set(entry.stem.replace(".", "", 1)) <= NAME_PARTS:
                continue
            if entry.suffix == ".ipynb" and entry.is_file():
                found[prefix + entry.name] = entry
            elif depth > 1 and entry.is_dir() and "." not in entry.name:
                found |= self._below(entry, f"{prefix}{entry.name}/", depth - 1)
        return found


def _is_page(path: str) -> bool:
    """A file in another language is not a page of its own."""
    return path.count(".") == 1
