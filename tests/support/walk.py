"""What stands on a page, noted down step by step: all of it first, then only what became other."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Comment, NavigableString, Tag

__all__ = ["Walk", "parts_of"]

TREE = Path(__file__).with_name("tree.js").read_text("utf-8").partition("\n")[2]


class Walk:
    """A walk over a page in a browser, or over the texts of pages where there is none.

    `chance` finds in each line what differs from one time to the next.
    """

    def __init__(self, page: Any, selector: str, chance: str = r"(?!)") -> None:
        self.page, self.selector, self.chance = page, selector, re.compile(chance)
        self.before: list[str] = []
        self.said: list[str] = []

    def step(self, name: str, html: str | None = None) -> None:
        """Note down what became other since the last step."""
        found = self.page.evaluate(TREE, self.selector) if html is None else parts_of(html, self.selector)
        self.note(name, found)

    def note(self, name: str, found: Sequence[str]) -> None:
        """Note down what of these lines was not there in the last step, and what is not any more."""
        lines = [self.chance.sub("…", line) for line in found]
        changed = list(difflib.unified_diff(self.before, lines, lineterm="", n=0))[2:]
        self.said += [f"# {name}", *[line for line in changed if not line.startswith("@@")]]
        self.before = lines

    def is_as_read(self, name: str, as_drawn: Callable[..., bool]) -> bool:
        """Return whether all of it is as somebody read it."""
        return as_drawn(f"{name}.txt", "\n".join(self.said) + "\n")


def parts_of(html: str, selector: str) -> list[str]:
    """Return what stands in a text of HTML below an element, a line for each part, as `tree.js` does on a page."""
    found: list[str] = []

    def note(part: Any, depth: int) -> None:
        if isinstance(part, Tag) and part.name not in ("style", "script"):
            said = [
                f"{name}={json.dumps(_text(value), ensure_ascii=False)}" for name, value in part.attrs.items()
            ]
            found.append("  " * depth + " ".join([part.name, *sorted(said)]))
            for child in part.children:
                note(child, depth + 1)
        elif isinstance(part, NavigableString) and not isinstance(part, Comment) and part.strip():
            found.append("  " * depth + json.dumps(" ".join(part.split()), ensure_ascii=False))

    element = BeautifulSoup(html, "html.parser").select_one(selector)
    assert element is not None, f"there is no {selector}"
    note(element, 0)
    return found


def _text(value: object) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)
