"""The forms of the join page: what their fields say as an answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from academy.course import LiveActivity
from academy.live.values import HERE

__all__ = ["value_of"]

Fields = Callable[[str], list[str]]
"""The values of a field by its name."""


def value_of(activity: LiveActivity, fields: Fields) -> Any:
    """Return the answer that a form says; whether it is one is looked at when it is kept."""
    return _READERS[activity.kind](activity, fields)


def _one(_activity: LiveActivity, fields: Fields) -> Any:
    return next(iter(fields("v")), None)


def _all(_activity: LiveActivity, fields: Fields) -> Any:
    return fields("v")


def _ranking(activity: LiveActivity, fields: Fields) -> Any:
    """The options in the order of their places; None if two have the same one."""
    places = {option: _number(next(iter(fields(f"p-{option}")), "")) for option in activity.option_ids}
    if sorted(place or 0 for place in places.values()) != list(range(1, len(places) + 1)):
        return None
    return sorted(places, key=lambda option: places[option] or 0)


def _place(activity: LiveActivity, fields: Fields) -> Any:
    return {
        thing: [_number(next(iter(fields(f"{axis}-{thing}")), "")) for axis in "xy"]
        for thing in activity.option_ids or [HERE]
    }


def _cards(activity: LiveActivity, fields: Fields) -> Any:
    return {column.id: next(iter(fields(f"c-{column.id}")), "") for column in activity.columns}


def _question(_activity: LiveActivity, fields: Fields) -> Any:
    for step in ("for", "unfor"):
        if said := next(iter(fields(step)), ""):
            return {step: said}
    return {"ask": next(iter(fields("v")), "")}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else None


_READERS: dict[str, Callable[[LiveActivity, Fields], Any]] = {
    "choice": _one,
    "multi": _all,
    "quiz": _all,
    "scale": _one,
    "ranking": _ranking,
    "text": _one,
    "words": _all,
    "place": _place,
    "cards": _cards,
    "questions": _question,
}
