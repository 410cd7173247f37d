"""Finds the submitted answers for which a “stop” was set, in their newest version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from academy.course import Course, Exercise, Work, blank, nest
from academy.course.checks import run_computes
from academy.course.desk_plan import DeskPlan, Stop
from academy.course.refs import as_text
from academy.peers.rounds import Round
from academy.store import Answers, Store
from academy.store.review_states import DONE
from academy.work import work_of

__all__ = ["Stopped", "stopped"]


@dataclass(frozen=True)
class Stopped:
    """Answers of one submission: who handed it in, its number and time, and each answer with its label."""

    by: str
    number: int
    at: datetime
    answers: tuple[tuple[str, str], ...]


def stopped(store: Store, course: Course, plan: DeskPlan, exercise: Exercise, owner: str) -> list[Stopped]:
    """Return what somebody must look at in the work of a person or team; nothing where it has been mended since."""
    found: list[Stopped] = []
    for stop in plan.stops:
        if stop.check and stop.check.partition(".")[0] == exercise.id:
            found += _checked(store, course, exercise, stop.check.partition(".")[2], owner)
        elif stop.answer and stop.answer.partition(".")[0] == exercise.id:
            writers = {owner: None} if exercise.review is None else _reviewers(store, course, exercise, owner)
            for writer, rows in writers.items():
                found += _said(store, course, exercise, writer, rows, stop)
    return found


def _checked(
    store: Store, course: Course, exercise: Exercise, check_id: str, owner: str
) -> Iterator[Stopped]:
    last = _last(store, course, exercise, owner)
    check = next((each for each in exercise.checks if each.id == check_id), None)
    if last is None or check is None:
        return
    submission, flat = last
    result = check.run(exercise, nest(exercise, flat), Work(course))
    places = [path.split("/")[:2] for path in result.fields]
    if not result.passed and places:
        yield _shown(store, course, exercise, submission, flat, places)


def _reviewers(store: Store, course: Course, exercise: Exercise, author: str) -> dict[str, set[str] | None]:
    """Who has reviewed an author, with the rows in which they did."""
    found: dict[str, set[str] | None] = {}
    for task in Round(store, course, exercise).all():
        if task.author == author and task.state == DONE:
            rows = found.setdefault(task.reviewer, set())
            assert rows is not None
            rows.add(task.row)
    return found


def _said(
    store: Store, course: Course, exercise: Exercise, writer: str, rows: set[str] | None, stop: Stop
) -> Iterator[Stopped]:
    last = _last(store, course, exercise, writer)
    if last is None:
        return
    submission, flat = last
    field, *column = (stop.answer or "").split(".")[1:]
    said = [path.split("/") for path, value in flat.items() if isinstance(value, str) and value in stop.said]
    places = [path[:2] for path in said if path[0] == field and (not column or path[2:] == column)]
    places = [place for place in places if rows is None or place[1] in rows]
    if places:
        yield _shown(store, course, exercise, submission, flat, places)


def _last(store: Store, course: Course, exercise: Exercise, owner: str) -> tuple[Any, dict[str, Any]] | None:
    answers = Answers(store, course.edition)
    handed_in = answers.submissions(exercise.id, owner)
    if not handed_in:
        return None
    return handed_in[-1], answers.values_at(owner, exercise.id, handed_in[-1].rev)


def _shown(
    store: Store,
    course: Course,
    exercise: Exercise,
    submission: Any,
    flat: dict[str, Any],
    places: list[list[str]],
) -> Stopped:
    answers, work = nest(exercise, flat), work_of(store, course, submission.person_id)
    computed: dict[str, str] = {}
    for name, function in exercise.computes.items():
        with suppress(Exception):  # what can't be computed is left out, as in the form
            computed |= run_computes(exercise, answers, work.having(exercise, flat), name, function)
    texts: list[tuple[str, str]] = []
    for name, *row in map(list, dict.fromkeys(map(tuple, places))):
        field = exercise.field(name)
        if field is None:
            continue
        if not field.is_table:
            texts.append((field.label, as_text(exercise, field, answers[name], work)))
            continue
        rows = [each for each in answers[name] if not row or each["_id"] == row[0]]
        for each in rows:
            said = {c.label: computed.get(f"{name}/{each['_id']}/{c.id}", "") for c in field.columns}
            texts += [(label, text) for label, text in said.items() if text]
            texts += [
                (column.label, as_text(exercise, column, each[column.id], work))
                for column in field.columns
                if column.asked and not blank(each[column.id])
            ]
    return Stopped(submission.person_id, submission.number, submission.at, tuple(texts))
