"""Pages of the passport: each entry is looked up in the answers, nothing is typed twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from academy.course import Course, Exercise, Work
from academy.course.checks import call, run_computes
from academy.course.fields import Column, Field
from academy.course.plan import PassportPage, Shown
from academy.course.refs import as_text, find, shown_value
from academy.course.visibility import is_shown
from academy.i18n import listed
from academy.pictures import Picture

__all__ = ["Entry", "Page", "pages_of"]


@dataclass(frozen=True)
class Entry:
    """Something a page shows, from an exercise: a text, a table (`head` and `rows`) or a picture.

    An entry with nothing in it is there too, so that a reader sees what is still open.
    """

    address: str
    exercise: str
    source: str
    label: str
    text: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    picture: Picture | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is here yet."""
        return not (self.text or self.rows or self.picture)


@dataclass(frozen=True)
class Page:
    """A page of the passport. `part` says that the kit makes it: `stamps` or `travel-log`."""

    id: str
    code: str
    title: str
    summary: str
    entries: tuple[Entry, ...]
    part: str | None = None


def pages_of(course: Course, work: Work) -> tuple[Page, ...]:
    """Return the pages that the course's plan asks for, filled from a person's work."""
    plan = course.passport
    return tuple(_page(course, page, work) for page in (plan.pages if plan else ()))


def _page(course: Course, page: PassportPage, work: Work) -> Page:
    entries = tuple(entry for shown in page.shows for entry in _entries(course, shown, work))
    return Page(page.id, page.code, page.title, page.summary, entries, page.part)


def _entries(course: Course, shown: Shown, work: Work) -> Iterator[Entry]:
    if shown.only_if and not _ticked(shown.only_if, work):
        return
    if shown.picture:
        yield from _picture(course, shown.picture, work)
        return
    address = shown.of or ""
    exercise_id, _, rest = address.partition(".")
    if not course.has(exercise_id):
        return
    exercise = course.exercise(exercise_id)
    target = find(None, exercise, rest)
    if target is None:
        return
    answers = work[exercise_id]
    if not is_shown(exercise, answers, target.field):
        return
    if target.field.is_table:
        columns = [target.column.id] if target.column else shown.columns
        yield _table(address, exercise, target.field, columns, work)
    else:
        text = _text(exercise, target.field, answers[target.field.id], work, target.field.id)
        yield Entry(address, exercise.id, exercise.title, target.field.label, text)


def _ticked(address: str, work: Work) -> bool:
    exercise, _, field = address.partition(".")
    return work[exercise].get(field) is True


def _table(address: str, exercise: Exercise, table: Field, only: list[str], work: Work) -> Entry:
    columns = [column for column in table.columns if not only or column.id in only]
    rows = tuple(
        tuple(
            _text(exercise, column, row[column.id], work, f"{table.id}/{row['_id']}/{column.id}")
            for column in columns
        )
        for row in work[exercise.id][table.id]
    )
    head = tuple(column.label for column in columns)
    return Entry(address, exercise.id, exercise.title, table.label, head=head, rows=rows)


def _text(exercise: Exercise, column: Column, value: object, work: Work, path: str) -> str:
    if column.kind.computed:
        function = exercise.computes.get(column.compute or "")
        found = (
            run_computes(exercise, work[exercise.id], work, column.compute or "", function)
            if function
            else {}
        )
        return found.get(path, "")
    if not column.asked:
        return listed(shown_value(exercise, column, work), exercise.language, ";")
    if column.kind.paragraphs and isinstance(value, str):
        return value.strip()  # paragraphs stay
    return as_text(exercise, column, value, work)


def _picture(course: Course, address: str, work: Work) -> Iterator[Entry]:
    exercise_id, _, picture_id = address.partition(".")
    if not course.has(exercise_id):
        return
    exercise = course.exercise(exercise_id)
    place = next((place for place in exercise.pictures if place.id == picture_id), None)
    function = exercise.draws.get(picture_id)
    drawn = call(function, work[exercise_id], exercise, work) if place and function else None
    if place and drawn:
        yield Entry(address, exercise.id, exercise.title, place.title, picture=drawn)
