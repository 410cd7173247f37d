"""Helpers for the checks of exercises, so that each checks.py has only what is its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from academy.course.answers import blank
from academy.course.checks import Finding
from academy.course.fields import Column
from academy.course.model import Exercise
from academy.course.visibility import is_asked, is_shown
from academy.course.work import Work
from academy.course.writing import leftover, personal_data, plain, uses
from academy.words import count_words

__all__ = [
    "all_but",
    "complete",
    "each",
    "goes_round",
    "in_action",
    "no_personal_data",
    "own_words",
    "reaches",
    "share",
    "specific",
    "texts",
    "values",
    "words_between",
    "worst",
]

Answers = dict[str, Any]
Written = Sequence[tuple[str, str]]


def complete(exercise: Exercise, answers: Answers, fields: Iterable[str]) -> Finding:
    """Return how much of the required answers is there, and where the gaps are.

    A table counts by its finished rows, of which at least as many are wanted as it must have; every other field, and
    every table, has the same weight. What `only_if` hides is not missed.
    """
    shares: list[float] = []
    gaps: list[str] = []
    for name in fields:
        field = exercise.field(name)
        if field is None:
            raise KeyError(name)
        if not field.is_table:
            missing = [name] if blank(answers[name]) else []
            if not field.required or is_asked(exercise, answers, field):
                shares.append(0.0 if missing else 1.0)
                gaps += missing
            continue
        rows = answers[name]
        if field.only_if and not is_shown(exercise, answers, field):
            continue
        open_cells = [
            f"{name}/{row['_id']}/{column.id}"
            for row in rows
            for column in field.columns
            if is_asked(exercise, answers, column, row) and _open(column, row[column.id])
        ]
        unfinished = {path.split("/")[1] for path in open_cells}
        wanted = max((field.rows or [0, 0])[0], len(rows), 1)
        shares.append((len(rows) - len(unfinished)) / wanted)
        gaps += open_cells or ([] if rows else [name])
    return Finding(sum(shares) / len(shares) if shares else 0.0, gaps)


def _open(column: Column, value: object) -> bool:
    return blank(value) or (column.kind.ticked and value is not True)


def texts(exercise: Exercise, answers: Answers, only: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return every text that was written, with its path; `only` those of some fields or columns (`map.need`)."""
    wanted = set(only)
    return [
        (path, value)
        for address, path, column, value in _cells(exercise, answers)
        if column.kind.written and value and (not wanted or {address, path.split("/")[0]} & wanted)
    ]


def _cells(exercise: Exercise, answers: Answers) -> Iterator[tuple[str, str, Column, Any]]:
    for field in exercise.fields:
        if not field.is_table:
            yield field.id, field.id, field, answers[field.id]
            continue
        for row in answers[field.id]:
            for column in field.columns:
                path = f"{field.id}/{row['_id']}/{column.id}"
                yield f"{field.id}.{column.id}", path, column, row[column.id]


def values(answers: Answers, address: str) -> set[object]:
    """Return the different answers in a column (`map.driver`), those of several choices one by one."""
    table, _, column = address.partition(".")
    found: set[object] = set()
    for row in answers[table]:
        value = row[column]
        found |= set(value) if isinstance(value, list) else {value} - {None}
    return found


def words_between(exercise: Exercise, answers: Answers, least: int, most: int) -> bool:
    """Whether everything that was written has so many words."""
    return least <= sum(count_words(text) for _, text in texts(exercise, answers)) <= most


def each(written: Written, good: Callable[[str], bool]) -> Finding:
    """The share of texts that are good, and where the others are."""
    weak = [path for path, text in written if not good(text)]
    return Finding((len(written) - len(weak)) / len(written) if written else 0.0, weak)


def share(rows: Sequence[Any], good: Callable[[Any], bool], table: str, column: str = "") -> Finding:
    """The share of rows that are good, and where the others are: the row's first place or one of its columns."""
    weak = [row for row in rows if not good(row)]
    paths = [f"{table}/{row['_id']}/{column}" if column else table for row in weak]
    return Finding((len(rows) - len(weak)) / len(rows) if rows else 0.0, list(dict.fromkeys(paths)))


def reaches(row: Answers, work: Work, **least: str) -> bool:
    """Whether each measure of a row reaches its threshold of the course: `reaches(row, work, urgency="urgent")`.

    Checks and pictures of several exercises that ask the same thing ask it here, so that they say the same. A
    threshold that the course does not name is the middle of a scale to five. An empty measure reaches nothing.
    """
    named = work.course.thresholds if work.known else {}
    return all(row[measure] and row[measure] >= _least(named.get(name)) for measure, name in least.items())


def _least(threshold: float | list[float] | None) -> float:
    return threshold if isinstance(threshold, int | float) else 3


def all_but(strange: Sequence[str], everything: Sequence[object]) -> Finding:
    """All or nothing: a single strange place loses the points, and so does an empty form."""
    return Finding(bool(everything) and not strange, list(strange))


def worst(*findings: Finding) -> Finding:
    """The lowest share of several findings, and the places of all."""
    return Finding(
        min((finding.share for finding in findings), default=0.0),
        list(dict.fromkeys(path for finding in findings for path in finding.paths)),
    )


def no_personal_data(exercise: Exercise, answers: Answers) -> Finding:
    """Whether no text looks like it holds a telephone, e-mail or identity number."""
    written = texts(exercise, answers)
    return all_but([path for path, text in written if personal_data(text)], written)


def own_words(exercise: Exercise, answers: Answers, different: Iterable[str] = ()) -> Finding:
    """Whether no text is a stand-in, an example of the help or the same few words again and again.

    In the columns `different` (`map.change`) no row may repeat another. The lists are `stand_ins` and
    `help_examples` of the exercise's and the course's words.
    """
    foreign = [*exercise.words.get("stand_ins", []), *exercise.words.get("help_examples", [])]
    written = texts(exercise, answers)
    once = texts(exercise, answers, different) if different else []
    said = [plain(text) for _, text in once]
    repeated = {path for path, text in once if said.count(plain(text)) > 1}
    return all_but(
        [p for p, text in written if p in repeated or uses(text, foreign) or goes_round(text)], written
    )


def goes_round(text: str) -> bool:
    """Whether a longer text says the same few words again and again."""
    words = plain(text).split()
    return len(words) >= 8 and len(set(words)) * 5 < len(words) * 2


def in_action(exercise: Exercise, text: str) -> bool:
    """Whether a text says what people will do: no `vague_verbs` such as "know" without one of the `doing_verbs`."""
    vague, doing = exercise.words.get("vague_verbs", []), exercise.words.get("doing_verbs", [])
    return not uses(text, vague) or uses(text, doing)


def specific(exercise: Exercise, text: str) -> bool:
    """Whether a text names a group: more than `general_people` such as "all our members"."""
    return leftover(text, exercise.words.get("general_people", [])) > 0
