"""Helpers for the checks of a round: the reviews are there, considered, and each about its own work."""

from __future__ import annotations

from typing import Any

from academy.course.checks import Finding
from academy.course.judging import complete
from academy.course.model import Exercise
from academy.peers.forms import REVIEWS
from academy.peers.quality import copied
from academy.words import count_words

__all__ = ["considered", "each_their_own", "given", "quoted"]

Answers = dict[str, Any]
ENOUGH = 12
"""So many words, on average, are a considered answer."""
_MARKS = ("“", "”", "«", "»", "„", '"', "「", "」", "‘", "’", "‹", "›")


def given(answers: Answers, exercise: Exercise) -> Finding:
    """Return the share of the reviews that were asked for and are complete."""
    return complete(exercise, answers, [REVIEWS])


def considered(answers: Answers, exercise: Exercise) -> Finding:
    """Return the share of reviews whose texts have some length."""
    rows = answers[REVIEWS]
    brief = [row["_id"] for row in rows if _average(row, exercise) < ENOUGH]
    return _share(answers, exercise, brief)


def quoted(answers: Answers, exercise: Exercise) -> Finding:
    """Return the share of reviews in which a field that asks for a quotation has one."""
    names = exercise.review.quotes if exercise.review else []
    bare = [
        row["_id"] for row in answers[REVIEWS] if not any(_has_quotation(row.get(name)) for name in names)
    ]
    return _share(answers, exercise, bare)


def each_their_own(answers: Answers, exercise: Exercise) -> Finding:
    """Return whether no review is a copy of another."""
    rows = answers[REVIEWS]
    texts = [" ".join(_texts(row, exercise)) for row in rows]
    twins = [
        row["_id"]
        for place, row in enumerate(rows)
        if any(copied(texts[place], other) for n, other in enumerate(texts) if n != place)
    ]
    return Finding(bool(rows) and not twins, [REVIEWS] if twins else [])


def _share(answers: Answers, exercise: Exercise, weak: list[str]) -> Finding:
    rows = answers[REVIEWS]
    wanted = exercise.review.give if exercise.review else 1
    return Finding((len(rows) - len(weak)) / max(wanted, len(rows)), [REVIEWS] if weak else [])


def _texts(row: Answers, exercise: Exercise) -> list[str]:
    table = exercise.field(REVIEWS)
    names = [column.id for column in table.columns if column.kind.paragraphs] if table else []
    return [row[name] for name in names if row.get(name)]


def _average(row: Answers, exercise: Exercise) -> float:
    texts = _texts(row, exercise)
    return sum(count_words(text) for text in texts) / len(texts) if texts else 0


def _has_quotation(text: object) -> bool:
    """Whether a text has two quotation marks (one may be a curly apostrophe)."""
    return isinstance(text, str) and sum(text.count(mark) for mark in _MARKS) >= 2
