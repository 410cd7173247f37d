"""Linter rules for rounds of peer review."""

from __future__ import annotations

from collections.abc import Iterator

from academy.course.lint.findings import Fault, instead
from academy.course.model import Course, Exercise, Review
from academy.course.refs import find

__all__ = ["review_faults"]

TABLE = "reviews"


def review_faults(course: Course, exercise: Exercise) -> Iterator[Fault]:
    """Find what a round names and the course does not have."""
    if exercise.review is None:
        return
    file = exercise.folder / "exercise.yaml"
    for place, text in [*_table(exercise), *_names(exercise, exercise.review), *_others(course, exercise)]:
        yield Fault(file, place, text)


def _table(exercise: Exercise) -> Iterator[tuple[str, str]]:
    tables = [field.id for field in exercise.fields if field.is_table]
    if tables != [TABLE] or len(exercise.fields) != 1:
        yield "fields", f"a round has one field, the table {TABLE}; its columns are the form of a review."
    if not exercise.personal:
        yield "personal", "a review is written by a person, also in teams; write personal: true."


def _names(exercise: Exercise, review: Review) -> Iterator[tuple[str, str]]:
    table = exercise.field(TABLE)
    columns = [column.id for column in table.columns] if table else []
    for key in ("wishes", "questions", "levels", "quotes"):
        for name in getattr(review, key):
            if name not in columns:
                yield f"review.{key}", f"there is no column {name}{instead(name, columns)}."
    for name in review.questions:
        if name in review.wishes:
            yield (
                "review.questions",
                f"{name} is a wish too: an author answers it in one way, so take it out of one.",
            )


def _others(course: Course, exercise: Exercise) -> Iterator[tuple[str, str]]:
    review = exercise.review
    assert review is not None
    known = [other.id for other in course.exercises]
    for key, name in (("of", review.of), ("play", review.play), ("follows", review.follows)):
        if name is not None and name not in known:
            yield f"review.{key}", f"there is no exercise {name}{instead(name, known)}."
    for key, names in (("of", [review.of]), ("play", [review.play]), ("shows", review.shows)):
        for name in (str(address).partition(".")[0] for address in names):
            if name in known and course.exercise(name).private:
                yield f"review.{key}", f"{name} is private: nobody else reads it, so take it out."
    if review.follows in known and course.exercise(review.follows).review is None:
        yield "review.follows", f"{review.follows} is no round of peer review."
    for address in review.shows:
        if address not in known and find(course, exercise, address) is None:
            yield (
                "review.shows",
                f"there is no exercise or field {address}; write exercise or exercise.field.",
            )
