"""Renders answers as texts with labels for another reader, without what is empty or hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from academy.course.fields import Field
from academy.course.model import Exercise
from academy.course.refs import as_text, row_label
from academy.course.work import Work

__all__ = ["Passage", "PassageRow", "passages", "plain_text"]


@dataclass(frozen=True)
class PassageRow:
    """A row of a table: what it is called, and its (label, text) pairs."""

    title: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Passage:
    """An answer: its label, and a text or the rows of a table."""

    label: str
    text: str = ""
    rows: tuple[PassageRow, ...] = ()


def passages(exercise: Exercise, work: Work, only: Iterable[str] = ()) -> list[Passage]:
    """Return the answers of an exercise in `work`, all or those of some fields, each as it was written."""
    wanted = set(only)
    answers = work[exercise.id]
    found = []
    for field in exercise.fields:
        if wanted and field.id not in wanted:
            continue
        if field.is_table:
            rows = tuple(_row(exercise, field, row, work) for row in answers[field.id])
            if rows:
                found.append(Passage(field.label, rows=rows))
        elif text := _text(exercise, field, answers[field.id], work):
            found.append(Passage(field.label, text))
    return found


def plain_text(parts: Iterable[Passage]) -> str:
    """Return the texts of passages, one after the other."""
    texts = []
    for part in parts:
        texts += [part.text, *(text for row in part.rows for _, text in row.cells)]
    return "\n".join(text for text in texts if text)


def _row(exercise: Exercise, table: Field, row: Mapping[str, Any], work: Work) -> PassageRow:
    cells = ((column.label, _text(exercise, column, row[column.id], work)) for column in table.columns)
    title = row_label(exercise, table, dict(row), work)
    return PassageRow(title, tuple((label, text) for label, text in cells if text))


def _text(exercise: Exercise, field: Any, value: Any, work: Work) -> str:
    """Long texts keep their lines; everything else is said in labels."""
    return (
        value if field.kind.paragraphs and isinstance(value, str) else as_text(exercise, field, value, work)
    )
