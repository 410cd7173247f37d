"""Stale answers: what an exercise builds on and that changed after it was submitted.

Nothing is marked or stored for it: what was there when an exercise was submitted is read from the history of answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from academy.course import Course, Exercise, Work
from academy.course.fields import Column
from academy.course.refs import Target, as_text, find, row_label
from academy.people import Teams
from academy.store import Answers, Store, Submission
from academy.work import answers_of, work_of

__all__ = ["StaleAnswer", "changed_since", "latest_submission"]


@dataclass(frozen=True)
class StaleAnswer:
    """An answer that has changed: whose exercise to look at again, what was there, and what is there now.

    `address` is the field that changed, `source` the title of its exercise; an empty text says that nothing was, or
    is, there.
    """

    exercise: str
    title: str
    address: str
    source: str
    label: str
    was: str
    now: str


def latest_submission(store: Store, course: Course, owner: str, exercise: Exercise) -> Submission | None:
    """Return the newest submission of an exercise by a person, or by their team where it is written together."""
    team = None if exercise.personal else Teams(store, course.edition).of(owner)
    mine = Answers(store, course.edition).submissions(exercise.id, team.id if team else owner)
    return mine[-1] if mine else None


def changed_since(store: Store, course: Course, owner: str, exercise: Exercise) -> list[StaleAnswer]:
    """Return what has changed upstream since a person or team submitted an exercise, the newest submission."""
    sources = _sources(course, exercise)
    submission = latest_submission(store, course, owner, exercise) if sources else None
    if submission is None:
        return []
    then_flat = answers_of(store, course, owner, submission.at)
    now_flat = answers_of(store, course, owner)
    if all(then_flat.get(name) == now_flat.get(name) for name in {t.exercise.id for _, t in sources}):
        return []
    then = Work(course, lambda name: then_flat.get(name, {}))
    return list(compared(exercise, sources, then, work_of(store, course, owner)))


def compared(
    exercise: Exercise, sources: list[tuple[Column | None, Target]], then: Work, now: Work
) -> Iterator[StaleAnswer]:
    """Compare what an exercise builds on, then and now, each answer once."""
    told: set[tuple[str, str]] = set()
    for ref, target in sources:
        before, after = _read(exercise, ref, target, then, then), _read(exercise, ref, target, now, then)
        for key in {**before, **after}:
            was, is_now = before.get(key, ""), after.get(key, "")
            place = (_address(target), key)
            if was == is_now or place in told:
                continue
            told.add(place)
            part = target.column or target.field
            yield StaleAnswer(
                exercise.id,
                exercise.title,
                _address(target),
                target.exercise.title,
                part.label,
                was,
                is_now,
            )


def _sources(course: Course, exercise: Exercise) -> list[tuple[Column | None, Target]]:
    """What an exercise builds on: its references into other exercises, and fields that say they flow to it."""
    found: list[tuple[Column | None, Target]] = []
    for _, column in exercise.all_columns():
        target = find(course, exercise, column.of or "") if column.kind.refers else None
        if target and target.exercise.id != exercise.id:
            found.append((column, target))
    for other in course.exercises if exercise.edition else ():
        for address, column in other.all_columns():
            leads_here = any(goal.split(".")[0] == exercise.id for goal in column.flows_to)
            target = find(course, other, address) if leads_here and other.id != exercise.id else None
            if target:
                found.append((None, target))
    return found


def _address(target: Target) -> str:
    parts = [target.exercise.id, target.field.id, *([target.column.id] if target.column else [])]
    return ".".join(parts)


def _read(exercise: Exercise, ref: Column | None, target: Target, work: Work, then: Work) -> dict[str, str]:
    """The texts that an exercise builds on, by row: of what it had chosen, or all."""
    owner, field = target.exercise, target.field
    value = work[owner.id].get(field.id)
    if not field.is_table:
        return {"": as_text(owner, field, value, work)}
    chosen = _chosen(exercise, ref, then) if ref and ref.choose else None
    texts: dict[str, str] = {}
    for row in value or []:
        if chosen is not None and row["_id"] not in chosen:
            continue
        if target.column:
            texts[row["_id"]] = as_text(owner, target.column, row[target.column.id], work)
        else:
            texts[row["_id"]] = row_label(owner, field, row, work, ref.show if ref else None)
    return texts


def _chosen(exercise: Exercise, ref: Column, then: Work) -> set[str]:
    """The rows that were chosen in a reference when the exercise was submitted."""
    answers = then[exercise.id]
    found: set[str] = set()
    for field in exercise.fields:
        if field is ref:
            found |= _ids(answers[field.id])
        elif any(column is ref for column in field.columns):
            for row in answers[field.id]:
                found |= _ids(row[ref.id])
    return found


def _ids(value: object) -> set[str]:
    return {item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)}
