"""Bar chart: amounts beside each other, such as minutes for each type of learning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from academy.numbers import formatted
from academy.pictures.picture import WIDTH, Pen, Picture, cut, table

__all__ = ["Bar", "Limit", "bars"]

LEFT, ROW = 4, 34
LENGTH = WIDTH - 2 * LEFT


class Bar(NamedTuple):
    """An amount with its name. A `strong` one stands out, also without colour."""

    name: str
    value: float
    strong: bool = False


class Limit(NamedTuple):
    """A line across the bars: how far is enough, or too far."""

    name: str
    value: float


def bars(
    items: Sequence[Bar | tuple[str, float]],
    *,
    sentence: str,
    head: Sequence[str],
    rows: Sequence[Sequence[object]],
    unit: str = "",
    limit: Limit | None = None,
    most: float | None = None,
    language: str = "en",
) -> Picture:
    """Draw one bar below the other, each with its name and value. `most` is the value of a full bar."""
    found = [Bar(*item) for item in items]
    longest = max([most or 0, limit.value if limit else 0, *(bar.value for bar in found)]) or 1
    top = 20 if limit else 4
    pen = Pen(top + ROW * len(found) + 4, language)
    for n, bar in enumerate(found):
        y = top + ROW * n
        long = round(LENGTH * min(max(bar.value, 0) / longest, 1), 1)
        pen.text(LEFT, y + 12, cut(bar.name, 36))
        pen.text(LEFT + LENGTH, y + 12, f"{_amount(bar.value, language)} {unit}".strip(), "end")
        pen.box(LEFT, y + 16, LENGTH, 12, "track", fill_opacity=0.08)
        more = {"stroke": "currentColor", "stroke_width": 2} if bar.strong else {}
        pen.box(LEFT, y + 16, long, 12, "bar strong" if bar.strong else "bar", fill_opacity=0.55, **more)
    if limit:
        at = LEFT + LENGTH * limit.value / longest
        pen.line(
            at, top, at, pen.height, "limit", stroke="currentColor", stroke_width=2, stroke_dasharray="4 3"
        )
        anchor = "middle" if 60 < at < WIDTH - 60 else "start" if at <= 60 else "end"
        pen.text(at, 13, cut(limit.name, 30), anchor)
    return Picture(pen.svg(), sentence, list(head), table(rows))


def _amount(value: float, language: str) -> str:
    """A value as it stands alone in a picture: nothing around it can turn its parts round."""
    return formatted(round(value, 2), language).strip("\u2066\u2069")
