"""Resolves references between answers: what can be chosen, and the label of a chosen row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from academy.course.fields import Column, Field
from academy.course.model import Course, Exercise
from academy.i18n import listed, translator

__all__ = ["ReferenceOption", "Target", "as_text", "choices", "find", "named_by", "row_label", "shown_value"]

DEEPEST = 4
"""A row may be called by a row that it points to, and so on: no further than this."""


class WorkLike(Protocol):
    """Somebody's answers in all exercises (`academy.course.work.Work`)."""

    @property
    def known(self) -> bool:
        """Whether other exercises can be looked at."""

    @property
    def course(self) -> Course:
        """The course."""

    def __getitem__(self, exercise_id: str) -> dict[str, Any]:
        """Return the answers of an exercise as a document."""


@dataclass(frozen=True)
class Target:
    """What a reference is about: a field of an exercise, or a column of its table."""

    exercise: Exercise
    field: Field
    column: Column | None = None


@dataclass(frozen=True)
class ReferenceOption:
    """Something to choose: the id that is kept and what a person reads."""

    id: str
    label: str


def find(course: Course | None, exercise: Exercise, address: str) -> Target | None:
    """Return what `field`, `table.column`, `exercise.field` or `exercise.table.column` is about, or None."""
    first, _, rest = address.partition(".")
    other = course.exercise(first) if course and course.has(first) else None
    if first == exercise.id:
        other = exercise
    for owner, name in ((exercise, address), (other, rest)):
        field_id, _, column_id = name.partition(".")
        field = owner.field(field_id) if owner else None
        if owner is None or field is None:
            continue
        column = field.column(column_id) if column_id else None
        if not column_id or column:
            return Target(owner, field, column)
    return None


def choices(
    exercise: Exercise, ref: Column, work: WorkLike, row: str | None = None
) -> list[ReferenceOption] | None:
    """Return what can be chosen in a reference, or None where that can't be known.

    `work` has the exercise's own answers too. A row can't choose itself (`row`, in its own table).
    """
    target = find(work.course if work.known else None, exercise, ref.of or "")
    if target is None:
        return None
    found = work[target.exercise.id].get(target.field.id)
    if target.field.is_table:
        # Rows of different tables may have the same id, so it matters whether this is the row's own table.
        itself = row if any(column is ref for column in target.field.columns) else None
        return [
            ReferenceOption(item["_id"], row_label(target.exercise, target.field, item, work, ref.show))
            for item in found or []
            if item["_id"] != itself
        ]
    chosen = found if isinstance(found, list) else [] if found is None else [found]
    return [ReferenceOption(str(item), target.field.option_label(item)) for item in chosen]


def shown_value(exercise: Exercise, ref: Column, work: WorkLike) -> list[str]:
    """Return what a reference without a choice shows: the texts of a field, or of a column's rows."""
    target = find(work.course if work.known else None, exercise, ref.of or "")
    if target is None:
        return []
    found = work[target.exercise.id].get(target.field.id)
    if not target.field.is_table:
        return [text] if (text := as_text(target.exercise, target.field, found, work)) else []
    rows = found or []
    if target.column is None:
        return [row_label(target.exercise, target.field, row, work, ref.show) for row in rows]
    texts = (as_text(target.exercise, target.column, row[target.column.id], work) for row in rows)
    return [text for text in texts if text]


def named_by(table: Field, show: str | None = None) -> list[Column]:
    """Return the columns by which a row of a table may be called, the best first."""
    chosen = table.column(show or table.row_title or "")
    written = [column for column in table.columns if column.kind.written]
    return [chosen, *written] if chosen else [*written, *table.columns]


def row_label(
    exercise: Exercise,
    table: Field,
    row: dict[str, Any],
    work: WorkLike,
    show: str | None = None,
    depth: int = 0,
) -> str:
    """Return what a row is called: the first of its naming columns that says something, else its number."""
    for column in named_by(table, show):
        if text := as_text(exercise, column, row.get(column.id), work, depth):
            return text
    ids = [item["_id"] for item in work[exercise.id].get(table.id) or []]
    name = table.row_label or translator(exercise.language)("Row")
    return f"{name} {ids.index(row['_id']) + 1}" if row["_id"] in ids else name


def as_text(exercise: Exercise, column: Column, value: Any, work: WorkLike, depth: int = 0) -> str:
    """Return an answer as a person reads it: labels instead of ids, nothing for what is not there."""
    if value is None or value == [] or depth > DEEPEST:
        return ""
    if column.kind.refers:
        called = (_chosen(exercise, column, item, work, depth) for item in _list(value))
        return listed(called, exercise.language)
    return column.kind.text(column, value, exercise.language)


def _chosen(exercise: Exercise, ref: Column, item: str, work: WorkLike, depth: int) -> str:
    target = find(work.course if work.known else None, exercise, ref.of or "")
    if target is None:
        return ""
    if not target.field.is_table:
        return target.field.option_label(item)
    row = next((r for r in work[target.exercise.id].get(target.field.id) or [] if r["_id"] == item), None)
    return row_label(target.exercise, target.field, row, work, ref.show, depth + 1) if row else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
