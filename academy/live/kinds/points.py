"""Activity type `points`: points to share out, as into what the room would put its money, time or strength."""

from __future__ import annotations

from typing import Any

from academy.course.webinar import LiveActivity
from academy.errors import StoreError
from academy.live.cleaning import SHARE, first, number
from academy.live.kinds.base import ActivityKind, Fields, Form, ResultLine, Results, texts_of
from academy.live.sheet import Sheet, bar, percent

__all__ = ["PointsActivity"]


class PointsActivity(ActivityKind):
    """Each person gives all their points to the options, as many to each as they like."""

    name = "points"
    columns = ("id", "points", "share")
    counts = ("points",)

    def each(self, activity: LiveActivity) -> int:
        """All points of a person."""
        return activity.points

    def canonical(self, activity: LiveActivity, given: object) -> Any:
        """Return the points of each option that was given some."""
        if not isinstance(given, dict) or not set(given) <= set(activity.option_ids):
            raise StoreError(SHARE)
        if any(isinstance(n, bool) or not isinstance(n, int) or n < 0 for n in given.values()):
            raise StoreError(SHARE)
        if sum(given.values()) != activity.points:
            raise StoreError(SHARE)
        return {option: given[option] for option in activity.option_ids if given.get(option)}

    def counted(self, activity: LiveActivity, values: list[Any], revealed: bool) -> dict[str, Any]:
        """Return how many points each option was given."""
        totals = {option: sum(value.get(option, 0) for value in values) for option in activity.option_ids}
        return {"points": totals}

    def draw(self, sheet: Sheet, activity: LiveActivity, results: Results) -> None:
        """Draw a bar for each option, as long as its share of all points."""
        all_ = max(results["n"] * activity.points, 1)
        for option in activity.options:
            n = results["points"].get(option.id, 0)
            said = sheet.gettext("few") if n is None else f"{n} · {percent(n, all_)} %"
            bar(sheet, option.text, said, (n or 0) / all_)

    def table(self, activity: LiveActivity, results: Results) -> list[tuple[Any, ...]]:
        """Return the points of each option, and their share of all."""
        labels, all_ = texts_of(activity), results["n"] * activity.points
        return [
            (labels.get(key, key), key, n, None if n is None else round(n / all_, 3))
            for key, n in results["points"].items()
        ]

    def from_form(self, activity: LiveActivity, form: Form) -> Any:
        """Return the points of each option; an empty field is none."""
        typed = {option: first(form(f"n-{option}")) or "0" for option in activity.option_ids}
        return {option: number(text.strip()) for option, text in typed.items()}

    def to_form(self, activity: LiveActivity, mine: Any) -> Fields:
        """Return the points of each option."""
        return {f"n-{option}": [str(n)] for option, n in mine.items()}

    def said(self, activity: LiveActivity, mine: Any) -> list[str]:
        """Return what each option was given."""
        texts = texts_of(activity)
        return [f"{texts.get(option, option)}: {n}" for option, n in mine.items()]

    def lines(self, activity: LiveActivity, results: Results) -> list[ResultLine]:
        """Return a line for each option: its number is all points that it was given."""
        most = max(results["n"] * activity.points, 1)
        points = results["points"]
        return [
            ResultLine(f"points.{o.id}", o.text, points.get(o.id, 0), most, why=o.why)
            for o in activity.options
        ]
