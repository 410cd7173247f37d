"""Loads a course from its folder, in one of its languages."""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from academy.content import courses_root
from academy.course.checks import Check, declared
from academy.course.model import Course, Exercise
from academy.course.webinar import Webinar
from academy.errors import CourseError
from academy.i18n import spoken

__all__ = [
    "course_files",
    "course_stamp",
    "load_course",
    "merged",
    "read_yaml",
    "resolve_lists",
    "translate",
]

T = TypeVar("T", Course, Exercise, Webinar)
UNKNOWN_KEY = "this key is not known; check its spelling or take it out."
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_course(course: str | Path, language: str | None = None) -> Course:
    """Load a course by id or folder, in `language` or the one it was written in.

    Raises CourseError with the file, the place in it and what is wrong.
    """
    folder = _folder(course)
    if not (folder / "course.yaml").is_file():
        raise CourseError(f"There is no course in {folder}: it needs a file course.yaml.")
    return _load_course(folder.resolve(), language, course_stamp(folder))


def _folder(course: str | Path) -> Path:
    folder = Path(course)
    return folder if folder.is_dir() else courses_root() / str(course)


def course_stamp(course: str | Path) -> int:
    """Return a number that changes whenever a file of the course does, comes or goes.

    This is how a process that lives long notices it: half a millisecond for the thirty exercises of a course.
    """
    folder, found = _folder(course), []
    with suppress(OSError):  # no folder, or none that may be read: the same as an empty one
        found = [*_stamps(folder, 1)]
    return hash(tuple(sorted(found)))


def _stamps(folder: Path | str, deeper: int) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                if entry.name.endswith(".yaml") or (entry.name == "checks.py" and not deeper):
                    state = entry.stat()
                    yield entry.path, state.st_mtime_ns, state.st_size
                elif deeper and "." not in entry.name and entry.is_dir():
                    yield from _stamps(entry.path, deeper - 1)
            except OSError:  # it went away since, or is a link that leads to itself
                continue


@lru_cache(maxsize=32)  # some languages of the newest versions: a course that is being written has many
def _load_course(folder: Path, language: str | None, _stamp: int) -> Course:
    raw = course_files(folder)
    languages = raw.get("languages") or ["en"]
    chosen = str(language if language in languages else languages[0])
    overlay = _overlay(folder, chosen, languages)
    written = _validated(Course, raw, folder / "course.yaml")
    raw = translate(raw, {key: value for key, value in overlay.items() if key != "words"})
    course = _validated(Course, raw, folder / f"{chosen}.yaml") if overlay else written
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
        },
    )


def course_files(folder: Path) -> dict[str, Any]:
    """Return what `course.yaml` says, with `passport.yaml` beside it under its name."""
    raw = _mapping(folder / "course.yaml")
    plan = folder / "passport.yaml"
    return raw | {"passport": _mapping(plan)} if plan.is_file() else raw


def _load_exercise(folder: Path, course: Course, language: str, lists: dict[str, Any]) -> Exercise:
    file = folder / "exercise.yaml"
    own = _mapping(file)
    raw, base = merged(own, folder)
    _resolve_options(raw, lists, file)
    overlay = _overlay(folder, language, course.languages)
    if base != folder:
        inherited = _overlay(base, language, course.languages)
        overlay = {key: value for key, value in inherited.items() if key not in own} | overlay
    exercise = _validated(Exercise, raw, file)
    if overlay:
        texts = {key: value for key, value in overlay.items() if key not in ("checks", "words")}
        exercise = _validated(Exercise, translate(raw, texts), folder / f"{language}.yaml")
    if exercise.id != folder.name:
        raise CourseError(
            f"{file}: id: write the name of the folder, {folder.name}, instead of {exercise.id}."
        )
    found = declared(_module(base))
    said = overlay.get("checks") or {}
    return exercise.model_copy(
        update={
            "checks": tuple(_said(check, said.get(check.id)) for check in found.checks),
            "computes": found.computes,
            "draws": found.draws,
            "words": _words(base, exercise, course),
            "course_id": course.id,
            "version": _version(folder, base),
            "language": language,
            "texts": {key: spoken(text, language) for key, text in exercise.texts.items()},
            "folder": folder,
        }
    )


