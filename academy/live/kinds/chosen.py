"""Activity types `choice`, `multi` and `quiz`: options of which one or several are chosen."""

from __future__ import annotations

from collections import Counter
from typing import Any

from academy.course.webinar import LiveActivity
from academy.errors import StoreError
from academy.live.cleaning import CHOOSE, HOW_MANY, first
from academy.live.kinds.base import ActivityKind, Form, ResultLine, Results, texts_of
from academy.live.sheet import Sheet, amount, bar

__all__ = ["ChoiceActivity", "MultiActivity", "QuizActivity", "share"]


def share(n: int | None, of: int) -> float | None:
    """Return a count as a share from 0 to 1, None where it is hidden."""
    return None if n is None else round(n / of, 3)


class MultiActivity(ActivityKind):
    """Several options may be chosen."""

    name = "multi"
    columns = ("id", "count", "share")
    counts = ("counts",)

    def canonical(self, activity: LiveActivity, given: object) -> Any:
        """Return the chosen options in the order in which they stand."""
        chosen = given if isinstance(given, list) else [given]
        if any(not isinstance(item, str) or item not in activity.option_ids for item in chosen):
            raise StoreError(CHOOSE)
        kept = [option for option in activity.option_ids if option in chosen]
        least, most = activity.chooses
        if not least <= len(kept) <= most:
            raise StoreError(HOW_MANY)
        return kept

    def counted(self, activity: LiveActivity, values: list[object], revealed: bool) -> dict[str, object]:
        """Count how many chose each option."""
        chosen = Counter(
            option for value in values for option in (value if isinstance(value, list) else [value])
        )
        found: dict[str, object] = {"counts": {option: chosen[option] for option in activity.option_ids}}
        return found | ({"right": activity.right} if revealed and activity.right else {})

    def draw(self, sheet: Sheet, activity: LiveActivity, results: Results) -> None:
        """Draw a bar for each option, as long as the share of those who answered."""
        counts, right = results["counts"], set(results.get("right", ()))
        all_ = max(results["n"], 1)  # a bar that fills its track is everybody who answered
        for option in activity.options:
            n = counts.get(option.id, 0)
            bar(sheet, option.text, amount(sheet, n, results["n"]), (n or 0) / all_, option.id in right)

    def table(self, activity: LiveActivity, results: Results) -> list[tuple[Any, ...]]:
        """Return count and share of each option."""
        labels = texts_of(activity)
        counts = results["counts"].items()
        return [(labels.get(key, key), key, n, share(n, results["n"])) for key, n in counts]

    def from_form(self, activity: LiveActivity, form: Form) -> Any:
        """Return what was ticked."""
        return form("v")

    def said(self, activity: LiveActivity, mine: Any) -> list[str]:
        """Return what the chosen options say."""
        texts = texts_of(activity)
        return [texts.get(item, item) for item in ([mine] if isinstance(mine, str) else mine)]

    def lines(self, activity: LiveActivity, results: Results) -> list[ResultLine]:
        """Return a line for each option."""
        right, most = results.get("right") or [], max(results["n"], 1)
        return [
            ResultLine(
                f"counts.{o.id}",
                o.text,
                results["counts"].get(o.id, 0),
                most,
                right=o.id in right,
                why=o.why,
            )
            for o in activity.options
        ]


class ChoiceActivity(MultiActivity):
    """One option is chosen."""

    name = "choice"

    def canonical(self, activity: LiveActivity, given: object) -> Any:
        """Return the option."""
        chosen = given[0] if isinstance(given, list) and len(given) == 1 else given
        if not isinstance(chosen, str) or chosen not in activity.option_ids:
            raise StoreError(CHOOSE)
        return chosen

    def from_form(self, activity: LiveActivity, form: Form) -> Any:
        """Return the option that was chosen."""
        return first(form("v"))


class QuizActivity(MultiActivity):
    """One or several options are right, which is said when it is revealed."""

    name = "quiz"
