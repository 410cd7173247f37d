"""Renders answers for a grader: labels instead of ids, every character as it was typed."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from academy import languages
from academy.course import Exercise, Field, Work, blank, nest
from academy.course.checks import call, run_computes
from academy.course.fields import Column
from academy.course.refs import as_text, shown_value
from academy.course.visibility import is_shown
from academy.i18n import Translator, direction, plural, translator
from academy.words import count_words
from academy_grading.text import shown, shown_sentence

__all__ = ["counted_words", "readable_answers"]

WIDEST_TABLE = 4
"""Tables with more columns are shown row by row: ten columns of text side by side can't be read."""

Flat = Mapping[str, Any]


def readable_answers(exercise: Exercise, flat: Flat, language: str = "", work: Work | None = None) -> str:
    """Return the answers as one block of HTML, in the language the exercise was loaded in, with its pictures.

    `language` is the one the participant wrote in; `work` has the other exercises, so that what was chosen from them
    is shown by its name. What `only_if` hides is left out. All text in the result went through `text.shown`.
    """
    return "\n".join(_Page(exercise, flat, language, work).lines())


def counted_words(exercise: Exercise, flat: Flat) -> int:
    """Return how many words a participant wrote, choices not counted."""
    answers = nest(exercise, flat)
    total = 0
    for field in exercise.fields:
        rows = answers[field.id] if field.is_table else [answers]
        texts = [column.id for column in field.columns or [field] if column.kind.written]
        total += sum(count_words(row[name] or "") for row in rows for name in texts)
    return total


class _Page:
    def __init__(self, exercise: Exercise, flat: Flat, language: str, work: Work | None) -> None:
        self.exercise = exercise
        self.flat = flat
        self.language = language
        self.answers = nest(exercise, flat)
        self.work = (work or Work(None)).having(exercise, flat)
        self.computed = self.computes()
        self.gettext: Translator = translator(exercise.language)
        self.dir = direction(exercise.language)

    def lines(self) -> Iterator[str]:
        # JupyterLab typesets whatever is between dollar signs unless it is told not to.
        yield f'<div class="academy-answers mathjax_ignore tex2jax_ignore" dir="{self.dir}">'
        yield f"<h2>{shown(self.gettext('Answers'))}</h2>"
        facts = [f'<span dir="{self.dir}">{shown(fact)}</span>' for fact in self.facts()]
        yield f'<p class="academy-note">{" &#183; ".join(facts)}</p>'
        for field in self.exercise.fields:
            if not is_shown(self.exercise, self.answers, field):
                continue
            yield f"<h3>{shown(field.label)}</h3>"
            if field.is_table:
                yield from self.table(field)
            else:
                yield self.value(field, self.answers[field.id], field.id)
            yield from self.pictures(field.id)
        yield from self.pictures("")
        yield "</div>"

    def pictures(self, after: str) -> Iterator[str]:
        """The pictures that stand after a field, as the form shows them; one that can't be drawn is left out."""
        for place in self.exercise.pictures:
            if (place.after or "") != after or place.id not in self.exercise.draws:
                continue
            with contextlib.suppress(Exception):
                if drawn := call(self.exercise.draws[place.id], self.answers, self.exercise, self.work):
                    yield '<figure class="academy-picture">'
                    yield f"<figcaption><strong>{shown(place.title)}</strong></figcaption>"
                    yield drawn.svg.replace("\n", " ")
                    yield f'<p class="academy-note" dir="auto">{shown_sentence(drawn.sentence)}</p>'
                    yield "</figure>"

    def computes(self) -> dict[str, str]:
        """What the exercise computes; a value that can't be computed is left out, as in the form."""
        found: dict[str, str] = {}
        for name, function in self.exercise.computes.items():
            with contextlib.suppress(Exception):
                found |= run_computes(self.exercise, self.answers, self.work, name, function)
        return found

    def facts(self) -> Iterator[str]:
        if self.language:
            yield self.gettext("Language: {name}").format(name=languages.name(self.language))
        yield self.words(counted_words(self.exercise, self.flat))

    def words(self, count: int) -> str:
        return plural(self.exercise.language)("1 word", "{n} words", count).format(n=count)

    def table(self, field: Field) -> Iterator[str]:
        rows = self.answers[field.id]
        if not rows:
            yield self.nothing()
        elif len(field.columns) > WIDEST_TABLE:
            for number, row in enumerate(rows, 1):
                yield from self.row_as_list(field, number, row)
        else:
            yield "<table>"
            yield f"<tr>{''.join(f'<th>{shown(column.label)}</th>' for column in field.columns)}</tr>"
            for row in rows:
                yield f"<tr>{''.join(f'<td>{cell}</td>' for _, cell in self.cells(field, row))}</tr>"
            yield "</table>"

    def row_as_list(self, field: Field, number: int, row: dict[str, Any]) -> Iterator[str]:
        label = field.row_label or self.gettext("Row")
        yield f"<h4>{shown(f'{label} {number}')}</h4>"
        yield '<table class="academy-row">'
        for column, cell in self.cells(field, row):
            if cell:
                yield f"<tr><th>{shown(column.label)}</th><td>{cell}</td></tr>"
        yield "</table>"

    def cells(self, field: Field, row: dict[str, Any]) -> Iterable[tuple[Column, str]]:
        for column in field.columns:
            if is_shown(self.exercise, self.answers, column, field, row):
                path = f"{field.id}/{row['_id']}/{column.id}"
                yield column, self.value(column, row[column.id], path)
            else:
                yield column, ""

    def value(self, field: Column, value: Any, path: str) -> str:
        """One answer. What is not of the field's type does not count, but the grader sees what came."""
        if not field.asked:
            return self.read(field, path)
        raw = self.flat.get(path)
        if blank(value):
            return self.nothing() if blank(raw) else self.text(_as_text(raw))
        return READ[field.type](self, field, value)

    def read(self, field: Column, path: str) -> str:
        """What the participant did not write here but saw: something computed, or an answer from elsewhere."""
        computed = [self.computed.get(path, "")]
        found = computed if field.kind.computed else shown_value(self.exercise, field, self.work)
        said = "; ".join(filter(None, found))
        return self.sentence(said) if said else self.nothing()

    def scale(self, field: Column, value: int) -> str:
        lowest, highest = (int(end) for end in field.range or (1, 5))
        said = self.gettext("{value} of {highest}").format(value=value, highest=highest)
        end = {lowest: field.low, highest: field.high}.get(value, "")
        return f"{said} ({end})" if end else said

    def text(self, text: str) -> str:
        """A text in its own direction, whatever the page's direction is."""
        return f'<div class="academy-text" dir="auto">{shown(text)}</div>'

    def sentence(self, text: str) -> str:
        """A text that the kit put together, in its own direction."""
        return f'<div class="academy-text" dir="auto">{shown_sentence(text)}</div>'

    def nothing(self) -> str:
        return f'<div class="academy-nothing">{shown(self.gettext("no answer"))}</div>'


