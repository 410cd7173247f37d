"""Exports results of a webinar: a table for spreadsheets, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from academy.course import LiveActivity
from academy.live.kinds import KINDS
from academy.live.kinds.base import few_or
from academy.live.reading import results_of
from academy.live.results import discreet, small_group
from academy.live.room import Live, Room
from academy.people.links import links_csv

__all__ = ["as_csv", "as_json"]

HEADER = (
    "webinar",
    "activity",
    "title",
    "what",
    "text",
    "number",
    "mean",
    "spread",
    "x",
    "y",
    "column",
    "by",
)


def as_json(live: Live, room: Room, activity: str | None = None, *, full: bool = False) -> str:
    """Return the results of one activity, or of all, as JSON. Without `full` small counts are left out.

    With it, activities that are named say who answered what.
    """
    found = [
        {
            "activity": item.id,
            "kind": item.kind,
            "title": item.title,
            "names": item.names,
            "options": {option.id: option.text for option in item.options},
            "results": counted,
        }
        | ({"answers": room.named_answers(item.id)} if full and not item.anonymous else {})
        for item, counted in _results(live, room, activity, full)
    ]
    document = {"webinar": room.webinar.id, "title": room.webinar.title, "activities": found}
    return json.dumps(document, ensure_ascii=False, indent=1)


def as_csv(live: Live, room: Room, activity: str | None = None, *, full: bool = False) -> str:
    """Return the results as a table, one line for each option, step, word or text. No cell is run as a formula."""
    rows = [
        (room.webinar.id, item.id, item.title, *(line.get(name, "") for name in HEADER[3:]))
        for item, counted in _results(live, room, activity, full)
        for line in _lines(item, counted)
    ]
    return "\ufeff" + links_csv(rows, HEADER)  # spreadsheets know by the mark that it is UTF-8


def _results(
    live: Live, room: Room, activity: str | None, full: bool
) -> Iterator[tuple[LiveActivity, dict[str, Any]]]:
    ids = [activity] if activity else list(room.state()["activities"])
    for activity_id in ids:
        item, counted = results_of(room.book, activity_id)
        translated = live.course.webinar(room.webinar.id)
        item = (translated and translated.activity(activity_id)) or item
        yield item, counted if full else discreet(item, counted, small_group(live))


def _lines(activity: LiveActivity, counted: dict[str, Any]) -> Iterator[dict[str, object]]:
    yield {"what": "answers", "number": few_or(counted["n"])}
    if not counted.get("hidden"):
        yield from KINDS[activity.kind].export(activity, counted)
