"""The form for typing in paper answers: fields without script, kept like any other answer.

What the person wrote themselves is never shown here, and stays where it was written later than the paper. Who typed
stays in the history of each answer, and the person's form says it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from academy.course import Course, Exercise, Work
from academy.course.fields import Column
from academy.course.refs import choices
from academy.course.values import acceptable, whole_characters
from academy.store import Answers, Edit, Saved, Store
from academy.store.schema import Enrolment, Revision

__all__ = ["DEVICE", "PaperAnswers", "PaperBox", "PaperRow", "PaperTable", "boxes", "typed_in"]

DEVICE = "paper"
"""What the history says of answers that came this way."""
BLANK_ROWS = 2
"""Rows beside those that were typed in before and those that a table must have."""


@dataclass(frozen=True)
class PaperBox:
    """A place to type: `kind` is text, line, number, date, bool, one or many; `value` what was typed in before."""

    path: str
    label: str
    kind: str
    value: Any = None
    options: tuple[tuple[str, str], ...] = ()
    unit: str = ""


@dataclass(frozen=True)
class PaperRow:
    """A row of a table."""

    id: str
    boxes: tuple[PaperBox, ...]


@dataclass(frozen=True)
class PaperTable:
    """A table and its rows, with some that are empty."""

    id: str
    label: str
    row_label: str
    rows: tuple[PaperRow, ...]


class PaperAnswers:
    """One person's answers to an exercise, as a facilitator types them in. `by` is the facilitator."""

    def __init__(self, store: Store, course: Course, exercise: Exercise, owner: str, by: str) -> None:
        self.exercise, self.course, self.owner = exercise, course, owner
        self.answers = Answers(store, course.edition, author=by)
        self.work = Work(course, lambda name: self.before if name == exercise.id else self._handed_in(name))
        self.tables = [field for field in exercise.fields if field.is_table]
        self.before = self._before()

    def _handed_in(self, exercise: str) -> dict[str, Any]:
        """What the person handed in elsewhere, to choose from; what is not handed in is not for others."""
        made = self.answers.submissions(exercise, self.owner)
        return self.answers.values_at(self.owner, exercise, made[-1].rev) if made else {}

    def _before(self) -> dict[str, Any]:
        """What came from paper before, where nothing newer is there: answers of the person's own stay unread."""
        newest: dict[str, Revision] = {}
        for row in self.answers.history(self.owner, self.exercise.id):
            known = newest.get(row.path)
            if known is None or (row.edited_at, row.id) > (known.edited_at, known.id):
                newest[row.path] = row
        found = {path: row.value for path, row in newest.items() if row.device == DEVICE}
        # Rows are merged with the person's own. Of theirs nothing is shown, so they are not among these.
        for field in self.exercise.fields:
            if field.is_table:
                rows = dict.fromkeys(path.split("/")[1] for path in found if path.startswith(f"{field.id}/"))
                found[field.id] = list(rows)
        return found

    def keep(
        self, form: Mapping[str, Sequence[str]], written: datetime, now: datetime
    ) -> tuple[Saved, list[str]]:
        """Keep what was typed, as of when the paper was written. Returns what counts now, and what was left out.

        Raises StoreError, and keeps nothing, if the store refuses.
        """
        age = max(0, (now - written) // timedelta(milliseconds=1))
        edits: list[Edit] = []
        refused: list[str] = []
        for field in self.exercise.fields:
            if not field.is_table:
                self._read(field, field.id, form, edits, refused, age)
                continue
            rows = list(dict.fromkeys(row for row in form.get(f"rows/{field.id}", []) if row))
            filled = []
            for row in rows[: (field.rows or [0, 200])[1]]:
                count = len(edits)
                for column in field.columns:
                    self._read(column, f"{field.id}/{row}/{column.id}", form, edits, refused, age)
                if len(edits) > count or row in self.before[field.id]:
                    filled.append(row)
            known = self.answers.draft(self.owner, self.exercise.id).values.get(field.id) or []
            fresh = [row for row in filled if row not in known]
            if fresh and acceptable(self.exercise, field.id, [*known, *fresh]):
                edits.append(Edit(secrets.token_hex(12), field.id, [*known, *fresh], age))
        tables = [field.id for field in self.tables]
        saved = self.answers.save(self.owner, self.exercise.id, edits, DEVICE, tables)
        self.before = self._before()
        return saved, refused

    def _read(
        self,
        column: Column,
        path: str,
        form: Mapping[str, Sequence[str]],
        edits: list[Edit],
        refused: list[str],
        age: int,
    ) -> None:
        name = f"a/{path}"
        if not column.asked or (name not in form and f"s/{path}" not in form):
            return
        raw = [whole_characters(text.replace("\r\n", "\n").strip()) for text in form.get(name, [])]
        raw = [text for text in raw if text]
        value = column.kind.from_box(column, raw) if raw else None
        unread = bool(raw) and value is None
        if value == self.before.get(path) and not unread:
            return
        known = {option.id for option in column.options or []}
        if unread or (known and not known >= set(raw)) or not acceptable(self.exercise, path, value):
            refused.append(column.label)
            return
        edits.append(Edit(secrets.token_hex(12), path, value, age))


def boxes(typed: PaperAnswers) -> list[PaperBox | PaperTable]:
    """Return the places to type, in the order of the form, with what came from paper before."""
    found: list[PaperBox | PaperTable] = []
    for field in typed.exercise.fields:
        if field.is_table:
            rows = list(typed.before.get(field.id, []))
            least, most = field.rows or [0, 200]
            new = max(min(max(least - len(rows), BLANK_ROWS), most - len(rows)), 0)
            rows += [f"r{secrets.token_hex(5)}" for _ in range(new)]
            filled = tuple(
                PaperRow(
                    row,
                    tuple(_box(typed, c, f"{field.id}/{row}/{c.id}", row) for c in field.columns if c.asked),
                )
                for row in rows
            )
            found.append(PaperTable(field.id, field.label, field.row_label, filled))
        elif field.asked:
            found.append(_box(typed, field, field.id))
    return found


def _box(typed: PaperAnswers, column: Column, path: str, row: str | None = None) -> PaperBox:
    options = column.kind.steps(column)
    if column.kind.refers:
        found = choices(typed.exercise, column, typed.work, row) or []
        options = tuple((choice.id, choice.label) for choice in found)
    value = typed.before.get(path)
    return PaperBox(path, column.label, column.kind.box(column), value, options, column.unit)


def typed_in(store: Store, course_id: str, owner: str, exercise: str) -> tuple[str, datetime] | None:
    """Return who last typed answers in for somebody and when, or None."""
    query = (
        sa.select(Enrolment.display_name, Revision.received_at)
        .join(
            Enrolment,
            sa.and_(Enrolment.person_id == Revision.author, Enrolment.edition == Revision.course),
        )
        .where(
            Revision.course == course_id,
            Revision.person_id == owner,
            Revision.exercise == exercise,
            Revision.device == DEVICE,
        )
        .order_by(Revision.id.desc())
        .limit(1)
    )
    with store.session() as session:
        row = session.execute(query).first()
    return (row[0], row[1]) if row else None
