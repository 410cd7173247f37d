"""Reads the code of pages without running it: which widgets of the kit each cell calls, and what is no Python."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from academy.course.lint.page_source import Cell, Page
from academy.course.mistakes.values import CURLY

__all__ = ["TAKES", "Call", "calls", "code_faults"]

TAKES: dict[str, tuple[str, ...]] = {
    "exercise": ("exercise",),
    "feedback": ("exercise",),
    "reviews": ("round",),
    "play": ("exercise?",),
    "live": ("webinar", "activity?"),
    "beside": ("ranking", "column?"),
    "cohort": ("board?",),
    "review_rounds": ("reliability?",),
    "home": (),
    "passport": (),
    "thread": (),
    "facilitator_desk": (),
    "grading": (),
}
"""The widgets that pages call (`academy_widgets`), and what each is given; what ends in ? may be left out."""
KIT = "academy_widgets"


@dataclass(frozen=True)
class Call:
    """A call of a widget: in which cell, of what, and the texts it is given (None: not written as a text)."""

    cell: str
    name: str
    given: tuple[str | None, ...]


def calls(page: Page) -> list[Call]:
    """Return the calls of the kit's widgets on a page, in their order."""
    found = []
    for cell in page.code:
        for node in _walk(_tree(cell.source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TAKES:
                given = (*node.args, *(keyword.value for keyword in node.keywords))
                found.append(Call(cell.id, node.func.id, tuple(_text(part) for part in given)))
    return found


def code_faults(page: Page) -> Iterator[tuple[str, str]]:
    """Say which cells are no Python, and which names in them nothing has; each with its cell."""
    trees = {cell: _tree(cell.source) for cell in page.code}
    bound = {name for tree in trees.values() for node in _walk(tree) for name in _bound(node)}
    for cell, tree in trees.items():
        if isinstance(tree, SyntaxError):
            yield cell.id, _no_python(cell, tree)
            continue
        for node in _walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == KIT:
                for alias in node.names:
                    if alias.name not in (*TAKES, "*"):
                        yield cell.id, f"the kit has no {alias.name}{_meant(alias.name)}."
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield from ((cell.id, text) for text in _call(node, node.func.id, bound))


def _call(node: ast.Call, name: str, bound: set[str]) -> Iterator[str]:
    if name not in bound and not hasattr(builtins, name) and not ("*" in bound and name in TAKES):
        if name in TAKES:
            yield f"{name} is called and not imported. Write above it: from {KIT} import {name}"
        elif "*" not in bound:
            yield f"there is no {name} here{_meant(name)}. Import it, or take it out."
        return
    if name not in TAKES:
        return
    needed = [one for one in TAKES[name] if not one.endswith("?")]
    given = [*node.args, *(keyword.value for keyword in node.keywords)]
    if len(given) < len(needed):
        yield f'{name}() needs to know which {needed[len(given)]}. Write its id between quotes: {name}("…").'
    elif len(given) > len(TAKES[name]):
        most = len(TAKES[name])
        yield f"{name}() is given {len(given)} things and takes {most or 'none'}. Take the others out."
    for part in given:
        names = [one.id for one in ast.walk(part) if isinstance(one, ast.Name)]
        if names and not {*names} & bound:
            yield f'an id stands between quotes. Write {name}("{ast.unparse(part).replace(" - ", "-")}").'


@lru_cache(maxsize=512)  # a page has the same code in each language
def _tree(source: str) -> ast.Module | SyntaxError:
    lines = source.split("\n")
    # what IPython has beside Python is no Python, and no mistake
    plain = [("pass" if line.startswith(("%", "!")) else line) for line in lines]
    if source.lstrip().startswith("%%"):
        plain = []
    try:
        return ast.parse("\n".join(plain))
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError) as error:  # a null character; brackets in brackets
        return SyntaxError(str(error))


def _walk(tree: ast.Module | SyntaxError) -> Iterator[ast.AST]:
    return iter(()) if isinstance(tree, SyntaxError) else ast.walk(tree)


def _bound(node: ast.AST) -> Iterator[str]:
    """The names that a part of a program makes."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from ((alias.asname or alias.name).partition(".")[0] for alias in node.names)
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
        yield node.name


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _no_python(cell: Cell, error: SyntaxError) -> str:
    lines = cell.source.split("\n")
    line = lines[error.lineno - 1].strip() if error.lineno and error.lineno <= len(lines) else ""
    where = f"line {error.lineno} of this cell" if error.lineno else "this cell"
    if any(sign in line for sign in CURLY):
        straight = line.translate({ord(sign): '"' for sign in CURLY})
        return f"{where} has quotation marks that Python does not know. Write {straight}"
    return f"{where} is no Python ({error.msg}): {line or '…'}. Compare it with a cell that works."


def _meant(name: str) -> str:
    same = [one for one in TAKES if one == name.lower()]
    close = same or get_close_matches(name, [*TAKES], 1)
    return f"; did you mean {close[0]}" if close else ""
