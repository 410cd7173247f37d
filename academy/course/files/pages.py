"""Pages of a course: which files they are, and what stands in them."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from academy.content import FLAGSHIP, GENERAL_FOLDER, is_general, kit_notebooks, notebooks_root
from academy.errors import CourseError, DataError

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = [
    "PAGES",
    "RESTRICTED",
    "PageCell",
    "course_pages",
    "doubled_by",
    "page_cells",
    "page_files",
    "read_page",
]

PAGES = "pages"
"""The folder of a course in which its pages lie."""
RESTRICTED = GENERAL_FOLDER
"""The folder of pages that only facilitators may open."""
TEXT, NOTEBOOK = ".md", ".ipynb"
NAME_PARTS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")
NO_PAGES = frozenset({"README"})

_TEXT_LINK = re.compile(r"(\]\((?![a-z]+:|//)[^()\s#?]+)\.md(?=[)#?\s])")


def course_pages(course: Path) -> dict[str, Path]:
    """Return the files of a course's pages, as `page_files` does, with the general ones of where the course lies."""
    beside = course.parent.parent / "notebooks"
    try:
        return page_files(course, beside if beside.is_dir() else notebooks_root())
    except DataError:
        return page_files(course, None)


def page_files(course: Path, general: Path | None) -> dict[str, Path]:
    """Return the files of a course's pages by their names, such as `week-1`, `week-1.ar` and `facilitator/desk`.

    They lie in the course's folder `pages`; of the general ones, in `general`, those count that the course has none of
    the same name for. The flagship's own pages lie among the general ones. A folder of general pages that is not the
    kit's is one's own, from before courses had pages: all of its pages count.
    """
    own = _below(course / PAGES, "", 2)
    names = {_page_of(name) for name in own}
    everything = course.name == FLAGSHIP or (general is not None and _is_ones_own(general))
    shared = _below(general, "", 2) if general else {}
    return own | {
        name: file
        for name, file in shared.items()
        if _page_of(name) not in names and (everything or is_general(_page_of(name)))
    }


def _is_ones_own(general: Path) -> bool:
    """Whether a folder of pages is neither the kit's nor that of another checkout of it."""
    kit = kit_notebooks()
    beside = general.parent / "exercises" / FLAGSHIP
    return not beside.is_dir() and (kit is None or general.resolve() != kit.resolve())


def read_page(file: Path) -> NotebookNode:
    """Return a page's notebook as it is in the file now; a copy. Raises CourseError if it can't be read."""
    try:
        state = file.stat()
        page: NotebookNode = deepcopy(_parsed(file, state.st_mtime_ns, state.st_size))
    except Exception as error:
        raise CourseError(f"{file} is not a page that can be read. Restore the file.") from error
    return page


class PageCell(NamedTuple):
    """A cell of a page as its author has it: `code` or `markdown`, its place in the file, what stands in it."""

    kind: str
    place: str
    source: str


def page_cells(file: Path) -> list[PageCell]:
    """Return the cells of a page. Raises CourseError if it can't be read."""
    if file.suffix != TEXT:
        try:
            return [*map(_cell, json.loads(file.read_bytes())["cells"], count(1))]
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise CourseError(f"{file} is not a notebook that can be read. Restore the file.") from error
    cells, at = read_page(file).cells, 0
    found: list[PageCell] = []
    text = file.read_text("utf-8")
    for cell in cells:
        start = text.find(cell.source.partition("\n")[0], at)
        at = at if start < 0 else start
        found.append(PageCell(cell.cell_type, f"line {text.count(chr(10), 0, at) + 1}", cell.source))
        at += len(cell.source.partition("\n")[0])
    return found


def _cell(cell: dict[str, Any], number: int) -> PageCell:
    return PageCell(cell.get("cell_type", "code"), f"cell {cell.get('id', number)}", "".join(cell["source"]))


def doubled_by(file: Path) -> Path | None:
    """Return the text of the same page that a notebook hides, or None."""
    text = file.with_suffix(TEXT)
    return text if file.suffix == NOTEBOOK and text.is_file() else None


@lru_cache(maxsize=64)
def _parsed(file: Path, _changed: int, _size: int) -> NotebookNode:
    if file.suffix == TEXT:
        return _text_page(file.read_text("utf-8"))
    import nbformat

    notebook: NotebookNode = nbformat.read(file, as_version=4)
    return notebook


def _text_page(text: str) -> NotebookNode:
    """Read a text notebook: a fence of `python` is a cell, and so is what stands between two of them."""
    import jupytext  # a quarter of a second: only courses with text pages pay for it

    notebook: NotebookNode = jupytext.reads(text, fmt="md")
    if notebook.cells and notebook.cells[0].cell_type == "raw":
        notebook.cells.pop(0)  # words at the top between two lines of `---`
    notebook.metadata.pop("jupytext", None)
    for number, cell in enumerate(notebook.cells, 1):
        cell.id = f"cell-{number}"
        if cell.cell_type == "markdown":
            cell.source = _TEXT_LINK.sub(rf"\1{NOTEBOOK}", cell.source)
    return notebook


def _page_of(name: str) -> str:
    """The page's name without a language."""
    return name.partition(".")[0]


def _below(folder: Path, prefix: str, depth: int) -> dict[str, Path]:
    """Pages by comparing names with those that are there: where one is a notebook and a text, the notebook counts."""
    found: dict[str, Path] = {}
    for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
        if entry.is_symlink() or not set(entry.stem.replace(".", "", 1)) <= NAME_PARTS:
            continue
        if entry.suffix in (NOTEBOOK, TEXT) and entry.is_file() and entry.stem not in NO_PAGES:
            found.setdefault(prefix + entry.stem, entry)
        elif depth > 1 and entry.is_dir() and "." not in entry.name:
            found |= _below(entry, f"{prefix}{entry.name}/", depth - 1)
    return found
