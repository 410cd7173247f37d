"""Linter rule for links in pages and texts: they lead somewhere. What is on the web is not asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import regex

from academy.course.lint.findings import Fault
from academy.course.lint.page_source import Page

__all__ = ["link_faults", "text_link_faults"]

_LINK = regex.compile(r"\]\(\s*(?:<([^<>\n]*)>|((?:[^\s()]|\([^\s()]*\))*))")
_WEB = ("http", "https", "mailto", "tel", "data", "ftp")


def link_faults(page: Page, pages: list[Page]) -> Iterator[Fault]:
    """Find links of a page that lead to no heading, page or file."""
    headings = {
        line.strip().lstrip("# ").replace(" ", "-")
        for cell in page.texts
        for line in cell.source.split("\n")
        if line.startswith("#")
    }
    names = {one.name for one in pages}
    for cell in page.texts:
        for target in _targets(cell.source):
            for text in _dead(target, names, page.file.parent, page.name.rpartition("/")[0], headings):
                yield Fault(page.file, cell.id, text)


def text_link_faults(file: Path, raw: Any, pages: list[Page]) -> Iterator[Fault]:
    """Find links in the texts of a course's file that lead to no page."""
    names = {page.name for page in pages}
    for path, text in _texts(raw, ""):
        for target in _targets(text) if "](" in text else ():
            for said in _dead(target, names, file.parent, "", None):
                yield Fault(file, path, said)


def _targets(text: str) -> Iterator[str]:
    code = regex.sub(r"```.*?```|`[^`\n]*`", "", text, flags=regex.DOTALL)
    for match in _LINK.finditer(code):
        yield match[1] if match[1] is not None else match[2]


def _dead(
    target: str, names: Iterable[str], folder: Path, below: str, headings: set[str] | None
) -> Iterator[str]:
    """Say why a link leads nowhere."""
    try:
        scheme, host, path, _, anchor = urlsplit(target)
    except ValueError:
        yield f"the link ({target}) can't be read. Write it anew."
        return
    if not target.strip():
        yield "a link is empty: ( ). Write where it leads."
    elif scheme in ("http", "https") and not host:
        yield f"the link ({target}) is not whole. Write it as https://example.org/page."
    elif scheme in _WEB or target.startswith("/"):
        return
    elif target.lower().startswith("www."):
        yield f"the link ({target}) lacks its beginning. Write https://{target}."
    elif not path and anchor:
        if headings is not None and unquote(anchor) not in headings:
            yield f"no heading of this page is called #{unquote(anchor)}{_close('#', unquote(anchor), headings)}."
    elif path:
        yield from _page(unquote(path), names, folder, below)


def _page(path: str, names: Iterable[str], folder: Path, below: str) -> Iterator[str]:
    there = [*names]
    name, dot, ending = path.removeprefix("./").rpartition(".") if "." in path else (path, "", "")
    bare = name.partition(".")[0] if ending in ("ipynb", "md") else path
    address = bare.removeprefix("../") if path.startswith("../") else f"{below}/{bare}".lstrip("/")
    if address in there or bare in there or (folder / path).exists():
        return
    close = get_close_matches(bare, there, 1, 0.5)
    if ending in ("ipynb", "md") or (not dot and close):
        meant = f"; did you mean {close[0]}.ipynb" if close else ""
        yield f"the link ({path}) leads to no page{meant}."
    elif dot and "/" not in ending and not path.endswith((".ics", ".pdf", ".html")):
        yield f"the link ({path}) leads to a file that is not there. Put it beside this one, or write another."


def _close(before: str, name: str, there: Iterable[str]) -> str:
    close = get_close_matches(name, [*there], 1, 0.5)
    return f"; did you mean {before}{close[0]}" if close else ""


def _texts(raw: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(raw, str):
        yield path, raw
    elif isinstance(raw, dict):
        for key, value in raw.items():
            yield from _texts(value, f"{path}.{key}" if path else str(key))
    elif isinstance(raw, list):
        for number, item in enumerate(raw, 1):
            name = item.get("id") if isinstance(item, dict) else None
            step = name if isinstance(name, str) else str(number)
            yield from _texts(item, f"{path}.{step}" if path else step)
