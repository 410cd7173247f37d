"""Validation of a draft: what stops a submission."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from academy.course.answers import nested
from academy.course.fields import Column, Field
from academy.course.kinds import blank
from academy.course.model import Exercise
from academy.course.refs import choices
from academy.course.visibility import is_shown
from academy.course.work import Work
from academy.i18n import Translator, translator

__all__ = ["Problem", "problems"]

Flat = Mapping[str, Any]


@dataclass(frozen=True)
class Problem:
    """Something to mend before submitting: the path of the field and a sentence."""

    path: str
    text: str


def problems(exercise: Exercise, flat: Flat, work: Work | None = None) -> list[Problem]:
    """Return what stops a submission, in the order of the form and the exercise's language.

    With the person's other `work` it is also looked at whether what was chosen from other exercises is still there.
    """
    return list(_Look(exercise, flat, work).problems())


class _Look:
    """Goes over the answers to one exercise."""

    def __init__(self, exercise: Exercise, flat: Flat, work: Work | None) -> None:
        self.exercise = exercise
        self.flat = flat
        self.gettext = translator(exercise.language)
        self.given = {field.id: nested(field, flat) for field in exercise.fields}
        self.work = (work or Work(None)).having(exercise, flat)

    def problems(self) -> Iterator[Problem]:
        for field in self.exercise.fields:
            if not is_shown(self.exercise, self.given, field):
                continue
            if field.is_table:
                yield from self.table(field)
            elif text := self.fault(field, field.id):
                yield Problem(field.id, text)

    def table(self, field: Field) -> Iterator[Problem]:
        rows, gettext = self.given[field.id], self.gettext
        least, most = field.rows or (0, 100)
        if len(rows) < least and (field.required or rows):
            few = gettext("Add rows: there are {n}, and at least {least} are needed.")
            yield Problem(field.id, few.format(n=len(rows), least=least))
        elif not rows and field.required:
            yield Problem(field.id, gettext("Please add at least one row."))
        if len(rows) > most:
            many = gettext("Take rows out: there are {n}, and at most {most} fit.")
            yield Problem(field.id, many.format(n=len(rows), most=most))
        for row in rows:
            for column in field.columns:
                path = f"{field.id}/{row['_id']}/{column.id}"
                if is_shown(self.exercise, self.given, column, field, row) and (
                    text := self.fault(column, path, row["_id"])
                ):
                    yield Problem(path, text)

    def fault(self, part: Column, path: str, row: str | None = None) -> str | None:
        value = self.flat.get(path)
        if part.kind.refers and part.asked and self.gone(part, value, row):
            return self.gettext("What you chose here is not there any more. Please choose again.")
        return _fault(part, value, self.gettext)

    def gone(self, ref: Column, value: object, row: str | None) -> bool:
        """Whether something that was chosen is not there any more, as far as that can be known."""
        there = choices(self.exercise, ref, self.work, row)
        chosen = ref.kind.typed(ref, value)
        held = chosen if isinstance(chosen, list) else [] if chosen is None else [chosen]
        return there is not None and bool({*held} - {choice.id for choice in there})


def _fault(part: Column, value: object, gettext: Translator) -> str | None:
    """Say what is wrong with one value, or None."""
    if not part.asked:
        return None
    if blank(value) or (part.kind.ticked and part.required and value is not True):
        return gettext("Please answer this.") if part.required else None
    return part.kind.fault(part, value, gettext)
