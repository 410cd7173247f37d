"""The linter: runs all rules over a course; each finding says what is wrong, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import regex

from academy.content import FLAGSHIP
from academy.course.checks import Check
from academy.course.lint.cases import blank_faults, case_faults, drawing_faults, example_faults, read_cases
from academy.course.lint.desk import plan_faults
from academy.course.lint.files import shape_faults, syntax_faults
from academy.course.lint.findings import Fault, instead, told
from academy.course.lint.live import live_call_faults, webinar_faults
from academy.course.lint.refs import passport_faults, reference_faults
from academy.course.lint.reviews import review_faults
from academy.course.lint.translations import parts, states
from academy.course.load import load_course
from academy.course.model import Course, Exercise
from academy.course.pages import PAGES, course_pages, doubled_by, page_cells
from academy.errors import CourseError

__all__ = ["Fault", "lint_course"]

WEEK = [300, 360]
QUESTION_MARKS = ("?", "؟", "？", ";")
_CALL = regex.compile(r"""\b(?:exercise|feedback|reviews)\(\s*["']([^"']+)["']""")
_PART = regex.compile(r"(?:exercise|feedback|reviews|live|beside|play|passport|thread|home)\(")
_FEEDBACK = regex.compile(r"""\bfeedback\(\s*["']([^"']+)["']""")
_FORM = regex.compile(r"""\bexercise\(\s*["']([^"']+)["']""")


def lint_course(folder: str | Path) -> list[Fault]:
    """Return what is wrong in a course, by file. An empty list, or notes alone, means that it can be used."""
    folder = Path(folder)
    file = folder / "course.yaml"
    if not file.is_file():
        return [
            Fault(file, "the file", "there is no course here; write course.yaml, or name another folder.")
        ]
    found = [*syntax_faults(folder)]
    if not found:
        found = [*shape_faults(folder)]
    if not found:
        try:
            course = load_course(folder)
            for language in course.languages[1:]:
                load_course(folder, language)
            found = [*_sense(course)]
        except CourseError as error:
            found = [*told(error)]
    return list(dict.fromkeys(found))


# -- a course that does not hold together ---------------------------------------------------------------------


def _sense(course: Course) -> Iterator[Fault]:
    yield from _minutes(course)
    yield from _modules(course)
    for exercise in course.exercises:
        yield from reference_faults(course, exercise)
        yield from review_faults(course, exercise)
        yield from _checks(exercise)
        yield from _proofs(course, exercise)
    yield from passport_faults(course)
    yield from _desk(course)
    yield from webinar_faults(course)
    yield from _notebooks(course)
    yield from _translations(course)


def _desk(course: Course) -> Iterator[Fault]:
    yield from plan_faults(course)


def _minutes(course: Course) -> Iterator[Fault]:
    file = course.folder / "course.yaml"
    week = course.thresholds.get("week_minutes", WEEK)
    least, most = week if isinstance(week, list) and len(week) == 2 else WEEK
    for module in course.modules:
        place = f"modules.{module.id}.minutes"
        total = sum(activity.minutes for activity in module.activities)
        if module.activities and total != module.minutes:
            text = f"the activities add up to {total} minutes, not {module.minutes}; change one or the other."
            yield Fault(file, place, text)
        if module.week and not least <= module.minutes <= most:
            text = f"a week takes {least:g} to {most:g} minutes, not {module.minutes}; move an activity."
            yield Fault(file, place, text)


def _modules(course: Course) -> Iterator[Fault]:
    file = course.folder / "course.yaml"
    pages = {name for name in course_pages(course.folder) if "." not in name}
    there = [exercise.id for exercise in course.exercises]
    used: dict[str, str] = {}
    for module in course.modules:
        if module.page and module.page not in pages:
            where = "notebooks" if course.folder.name == FLAGSHIP else f"the folder {PAGES} of the course"
            text = f"there is no page {module.page} in {where}{instead(module.page, pages)}."
            yield Fault(file, f"modules.{module.id}.page", text)
        for activity in module.activities:
            name, place = activity.exercise, f"modules.{module.id}.activities.{activity.id}"
            if name is None:
                continue
            used[name] = module.id
            if name not in there:
                text = f"there is no exercise {name} beside course.yaml{instead(name, there)}."
                yield Fault(file, f"{place}.exercise", text)
            elif course.exercise(name).minutes != activity.minutes:
                text = f"the exercise {name} says {course.exercise(name).minutes} minutes, not {activity.minutes}."
                yield Fault(file, f"{place}.minutes", text)
    modules = [module.id for module in course.modules]
    for exercise in course.exercises:
        own = exercise.folder / "exercise.yaml"
        if exercise.module not in modules:
            text = f"the course has no module {exercise.module}{instead(exercise.module, modules)}."
            yield Fault(own, "module", text)
        elif used.get(exercise.id) != exercise.module:
            text = f"no activity of the module {exercise.module} in course.yaml names this exercise; add one."
            yield Fault(own, "module", text)


def _checks(exercise: Exercise) -> Iterator[Fault]:
    file = exercise.folder / "checks.py"
    ids = [check.id for check in exercise.checks]
    for check in exercise.checks:
        if ids.count(check.id) > 1:
            yield Fault(file, check.id, "there are two checks of this id; rename one.")
        if check.points < 0:
            yield Fault(
                file, check.id, f"points must be positive, not {check.points:g}; leave them out for advice."
            )
        if not check.title.strip():
            yield Fault(file, check.id, "the check has no title; say in a few words what is good.")
        yield from _hint(check, file)
        for path in check.fields:
            if exercise.at(path) is None:
                text = f"the check is about {path}, which is no field{instead(path, (f.id for f in exercise.fields))}."
                yield Fault(file, check.id, text)
    if ids and exercise.points <= 0:
        yield Fault(file, "points", "the checks give no points at all; give some of them points.")


def _hint(check: Check, file: Path, place: str = "") -> Iterator[Fault]:
    if not check.hint.strip():
        yield Fault(file, place or check.id, "the check has no hint; write a question that helps to go on.")
    elif not check.hint.rstrip(" \u200f\u200e)»”\"'").endswith(QUESTION_MARKS):
        yield Fault(file, place or check.id, f"the hint is not a question: “{check.hint}”. End it as one.")


# -- checks that are not proven -------------------------------------------------------------------------------


def _proofs(course: Course, exercise: Exercise) -> Iterator[Fault]:
    for place, text in [*blank_faults(exercise, course), *drawing_faults(exercise, course)]:
        yield Fault(exercise.folder / "checks.py", place, text)
    file = exercise.folder / "cases.yaml"
    if file.is_file() or not exercise.like:
        cases, faults = read_cases(file) if file.is_file() else ([], [])
        for place, text in [*faults, *case_faults(exercise, cases, course)]:
            yield Fault(file, place, text)
    example = exercise.folder / "example.yaml"
    if not example.is_file() and not exercise.like:
        yield Fault(example, "the file", "there is no worked example; write one that passes every check.")
    for file in sorted(exercise.folder.glob("example*.yaml")):
        for place, text in example_faults(exercise, file, course):
            yield Fault(file, place, text)


# -- pages and translations -----------------------------------------------------------------------------------


def _notebooks(course: Course) -> Iterator[Fault]:
    known = {exercise.id for exercise in course.exercises}
    for file in course_pages(course.folder).values():
        try:
            sources = [(cell.place, cell.source) for cell in page_cells(file)]
        except CourseError:
            yield Fault(file, "the file", "this is not a notebook that can be read; restore it.")
            continue
        if hidden := doubled_by(file):
            text = f"nobody sees it, because {file.name} is the same page; delete one of the two."
            yield Fault(hidden, "the file", text)
        yield from _without_names(file, sources)
        yield from _without_feedback(course, file, sources)
        for cell, source in sources:
            for name in _CALL.findall(source):
                if name not in known:
                    text = f"there is no exercise {name}{instead(name, known)}."
                    yield Fault(file, cell, text)
            yield from live_call_faults(course, file, cell, source)


def _without_names(file: Path, sources: list[tuple[str, str]]) -> Iterator[Fault]:
    """A text page whose parts nobody knows, because it doesn't begin as it should."""
    if file.suffix == ".md" and not any("academy_widgets" in source for _cell, source in sources):
        for cell, source in sources:
            if _PART.match(source):
                text = "what this shows is not known yet; put a cell with from academy_widgets import * before it."
                yield Fault(file, cell, text)
                return


def _without_feedback(course: Course, file: Path, sources: list[tuple[str, str]]) -> Iterator[Fault]:
    """Forms on a module's page, where people are sent to read feedback, without the place for it."""
    pages = {name: module.page for module in course.modules for name in module.exercises if course.has(name)}
    said = "\n".join(source for _cell, source in sources)
    if not all(map(course.has, _FEEDBACK.findall(said))):
        return  # a name is written wrongly, and that is told
    for cell, source in sources:
        for name in _FORM.findall(source):
            here = pages.get(name) == file.name.partition(".")[0]
            if here and not course.exercise(name).private and f'feedback("{name}")' not in said:
                text = f'there is no place for the feedback on it; add a cell with feedback("{name}").'
                yield Fault(file, cell, text)


def _translations(course: Course) -> Iterator[Fault]:
    texts = parts(course)
    for language in course.languages[1:]:
        for folder, raw in texts:
            yield from _translation(folder, raw, language)
        for exercise in load_course(course.folder, language).exercises:
            for check in exercise.checks:
                yield from _hint(check, exercise.folder / f"{language}.yaml", f"checks.{check.id}.hint")
    for folder, _ in texts:
        for file in sorted(folder.glob("*.yaml")):
            if regex.fullmatch(r"[a-z]{2,3}(-[A-Za-z]+)?", file.stem) and file.stem not in course.languages:
                text = (
                    f"the course does not have the language {file.stem}; add it to languages in course.yaml."
                )
                yield Fault(file, "the file", text, "note")


def _translation(folder: Path, raw: dict[str, object], language: str) -> Iterator[Fault]:
    file = folder / f"{language}.yaml"
    if not file.is_file():
        yield Fault(file, "the file", "there is no translation yet; the original is shown.", "note")
        return
    for item in states(folder, raw, language):
        match item.state:
            case "unknown":
                text = "this translates nothing: the original has no such text. Check the spelling or take it out."
                yield Fault(file, item.path, text)
            case "missing":
                yield Fault(file, item.path, "the translation is missing; the original is shown.", "note")
            case "stale":
                text = "the original has changed since, or was never compared; look again, then confirm it."
                yield Fault(file, item.path, text, "note")
