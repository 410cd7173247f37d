"""Linter rules for test cases of checks: named answers, and which checks they are to pass."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from academy.course.answers import nest
from academy.course.checks import Check, call, run_checks
from academy.course.examples import example_work, flatten, read_example
from academy.course.files.sentences import sentences
from academy.course.files.yaml_files import read_yaml
from academy.course.model import Course, Exercise
from academy.course.problems import problems
from academy.course.work import Work

__all__ = [
    "Case",
    "answers_of",
    "blank_faults",
    "case_faults",
    "drawing_faults",
    "example_faults",
    "put",
    "read_cases",
]

Faults = Iterator[tuple[str, str]]


class Case(BaseModel):
    """Answers under a name, and the checks that they pass and miss.

    The answers are those of `answers`, or of the example `start` with only the first rows of a table (`keep`) and
    with some values exchanged (`change`: `map.2.who`, counted from 1; `map.*.who` for every row). The other exercises
    hold their examples, or what `work` gives instead: `work: {context-map: {map: []}}`.
    """

    model_config = ConfigDict(extra="forbid")

    name: str
    start: str | None = None
    answers: dict[str, Any] = {}
    keep: dict[str, int] = {}
    change: dict[str, Any] = {}
    work: dict[str, dict[str, Any]] = {}
    passes: list[str] | Literal["all"] = []
    misses: list[str] | Literal["all"] = []
    points: float | None = None


def read_cases(file: Path) -> tuple[list[Case], list[tuple[str, str]]]:
    """Return the cases of a file and what is wrong in it, each fault with its place."""
    raw = read_yaml(file)
    items = raw.get("cases") if isinstance(raw, dict) else None
    if not isinstance(items, list):
        return [], [("cases", "write a list of cases, each with a name.")]
    cases, faults = [], []
    for number, item in enumerate(items, 1):
        name = str(item.get("name", number)) if isinstance(item, dict) else str(number)
        try:
            cases.append(Case.model_validate(item))
        except ValidationError as error:
            for line in sentences(error, item):
                place, _, text = line.partition(": ")
                faults.append((f"cases.{name}.{place}", text))
    return cases, faults


def answers_of(case: Case, folder: Path) -> dict[str, Any]:
    """Return the answers of a case as a document. Raises ValueError where it can't be made."""
    if case.start is None:
        return case.answers
    file = folder / f"{case.start}.yaml"
    if not file.is_file():
        raise ValueError(f"start names the file {file.name}, which is not there.")
    answers = copy.deepcopy(read_example(file)) | case.answers
    for field, rows in case.keep.items():
        if not isinstance(answers.get(field), list):
            raise ValueError(f"keep names {field}, which is not a table of the example.")
        answers[field] = answers[field][:rows]
    for path, value in case.change.items():
        put(answers, path, value)
    return answers


def put(answers: dict[str, Any], path: str, value: Any) -> None:
    """Exchange a value of a document: `field`, `table.row.column` counted from 1, or `table.*.column`."""
    field, *inner = path.split(".")
    if not inner:
        answers[field] = value
        return
    rows = answers.get(field)
    if len(inner) != 2 or not isinstance(rows, list):
        raise ValueError(f"change names {path}; write field, or table.row.column.")
    which, column = inner
    numbers = range(len(rows)) if which == "*" else [int(which) - 1] if which.isdigit() else []
    if not numbers or not all(0 <= n < len(rows) for n in numbers):
        raise ValueError(f"change names {path}, but there is no row {which}; rows count from 1.")
    for n in numbers:
        rows[n][column] = value


def example_faults(exercise: Exercise, file: Path, course: Course | None = None) -> Faults:
    """Say what keeps a worked example from being submitted and from earning every point."""
    try:
        flat = flatten(exercise, read_example(file))
    except ValueError as error:
        yield "answers", str(error)
        return
    work = _work(exercise, flat, course, file.stem)
    for problem in problems(exercise, flat, work):
        yield problem.path, problem.text
    answers = nest(exercise, flat)
    try:
        results = run_checks(exercise, answers, work)
        run_checks(exercise, answers, Work(course).having(exercise, flat))
    except Exception as error:
        yield "answers", f"a check stops on the example with {_said(error)}. Mend it in checks.py."
        return
    for result in results:
        if not result.passed:
            places = ", ".join(result.fields)
            yield "answers", f"the example does not pass the check {result.id}; look again at {places}."