def _written(page: _Page, field: Column, value: Any) -> str:
    return page.text(value)


def _paragraphs(page: _Page, field: Column, value: Any) -> str:
    note = f'<div class="academy-note">{shown(page.words(count_words(value)))}</div>'
    return page.text(value) + note


def _option(page: _Page, field: Column, value: Any) -> str:
    return page.text(field.option_label(value))


def _options(page: _Page, field: Column, value: Any) -> str:
    return page.text(", ".join(field.option_label(item) for item in value))


def _scale(page: _Page, field: Column, value: Any) -> str:
    return page.text(page.scale(field, value))


def _bool(page: _Page, field: Column, value: Any) -> str:
    return page.text(page.gettext("Yes") if value else page.gettext("No"))


def _number(page: _Page, field: Column, value: Any) -> str:
    return page.text(f"{value:g} {field.unit}".strip())


def _ref(page: _Page, field: Column, value: Any) -> str:
    said = as_text(page.exercise, field, value, page.work)
    return page.sentence(said) if said else page.text(_as_text(value))


def _nowhere(page: _Page, field: Column, value: Any) -> str:
    raise TypeError(f"a {field.type} field has no value of its own")


READ: dict[str, Callable[[_Page, Column, Any], str]] = {
    "text": _paragraphs,
    "line": _written,
    "choice": _option,
    "multi": _options,
    "scale": _scale,
    "number": _number,
    "date": _written,
    "table": _nowhere,
    "bool": _bool,
    "ref": _ref,
    "computed": _nowhere,
    "email": _written,
}
"""How an answer of each kind of field is read by a grader. Tables are read row by row, computed texts by the path."""


def _as_text(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
