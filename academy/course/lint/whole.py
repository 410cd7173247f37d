"""The linter: runs all rules over a course; each finding says what is wrong, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from academy.course.files.yaml_files import read_once, read_yaml
from academy.course.lint.check_source import source_faults
from academy.course.lint.course_keys import course_faults
from academy.course.lint.desk import plan_faults
from academy.course.lint.files import shape_faults, syntax_faults
from academy.course.lint.findings import Fault, located, told, told_once
from academy.course.lint.links import text_link_faults
from academy.course.lint.live import webinar_faults
from academy.course.lint.modules import module_faults
from academy.course.lint.neighbours import Neighbours
from academy.course.lint.page_source import pages_of
from academy.course.lint.pages import page_faults
from academy.course.lint.proving.proofs import check_faults, hint_faults, proof_faults
from academy.course.lint.refs import passport_faults, reference_faults
from academy.course.lint.reviews import review_faults
from academy.course.lint.rules import rule_faults
from academy.course.lint.translations import overlay_faults, parts, states
from academy.course.load import load_course
from academy.course.model import Course
from academy.errors import CourseError
from academy.languages import canonical, spelled

__all__ = ["Fault", "lint_course"]

Rule = Callable[[Course], Iterable[Fault]]


def lint_course(folder: str | Path) -> list[Fault]:
    """Return what is wrong in a course. An empty list, or notes alone, means that it can be used.

    Causes come before what follows from them: while a file can't be read, or says what it can't say, nothing is told
    of how the course holds together.
    """
    with read_once():
        return located(told_once(_found(Path(folder))))


def _found(folder: Path) -> list[Fault]:
    file = folder / "course.yaml"
    found = [*syntax_faults(folder)]
    if not file.is_file() and not found:
        text = "there is no course here; write course.yaml, or name another folder."
        return [Fault(file, "the file", text)]
    unread = {fault.file for fault in found}
    found += shape_faults(folder, unread)
    if not found:
        found = [*overlay_faults(folder)]
    if found:
        return found
    try:
        course = load_course(folder)
        for language in course.languages[1:]:
            load_course(folder, language)
    except CourseError as error:
        return [*told(error)]
    return [fault for rule in _RULES for fault in _looked(rule, course)]


def _looked(rule: Rule, course: Course) -> list[Fault]:
    """What a rule finds, and what stops it."""
    found = []
    try:
        for fault in rule(course):
            found.append(fault)
    except CourseError as error:
        found += told(error)
    return found


# -- what holds a course together, causes first ----------------------------------------------------------------


def _exercises(course: Course) -> Iterator[Fault]:
    beside = Neighbours(course)
    for exercise in course.exercises:
        yield from reference_faults(course, exercise)
        yield from review_faults(course, exercise)
        yield from check_faults(exercise)
        yield from rule_faults(course, exercise)
        yield from source_faults(course, exercise, beside)


def _proofs(course: Course) -> Iterator[Fault]:
    for exercise in course.exercises:
        yield from proof_faults(course, exercise)


def _links(course: Course) -> Iterator[Fault]:
    """Links in the texts of files, also where they are translated."""
    pages = pages_of(course)
    for folder, raw in parts(course):
        name = next(n for n in ("course", "exercise", "live") if (folder / f"{n}.yaml").is_file())
        yield from text_link_faults(folder / f"{name}.yaml", raw, pages)
        for file in sorted(folder.glob("*.md")):
            yield from text_link_faults(file, {"the file": file.read_text("utf-8", "replace")}, pages)
        for language in course.languages[1:]:
            if (folder / f"{language}.yaml").is_file():
                file = folder / f"{language}.yaml"
                yield from text_link_faults(file, read_yaml(file), pages)


def _translations(course: Course) -> Iterator[Fault]:
    if any(place.startswith("languages") for place in (fault.path for fault in course_faults(course))):
        return  # which file is a translation is not known
    texts = parts(course)
    for language in course.languages[1:]:
        for folder, raw in texts:
            yield from _translation(folder, raw, language)
        for exercise in load_course(course.folder, language).exercises:
            for check in exercise.checks:
                yield from hint_faults(check, exercise.folder / f"{language}.yaml", f"checks.{check.id}.hint")
    for folder, _ in texts:
        for file in sorted(folder.glob("*.yaml")):
            if text := _other_language(course, file.stem):
                yield Fault(file, "the file", text, "note")


def _other_language(course: Course, called: str) -> str | None:
    """Say what is to be done with a file that is called as a language which the course does not have."""
    if called in course.languages or canonical(called.replace("_", "-")) is None:
        return None
    nearest = spelled(called)
    if nearest in course.languages:
        return f"nobody finds this translation; call the file {nearest}.yaml."
    return f"the course does not have the language {nearest or called}; add it to languages in course.yaml."


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
            case "rule":
                text = "this is no text but a rule, and rules are the same in all languages; take it out."
                yield Fault(file, item.path, text)
            case "missing":
                yield Fault(file, item.path, "the translation is missing; the original is shown.", "note")
            case "stale":
                text = "the original has changed since, or was never compared; look again, then confirm it."
                yield Fault(file, item.path, text, "note")


_RULES: tuple[Rule, ...] = (
    course_faults,
    module_faults,
    _exercises,
    passport_faults,
    plan_faults,
    webinar_faults,
    _proofs,
    page_faults,
    _links,
    _translations,
)
