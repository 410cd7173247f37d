"""Loads a course from its folder, in one of its languages."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from academy.content import course_folder
from academy.course.checks import Check, declared
from academy.course.files.course_stamp import course_stamp
from academy.course.files.exercise_code import checks_module, exercise_version
from academy.course.files.sentences import validated
from academy.course.files.shared_parts import merged, resolve_lists, resolve_options
from academy.course.files.translation import overlay_of, translate, words_of_all
from academy.course.files.yaml_files import course_files, mapping, read_once
from academy.course.model import Course, Exercise
from academy.course.rules.look import as_check
from academy.course.webinar import Webinar
from academy.errors import CourseError
from academy.i18n import spoken

__all__ = ["load_course"]


def load_course(course: str | Path, language: str | None = None) -> Course:
    """Load a course by id or folder, in `language` or the one it was written in.

    Raises CourseError with the file, the place in it and what is wrong.
    """
    folder = course_folder(course)
    if not (folder / "course.yaml").is_file():
        raise CourseError(f"There is no course in {folder}: it needs a file course.yaml.")
    return _load_course(folder.resolve(), language, course_stamp(folder))


@lru_cache(maxsize=32)  # some languages of the newest versions: a course that is being written has many
def _load_course(folder: Path, language: str | None, _stamp: int) -> Course:
    with read_once():
        return _read_course(folder, language)


def _read_course(folder: Path, language: str | None) -> Course:
    raw = course_files(folder)
    written = validated(Course, raw, folder / "course.yaml")
    languages = written.languages
    chosen = language if language in languages else languages[0]
    overlay = overlay_of(folder, chosen, languages)
    raw = translate(raw, {key: value for key, value in overlay.items() if key != "words"})
    course = validated(Course, raw, folder / f"{chosen}.yaml") if overlay else written
    lists = raw.get("lists") or {}
    exercises = [
        _load_exercise(path.parent, written, chosen, lists) for path in sorted(folder.glob("*/exercise.yaml"))
    ]
    webinars = tuple(
        _load_webinar(path.parent, written, chosen, lists) for path in sorted(folder.glob("*/live.yaml"))
    )
    order = [name for module in course.modules for name in module.exercises]
    exercises.sort(key=lambda e: order.index(e.id) if e.id in order else len(order))
    return course.model_copy(
        update={
            "exercises": tuple(exercises),
            "webinars": webinars,
            "language": chosen,
            "folder": folder,
            "edition": written.id,
        },
    )


def _load_exercise(folder: Path, course: Course, language: str, lists: dict[str, Any]) -> Exercise:
    file = folder / "exercise.yaml"
    own = mapping(file)
    raw, base = merged(own, folder)
    resolve_options(raw, lists, file)
    overlay = overlay_of(folder, language, course.languages)
    if base != folder:
        inherited = overlay_of(base, language, course.languages)
        overlay = {key: value for key, value in inherited.items() if key not in own} | overlay
    exercise = validated(Exercise, raw, file)
    if overlay:
        texts = {key: value for key, value in overlay.items() if key not in ("checks", "words")}
        exercise = validated(Exercise, translate(raw, texts), folder / f"{language}.yaml")
    if exercise.id != folder.name:
        raise CourseError(
            f"{file}: id: write the name of the folder, {folder.name}, instead of {exercise.id}."
        )
    found = declared(checks_module(base))
    said = overlay.get("checks") or {}
    return exercise.model_copy(
        update={
            "checks": tuple(
                _said(check, said.get(check.id)) for check in _in_order(exercise, found.checks, file)
            ),
            "computes": found.computes,
            "draws": found.draws,
            "words": _words(base, exercise, course),
            "edition": course.id,
            "version": exercise_version(folder, base),
            "language": language,
            "texts": {key: spoken(text, language) for key, text in exercise.texts.items()},
            "folder": folder,
        }
    )


def _load_webinar(folder: Path, course: Course, language: str, lists: dict[str, Any]) -> Webinar:
    file = folder / "live.yaml"
    raw = mapping(file)
    overlay = overlay_of(folder, language, course.languages)
    if faults := resolve_lists(raw, lists):
        raise CourseError("\n".join(f"{file}: {place}: {text}" for place, text in faults))
    webinar = validated(Webinar, raw, file)
    if overlay:
        webinar = validated(Webinar, translate(raw, overlay), folder / f"{language}.yaml")
    if webinar.id != folder.name:
        raise CourseError(
            f"{file}: id: write the name of the folder, {folder.name}, instead of {webinar.id}."
        )
    stop_words = words_of_all(folder.parent, course.words, course.languages).get("stop_words", [])
    return webinar.model_copy(
        update={
            "stop_words": stop_words,
            "language": language,
            "folder": folder,
        }
    )


def _in_order(exercise: Exercise, coded: tuple[Check, ...], file: Path) -> list[Check]:
    """The checks as `exercise.yaml` has them; those of `checks.py` that it does not place come after them."""
    there = {check.id: check for check in coded}
    placed = []
    for declared_check in exercise.declared:
        if declared_check.wants:
            placed.append(as_check(declared_check, declared_check.wants))
        elif declared_check.id in there:
            placed.append(there.pop(declared_check.id))
        else:
            raise CourseError(
                f"{file}: checks.{declared_check.id}: checks.py has no check {declared_check.id}; write there what it "
                f"looks at, or say here what it wants."
            )
    return [*placed, *there.values()]


def _said(check: Check, text: Any) -> Check:
    return check.said(text.get("title"), text.get("hint")) if isinstance(text, dict) else check


def _words(folder: Path, exercise: Exercise, course: Course) -> dict[str, list[str]]:
    """Word lists of all languages together, the course's and the exercise's own: answers may be in any of them."""
    words = words_of_all(folder.parent, course.words, course.languages)
    for name, items in words_of_all(folder, exercise.words, course.languages).items():
        words[name] = [*words.get(name, []), *items]
    return words
