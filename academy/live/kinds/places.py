"""Activity type `place`: things placed on a grid of two measures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from statistics import fmean
from typing import Any

from academy.course.live_kinds import LiveAxis
from academy.course.webinar import GRID, LiveActivity
from academy.errors import StoreError
from academy.live.cleaning import HERE, PLACE, first, number
from academy.live.kinds.base import ActivityKind, Fields, Form, Results, texts_of
from academy.live.sheet import ACCENT, EDGE, INSIDE, SOFT, Sheet, lines_of

__all__ = ["PlaceActivity", "number"]


class PlaceActivity(ActivityKind):
    """Each option, or one thing called `here`, is put on a grid: [x, y], each from 1 to 5."""

    name = "place"
    columns = ("id", "n", "x", "y")

    def canonical(self, activity: LiveActivity, given: Any) -> Any:
        """Return the place of each thing."""
        things = activity.option_ids or [HERE]
        if not isinstance(given, dict) or not set(given) <= set(things):
            raise StoreError(PLACE)
        places = {}
        for thing in things:
            place = given.get(thing)
            if not isinstance(place, list) or len(place) != 2:
                raise StoreError(PLACE)
            if any(isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= GRID for n in place):
                raise StoreError(PLACE)
            places[thing] = place
        return places

    def counted(self, activity: LiveActivity, values: list[Any], revealed: bool) -> dict[str, Any]:
        """Return each thing's mean place, and how many put it into each cell."""
        things = {}
        for thing in activity.option_ids or [HERE]:
            places = [value[thing] for value in values if thing in value]
            cells = Counter(f"{x},{y}" for x, y in places)
            things[thing] = {"n": len(places), "cells": dict(sorted(cells.items()))}
            if places:
                things[thing] |= {
                    "x": round(fmean(x for x, _ in places), 2),
                    "y": round(fmean(y for _, y in places), 2),
                }
        return {"things": things}

    def discreet(self, results: dict[str, Any], least: int) -> dict[str, Any]:
        """Return the means alone: a cell says where single people stand."""
        things = {
            key: {name: value for name, value in about.items() if name != "cells"}
            for key, about in results["things"].items()
        }
        return results | {"things": things}

    def export(self, activity: LiveActivity, results: Results) -> Iterator[dict[str, object]]:
        """Yield how many placed each thing, and where on average."""
        labels = texts_of(activity)
        for key, about in results["things"].items():
            place = {"x": about.get("x", ""), "y": about.get("y", "")}
            yield {"what": key, "text": labels.get(key, ""), "number": about["n"], **place}

    def draw(self, sheet: Sheet, activity: LiveActivity, results: Results) -> None:
        """Draw the grid with each thing at its mean."""
        assert activity.axes is not None
        wide, high = 900, 640
        named = texts_of(activity) or {HERE: activity.title}
        sheet.lines(EDGE, ["↑"], 28, fill=SOFT)
        sheet.write(EDGE + 30, _ends(activity.axes.y), 28, fill=SOFT)
        top = sheet.y + 16
        for n in range(GRID + 1):
            x, y = EDGE + wide * n / GRID, top + high * n / GRID
            sheet.pen.line(x, top, x, top + high, stroke="#c3ccd5", stroke_width=2)
            sheet.pen.line(EDGE, y, EDGE + wide, y, stroke="#c3ccd5", stroke_width=2)
        sheet.y = top
        for letter, (thing, text) in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", named.items(), strict=False):
            about = results["things"].get(thing, {})
            if "x" in about:
                x = EDGE + wide * (about["x"] - 0.5) / GRID
                y = top + high - high * (about["y"] - 0.5) / GRID
                sheet.pen.dot(x, y, 30, fill=ACCENT, stroke="#fff", stroke_width=4)
                kept, sheet.y = sheet.y, y + 12
                sheet.write(x, letter, 34, "middle", fill="#fff", weight=700)
                sheet.y = kept
            top_line = sheet.y + 32 * 1.28
            sheet.lines(EDGE + wide + 110, lines_of(text, 32, INSIDE - wide - 110), 32)
            below, sheet.y = sheet.y, top_line
            sheet.write(EDGE + wide + 60, letter, 32, weight=700, fill=ACCENT)
            sheet.y = below
            sheet.y += 12
        sheet.y = max(sheet.y, top + high)
        sheet.lines(EDGE, ["←" if sheet.pen.rtl else "→"], 28, fill=SOFT)
        sheet.write(EDGE + 40, _ends(activity.axes.x), 28, fill=SOFT)

    def table(self, activity: LiveActivity, results: Results) -> list[tuple[Any, ...]]:
        """Return how many placed each thing, and where on average."""
        labels = texts_of(activity)
        return [
            (labels.get(key, activity.title), key, about["n"], about.get("x"), about.get("y"))
            for key, about in results["things"].items()
        ]

    def from_form(self, activity: LiveActivity, form: Form) -> Any:
        """Return the place of each thing."""
        return {
            thing: [number(first(form(f"{axis}-{thing}")) or "") for axis in "xy"]
            for thing in activity.option_ids or [HERE]
        }

    def to_form(self, activity: LiveActivity, mine: Any) -> Fields:
        """Return both measures of each thing."""
        return {
            f"{axis}-{thing}": [str(n)]
            for thing, place in mine.items()
            for axis, n in zip("xy", place, strict=True)
        }

    def said(self, activity: LiveActivity, mine: Any) -> list[str]:
        """Return the places in words."""
        assert activity.axes is not None
        texts, x, y = texts_of(activity), activity.axes.x.title, activity.axes.y.title
        return [
            f"{texts.get(thing, '')} {x} {place[0]}, {y} {place[1]}".strip() for thing, place in mine.items()
        ]


def _ends(axis: LiveAxis) -> str:
    ends = " – ".join(end for end in (axis.least, axis.most) if end)
    return f"{axis.title}: {ends}" if ends else str(axis.title)
