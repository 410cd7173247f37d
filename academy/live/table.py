"""The room's answers as a pandas table, for a notebook that goes on with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from academy.course import LiveActivity

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["frame"]


def frame(activity: LiveActivity, results: Mapping[str, Any] | None) -> pd.DataFrame:
    """Return results (`academy.live.results`) as a table whose index are labels, first column `id` where there are ids.

    Counts about few people are `<NA>`; where too few answered altogether, or nobody yet, the table has no rows.

        choice, multi, quiz, scale   id, count, share (0 to 1)        ranking   id, mean, spread, first
        place                        id, n, x, y                      words     count
        text, cards, questions       text, column, count
    """
    import pandas as pd

    hidden = results is None or bool(results.get("hidden"))
    rows = [] if hidden else _ROWS.get(activity.kind, _texts)(activity, results or {})
    columns = list(_COLUMNS[activity.kind])
    table = pd.DataFrame(rows, columns=["label", *columns]).set_index("label")
    for name in ("count", "first", "n"):
        if name in table:
            table[name] = table[name].astype("Int64")
    return table


Rows = list[tuple[Any, ...]]


def _counts(activity: LiveActivity, results: Mapping[str, Any]) -> Rows:
    labels = {option.id: option.text for option in activity.options}
    return [(labels.get(key, key), key, n, *_share(n, results["n"])) for key, n in results["counts"].items()]


def _share(n: int | None, of: int) -> tuple[float | None]:
    return (None if n is None else round(n / of, 3),)


def _ranking(activity: LiveActivity, results: Mapping[str, Any]) -> Rows:
    labels = {option.id: option.text for option in activity.options}
    mean, spread, first = results["mean"], results["spread"], results["first"]
    return [
        (labels.get(key, key), key, mean[key], spread[key], first[key])
        for key in sorted(mean, key=lambda key: mean[key])
    ]


def _place(activity: LiveActivity, results: Mapping[str, Any]) -> Rows:
    labels = {option.id: option.text for option in activity.options}
    return [
        (labels.get(key, activity.title), key, about["n"], about.get("x"), about.get("y"))
        for key, about in results["things"].items()
    ]


def _words(_activity: LiveActivity, results: Mapping[str, Any]) -> Rows:
    items = sorted(results["items"].values(), key=lambda item: -item.get("n", 1))
    return [(item["text"], item.get("n", 1)) for item in items]


def _texts(activity: LiveActivity, results: Mapping[str, Any]) -> Rows:
    titles = {column.id: column.title for column in activity.columns}
    return [
        (place, item["text"], titles.get(item.get("column", ""), ""), item.get("n", 1))
        for place, item in enumerate(results["items"].values(), 1)
    ]


_ROWS = {
    **dict.fromkeys(("choice", "multi", "quiz", "scale"), _counts),
    "ranking": _ranking,
    "place": _place,
    "words": _words,
}
_COLUMNS = {
    **dict.fromkeys(("choice", "multi", "quiz", "scale"), ("id", "count", "share")),
    "ranking": ("id", "mean", "spread", "first"),
    "place": ("id", "n", "x", "y"),
    "words": ("count",),
    **dict.fromkeys(("text", "cards", "questions"), ("text", "column", "count")),
}
