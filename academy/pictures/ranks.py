"""Two orders of the same things beside each other, such as the room's and one's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from academy.pictures.picture import WIDTH, Pen, Picture, cut, table

__all__ = ["ranks"]

LEFT, TOP, ROW = 4, 24, 30
LETTERS = 17
"""Of a name on each side."""
INNER = 118
"""How far the lines between the orders begin from the edges."""


def ranks(
    first: Sequence[str],
    second: Sequence[str],
    *,
    names: tuple[str, str],
    sentence: str,
    head: Sequence[str],
    rows: Sequence[Sequence[Any]],
    language: str = "en",
) -> Picture:
    """Draw two orders as columns, with a line from each thing in the first to its place in the second.

    A thing that lies three places apart or more has a heavy line.
    """
    pen = Pen(TOP + ROW * max(len(first), len(second)) + 4, language)
    pen.text(LEFT, 13, cut(names[0], 24), size=12)
    pen.text(WIDTH - LEFT, 13, cut(names[1], 24), "end", size=12)
    for place, name in enumerate(first):
        y = TOP + ROW * place + 16
        pen.text(LEFT, y, cut(f"{place + 1}. {name}", LETTERS + 3))
        if name in second:
            other = second.index(name)
            way = [(INNER, y - 4), (WIDTH - INNER, TOP + ROW * other + 12)]
            apart = abs(other - place) >= 3
            pen.path(
                way,
                "far" if apart else "near",
                fill="none",
                stroke="currentColor",
                stroke_width=3 if apart else 1,
            )
    for place, name in enumerate(second):
        pen.text(WIDTH - LEFT, TOP + ROW * place + 16, cut(f"{place + 1}. {name}", LETTERS + 3), "end")
    return Picture(pen.svg(), sentence, list(head), table(rows))
