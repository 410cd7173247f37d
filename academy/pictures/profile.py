"""Profile chart: where something stands in several areas, never a mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from academy.pictures.picture import WIDTH, Pen, Picture, cut, table

__all__ = ["Area", "profile"]

LEFT, ROW, TOP = 14, 40, 22
LENGTH = WIDTH - 2 * LEFT


class Area(NamedTuple):
    """An area and where it stands, None while that is not known."""

    name: str
    value: float | None


def profile(
    areas: Sequence[Area | tuple[str, float | None]],
    *,
    ends: tuple[str, str],
    sentence: str,
    head: Sequence[str],
    rows: Sequence[Sequence[object]],
    least: float = 1,
    most: float = 3,
    language: str = "en",
) -> Picture:
    """Draw each area as a scale with a dot on it, and a line through the dots."""
    found = [Area(*area) for area in areas]
    pen = Pen(TOP + ROW * len(found) + 4, language)
    pen.text(LEFT, 13, cut(ends[0], 24))
    pen.text(LEFT + LENGTH, 13, cut(ends[1], 24), "end")
    dots: list[tuple[float, float]] = []
    for n, area in enumerate(found):
        y = TOP + ROW * n
        pen.text(LEFT, y + 13, cut(area.name, 46))
        pen.line(LEFT, y + 26, LEFT + LENGTH, y + 26, stroke="currentColor", stroke_opacity=0.3)
        if area.value is not None:
            share = min(max((area.value - least) / ((most - least) or 1), 0.0), 1.0)
            dots.append((LEFT + LENGTH * share, y + 26))
    if len(dots) > 1:
        pen.path(dots, "way", fill="none", stroke="currentColor", stroke_opacity=0.6)
    for x, height in dots:
        pen.dot(x, height, 7, "mark")
    return Picture(pen.svg(), sentence, list(head), table(rows))