def _load_webinar(folder: Path, course: Course, language: str, lists: dict[str, Any]) -> Webinar:
    file = folder / "live.yaml"
    raw = _mapping(file)
    overlay = _overlay(folder, language, course.languages)
    if faults := resolve_lists(raw, lists):
        raise CourseError("\n".join(f"{file}: {place}: {text}" for place, text in faults))
    webinar = _validated(Webinar, raw, file)
    if overlay:
        webinar = _validated(Webinar, translate(raw, overlay), folder / f"{language}.yaml")
    if webinar.id != folder.name:
        raise CourseError(
            f"{file}: id: write the name of the folder, {folder.name}, instead of {webinar.id}."
        )
    stop_words = _listed_in_all(folder.parent, course.words, course.languages).get("stop_words", [])
    return webinar.model_copy(
        update={
            "stop_words": stop_words,
            "course_id": course.id,
            "language": language,
            "folder": folder,
        }
    )


def resolve_lists(raw: dict[str, Any], lists: dict[str, Any]) -> list[tuple[str, str]]:
    """Put the options of shared lists into a webinar's activities; return the places of those that are not there."""
    faults = []
    activities = raw.get("activities")
    for activity in activities if isinstance(activities, list) else []:
        name = activity.get("list") if isinstance(activity, dict) else None
        if not isinstance(name, str):
            continue
        place = f"activities.{activity.get('id')}.list"
        if name not in lists:
            there = ", ".join(sorted(lists)) or "no list"
            faults.append((place, f"there is no list {name} in course.yaml (it has {there})."))
        elif "options" in activity:
            faults.append((place, "write either options or a list, not both."))
        else:
            activity["options"] = [
                {"id": item.get("id"), "text": item.get("label"), "help": item.get("help", "")}
                for item in lists[name]
            ]
    return faults


def merged(raw: dict[str, Any], folder: Path) -> tuple[dict[str, Any], Path]:
    """Return what an exercise says with what it takes over from the one it is `like`, and the folder of that one.

    An exercise that is like no other has its own folder. Raises CourseError if the other is not there.
    """
    like = raw.get("like")
    if not isinstance(like, str):
        return raw, folder
    file = folder / "exercise.yaml"
    base = folder.parent / like
    if base == folder or not (base / "exercise.yaml").is_file():
        raise CourseError(f"{file}: like: there is no other exercise {like} beside this one.")
    other = _mapping(base / "exercise.yaml")
    if "like" in other:
        raise CourseError(f"{file}: like: {like} is like another itself; name {other['like']} here.")
    return other | raw, base


def _said(check: Check, text: Any) -> Check:
    return check.said(text.get("title"), text.get("hint")) if isinstance(text, dict) else check


def _words(folder: Path, exercise: Exercise, course: Course) -> dict[str, list[str]]:
    """Word lists of all languages together, the course's and the exercise's own: answers may be in any of them."""
    words = _listed_in_all(folder.parent, course.words, course.languages)
    for name, items in _listed_in_all(folder, exercise.words, course.languages).items():
        words[name] = [*words.get(name, []), *items]
    return words


def _listed_in_all(
    folder: Path, original: dict[str, list[str]], languages: list[str]
) -> dict[str, list[str]]:
    """The word lists of a file and of its translations together."""
    words: dict[str, list[str]] = {}
    translated = (_overlay(folder, language, languages).get("words") for language in languages[1:])
    for lists in (original, *translated):
        for name, items in (lists or {}).items():
            words[name] = [*words.get(name, []), *items]
    return words


def _resolve_options(raw: dict[str, Any], lists: dict[str, Any], file: Path) -> None:
    """Put a shared list in the place of its name."""
    fields = raw.get("fields")
    for field in fields if isinstance(fields, list) else []:
        columns = field.get("columns") if isinstance(field, dict) else None
        for part in [field, *(columns if isinstance(columns, list) else [])]:
            name = part.get("options") if isinstance(part, dict) else None
            if isinstance(name, str):
                if name not in lists:
                    there = ", ".join(sorted(lists)) or "no list"
                    raise CourseError(
                        f"{file}: {part.get('id')}.options: there is no list {name} in course.yaml (it has {there})."
                    )
                part["options"] = lists[name]


