"""Validates single values that the form sends, before they are stored."""

from __future__ import annotations

import json
from typing import Any

from academy.course.kinds.table import ROW_ID
from academy.course.model import Exercise

__all__ = ["acceptable", "read_json", "whole_characters"]

DEEPEST = 20


def acceptable(exercise: Exercise, path: str, value: object) -> bool:
    """Whether `path` is a field that can be written and `value` could have been entered there.

    This keeps foreign shapes out; whether the answer is long enough, or a number at all, is said by `problems`.
    """
    column = exercise.at(path)
    parts = path.split("/")
    if column is None or (len(parts) == 3 and not ROW_ID.fullmatch(parts[1])):
        return False
    if not column.asked:
        return False
    return value is None or column.kind.accepts(column, value)


def read_json(text: str | bytes) -> Any:
    """Return what a JSON text holds. Raises ValueError if it is none, or nested deeper than anything of ours."""
    try:
        document = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    level = [document]
    for _ in range(DEEPEST):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return document
    raise ValueError("nested too deep")


def whole_characters(value: object) -> Any:
    """Replace halves of characters: they can be kept, but no message could carry them back to the page."""
    if isinstance(value, list):
        return [whole_characters(item) for item in value]
    return (
        value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if isinstance(value, str)
        else value
    )
