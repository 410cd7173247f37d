"""Linter rules for references: fields, `only_if`, computed values and pictures lead to what exists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from academy.course.fields import Column, Field, OnlyIf
from academy.course.lint.findings import Fault, instead
from academy.course.model import Course, Exercise
from academy.course.plan import Shown
from academy.course.refs import Target, find
from academy.course.visibility import controller

__all__ = ["passport_faults", "reference_faults"]

_NOT_THERE = "there is no field {}; write field, table.column or exercise.table.column."


def reference_faults(course: Course, exercise: Exercise) -> Iterator[Fault]:
    """Say which names in an exercise lead nowhere, or to something that can't serve."""
    file = exercise.folder / "exercise.yaml"
    for field in exercise.fields:
        yield from _part(course, exercise, file, None, field)
        for column in field.columns:
            yield from _part(course, exercise, file, field, column)
    yield from _pictures(course, exercise, file)


def _part(
    course: Course, exercise: Exercise, file: Path, table: Field | None, part: Column
) -> Iterator[Fault]:
    place = f"fields.{table.id}.{part.id}" if table else f"fields.{part.id}"
    for target in part.flows_to:
        if find(course, exercise, target) is None:
            yield Fault(file, f"{place}.flows_to", _NOT_THERE.format(target))
    if part.of is not None:
        yield from _reference(part, find(course, exercise, part.of), file, place)
    if part.compute and part.compute not in exercise.computes:
        text = f"checks.py computes no value {part.compute}{instead(part.compute, exercise.computes)}."
        yield Fault(file, f"{place}.compute", text)
    if part.only_if:
        yield from _only_if(exercise, table, part, part.only_if, file, f"{place}.only_if")


def _reference(part: Column, target: Target | None, file: Path, place: str) -> Iterator[Fault]:
    if target is None:
        yield Fault(file, f"{place}.of", _NOT_THERE.format(part.of))
        return
    if part.show and target.field.column(part.show) is None:
        yield Fault(file, f"{place}.show", f"{part.of} has no column {part.show} to show.")
    if part.choose and (target.column or not target.field.kind.chosen_from):
        text = (
            f"nothing can be chosen from {part.of}; name a table, or a field of choices, or take choose out."
        )
        yield Fault(file, f"{place}.of", text)


def _only_if(
    exercise: Exercise, table: Field | None, part: Column, rule: OnlyIf, file: Path, place: str
) -> Iterator[Fault]:
    _, by = controller(exercise, table, part)
    if by is None or by.id == part.id:
        there = [f.id for f in [*(table.columns if table else []), *exercise.fields] if f.id != part.id]
        yield Fault(file, f"{place}.field", f"there is no field {rule.field}{instead(rule.field, there)}.")
        return
    if not by.kind.decides:
        text = f"{by.id} is a {by.type} field; let a choice, a scale or a box to tick decide."
        yield Fault(file, f"{place}.field", text)
        return
    possible = by.kind.deciding(by)
    for value in rule.values if possible is not None else []:
        if value not in (possible or []):
            text = f"{by.id} never is {value}{instead(value, possible or [])}."
            if value in ("true", "false"):
                text += " YAML reads yes, no, on and off so: put such a word between quotes."
            yield Fault(file, f"{place}.is", text)
    if _goes_round(exercise, table, part):
        yield Fault(file, place, "these fields wait for each other; let one of them always be asked.")


def _goes_round(exercise: Exercise, table: Field | None, part: Column) -> bool:
    seen = [part]
    at: Field | None = table
    while seen[-1].only_if:
        at, by = controller(exercise, at, seen[-1])
        if by is None:
            return False
        if any(by is one for one in seen):
            return True
        seen.append(by)
    return False


def _pictures(course: Course, exercise: Exercise, file: Path) -> Iterator[Fault]:
    for picture in exercise.pictures:
        place = f"pictures.{picture.id}"
        if picture.id not in exercise.draws:
            text = f"checks.py draws no picture {picture.id}{instead(picture.id, exercise.draws)}."
            yield Fault(file, place, text)
        if picture.after and exercise.field(picture.after) is None:
            there = [field.id for field in exercise.fields]
            text = f"there is no field {picture.after}{instead(picture.after, there)}."
            yield Fault(file, f"{place}.after", text)
        for address in picture.fields:
            if find(course, exercise, address) is None:
                yield Fault(file, f"{place}.fields", _NOT_THERE.format(address))
    for name in exercise.draws:
        if name not in [picture.id for picture in exercise.pictures] and not exercise.like:
            text = f"the picture {name} stands nowhere; name it under pictures in exercise.yaml."
            yield Fault(exercise.folder / "checks.py", name, text)


def passport_faults(course: Course) -> Iterator[Fault]:
    """Say what the passport shows that is not there."""
    file, plan = course.folder / "passport.yaml", course.passport
    if plan is None:
        return
    for page in plan.pages:
        for shown in page.shows:
            yield from _shown(course, shown, file, f"pages.{page.id}.shows")
    for station in plan.thread.stations if plan.thread else ():
        for key, address in (("of", station.of), ("by", station.by)):
            if address and _whole(course, address) is None:
                yield Fault(file, f"thread.{station.id}.{key}", _NO_WHOLE.format(address))
    for name in plan.stamps_without:
        if not course.has(name):
            there = [exercise.id for exercise in course.exercises]
            text = f"there is no exercise {name}{instead(name, there)}."
            yield Fault(file, "stamps_without", text)


def _shown(course: Course, shown: Shown, file: Path, place: str) -> Iterator[Fault]:
    if shown.picture:
        exercise, _, name = shown.picture.partition(".")
        pictures = course.exercise(exercise).pictures if course.has(exercise) else []
        if name not in [picture.id for picture in pictures]:
            yield Fault(file, place, f"there is no picture {shown.picture}; write exercise.picture.")
        return
    for address in (shown.of or "", *([shown.only_if] if shown.only_if else [])):
        if _whole(course, address) is None:
            yield Fault(file, place, _NO_WHOLE.format(address))
    target = _whole(course, shown.of or "")
    for column in shown.columns if target else ():
        if target and target.field.column(column) is None:
            there = [one.id for one in target.field.columns]
            yield Fault(file, place, f"{shown.of} has no column {column}{instead(column, there)}.")


_NO_WHOLE = "there is no field {}; write exercise.field or exercise.table.column."


def _whole(course: Course, address: str) -> Target | None:
    """What an address with the exercise before it is about."""
    exercise, _, rest = address.partition(".")
    return find(None, course.exercise(exercise), rest) if course.has(exercise) and rest else None
