"""What the form may send for a field: the gate before the store."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from academy.course.fields import Column
from academy.course.model import Exercise

__all__ = ["acceptable", "read_json", "whole_characters"]

ROW_ID = re.compile(r"r[a-z0-9]{1,16}")
LONGEST_TEXT = 20_000
MOST_ITEMS = 200
DEEPEST = 20
LARGEST_NUMBER = 1e15
"""Up to here a browser, Python and the database mean the same number."""


def acceptable(exercise: Exercise, path: str, value: Any) -> bool:
    """Whether `path` is a field that can be written and `value` could have been entered there.

    This keeps foreign shapes out; whether the answer is long enough, or a number at all, is said by `problems`.
    """
    column = exercise.at(path)
    parts = path.split("/")
    if column is None or (len(parts) == 3 and not ROW_ID.fullmatch(parts[1])):
        return False
    if not column.asked:
        return False
    test = _TESTS.get(column.type)
    return test is not None and (value is None or test(column, value))


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


def whole_characters(value: Any) -> Any:
    """Replace halves of characters: they can be kept, but no message could carry them back to the page."""
    if isinstance(value, list):
        return [whole_characters(item) for item in value]
    return (
        value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if isinstance(value, str)
        else value
    )


def _text(_column: Column, value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_TEXT


def _short(_column: Column, value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 200


def _number(_column: Column, value: Any) -> bool:
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        return abs(value) <= LARGEST_NUMBER
    return isinstance(value, str) and len(value) <= 40


def _strings(_column: Column, value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= MOST_ITEMS
        and all(isinstance(item, str) and len(item) <= 64 for item in value)
    )


def _rows(_column: Column, value: Any) -> bool:
    return _strings(_column, value) and all(ROW_ID.fullmatch(item) for item in value)


def _ref(column: Column, value: Any) -> bool:
    return _strings(column, value) if column.several else _short(column, value)


_TESTS: dict[str, Callable[[Column, Any], bool]] = {
    "text": _text,
    "line": _text,
    "choice": _short,
    "multi": _strings,
    "scale": _number,
    "number": _number,
    "date": _short,
    "table": _rows,
    "bool": lambda _column, value: isinstance(value, bool),
    "ref": _ref,
}
