"""What a form's message brings, taken as hostile: edits, the device, when it was written."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from academy.course import Exercise
from academy.course.values import acceptable, whole_characters
from academy.errors import StoreError
from academy.i18n import N_, Translator
from academy.store import Edit
from academy.store.rows import strays
from academy.store.schema import utc_now

__all__ = ["MOST_EDITS", "clock", "device_of", "edits_of", "whole"]

MOST_EDITS = 500
NO_PLACE = N_("This answer does not fit its field. Please change it, or open the page again.")

Message = dict[str, Any]


def edits_of(
    exercise: Exercise, gettext: Translator, message: Message, rows_ever: Callable[[str], set[str]]
) -> tuple[list[Edit], dict[str, str]]:
    """Sort what was sent into edits to keep and sentences for those that can't be kept.

    `rows_ever(table)` are the rows that were ever in a table's list: what is written into others has no place.
    """
    edits: list[Edit] = []
    refused: dict[str, str] = {}
    found, late = message.get("edits"), _lateness(message)
    sent = found if isinstance(found, list) else []
    for item in sent[:MOST_EDITS]:
        if not isinstance(item, dict) or not isinstance(item.get("id"), str):
            continue
        try:
            edits.append(_edit(exercise, item, late))
        except StoreError as error:
            refused[item["id"]] = gettext(error.args[0])
    lost = strays(edits, _lists(exercise, sent), rows_ever)
    refused |= dict.fromkeys(lost, gettext(NO_PLACE))
    return [edit for edit in edits if edit.id not in lost], refused


def _lists(exercise: Exercise, sent: list[object]) -> list[Edit]:
    """All lists of rows that a message brings, also behind what is taken of it at once."""
    tables = [field.id for field in exercise.fields if field.is_table]
    found = []
    for item in sent:
        if isinstance(item, dict) and isinstance(item.get("id"), str) and item.get("path") in tables:
            with suppress(StoreError):
                found.append(_edit(exercise, item, 0))
    return found


def _edit(exercise: Exercise, item: Message, late: int) -> Edit:
    path, value = item.get("path"), whole_characters(item.get("value"))
    if not isinstance(path, str) or not acceptable(exercise, path, value):
        raise StoreError(NO_PLACE)
    age, base = whole(item.get("age")), whole(item.get("base"))
    edit = Edit(item["id"], path, value, age + late, base, item.get("over") is True)
    edit.check()
    return edit


def _lateness(message: Message) -> int:
    """How many milliseconds a message was on its way: it says what our clock showed when it was written.

    Pages reckon that from what we told them, so a wrong clock of theirs does no harm. Older pages do not say.
    """
    written = whole(message.get("clock"))
    return max(0, clock() - written) if written else 0


def clock() -> int:
    """This server's clock in milliseconds, for pages to reckon with."""
    return int(utc_now().timestamp() * 1000)


def device_of(message: Message) -> str:
    """The name of the browser that a message came from, or nothing."""
    device = message.get("device")
    return device[:64] if isinstance(device, str) else ""


def whole(value: object) -> int:
    """A whole number from 0 on, whatever was sent."""
    return max(0, int(value)) if isinstance(value, int | float) and abs(value) < 1e15 else 0
