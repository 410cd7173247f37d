"""Chain diagram: steps of which each leads to the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from academy.pictures.picture import WIDTH, Pen, Picture, cut, table

__all__ = ["Box", "chain"]

LEFT, HEIGHT, GAP = 4, 44, 16
LENGTH = WIDTH - 2 * LEFT


class Box(NamedTuple):
    """A step: what it is, and what stands there. An empty text is a missing step."""

    name: str
    text: str = ""


def chain(
    boxes: Sequence[Box | tuple[str, str]],
    *,
    sentence: str,
    head: Sequence[str],
    rows: Sequence[Sequence[object]],
    language: str = "en",
) -> Picture:
    """Draw steps below each other with arrows between; a missing one has a broken edge and a question mark."""
    found = [Box(*box) for box in boxes]
    pen = Pen((HEIGHT + GAP) * len(found) - GAP + 8, language)
    for n, box in enumerate(found):
        y = 4 + (HEIGHT + GAP) * n
        edge = {} if box.text else {"stroke_dasharray": "5 4"}
        kind = "step" if box.text else "step missing"
        pen.box(LEFT, y, LENGTH, HEIGHT, kind, fill="none", stroke="currentColor", rx=6, **edge)
        pen.text(LEFT + 10, y + 17, cut(box.name, 36), size=10, kind="name")
        pen.text(LEFT + 10, y + 34, cut(box.text, 36) if box.text else "?", size=12)
        if n + 1 < len(found):
            middle, below, tip = LEFT + LENGTH / 2, y + HEIGHT, y + HEIGHT + GAP - 1
            way = [
                (middle, below),
                (middle, tip),
                (middle - 4, tip - 5),
                (middle, tip),
                (middle + 4, tip - 5),
            ]
            pen.path(way, fill="none", stroke="currentColor")
    return Picture(pen.svg(), sentence, list(head), table(rows))
