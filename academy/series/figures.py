"""Charts of series: shares over years, and scatter plots with a fitted line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from academy.pictures.picture import WIDTH, Pen, Picture, cut, table

__all__ = ["cloud", "over_years"]

LEFT, RIGHT, TOP, HEIGHT = 26, 14, 20, 200
LENGTH = WIDTH - LEFT - RIGHT
DASHES = ("", "6 3", "2 3", "8 3 2 3", "12 4", "1 5")
GREY: dict[str, Any] = {"stroke": "currentColor", "stroke_opacity": 0.3}


def over_years(
    lines: Sequence[tuple[str, Sequence[float | None]]],
    *,
    years: Sequence[int],
    sentence: str,
    head: Sequence[str],
    rows: Sequence[Sequence[object]],
    named: bool = True,
    language: str = "en",
) -> Picture:
    """Draw shares from 0 to 100 over years, a line each. Named ones differ in their dashes and are listed below."""
    below = 18 * len(lines) if named else 0
    pen = Pen(TOP + HEIGHT + 24 + below, language)
    pen.text(4, 12, "%")
    for share in (0, 50, 100):
        y = TOP + HEIGHT * (1 - share / 100)
        pen.line(LEFT, y, LEFT + LENGTH, y, **GREY)
        pen.text(LEFT - 4, y + 4, share, "end", 10)
    span = max(years) - min(years)
    places = [LEFT + LENGTH * (year - min(years)) / span for year in years]
    for x, year in zip(places, years, strict=True):
        pen.text(min(x, WIDTH - 30), TOP + HEIGHT + 16, year, "start" if x < 60 else "middle", 10)
    ways = [
        [(x, TOP + HEIGHT * (1 - s / 100)) for x, s in zip(places, shares, strict=True) if s is not None]
        for _, shares in lines
    ]
    if named:
        for n, (name, _) in enumerate(lines):
            _named(pen, ways[n], name, n)
    else:
        _together(pen, ways)
    return Picture(pen.svg(), sentence, list(head), table(rows))


def _named(pen: Pen, way: list[tuple[float, float]], name: str, n: int) -> None:
    """A line with dots and dashes of its own, and its name below."""
    drawn: dict[str, Any] = {"fill": "none", "stroke": "currentColor", "stroke_width": 2}
    if dash := DASHES[n % len(DASHES)]:
        drawn["stroke_dasharray"] = dash
    pen.path(way, "way", **drawn)
    for x, y in way:
        pen.dot(x, y, 3)
    below = TOP + HEIGHT + 36 + 18 * n
    pen.line(LEFT, below - 4, LEFT + 40, below - 4, **drawn)
    pen.text(LEFT + 48, below, cut(name, 40))


def _together(pen: Pen, ways: list[list[tuple[float, float]]]) -> None:
    """Many lines as one path, which takes a quarter of the bytes."""
    drawn = "".join("M" + "L".join(f"{pen.x(x):.0f} {y:.0f}" for x, y in way) for way in ways if way)
    pen.parts.append(
        f'<path class="way" d="{drawn}" fill="none" stroke="currentColor" stroke-opacity="0.4"/>'
    )


def cloud(
    points: Sequence[tuple[float, float]],
    *,
    x: str,
    y: str,
    line: tuple[float, float],
    sentence: str,
    head: Sequence[str],
    rows: Sequence[Sequence[object]],
    language: str = "en",
) -> Picture:
    """Draw many points as one path, and a line given by its slope and intercept. The axes begin at nothing."""
    most_x = max((p[0] for p in points), default=0) * 1.05 or 1
    most_y = max((p[1] for p in points), default=0) * 1.05 or 1
    pen = Pen(TOP + HEIGHT + 34, language)
    pen.text(4, 12, cut(f"↑ {y}", 50))
    pen.line(LEFT, TOP, LEFT, TOP + HEIGHT, **GREY)
    pen.line(LEFT, TOP + HEIGHT, LEFT + LENGTH, TOP + HEIGHT, **GREY)
    pen.text(LEFT + LENGTH, TOP + HEIGHT + 30, cut(f"{x} {'←' if pen.rtl else '→'}", 50), "end")
    for share in (0.5, 1):
        pen.text(LEFT - 4, TOP + HEIGHT * (1 - share) + 4, f"{most_y * share / 1.05:.0f}", "end", 10)
        at = f"{most_x * share / 1.05:,.0f}".replace(",", "\u00a0")
        pen.text(LEFT + LENGTH * share / 1.05, TOP + HEIGHT + 14, at, "middle" if share < 1 else "end", 10)

    def place(point: tuple[float, float]) -> tuple[float, float]:
        return LEFT + LENGTH * point[0] / most_x, TOP + HEIGHT * (1 - point[1] / most_y)

    dots = "".join(f"M{pen.x(a):.0f} {b:.0f}h0" for a, b in map(place, points))
    pen.parts.append(
        f'<path class="mark" d="{dots}" fill="none" stroke="currentColor" stroke-opacity="0.6" stroke-width="6"'
        ' stroke-linecap="round"/>'
    )
    slope, intercept = line
    ends = [_inside(x_end, slope, intercept, most_y) for x_end in (0.0, most_x)]
    pen.path([place(end) for end in ends], "line", fill="none", stroke="currentColor", stroke_width=2)
    return Picture(pen.svg(), sentence, list(head), table(rows))


def _inside(x: float, slope: float, intercept: float, most: float) -> tuple[float, float]:
    """The point of a line at x, or where it leaves the picture."""
    y = intercept + slope * x
    if 0 <= y <= most or not slope:
        return x, min(max(y, 0), most)
    edge = 0.0 if y < 0 else most
    return (edge - intercept) / slope, edge
