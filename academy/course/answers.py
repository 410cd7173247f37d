"""Answers by path and as a document, and what stops a submission."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from academy.course.fields import Column, Field
from academy.course.model import Exercise
from academy.course.visibility import is_shown
from academy.i18n import Translator, translator
from academy.numbers import readings
from academy.words import count_characters, count_words, shows

if TYPE_CHECKING:
    from academy.course.work import Work

__all__ = ["Problem", "blank", "nest", "number", "problems", "row_ids"]

Flat = Mapping[str, Any]


@dataclass(frozen=True)
class Problem:
    """Something to mend before submitting: the path of the field and a sentence."""

    path: str
    text: str


def row_ids(value: Any) -> list[str]:
    """Return the ids of a table's rows in order, each once, whatever the value is."""
    return (
        list(dict.fromkeys(row for row in value if isinstance(row, str))) if isinstance(value, list) else []
    )


def nest(exercise: Exercise, flat: Flat) -> dict[str, Any]:
    """Return the answers as a document: a value for each field, a list of rows (with `_id`) for each table.

    Values have the type of their field (number, int, bool, str, list of str); what is missing, hidden by `only_if` or
    of another type is None, or an empty list for `multi` and for tables.
    """
    given = {field.id: _nested(field, flat) for field in exercise.fields}
    return {field.id: _seen(exercise, given, field) for field in exercise.fields}


def _nested(field: Field, flat: Flat) -> Any:
    if field.type != "table":
        return _typed(field, flat.get(field.id))
    return [
        {"_id": row} | {c.id: _typed(c, flat.get(f"{field.id}/{row}/{c.id}")) for c in field.columns}
        for row in row_ids(flat.get(field.id))
    ]


def _seen(exercise: Exercise, given: dict[str, Any], field: Field) -> Any:
    """The value of a field, without what is hidden."""
    if not is_shown(exercise, given, field):
        return [] if field.type == "table" else _typed(field, None)
    if field.type != "table" or not any(column.only_if for column in field.columns):
        return given[field.id]
    return [
        {"_id": row["_id"]}
        | {
            column.id: row[column.id]
            if is_shown(exercise, given, column, field, row)
            else _typed(column, None)
            for column in field.columns
        }
        for row in given[field.id]
    ]


def _typed(field: Column, value: Any) -> Any:
    match field.type:
        case "number":
            return number(value, field)
        case "scale":
            found = number(value, field)
            return int(found) if found is not None and found == int(found) else None
        case "bool":
            return value if isinstance(value, bool) else None
        case "multi":
            return _ids(field, value)
        case "ref":
            return _ids(field, value) if field.several else value if isinstance(value, str) else None
        case "choice":
            return value if value in [option.id for option in field.options or []] else None
        case "date":
            return value if _date(value) else None
    return value if isinstance(value, str) and shows(value) else None


