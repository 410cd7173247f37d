"""Conditional fields: evaluates `only_if`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from academy.course.fields import Column, Field
from academy.course.model import Exercise

__all__ = ["controller", "is_asked", "is_shown"]

Answers = Mapping[str, Any]


def controller(exercise: Exercise, table: Field | None, part: Column) -> tuple[Field | None, Column | None]:
    """Return the table (or None) and the field that decides whether a part is shown."""
    name = part.only_if.field if part.only_if else ""
    column = table.column(name) if table else None
    return (table, column) if column else (None, exercise.field(name))


def is_shown(
    exercise: Exercise,
    answers: Answers,
    part: Column,
    table: Field | None = None,
    row: Answers | None = None,
    above: tuple[str, ...] = (),
) -> bool:
    """Whether a field, or a column in one row of a table, is shown with these answers.

    `answers` and `row` have typed values, hidden ones or not. A field that hangs on a hidden one is hidden too.
    """
    if part.only_if is None:
        return True
    where, by = controller(exercise, table, part)
    if by is None or by.id in above:
        return True
    if not is_shown(exercise, answers, by, where, row if where else None, (*above, part.id)):
        return False
    value = (row or {}).get(by.id) if where else answers.get(by.id)
    return part.only_if.met(False if by.kind.ticked and value is None else value)


def is_asked(exercise: Exercise, answers: Answers, part: Column, row: Answers | None = None) -> bool:
    """Whether a part of a document must be answered: it is required, and shown."""
    if not part.required or not part.asked:
        return False
    table = next((f for f in exercise.fields if any(c is part for c in f.columns)), None)
    return is_shown(exercise, answers, part, table, row)
