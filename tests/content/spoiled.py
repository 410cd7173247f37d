"""Answers that are made from a worked example by emptying and spoiling one thing after the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from academy.course import Exercise
from academy.course.fields import Column

__all__ = ["spoiled"]

Flat = dict[str, Any]
TEXTS = {
    "vague": "Know and understand all the changes that they know",
    "stand-in": "tbd",
    "personal": "Ask Sami for his list, +961 70 123 456",
}


def spoiled(exercise: Exercise, flat: Flat) -> Iterator[tuple[str, Flat]]:
    """Return what was done to the answers, and the answers after it."""
    for field in exercise.fields:
        if not field.asked:
            continue
        if not field.is_table:
            for name, value in values(field, flat.get(field.id)):
                yield f"{field.id} {name}", flat | {field.id: value}
            continue
        rows = flat.get(field.id) or []
        yield f"{field.id} emptied", flat | {field.id: []}
        for row in rows:
            yield f"{field.id}/{row} taken out", flat | {field.id: [one for one in rows if one != row]}
        for column in field.columns:
            paths = [f"{field.id}/{row}/{column.id}" for row in rows]
            if not column.asked or not paths:
                continue
            for name, value in values(column, flat.get(paths[0])):
                yield f"{field.id}.{column.id} {name}", flat | dict.fromkeys(paths, value)
            for path in paths:
                yield f"{path} emptied", flat | {path: None}
            if len(paths) > 1 and flat.get(paths[0]) is not None:
                yield f"{paths[1]} like the first", flat | {paths[1]: flat[paths[0]]}


def values(part: Column, value: Any) -> list[tuple[str, Any]]:
    """Return other values of a part, each with a name."""
    others: list[tuple[str, Any]] = [("emptied", None)]
    kind = part.type
    if kind in ("text", "line"):
        others += TEXTS.items()
    elif kind == "number":
        others += [("zero", 0), ("large", 100_000), ("text", "many")]
    elif kind == "scale":
        others += [("lowest", int(part.range[0])), ("highest", int(part.range[1]))]
    elif kind in ("choice", "multi"):
        for option in part.options or []:
            others.append((option.id, [option.id] if kind == "multi" else option.id))
        if kind == "multi":
            others.append(("everything", [option.id for option in part.options or []]))
    elif kind == "ref":
        others.append(("gone", ["rgone"] if isinstance(value, list) else "rgone"))
    elif kind == "date":
        others += [("early", "2001-01-01"), ("late", "2099-12-31")]
    elif kind == "bool":
        others += [("ticked", True), ("not ticked", False)]
    return others
