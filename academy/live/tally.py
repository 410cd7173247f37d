"""Counting: what the rows of an activity say together. Nothing of it is kept; it is derived each time it is asked for.

Results by kind; `n` is how many people answered:

    choice, multi, quiz  {n, counts: {option: how many}, right: [option] once a quiz is revealed}
    scale                {n, counts: {"1": how many, …}, mean}
    ranking              {n, mean: {option: mean place}, spread: {option: standard deviation},
                          first: {option: how many put it first}; with a right order, once revealed:
                          right: [option, …], placed: {option: how many had its place}, exact: how many had all}
    place                {n, things: {option: {n, x, y (means), cells: {"x,y": how many}}}}
    words                {n, items: {word: {text, n}}}
    text, cards          {n, items: {id: {text, n, by, column}}}
    questions            {n, items: {id: {text, n (who ask or support it), by, answered}}}

`by` is there only where an activity is named, `n` of a text only where several were put together, `answered` only
where it is so. Texts of a named activity stand in the order in which they came, those of an anonymous one in none that
says anything. In the room's state a long list ends with `more`, the number of texts that are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from statistics import fmean, pstdev
from typing import Any, NamedTuple

from academy.course.webinar import LiveActivity
from academy.live.ballots import item_id
from academy.live.cloud import normal, stopped
from academy.live.values import HERE

__all__ = ["HIDDEN", "PENDING", "SHOWN", "Item", "Mark", "Row", "items_of", "tally"]

PENDING, SHOWN, HIDDEN = "pending", "shown", "hidden"


class Row(NamedTuple):
    """An answer that counts."""

    key: str
    who: str
    value: Any
    name: str = ""


class Mark(NamedTuple):
    """What facilitators decided about an item."""

    state: str = ""
    merged: str | None = None
    answered: bool = False


@dataclass
class Item:
    """A text, a word or a question, and who said or supports it."""

    id: str
    text: str
    column: str = ""
    by: str = ""
    state: str = SHOWN
    answered: bool = False
    merged: str | None = None
    who: set[str] = field(default_factory=set)


Marks = Mapping[str, Mark]


def tally(
    activity: LiveActivity,
    rows: Iterable[Row],
    marks: Marks,
    *,
    revealed: bool,
    stop_words: Iterable[str] = (),
    language: str = "",
) -> dict[str, Any]:
    """Return the results of an activity; what is right only where it is revealed. `language` is the course's."""
    rows = list(rows)
    counted: dict[str, Any] = {"n": len(rows)}
    if activity.written:
        return counted | {"items": _shown(activity, items_of(activity, rows, marks, stop_words, language))}
    return counted | _COUNTERS[activity.kind](activity, [row.value for row in rows], revealed)


def _counts(activity: LiveActivity, values: list[Any], revealed: bool) -> dict[str, Any]:
    chosen = Counter(option for value in values for option in (value if isinstance(value, list) else [value]))
    found: dict[str, Any] = {"counts": {option: chosen[option] for option in activity.option_ids}}
    return found | ({"right": activity.right} if revealed and activity.right else {})


def _scale(activity: LiveActivity, values: list[int], _revealed: bool) -> dict[str, Any]:
    chosen = Counter(values)
    found: dict[str, Any] = {"counts": {str(step): chosen[step] for step in activity.scale.steps}}
    return found | ({"mean": round(fmean(values), 2)} if values else {})


def _ranking(activity: LiveActivity, values: list[list[str]], revealed: bool) -> dict[str, Any]:
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


def _place(activity: LiveActivity, values: list[dict[str, list[int]]], _revealed: bool) -> dict[str, Any]:
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


_COUNTERS: dict[str, Callable[[LiveActivity, list[Any], bool], dict[str, Any]]] = {
    "choice": _counts,
    "multi": _counts,
    "quiz": _counts,
    "scale": _scale,
    "ranking": _ranking,
    "place": _place,
}


# -- what people wrote ------------------------------------------------------------------------------------------


def items_of(
    activity: LiveActivity,
    rows: Iterable[Row],
    marks: Marks,
    stop_words: Iterable[str] = (),
    language: str = "",
) -> list[Item]:
    """Return everything that was written, with what facilitators decided about it, in the order of the rows."""
    rows = list(rows)
    found = _words(rows, stop_words, language) if activity.kind == "words" else _texts(activity, rows)
    if activity.kind == "questions":
        for row in rows:
            for item in row.value["for"]:
                if item in found:
                    found[item].who.add(row.who)
    first = PENDING if activity.moderate == "before" else SHOWN
    for item in found.values():
        mark = marks.get(item.id, Mark())
        item.state, item.answered = mark.state or first, mark.answered
        item.merged = mark.merged if mark.merged in found else None
    return list(found.values())


def _texts(activity: LiveActivity, rows: Iterable[Row]) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for row in rows:
        if activity.kind == "questions":
            written = [(item, "", text) for item, text in row.value["asked"].items()]
        elif activity.kind == "cards":
            written = [(item_id(row.key, (c, text)), c, text) for c, text in row.value.items()]
        else:
            written = [(item_id(row.key, text), "", text) for text in row.value]
        for item, column, text in written:
            found[item] = Item(item, text, column, row.name, who={row.who})
    return found


def _words(rows: Iterable[Row], stop_words: Iterable[str], language: str) -> dict[str, Item]:
    listed = tuple(stop_words)
    spellings: dict[str, Counter[str]] = {}
    found: dict[str, Item] = {}
    for row in rows:
        for word in row.value:
            key = normal(word, language)
            if key and not stopped(key, listed, language):
                found.setdefault(key, Item(key, word)).who.add(row.who)
                spellings.setdefault(key, Counter())[word] += 1
    for key, item in found.items():
        item.text = min(spellings[key], key=lambda spelling: _rank(spelling, spellings[key][spelling], key))
    return found


def _rank(spelling: str, times: int, key: str) -> tuple[int, bool, int, int, str]:
    """The spelling that most chose comes first; where several are as frequent, the plainest: rows have no order."""
    capitals = sum(letter.isupper() for letter in spelling)
    return -times, spelling != key, len(spelling), capitals, spelling


def _shown(activity: LiveActivity, items: list[Item]) -> dict[str, Any]:
    """What the room sees: without what waits or is hidden, and what was put together as one."""
    by_id = {item.id: item for item in items}
    for item in items:
        target = _end_of(item, by_id)
        if target is not item and item.state != HIDDEN:
            target.who |= item.who
    kept = [item for item in items if item.state == SHOWN and item.merged is None]
    counted = activity.kind in ("words", "questions")
    seen = {}
    for item in kept:
        about: dict[str, Any] = {"text": item.text}
        if counted or len(item.who) > 1:
            about["n"] = len(item.who)
        about |= {name: value for name in ("column", "by", "answered") if (value := getattr(item, name))}
        seen[item.id] = about
    return seen


def _end_of(item: Item, by_id: Mapping[str, Item]) -> Item:
    """The item that an item was put into in the end."""
    seen = set()
    while item.merged is not None and item.id not in seen:
        seen.add(item.id)
        item = by_id[item.merged]
    return item
