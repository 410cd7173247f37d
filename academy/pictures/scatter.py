"""Scatter plot: things placed by two measures, such as urgency and power."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from academy.pictures.picture import Pen, Picture, cut, table

__all__ = ["Axis", "Point", "scatter"]

LEFT, TOP, SIDE, HEIGHT = 4, 22, 312, 250
STEP = 22
"""Points at the same place stand this far apart."""


class Point(NamedTuple):
    """A thing: its two measures, its number or short name, whether it stands out, and whether it was chosen.

    What stands out has a heavy ring, what was chosen a second one.
    """

    x: float
    y: float
    name: str
    strong: bool = False
    chosen: bool = False


class Axis(NamedTuple):
    """A measure: its name, what its ends mean, and its range."""

    name: str
    low: str = ""
    high: str = ""
    least: float = 1
    most: float = 5


def scatter(
    points: Sequence[Point | tuple[float, float, str]],
    *,
    x: Axis,
    y: Axis,
    sentence: str,
    head: Sequence[str],
    rows: Sequence[Sequence[object]],
    language: str = "en",
) -> Picture:
    """Draw points by two measures. Points at the same place stand beside each other; the names are short."""
    pen = Pen(TOP + HEIGHT + 20, language)
    grey = {"stroke": "currentColor", "stroke_opacity": 0.35}
    pen.text(LEFT, 14, cut(f"↑ {_said(y)}", 54))
    pen.box(LEFT, TOP, SIDE, HEIGHT, "frame", fill="none", **grey)
    pen.line(LEFT + SIDE / 2, TOP, LEFT + SIDE / 2, TOP + HEIGHT, "middle", **grey, stroke_dasharray="2 4")
    pen.line(LEFT, TOP + HEIGHT / 2, LEFT + SIDE, TOP + HEIGHT / 2, "middle", **grey, stroke_dasharray="2 4")
    pen.text(LEFT + SIDE, TOP + HEIGHT + 15, cut(f"{_said(x)} {'←' if pen.rtl else '→'}", 54), "end")
    taken: dict[tuple[float, float], int] = {}
    for point in (Point(*point) for point in points):
        n = taken[point.x, point.y] = taken.get((point.x, point.y), -1) + 1
        across, up = _share(point.x, x), _share(point.y, y)
        at = LEFT + 16 + (SIDE - 32) * across + (n % 3) * (STEP if across <= 0.5 else -STEP)
        height = TOP + HEIGHT - 16 - (HEIGHT - 32) * up + (n // 3) * (-STEP if up <= 0.5 else STEP)
        more = {"stroke_width": 3} if point.strong else {}
        kind = "mark strong" if point.strong else "mark"
        pen.dot(at, height, 10, kind, fill="none", stroke="currentColor", **more)
        if point.chosen:
            pen.dot(at, height, 13.5, "chosen", fill="none", stroke="currentColor")
        pen.text(at, height + 4, cut(point.name, 3), "middle")
    return Picture(pen.svg(), sentence, list(head), table(rows))


def _said(axis: Axis) -> str:
    ends = " – ".join(end for end in (axis.low, axis.high) if end)
    return f"{axis.name}: {ends}" if ends else axis.name


def _share(value: float, axis: Axis) -> float:
    return min(max((value - axis.least) / ((axis.most - axis.least) or 1), 0.0), 1.0)
