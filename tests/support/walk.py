"""What stands on a page, noted down step by step: all of it first, then only what became other."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

__all__ = ["Walk"]

TREE = Path(__file__).with_name("tree.js").read_text("utf-8").partition("\n")[2]
HEADS = ("---", "+++", "@@")


class Walk:
    """A walk over a page; `chance` finds in each line what differs from one time to the next."""

    def __init__(self, page: Any, selector: str, chance: str = r"(?!)") -> None:
        self.page, self.selector, self.chance = page, selector, re.compile(chance)
        self.before: list[str] = []
        self.said: list[str] = []

    def step(self, name: str) -> None:
        """Note down what became other since the last step."""
        lines = [self.chance.sub("…", line) for line in self.page.evaluate(TREE, self.selector)]
        changed = difflib.unified_diff(self.before, lines, lineterm="", n=0)
        self.said += [f"# {name}", *[line for line in changed if not line.startswith(HEADS)]]
        self.before = lines

    def is_as_read(self, name: str, as_drawn: Callable[..., bool]) -> bool:
        """Return whether all of it is as somebody read it."""
        return as_drawn(f"{name}.txt", "\n".join(self.said) + "\n")