def _work(
    exercise: Exercise,
    flat: dict[str, Any],
    course: Course | None,
    start: str | None = None,
    instead: dict[str, dict[str, Any]] | None = None,
) -> Work:
    """The examples of the other exercises, in the language of the example that is begun with."""
    if course is None:
        return Work(None).having(exercise, flat)
    _, _, language = (start or "").partition(".")
    return example_work(course, language, instead).having(exercise, flat)


def case_faults(exercise: Exercise, cases: list[Case], course: Course | None = None) -> Faults:
    """Run the cases: say where a check does not do what its case says, and which checks of checks.py have no case."""
    ids = [check.id for check in exercise.checks]
    coded = [check.id for check in exercise.checks if not check.wants]
    passed: set[str] = set()
    missed: set[str] = set()
    for case in cases:
        place = f"cases.{case.name}"
        passes = ids if case.passes == "all" else list(case.passes)
        misses = ids if case.misses == "all" else list(case.misses)
        for unknown in sorted({*passes, *misses} - {*ids}):
            yield place, f"there is no check {unknown}; the checks are {', '.join(ids)}."
        try:
            flat = flatten(exercise, answers_of(case, exercise.folder))
            work = _work(exercise, flat, course, case.start, case.work)
        except ValueError as error:
            yield place, str(error)
            continue
        passed.update(passes)
        missed.update(misses)
        yield from _run(exercise, case, flat, work, passes, misses)
    for name, seen in (("passes", passed), ("misses", missed)):
        for check_id in coded:
            if check_id not in seen:
                yield "cases", f"no case {name} the check {check_id}; add one, so that the check is tested."


def _run(
    exercise: Exercise,
    case: Case,
    flat: dict[str, Any],
    work: Work,
    passes: list[str],
    misses: list[str],
) -> Faults:
    earned = 0.0
    answers = nest(exercise, flat)
    for check in exercise.checks:
        place = f"cases.{case.name}.{check.id}"
        try:
            result = check.run(exercise, answers, work)
        except Exception as error:
            yield place, f"the check stops with {_said(error)}. {_mend(check)}"
            continue
        earned += result.earned
        if check.id in passes and not result.passed:
            yield place, "the case should pass this check and misses it."
        if check.id in misses and result.passed:
            yield place, "the case should miss this check and passes it."
    if case.points is not None and round(earned, 2) != case.points:
        yield f"cases.{case.name}.points", f"the case earns {earned:g} points, not {case.points:g}."


def blank_faults(exercise: Exercise, course: Course | None = None) -> Faults:
    """Say which checks give something for an empty form, or stop on it, whatever the other exercises hold."""
    nothing = nest(exercise, {})
    works = [Work(course), *([example_work(course)] if course else [])]
    for check in exercise.checks:
        for work in works:
            try:
                earned = check.run(exercise, nothing, work.having(exercise, {})).earned
            except Exception as error:
                text = f"the check stops on an empty form with {_said(error)}. {_mend(check)}"
                yield check.id, text
                break
            if earned:
                yield check.id, f"an empty form earns {earned:g} points here; it should earn nothing."
                break


def drawing_faults(exercise: Exercise, course: Course | None = None) -> Faults:
    """Say which pictures and computed values stop, and which pictures show nothing of the example."""
    try:
        flat = flatten(exercise, read_example(exercise.folder / "example.yaml"))
    except (OSError, ValueError):
        flat = {}
    for name, function in [*exercise.computes.items(), *exercise.draws.items()]:
        drawn = None
        for given in ({}, flat):
            try:
                work = _work(exercise, given, course)
                drawn = call(function, nest(exercise, given), exercise, work)
            except Exception as error:
                where = "on the example" if given else "on an empty form"
                yield name, f"this stops {where} with {_said(error)}. Mend it in checks.py."
                break
        else:
            if flat and name in exercise.draws and drawn is None:
                yield name, "the example draws nothing here; add answers to it, or mend the picture."
            elif drawn is not None and name in exercise.draws and drawn.size > LARGEST_PICTURE:
                yield name, f"the picture has {drawn.size} bytes; {LARGEST_PICTURE} are the most. Draw less."


LARGEST_PICTURE = 4096
"""Bytes of a picture: phones get it over a weak line."""


def _mend(check: Check) -> str:
    return "Look at what it wants." if check.wants else "Mend it in checks.py."


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
