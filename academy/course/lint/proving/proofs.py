"""Linter rules for checks, and for the cases and examples that prove them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from academy.course.checks import Check
from academy.course.files.yaml_files import read_yaml
from academy.course.lint.findings import Fault, instead
from academy.course.lint.proving.cases import (
    blank_faults,
    case_faults,
    drawing_faults,
    example_faults,
    read_cases,
)
from academy.course.lint.proving.rule_proofs import unproven_rules
from academy.course.model import Course, Exercise

__all__ = ["check_faults", "hint_faults", "proof_faults"]

QUESTION_MARKS = ("?", "؟", "？", ";")


def check_faults(exercise: Exercise) -> Iterator[Fault]:
    """Find checks without what they need: an id of their own, a title, a question, fields that are there."""
    ids = [check.id for check in exercise.checks]
    for check in exercise.checks:
        file, place = where(exercise, check)
        if ids.count(check.id) > 1:
            yield Fault(file, place, "there are two checks of this id; rename one.")
        if check.points < 0:
            yield Fault(
                file, place, f"points must be positive, not {check.points:g}; leave them out for advice."
            )
        if not check.title.strip():
            yield Fault(file, place, "the check has no title; say in a few words what is good.")
        yield from hint_faults(check, file, place)
        for path in check.fields:
            if exercise.at(path) is None:
                text = f"the check is about {path}, which is no field{instead(path, (f.id for f in exercise.fields))}."
                yield Fault(file, place, text)
    if ids and exercise.points <= 0:
        file, _ = where(exercise, exercise.checks[0])
        yield Fault(file, "points", "the checks give no points at all; give some of them points.")


def where(exercise: Exercise, check: Check) -> tuple[Path, str]:
    """Return the file and the place in it where a check stands."""
    if check.wants:
        return exercise.folder / "exercise.yaml", f"checks.{check.id}"
    return exercise.folder / "checks.py", check.id


def hint_faults(check: Check, file: Path, place: str = "") -> Iterator[Fault]:
    """Find a hint that does not ask."""
    if not check.hint.strip():
        yield Fault(file, place or check.id, "the check has no hint; write a question that helps to go on.")
    elif not check.hint.rstrip(" \u200f\u200e)»”\"'").endswith(QUESTION_MARKS):
        yield Fault(file, place or check.id, f"the hint is not a question: “{check.hint}”. End it as one.")


def proof_faults(course: Course, exercise: Exercise) -> Iterator[Fault]:
    """Run the cases and examples. A check that stops is told once, where it is written, and not of every case."""
    examples = sorted(exercise.folder.glob("example*.yaml"))
    misread = [fault for file in examples for fault in (*_dates(file), *_booleans(exercise, file))]
    yield from misread
    unreadable = {fault.file for fault in misread}
    stopped = set()
    stands = {check.id: where(exercise, check) for check in exercise.checks}
    missed: set[str] = set()
    for place, text in [*blank_faults(exercise, course), *drawing_faults(exercise, course)]:
        if "stops" in text:
            stopped.add(place)
        yield Fault(*stands.get(place, (exercise.folder / "checks.py", place)), text)
    file = exercise.folder / "cases.yaml"
    if file.is_file() or not exercise.like:
        dates = [*_dates(file)]
        yield from dates
        cases, faults = read_cases(file) if file.is_file() and not dates else ([], [])
        missed = {name for case in cases if case.misses != "all" for name in case.misses}
        found = [*faults, *([] if dates or misread else case_faults(exercise, cases, course))]
        for place, text in found:
            name = place.rpartition(".")[2]
            if not stopped or not (name == "points" or ("stops with" in text and name in stopped)):
                yield Fault(file, place, text)
    if not misread:
        for place, text in unproven_rules(exercise, course, missed):
            yield Fault(exercise.folder / "exercise.yaml", place, text)
    example = exercise.folder / "example.yaml"
    if not example.is_file() and not exercise.like:
        yield Fault(example, "the file", "there is no worked example; write one that passes every check.")
    for file in examples:
        for place, text in example_faults(exercise, file, course) if file not in unreadable else ():
            if not ("stops on the example" in text and stopped):
                yield Fault(file, place, text)


def _dates(file: Path) -> Iterator[Fault]:
    """Days without quotes: YAML makes something of them that no form could have sent."""
    for path, value in _values(read_yaml(file) if file.is_file() else None, ""):
        if isinstance(value, date):
            text = f'a day in answers stands between quotes: write "{value}".'
            yield Fault(file, path, text)


def _booleans(exercise: Exercise, file: Path) -> Iterator[Fault]:
    """Words such as no and yes without quotes where a text or an option is meant."""
    raw = read_yaml(file)
    answers = raw.get("answers") if isinstance(raw, dict) else None
    for path, value in _values(answers, "answers"):
        steps = path.split(".")
        column = exercise.at(steps[1]) if len(steps) == 2 else exercise.at("/".join(steps[1:]))
        if isinstance(value, bool) and column is not None and not column.kind.ticked:
            said = "true" if value else "false"
            text = f"YAML reads this word as {said}, and {column.id} is no box to tick. Put the word between quotes."
            yield Fault(file, path, text)


def _values(raw: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(raw, dict):
        for key, value in raw.items():
            yield from _values(value, f"{path}.{key}" if path else str(key))
    elif isinstance(raw, list):
        for number, item in enumerate(raw, 1):
            name = item.get("name") if isinstance(item, dict) and path == "cases" else None
            yield from _values(item, f"{path}.{name or number}")
    else:
        yield path, raw
