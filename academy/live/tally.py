"""Tallies answers of an activity. Nothing is stored: results are derived whenever they are asked for.

What results look like by kind says `academy.course.live_kinds: Results`; `n` is how many people answered.

`by` is there only where an activity is named, `n` of a text only where several were put together, `answered` only
where it is so. Texts of a named activity stand in the order in which they came, those of an anonymous one in none that
says anything. In the room's state a long list ends with `more`, the number of texts that are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from academy.course.webinar import LiveActivity
from academy.live.kinds import KINDS
from academy.live.rows import HIDDEN, PENDING, SHOWN, AnswerRow, ItemDecision, WrittenItem

__all__ = ["HIDDEN", "PENDING", "SHOWN", "AnswerRow", "ItemDecision", "WrittenItem", "items_of", "tally"]

Marks = Mapping[str, ItemDecision]


def tally(
    activity: LiveActivity,
    rows: Iterable[AnswerRow],
    marks: Marks,
    *,
    revealed: bool,
    stop_words: Iterable[str] = (),
    language: str = "",
) -> dict[str, object]:
    """Return the results of an activity; what is right only where it is revealed. `language` is the course's."""
    rows = list(rows)
    counted: dict[str, object] = {"n": len(rows)}
    if activity.written:
        return counted | {"items": _shown(activity, items_of(activity, rows, marks, stop_words, language))}
    return counted | KINDS[activity.kind].counted(activity, [row.value for row in rows], revealed)


def items_of(
    activity: LiveActivity,
    rows: Iterable[AnswerRow],
    marks: Marks,
    stop_words: Iterable[str] = (),
    language: str = "",
) -> list[WrittenItem]:
    """Return everything that was written, with what facilitators decided about it, in the order of the rows."""
    rows = list(rows)
    found = KINDS[activity.kind].items(activity, rows, stop_words, language)
    first = PENDING if activity.moderate == "before" else SHOWN
    for item in found.values():
        mark = marks.get(item.id, ItemDecision())
        item.state, item.answered = mark.state or first, mark.answered
        item.merged = mark.merged if mark.merged in found else None
    return list(found.values())


def _shown(activity: LiveActivity, items: list[WrittenItem]) -> dict[str, Any]:
    """What the room sees: without what waits or is hidden, and what was put together as one."""
    by_id = {item.id: item for item in items}
    for item in items:
        target = _end_of(item, by_id)
        if target is not item and item.state != HIDDEN:
            target.who |= item.who
    kept = [item for item in items if item.state == SHOWN and item.merged is None]
    seen = {}
    for item in kept:
        about: dict[str, Any] = {"text": item.text}
        if activity.about.by_support or len(item.who) > 1:
            about["n"] = len(item.who)
        about |= {name: value for name in ("column", "by", "answered") if (value := getattr(item, name))}
        seen[item.id] = about
    return seen


def _end_of(item: WrittenItem, by_id: Mapping[str, WrittenItem]) -> WrittenItem:
    """The item that an item was put into in the end."""
    seen = set()
    while item.merged is not None and item.id not in seen:
        seen.add(item.id)
        item = by_id[item.merged]
    return item
