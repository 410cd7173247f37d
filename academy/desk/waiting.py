"""To-do items of a facilitator, the gravest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from academy.course import Course, Exercise, Work, nest
from academy.course.desk_plan import DeskPlan, Stop
from academy.desk.answers import submitted
from academy.desk.grades import Grade, Grades
from academy.desk.people import Cohort
from academy.peers.overview import overview
from academy.peers.rounds import Round
from academy.store import Store
from academy.store.review_states import DONE
from academy.store.standing import Standing

__all__ = ["Kind", "Thing", "stops", "waiting"]

Kind = Literal["stop", "flagged", "unreviewed", "collect", "grade", "release", "stuck"]
GRADING: tuple[Kind, ...] = ("grade", "collect", "release")
Known = dict[tuple[str, int], bool]
"""Which submissions hold a stop: one that was looked at never changes."""


@dataclass(frozen=True)
class Thing:
    """Something to do: what it is, in which exercise, how often, and about whom."""

    kind: Kind
    exercise: Exercise | None
    count: int
    who: tuple[str, ...] = ()
    newest: int = 0
    """Of a stop: rises with each version that is handed in, so that who reads it is shown the newest."""


def waiting(
    store: Store, course: Course, plan: DeskPlan, cohort: Cohort, grades: Grades, known: Known
) -> list[Thing]:
    """Return what waits: stops, flagged reviews, work without reviews, grading, feedback to release, who is stuck."""
    rounds = [
        (e, overview(Round(store, course, e))) for e in course.exercises if e.review and e.id in cohort.opened
    ]
    found = list(stops(store, course, plan, cohort, known))
    found += [Thing("flagged", e, seen.flagged) for e, seen in rounds if seen.flagged]
    found += [
        Thing("unreviewed", e, len(seen.without), tuple(seen.without)) for e, seen in rounds if seen.without
    ]
    found += _grading(course, cohort, grades)
    stuck = tuple(line.id for line in cohort.lines if line.stuck)
    return [*found, Thing("stuck", None, len(stuck), stuck)] if stuck else found


def stops(store: Store, course: Course, plan: DeskPlan, cohort: Cohort, known: Known) -> Iterator[Thing]:
    """Yield the exercises in which something handed in must not go on like this, with whose work it is."""
    for stop in plan.stops:
        if stop.check:
            name, _, check = stop.check.partition(".")
            if course.has(name):
                yield from _checked(store, course, course.exercise(name), check, cohort, known)
        elif stop.answer and course.has(stop.answer.partition(".")[0]):
            yield from _answered(store, course, stop, cohort)


def _checked(
    store: Store, course: Course, exercise: Exercise, check_id: str, cohort: Cohort, known: Known
) -> Iterator[Thing]:
    check = next((each for each in exercise.checks if each.id == check_id), None)
    handed_in = {
        owner: one.submitted_rev
        for (owner, name), one in cohort.standings.items()
        if name == exercise.id and one.submission and owner in cohort.owners
    }
    if check is None:
        return
    if any((owner, rev) not in known for owner, rev in handed_in.items()):
        for (owner, _name), flat in submitted(store, course, [exercise.id]).items():
            rev = handed_in.get(owner)
            if rev is not None and (owner, rev) not in known:
                result = check.run(exercise, nest(exercise, flat), Work(course))
                known[owner, rev] = not result.passed and any("/" in path for path in result.fields)
    who = tuple(sorted(owner for owner, rev in handed_in.items() if known.get((owner, rev))))
    if who:
        yield Thing("stop", exercise, len(who), who, max(handed_in[owner] or 0 for owner in who))


def _answered(store: Store, course: Course, stop: Stop, cohort: Cohort) -> Iterator[Thing]:
    """An answer in a form; in a round of reviews it is about the author of the reviewed work."""
    assert stop.answer is not None
    exercise = course.exercise(stop.answer.partition(".")[0])
    found: list[str] = []
    tasks = {t.row: t for t in Round(store, course, exercise).all()} if exercise.review else None
    for (owner, _name), flat in submitted(store, course, [stop.answer]).items():
        for path, value in flat.items():
            if value not in stop.said:
                continue
            if tasks is None:
                found.append(owner)
            elif (task := tasks.get(path.split("/")[1])) and task.state == DONE:
                found.append(task.author)
    who = tuple(sorted(owner for owner in set(found) if owner in cohort.owners))
    revs = [task.rev for task in (tasks or {}).values() if task.state == DONE]
    revs += [one.submitted_rev for (_, name), one in cohort.standings.items() if name == exercise.id]
    if who:
        yield Thing("stop", exercise, len(who), who, max((rev for rev in revs if rev), default=0))


def _grading(course: Course, cohort: Cohort, grades: Grades) -> Iterator[Thing]:
    """What nbgrader has not collected yet, what waits for a person, and what could be given back."""
    found: dict[tuple[Kind, str], list[str]] = {}
    for (owner, name), one in cohort.standings.items():
        if one.submission and owner in cohort.owners and (kind := _kind(one, grades.get((owner, name)))):
            found.setdefault((kind, name), []).append(owner)
    graded = [e for e in course.exercises if not e.private]  # without points there is still a word to be said
    for kind in GRADING:
        for exercise in graded:
            if who := found.get((kind, exercise.id)):
                yield Thing(kind, exercise, len(who), tuple(sorted(who)))


def _kind(one: Standing, grade: Grade | None) -> Kind | None:
    if grade is None or not grade.is_of(one.submitted_at):
        return None if one.feedback_on >= one.submission else "collect"
    if not grade.whole:
        return "grade"
    return "release" if one.feedback_on < one.submission else None
