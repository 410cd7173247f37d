"""What rules can look at: one person's answers, read by addresses, and the helpers of `judging`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from academy.course import judging
from academy.course.answers import blank
from academy.course.checks import Check
from academy.course.fields import Column
from academy.course.model import Exercise
from academy.course.refs import find
from academy.course.rules.base import Rule
from academy.course.rules.declared import DeclaredCheck
from academy.course.rules.finding import Finding
from academy.course.work import Work
from academy.words import count_words

__all__ = ["Cell", "Look", "as_check"]

Row = dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """An answer with its path, and the answers beside it."""

    path: str
    value: Any
    row: Row

    @property
    def blank(self) -> bool:
        """Whether nothing was answered."""
        return blank(self.value)

    @property
    def values(self) -> list[Any]:
        """What was answered, several choices one by one."""
        return self.value if isinstance(self.value, list) else [] if self.value is None else [self.value]


@dataclass(frozen=True)
class Look:
    """One person's answers to an exercise, and their work in the others."""

    exercise: Exercise
    answers: Row
    work: Work

    def part(self, address: str) -> Column | None:
        """Return the field or column of an address."""
        field_id, _, column = address.partition(".")
        field = self.exercise.field(field_id)
        return field.column(column) if field and column else field

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a table."""
        rows: list[Row] = self.answers[table]
        return rows

    def cells(self, address: str) -> list[Cell]:
        """Return the answers of a field or a column."""
        table, _, column = address.partition(".")
        if not column:
            return [Cell(table, self.answers[table], self.answers)]
        return [Cell(f"{table}/{row['_id']}/{column}", row[column], row) for row in self.rows(table)]

    def ids(self, address: str) -> list[str]:
        """Return the ids of a table's rows, or what was chosen in a field, here or in another exercise."""
        first, _, rest = address.partition(".")
        found = self.work[first].get(rest) if rest else self.answers[first]
        items = found if isinstance(found, list) else [] if found is None else [found]
        return [item["_id"] if isinstance(item, dict) else str(item) for item in items]

    def choices(self, ref: Column) -> list[str]:
        """Return the ids of what a reference may choose from as it is now."""
        target = find(self.work.course if self.work.known else None, self.exercise, ref.of or "")
        if target is None:
            return []
        own = target.exercise.id == self.exercise.id
        return self.ids(target.field.id if own else f"{target.exercise.id}.{target.field.id}")

    def words(self, name: str) -> list[str]:
        """Return a word list, in all languages of the course. Raises KeyError where there is none."""
        return self.exercise.words[name]

    def texts(self, only: Iterable[str] = ()) -> list[tuple[str, str]]:
        """Return what was written, with its paths."""
        return judging.texts(self.exercise, self.answers, only)

    def count_words(self, only: Iterable[str] = ()) -> int:
        """Return how many words were written."""
        return sum(count_words(text) for _, text in self.texts(only))

    def complete(self, fields: Sequence[str]) -> Finding:
        """Return how much of the required answers is there."""
        return judging.complete(self.exercise, self.answers, fields)

    def own_words(self, different: Iterable[str]) -> Finding:
        """Return whether no text is a stand-in."""
        return judging.own_words(self.exercise, self.answers, different)

    def no_personal_data(self) -> Finding:
        """Return whether no text holds a number or an address of somebody."""
        return judging.no_personal_data(self.exercise, self.answers)

    def in_action(self, text: str) -> bool:
        """Whether a text says what people will do."""
        return judging.in_action(self.exercise, text)

    def specific(self, text: str) -> bool:
        """Whether a text names a group."""
        return judging.specific(self.exercise, text)


def as_check(declared: DeclaredCheck, rule: Rule) -> Check:
    """Return the check that a declaration means."""
    return Check(
        declared.id,
        partial(_judge, rule),
        declared.title,
        declared.hint,
        declared.points,
        tuple(declared.places),
        declared.asks,
        rule,
    )


def _judge(rule: Rule, answers: Row, exercise: Exercise, work: Work) -> Finding:
    return rule.found(Look(exercise, answers, work))