def translate(base: Any, overlay: Any) -> Any:
    """Return `base` with the texts of `overlay`, which mirrors it by keys and ids. Nothing is added."""
    if isinstance(base, list) and isinstance(overlay, dict):
        return [
            translate(item, overlay[item["id"]])
            if isinstance(item, dict) and item.get("id") in overlay
            else item
            for item in base
        ]
    if isinstance(base, dict) and isinstance(overlay, dict):
        return {
            key: translate(value, overlay[key]) if key in overlay else value for key, value in base.items()
        }
    if isinstance(base, dict):
        name = next((key for key in ("label", "title", "name", "text") if key in base), None)
        return {**base, name: overlay} if name and isinstance(overlay, str) else base
    return overlay


def read_yaml(file: Path) -> Any:
    """Read a YAML file. Raises CourseError naming the line where it does not parse."""
    try:
        return yaml.load(file.read_text("utf-8"), Loader=LOADER)  # noqa: S506 - both loaders are the safe ones
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise CourseError(f"{file}: line {line}: this is not valid YAML: {error.problem}.") from None
    except yaml.YAMLError:
        raise CourseError(f"{file}: this is not valid YAML.") from None
    except UnicodeDecodeError:
        raise CourseError(f"{file}: this is not UTF-8 text. Save it with the encoding UTF-8.") from None


def _mapping(file: Path) -> dict[str, Any]:
    content = read_yaml(file)
    if not isinstance(content, dict):
        raise CourseError(f"{file}: write keys and values, such as “title: …”.")
    return content


def _overlay(folder: Path, language: str, languages: list[str]) -> dict[str, Any]:
    file = folder / f"{language}.yaml"
    return _mapping(file) if language != languages[0] and file.is_file() else {}


def _validated(model: type[T], raw: dict[str, Any], file: Path) -> T:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise CourseError("\n".join(f"{file}: {line}" for line in sentences(error, raw))) from None


def sentences(error: ValidationError, raw: Any) -> list[str]:
    """Say each validation error with its place, ids instead of numbers."""
    return [f"{_place(item['loc'], raw)}: {_mend(item)}" for item in error.errors()]


def _place(location: tuple[int | str, ...], raw: Any) -> str:
    names: list[str] = []
    for step in location:
        raw = raw[step] if _has(raw, step) else None
        name = raw.get("id") if isinstance(step, int) and isinstance(raw, dict) else None
        names.append(str(name or (step + 1 if isinstance(step, int) else step)))
    return ".".join(names) or "the file"


def _has(raw: Any, step: int | str) -> bool:
    if isinstance(raw, dict):
        return step in raw
    return isinstance(raw, list) and isinstance(step, int) and step < len(raw)


def _mend(item: Any) -> str:
    kind, message = item["type"], item["msg"]
    if kind == "missing":
        return "this is missing; write it."
    if kind == "extra_forbidden":
        return UNKNOWN_KEY
    if kind == "string_pattern_mismatch":
        return "write small letters, digits and hyphens, beginning with a letter."
    if kind == "literal_error":
        return f"write one of {item['ctx']['expected']}."
    return str(message).removeprefix("Value error, ").rstrip(".") + "."


def _module(folder: Path) -> ModuleType | None:
    """Import `checks.py` of an exercise under a name of its own."""
    file = folder / "checks.py"
    if not file.is_file():
        return None
    name = f"academy_exercise_{folder.parent.name}_{folder.name}".replace("-", "_")
    spec = importlib.util.spec_from_file_location(name, file, loader=_AsWritten(name, str(file)))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise CourseError(f"{file}: it can't be loaded: {type(error).__name__}: {error}.") from error
    return module


class _AsWritten(SourceFileLoader):
    """Compiles what stands in the file now.

    What Python keeps compiled beside it knows whole seconds: of two changes in one second it would keep the first.
    """

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        code: CodeType = self.source_to_code(self.get_data(path), path)
        return code


def _version(folder: Path, base: Path) -> str:
    """A digest of what decides about answers and points: the exercise and its checks."""
    digest = hashlib.sha256()
    for place in dict.fromkeys((folder, base)):
        for name in ("exercise.yaml", "checks.py"):
            file = place / name
            digest.update(file.read_bytes() if file.is_file() else b"")
    return digest.hexdigest()[:16]
