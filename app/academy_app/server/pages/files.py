"""Finds pages: a course's own and the general ones, each by its exact name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import nbformat

from academy.course.files.pages import RESTRICTED, page_files, read_page

__all__ = ["PageFile", "PageFiles"]

ENDING = ".ipynb"
"""Addresses of pages end so, whatever their files are."""


@dataclass(frozen=True)
class PageFile:
    """A page that is served: the end of its address, its file, and the language that was found."""

    path: str
    file: Path
    language: str = ""

    @property
    def name(self) -> str:
        """The path without its ending."""
        return self.path.removesuffix(ENDING)

    @property
    def for_facilitators(self) -> bool:
        """Whether only facilitators may open it."""
        return self.path.split("/")[0] == RESTRICTED

    @property
    def full(self) -> bool:
        """Whether its author wants Voilà's own template: `{"voila": {"template": "lab"}}` in its metadata."""
        if b"voila" not in self.file.read_bytes():  # as good as always
            return False
        chosen = self.read().metadata.get("voila")
        return isinstance(chosen, dict) and chosen.get("template") == "lab"

    def read(self) -> nbformat.NotebookNode:
        """Return the notebook as it is in the file now; a copy, because rendering writes outputs into it."""
        notebook = _words_first(read_page(self.file))
        notebook.metadata["kernelspec"] = {
            "name": "python3",
            "display_name": "Python 3",
            "language": "python",
        }
        return notebook


def _words_first(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Let people read at once: names that a page makes known at its top become known where the first is needed."""
    cells = notebook.cells
    if len(cells) > 1 and cells[0].cell_type == "code" and cells[1].cell_type == "markdown":
        code = [line for line in cells[0].source.splitlines() if line.strip()]
        later = next((cell for cell in cells[1:] if cell.cell_type == "code"), None)
        if later is not None and all(line.startswith(("from ", "import ")) for line in code):
            later.source = f"{cells.pop(0).source}\n\n{later.source}"
    return notebook


class PageFiles:
    """The pages of one course: those in its folder `pages` and, of the general ones, those that fit.

    A page is found by comparing its name with the names that are there, never by joining a visitor's path to the
    folder: what a file system makes of dots, case, links or other spellings can't lead anywhere else.
    """

    def __init__(self, course_folder: Path, general_folder: Path) -> None:
        self.course = course_folder.resolve()
        self.general = general_folder.resolve()

    def find(self, path: str, language: str = "") -> PageFile | None:
        """Return the page of exactly this path, or None.

        Where `<page>.<language>` stands beside `<page>`, that is the page's file in the language.
        """
        files = page_files(self.course, self.general)
        name = path.removesuffix(ENDING)
        if name == path or "." in name or name not in files:
            return None
        translated = files.get(f"{name}.{language}")
        return PageFile(path, translated, language) if translated else PageFile(path, files[name])

    def all(self) -> list[str]:
        """Return the paths of all pages. A file in another language is not a page of its own."""
        return [f"{name}{ENDING}" for name in page_files(self.course, self.general) if "." not in name]