def _ids(field: Column, value: Any) -> list[str]:
    items = [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
    known = {option.id for option in field.options} if field.options is not None else None
    return [item for item in items if known is None or item in known]


def number(value: Any, field: Column | None = None) -> float | int | None:
    """Return the number that an answer is, or None if it is none or may be two.

    Of two readings (`12,500`) the one counts that alone fits the steps of its field.
    """
    found = _meanings(value, field)
    return found[0] if len(found) == 1 else None


def _meanings(value: Any, field: Column | None = None) -> tuple[float | int, ...]:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (value,)
    found = readings(value) if isinstance(value, str) else ()
    fitting = tuple(one for one in found if field is None or _fits_step(field, one))
    return fitting if len(found) > 1 and fitting else found


def _fits_step(field: Column, value: float | int) -> bool:
    """Whether a number is one of the steps that its field has, counted from where its range begins."""
    step = 1 if field.type == "scale" else field.step
    steps = (value - (field.range[0] if field.range else 0)) / step if step else 0
    return abs(steps - round(steps)) < 1e-6


def _date(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def blank(value: Any) -> bool:
    """Whether nothing was answered."""
    return value is None or value == [] or (isinstance(value, str) and not shows(value))


def problems(exercise: Exercise, flat: Flat, work: Work | None = None) -> list[Problem]:
    """Return what stops a submission, in the order of the form and the exercise's language.

    With the person's other `work` it is also looked at whether what was chosen from other exercises is still there.
    """
    return list(_Look(exercise, flat, work).problems())


class _Look:
    """Goes over the answers to one exercise."""

    def __init__(self, exercise: Exercise, flat: Flat, work: Work | None) -> None:
        from academy.course.work import Work

        self.exercise = exercise
        self.flat = flat
        self.say = translator(exercise.language)
        self.given = {field.id: _nested(field, flat) for field in exercise.fields}
        self.work = (work or Work(None)).having(exercise, flat)

    def problems(self) -> Iterator[Problem]:
        for field in self.exercise.fields:
            if not is_shown(self.exercise, self.given, field):
                continue
            if field.type == "table":
                yield from self.table(field)
            elif text := self.fault(field, field.id):
                yield Problem(field.id, text)

    def table(self, field: Field) -> Iterator[Problem]:
        rows, say = self.given[field.id], self.say
        least, most = field.rows or (0, 100)
        if len(rows) < least and (field.required or rows):
            few = say("Add rows: there are {n}, and at least {least} are needed.")
            yield Problem(field.id, few.format(n=len(rows), least=least))
        elif not rows and field.required:
            yield Problem(field.id, say("Please add at least one row."))
        if len(rows) > most:
            many = say("Take rows out: there are {n}, and at most {most} fit.")
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
        if part.type != "ref" or part.choose is None:
            return _fault(part, value, self.say)
        from academy.course.refs import choices

        there = choices(self.exercise, part, self.work, row)
        if there is None:
            return _fault(part, value, self.say)
        chosen = _typed(part, value)
        chosen = chosen if isinstance(chosen, list) else [] if chosen is None else [chosen]
        if {*chosen} - {choice.id for choice in there}:
            return self.say("What you chose here is not there any more. Please choose again.")
        return _fault(part, value, self.say)


def _fault(field: Column, value: Any, say: Translator) -> str | None:
    """Say what is wrong with one value, or None."""
    if not field.asked:
        return None
    if blank(value) or (field.type == "bool" and field.required and value is not True):
        return say("Please answer this.") if field.required else None
    match field.type:
        case "text" | "line":
            return _length_fault(field, value, say)
        case "number" | "scale":
            return _number_fault(field, value, say)
        case "multi" | "ref":
            return _choice_fault(field, value, say)
        case "choice":
            return None if _typed(field, value) else say("Please choose one of the answers.")
        case "date":
            return _date_fault(field, value, say)
    return None


def _length_fault(field: Column, value: Any, say: Translator) -> str | None:
    if not isinstance(value, str):
        return say("Please write this as text.")
    if field.chars and (n := count_characters(value)) > field.chars:
        return say("Please shorten this to {most} characters; it has {n}.").format(most=field.chars, n=n)
    if field.words:
        words, (least, most) = count_words(value), field.words
        if words < least:
            return say("Please write a little more: {n} of at least {least} words.").format(
                n=words, least=least
            )
        if words > most:
            return say("Please shorten this: {n} words, and at most {most} fit.").format(n=words, most=most)
    return None


def _number_fault(field: Column, value: Any, say: Translator) -> str | None:
    found = _meanings(value, field)
    if len(found) > 1:
        text = say(
            "This can be read as {one} or as {other}. Please write it without a sign between thousands."
        )
        return text.format(one=f"{found[0]:.15g}", other=f"{found[1]:.15g}")
    if not found:
        return say("Please write a number, such as 12 or 12.5.")
    if field.range and not field.range[0] <= found[0] <= field.range[1]:
        return say("Please write a number from {low} to {high}.").format(
            low=f"{field.range[0]:.15g}", high=f"{field.range[1]:.15g}"
        )
    if not _fits_step(field, found[0]):
        if field.step in (None, 1):
            return say("Please write a whole number, such as 12.")
        return say("Please write a number in steps of {step}.").format(step=f"{field.step:.15g}")
    return None


def _choice_fault(field: Column, value: Any, say: Translator) -> str | None:
    chosen = _typed(field, value)
    count = len(chosen) if isinstance(chosen, list) else int(chosen is not None)
    least, most = field.choose or (1, 1000)
    if count == 0:
        return say("Please choose one of the answers.")
    if count < least:
        return say("Please choose at least {least}; you chose {n}.").format(least=least, n=count)
    if count > most:
        return say("Please choose at most {most}; you chose {n}.").format(most=most, n=count)
    return None


def _date_fault(field: Column, value: Any, say: Translator) -> str | None:
    found = _date(value)
    if found is None:
        return say("Please write a date, such as 2026-03-09.")
    if field.earliest and found < field.earliest:
        return say("Please choose a date from {date} on.").format(date=field.earliest.isoformat())
    if field.latest and found > field.latest:
        return say("Please choose a date up to {date}.").format(date=field.latest.isoformat())
    return None
