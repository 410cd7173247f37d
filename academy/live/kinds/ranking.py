"""Activity type `ranking`: an order of all options."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import fmean, pstdev
from typing import Any

from academy.course.webinar import LiveActivity
from academy.errors import StoreError
from academy.live.cleaning import RANK, first, number
from academy.live.kinds.base import ActivityKind, Fields, Form, ResultLine, Results, few_or, texts_of
from academy.live.sheet import ACCENT, EDGE, INSIDE, SOFT, TINT, Sheet, lines_of

__all__ = ["RankingActivity"]


class RankingActivity(ActivityKind):
    """Every option gets a place of its own."""

    name = "ranking"
    columns = ("id", "mean", "spread", "first")
    sorted_by_number = True
    counts = ("first", "placed")

    def each(self, activity: LiveActivity) -> None:
        """Nothing: bars are places."""

    def canonical(self, activity: LiveActivity, given: Any) -> Any:
        """Return the options in their order."""
        if not isinstance(given, list) or any(not isinstance(item, str) for item in given):
            raise StoreError(RANK)
        if sorted(given) != sorted(activity.option_ids):
            raise StoreError(RANK)
        return given

    def counted(self, activity: LiveActivity, values: list[Any], revealed: bool) -> dict[str, Any]:
        """Return each option's mean place, its standard deviation and how many put it first.

        Where there is a right order and it is revealed: also how many gave each option its place, or all of them.
        """
        orders = [value for value in values if sorted(value) == sorted(activity.option_ids)]
        found: dict[str, Any] = {"mean": {}, "spread": {}, "first": {}}
        for option in activity.option_ids if orders else ():
            places = [order.index(option) + 1 for order in orders]
            found["mean"][option] = round(fmean(places), 2)
            found["spread"][option] = round(pstdev(places), 2)
            found["first"][option] = places.count(1)
        if revealed and activity.right:
            found["right"] = activity.right
            found["placed"] = {
                option: sum(order[place] == option for order in orders)
                for place, option in enumerate(activity.right)
            }
            found["exact"] = sum(order == activity.right for order in orders)
        return found

    def discreet(self, results: dict[str, Any], least: int) -> dict[str, Any]:
        """Return results without small counts, also of those who had the whole order right."""
        kept = super().discreet(results, least)
        return kept | ({"exact": None} if 0 < kept.get("exact", 0) < least else {})

    def export(self, activity: LiveActivity, results: Results) -> Iterator[dict[str, object]]:
        """Yield mean place, spread and firsts of each option."""
        labels = texts_of(activity)
        for key, mean in results["mean"].items():
            line = {"what": key, "text": labels.get(key, ""), "number": few_or(results["first"][key])}
            yield line | {"mean": mean, "spread": results["spread"][key]}

    def draw(self, sheet: Sheet, activity: LiveActivity, results: Results) -> None:
        """Draw each option at its mean place, with how far apart people put it."""
        texts = texts_of(activity)
        mean, spread = results["mean"], results["spread"]
        order = results.get("right") or sorted(mean, key=lambda option: mean[option])
        left, long = EDGE + 780, INSIDE - 780 - 210
        steps = max(len(texts) - 1, 1)

        def at(place: float) -> float:
            return left + long * (min(max(place, 1), len(texts)) - 1) / steps

        for place, option in enumerate(order, 1):
            sheet.y += 16
            top = sheet.y
            sheet.lines(
                EDGE + 70, lines_of(texts.get(option, option), 34, 650), 34, weight=700 if place <= 3 else 400
            )
            bottom, sheet.y = sheet.y, top + 44
            sheet.write(EDGE, f"{place}.", 34, weight=700, fill=ACCENT)
            if option in mean:
                sheet.write(EDGE + INSIDE, f"{mean[option]:.1f} ± {spread[option]:.1f}", 32, "end")
                low, high = at(mean[option] - spread[option]), at(mean[option] + spread[option])
                middle = sheet.y - 12
                sheet.pen.line(left, middle, left + long, middle, stroke="#c3ccd5", stroke_width=3)
                sheet.pen.box(
                    low, middle - 12, max(high - low, 4), 24, fill=TINT, stroke=ACCENT, stroke_width=2, rx=12
                )
                sheet.pen.dot(at(mean[option]), middle, 16, fill=ACCENT)
            sheet.y = bottom + 16
        sheet.y += 10
        note = sheet.gettext("Mean place ± standard deviation; 1 is first.")
        sheet.lines(EDGE, [note], 28, fill=SOFT)

    def table(self, activity: LiveActivity, results: Results) -> list[tuple[Any, ...]]:
        """Return mean place, spread and firsts of each option, the best first."""
        labels, mean = texts_of(activity), results["mean"]
        return [
            (labels.get(key, key), key, mean[key], results["spread"][key], results["first"][key])
            for key in sorted(mean, key=lambda key: mean[key])
        ]

    def from_form(self, activity: LiveActivity, form: Form) -> Any:
        """Return the options in the order of their places; None if two have the same one."""
        places = {option: number(first(form(f"p-{option}")) or "") for option in activity.option_ids}
        if sorted(place or 0 for place in places.values()) != list(range(1, len(places) + 1)):
            return None
        return sorted(places, key=lambda option: places[option] or 0)

    def to_form(self, activity: LiveActivity, mine: Any) -> Fields:
        """Return the place of each option."""
        return {f"p-{option}": [str(place)] for place, option in enumerate(mine, 1)}

    def said(self, activity: LiveActivity, mine: Any) -> list[str]:
        """Return the order in words."""
        texts = texts_of(activity)
        return [f"{place}. {texts.get(item, item)}" for place, item in enumerate(mine, 1)]

    def lines(self, activity: LiveActivity, results: Results) -> list[ResultLine]:
        """Return a line for each option, the best first: its number is the mean place."""
        found = [
            ResultLine(
                f"mean.{option.id}",
                option.text,
                mean,
                len(activity.options),
                results["spread"][option.id],
                why=option.why,
                less=len(activity.options) + 1,
            )
            for option in activity.options
            if (mean := results["mean"].get(option.id)) is not None
        ]
        return sorted(found, key=lambda line: line.n)
