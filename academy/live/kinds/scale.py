"""Activity type `scale`: a step between two ends."""

from __future__ import annotations

from collections import Counter
from statistics import fmean
from typing import Any

from academy.course.webinar import LiveActivity
from academy.errors import StoreError
from academy.live.cleaning import CHOOSE, first, number
from academy.live.kinds.base import ActivityKind, Form, ResultLine, Results
from academy.live.kinds.chosen import share
from academy.live.sheet import EDGE, Sheet, amount, bar

__all__ = ["ScaleActivity"]


class ScaleActivity(ActivityKind):
    """Whole numbers, of which one is chosen."""

    name = "scale"
    columns = ("id", "count", "share")
    counts = ("counts",)

    def canonical(self, activity: LiveActivity, given: object) -> Any:
        """Return the number."""
        step = number(given) if isinstance(given, str) else given
        if isinstance(step, bool) or not isinstance(step, int) or step not in activity.scale.steps:
            raise StoreError(CHOOSE)
        return step

    def counted(self, activity: LiveActivity, values: list[Any], revealed: bool) -> dict[str, Any]:
        """Count how many chose each step, with the mean."""
        chosen = Counter(values)
        found: dict[str, Any] = {"counts": {str(step): chosen[step] for step in activity.scale.steps}}
        return found | ({"mean": round(fmean(values), 2)} if values else {})

    def draw(self, sheet: Sheet, activity: LiveActivity, results: Results) -> None:
        """Draw a bar for each step, and say the mean."""
        counts, ends = results["counts"], _ends(activity)
        all_ = max(results["n"], 1)
        for step in activity.scale.steps:
            n = counts.get(str(step), 0)
            name = f"{step}  {ends.get(step, '')}".strip()
            bar(sheet, name, amount(sheet, n, results["n"]), (n or 0) / all_)
        if "mean" in results:
            sheet.y += 10
            sheet.lines(
                EDGE, [sheet.gettext("Mean: {mean}").format(mean=f"{results['mean']:.1f}")], 36, weight=700
            )

    def table(self, activity: LiveActivity, results: Results) -> list[tuple[Any, ...]]:
        """Return count and share of each step."""
        return [(key, key, n, share(n, results["n"])) for key, n in results["counts"].items()]

    def from_form(self, activity: LiveActivity, form: Form) -> Any:
        """Return the step that was chosen."""
        return first(form("v"))

    def said(self, activity: LiveActivity, mine: object) -> list[str]:
        """Return the step."""
        return [str(mine)]

    def lines(self, activity: LiveActivity, results: Results) -> list[ResultLine]:
        """Return a line for each step."""
        ends, most = _ends(activity), max(results["n"], 1)
        return [
            ResultLine(
                f"counts.{step}",
                f"{step} {ends.get(step, '')}".strip(),
                results["counts"].get(str(step), 0),
                most,
            )
            for step in activity.scale.steps
        ]


def _ends(activity: LiveActivity) -> dict[int, str]:
    """What the two ends mean."""
    return {activity.scale.least: activity.scale.low, activity.scale.most: activity.scale.high}
