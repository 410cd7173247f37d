"""Access to answers by path (`map/r1/who`), and the document of them that checks and notebooks get."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from academy.course.fields import Column, Field
from academy.course.kinds import NumberKind, blank, row_ids
from academy.course.model import Exercise
from academy.course.visibility import is_shown
from academy.numbers import readings

__all__ = ["blank", "nest", "nested", "number", "row_ids"]

Flat = Mapping[str, Any]


def nest(exercise: Exercise, flat: Flat) -> dict[str, Any]:
    """Return the answers as a document: a value for each field, a list of rows (with `_id`) for each table.

    Values have the type of their field (number, int, bool, str, list of str); what is missing, hidden by `only_if` or
    of another type is None, or an empty list for `multi` and for tables.
    """
    given = {field.id: nested(field, flat) for field in exercise.fields}
    return {field.id: _seen(exercise, given, field) for field in exercise.fields}


def nested(field: Field, flat: Flat) -> Any:
    """Return the answer to one field as `nest` has it, whether it is shown or not."""
    if not field.is_table:
        return field.kind.typed(field, flat.get(field.id))
    return [
        {"_id": row} | {c.id: c.kind.typed(c, flat.get(f"{field.id}/{row}/{c.id}")) for c in field.columns}
        for row in row_ids(flat.get(field.id))
    ]


def _seen(exercise: Exercise, given: dict[str, Any], field: Field) -> Any:
    """The value of a field, without what is hidden."""
    if not is_shown(exercise, given, field):
        return [] if field.is_table else field.kind.typed(field, None)
    if not field.is_table or not any(column.only_if for column in field.columns):
        return given[field.id]
    return [
        {"_id": row["_id"]}
        | {
            column.id: row[column.id]
            if is_shown(exercise, given, column, field, row)
            else column.kind.typed(column, None)
            for column in field.columns
        }
        for row in given[field.id]
    ]


def number(value: Any, field: Column | None = None) -> float | int | None:
    """Return the number that an answer is, or None if it is none or may be two.

    Of two readings (`12,500`) the one counts that alone fits the steps of its field.
    """
    kind = field.kind if field is not None else None
    found = kind.meanings(field, value) if field and isinstance(kind, NumberKind) else _numbers(value)
    return found[0] if len(found) == 1 else None


def _numbers(value: Any) -> tuple[float | int, ...]:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (value,)
    return readings(value) if isinstance(value, str) else ()
