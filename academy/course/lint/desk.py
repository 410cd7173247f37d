"""Linter rules for `desk.yaml`: everything it names exists."""

from __future__ import annotations

from collections.abc import Iterator

from academy.course.desk_plan import DeskPlan, desk_plan
from academy.course.lint.findings import Fault
from academy.course.model import Course

__all__ = ["plan_faults"]


def plan_faults(course: Course) -> Iterator[Fault]:
    """Yield what a plan names that the course does not have."""
    file, plan = course.folder / "desk.yaml", desk_plan(course)
    for place, address in _addresses(plan):
        exercise, _, rest = address.partition(".")
        table, _, name = rest.partition(".")
        there = course.has(exercise) and course.exercise(exercise).at(f"{table}/r1/{name}" if name else table)
        if not there:
            yield Fault(file, place, f"the course has no field {address}; name one, such as profile.region.")
    for n, stop in enumerate(plan.stops, start=1):
        exercise, _, check = (stop.check or "").partition(".")
        if stop.check and not (
            course.has(exercise) and any(c.id == check for c in course.exercise(exercise).checks)
        ):
            yield Fault(file, f"stops.{n}.check", f"there is no check {stop.check}; write exercise.check.")
        if (stop.check is None) == (stop.answer is None) or (stop.answer and not stop.said):
            yield Fault(file, f"stops.{n}", "write a check, or an answer with what it says under said.")
    outcomes = {outcome.id for outcome in course.outcomes}
    for each in plan.coverage:
        place = f"coverage.{each.outcome}"
        if each.outcome not in outcomes:
            yield Fault(file, place, "course.yaml has no such outcome; write the id of one.")
        for name in each.exercises:
            if not course.has(name):
                yield Fault(file, place, f"there is no exercise {name}; take it out, or write another.")


def _addresses(plan: DeskPlan) -> list[tuple[str, str]]:
    """Every address of a plan with its place in the file."""
    found = [(f"stops.{n + 1}.answer", s.answer) for n, s in enumerate(plan.stops) if s.answer]
    found += [(name, getattr(plan, name)) for name in ("drivers", "region", "access")]
    if plan.access:
        found += [(name, f"{plan.access}.{getattr(plan, name)}") for name in ("link", "data")]
    found += [(f"balance.{n + 1}", address) for n, address in enumerate(plan.balance)]
    return [(place, address) for place, address in found if address]
