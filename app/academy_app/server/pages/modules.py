"""Collects the modules that pages import, so that they are imported before a page asks for them."""

from __future__ import annotations

import ast
import sys
from importlib.util import find_spec

from academy.errors import CourseError
from academy_app.server.pages.files import PageFiles

__all__ = ["imported_by"]


def imported_by(pages: PageFiles) -> tuple[str, ...]:
    """Return the installed modules, beside Python's own, that code cells of the pages import at their top level."""
    found: set[str] = set()
    for path in pages.all():
        page = pages.find(path)
        assert page is not None
        try:
            cells = page.read().cells
        except CourseError:
            continue  # who opens the page is told
        for cell in cells:
            if cell.cell_type == "code":
                found |= _imports(cell.source)
    return tuple(sorted(name for name in found if name not in sys.stdlib_module_names and find_spec(name)))


def _imports(source: str) -> set[str]:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return set()  # magics, or a mistake that the page shows
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names
