"""Begins a passport from somebody else's, and logs what was kept, changed and dropped.

What another passport brought is kept among the answers, under the name `travel-log`, so that it has a history and goes
into every backup. The log is a comparison of that with today's answers, made anew each time.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from academy.course import Course, Exercise, Work
from academy.course.refs import as_text, row_label
from academy.course.values import acceptable, whole_characters
from academy.documents.passport import PASSPORT_FORMAT
from academy.errors import StoreError
from academy.i18n import N_
from academy.people import Teams
from academy.store import Answers, Edit, Releases, Store
from academy.store.schema import utc_now

__all__ = ["ORIGIN", "Travel", "TravelChange", "TravelOrigin", "begin_from", "shared_answers", "travel_of"]

ORIGIN = "travel-log"
"""The name under which it is kept; no exercise may have it."""
LONGEST_NAME = 200
MOST_ANSWERS = 2000

State = Literal["kept", "changed", "dropped"]
Flat = dict[str, Any]


@dataclass(frozen=True)
class TravelOrigin:
    """The passport from which this one began."""

    holder: str
    title: str
    at: str


@dataclass(frozen=True)
class TravelChange:
    """An answer of the other passport: where it stood, what became of it, its text then and now."""

    exercise: str
    label: str
    state: State
    was: str
    now: str


@dataclass(frozen=True)
class Travel:
    """Where a passport came from and what became of what it brought."""

    origin: TravelOrigin
    changes: tuple[TravelChange, ...]

    def count(self, state: State) -> int:
        """How many answers were kept, changed or dropped."""
        return sum(change.state == state for change in self.changes)


def shared_answers(course: Course, answers: Mapping[str, Flat]) -> dict[str, Flat]:
    """Return the answers that may travel: those of exercises that are about the passport and not about a person."""
    return {
        name: flat
        for name, flat in answers.items()
        if course.has(name) and course.exercise(name).travels and flat
    }


def begin_from(store: Store, course: Course, person_id: str, document: Any) -> int:
    """Take over the answers of a passport's JSON into exercises that are still empty; return how many exercises.

    What a person or their team has written is never touched. Raises StoreError with a sentence where nothing can be
    taken over.
    """
    brought = _brought(course, document)
    team = Teams(store, course.edition).of(person_id)
    owner = team.id if team else person_id
    answers = Answers(store, course.edition, author=person_id)
    there = answers.everything(owner)
    if there.get(ORIGIN):
        raise StoreError(
            N_("This passport has already begun from another one. Go on writing in its exercises.")
        )
    is_open = Releases(store, course.edition).is_open
    taken = {name: flat for name, flat in brought.items() if not there.get(name) and is_open(name)}
    if not taken:
        raise StoreError(
            N_("Nothing was taken over: you have begun all the exercises that this passport has answers to.")
        )
    origin = {
        "holder": _name(document.get("holder")),
        "title": _name(document.get("title")),
        "at": utc_now().isoformat(timespec="seconds"),
    }
    answers.save(
        owner, ORIGIN, [_edit("origin", origin), *(_edit(name, flat) for name, flat in taken.items())]
    )
    for name, flat in taken.items():
        answers.save(owner, name, [_edit(path, value) for path, value in flat.items()])
    return len(taken)


def _edit(path: str, value: Any) -> Edit:
    return Edit(secrets.token_urlsafe(12), path, value)


def _brought(course: Course, document: Any) -> dict[str, Flat]:
    """The answers in a document that the course can take. Raises StoreError if it is no passport of this course."""
    if not isinstance(document, dict) or document.get("format") != PASSPORT_FORMAT:
        raise StoreError(N_("This file is no passport. Choose the JSON file that was saved from one."))
    about, answers = document.get("course"), document.get("answers")
    if not isinstance(about, dict) or about.get("id") != course.id or not isinstance(answers, dict):
        raise StoreError(
            N_("This passport belongs to another course. Choose one that was made in this course.")
        )
    found: dict[str, Flat] = {}
    for name, flat in answers.items():
        if not (isinstance(flat, dict) and course.has(name) and course.exercise(name).travels):
            continue
        exercise = course.exercise(name)
        fits = {
            path: whole_characters(value)
            for path, value in list(flat.items())[:MOST_ANSWERS]
            if value is not None and acceptable(exercise, path, value)
        }
        if fits:
            found[name] = fits
    if not found:
        raise StoreError(N_("This passport is empty. Choose one in which something was written."))
    return found


def _name(value: Any) -> str:
    return " ".join(whole_characters(value).split())[:LONGEST_NAME] if isinstance(value, str) else ""


def travel_of(store: Store, course: Course, person_id: str) -> Travel | None:
    """Return the log of a person's or their team's passport, or None if it did not begin from another one."""
    team = Teams(store, course.edition).of(person_id)
    everything = Answers(store, course.edition).everything(team.id if team else person_id)
    kept = dict(everything.get(ORIGIN, {}))
    about = kept.pop("origin", None)
    if not isinstance(about, dict):
        return None
    then = Work(course, lambda name: kept.get(name, {}))
    now = Work(course, lambda name: everything.get(name, {}))
    changes = [
        change
        for exercise in course.exercises
        if isinstance(kept.get(exercise.id), dict)
        for change in _changes(exercise, then, now)
    ]
    origin = TravelOrigin(_name(about.get("holder")), _name(about.get("title")), _name(about.get("at")))
    return Travel(origin, tuple(changes))


def _changes(exercise: Exercise, then: Work, now: Work) -> Iterator[TravelChange]:
    """What became of each answer of an exercise, of each row of its tables."""
    before, after = then[exercise.id], now[exercise.id]
    for field in exercise.fields:
        if not field.asked:
            continue
        if not field.is_table:
            was = as_text(exercise, field, before[field.id], then)
            yield from _change(exercise, field.label, was, as_text(exercise, field, after[field.id], now))
            continue
        rows = {row["_id"]: row for row in after[field.id]}
        for row in before[field.id]:
            name = row_label(exercise, field, row, then)
            texts = [
                " · ".join(
                    text
                    for column in field.columns
                    if column.asked and (text := as_text(exercise, column, found.get(column.id), work))
                )
                for found, work in ((row, then), (rows.get(row["_id"], {}), now))
            ]
            yield from _change(exercise, f"{field.label}: {name}", *texts)


def _change(exercise: Exercise, label: str, was: str, now: str) -> Iterator[TravelChange]:
    if was:
        state: State = "kept" if was == now else "changed" if now else "dropped"
        yield TravelChange(exercise.title, label, state, was, now)
