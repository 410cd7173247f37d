"""Linter rules for single files: syntax, known keys, allowed values."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import regex
import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from academy.course.desk_plan import DeskPlan
from academy.course.fields import Option
from academy.course.files.sentences import UNKNOWN_KEY, mistakes
from academy.course.files.shared_parts import merged, resolve_lists
from academy.course.files.yaml_files import parsed, read_yaml
from academy.course.lint.findings import Fault, instead, told
from academy.course.mistakes.values import quoted, scalars
from academy.course.model import Course, Exercise
from academy.course.plan import PassportPlan
from academy.course.webinar import Webinar
from academy.errors import CourseError

__all__ = ["shape_faults", "syntax_faults"]

_CUT = regex.compile(r" #(?=\S)")
_TOP = ("course.yaml", "passport.yaml", "desk.yaml")
_BELOW = ("exercise.yaml", "live.yaml", "cases.yaml", "example.yaml", "checks.py")
_LIST = TypeAdapter(list[Option])
_ID = r"[a-z][a-z0-9_-]*"
_OCTAL = regex.compile(r"0[0-7]+")


# -- files that can't be read ---------------------------------------------------------------------------------


def syntax_faults(folder: Path) -> Iterator[Fault]:
    """Find files that do not parse or go by another name, keys that are there twice, and texts that are cut off."""
    yield from _names(folder)
    for file in sorted([*folder.glob("*.yaml"), *folder.glob("*/*.yaml")]):
        yield from _syntax(file)


def _names(folder: Path) -> Iterator[Fault]:
    """Files that nobody reads because of their names."""
    for file in sorted([*folder.glob("*.*"), *folder.glob("*/*.*")]):
        meant = regex.sub(r"\.(yml|yaml\.txt|yml\.txt|yaml)$", ".yaml", file.name, flags=regex.IGNORECASE)
        known = _TOP if file.parent == folder else _BELOW
        if meant.lower() in known:
            meant = meant.lower()
        elif file.parent != folder and meant.endswith(".yaml") and not _has_either(file.parent):
            close = get_close_matches(meant.lower(), ("exercise.yaml", "live.yaml"), 1, 0.8)
            meant = close[0] if close else meant
        if meant != file.name:
            yield Fault(file, "the file", f"under this name it is not read. Call it {meant}.")


def _has_either(folder: Path) -> bool:
    return any((folder / name).is_file() for name in ("exercise.yaml", "live.yaml"))


def _syntax(file: Path) -> Iterator[Fault]:
    found: list[Fault] = []

    def look(node: yaml.Node) -> None:
        for key in _doubled_keys(node):
            text = f"the key {key.value} is there twice; only the last would count."
            line, column = key.start_mark.line + 1, key.start_mark.column + 1
            found.append(Fault(file, f"line {line}", text, line=line, column=column))
        found.extend(_misread(file, node))

    try:
        content = parsed(file, look)
    except CourseError as error:
        yield from told(error)
    except OSError as error:
        yield Fault(
            file, "the file", f"this can't be read: {error.strerror}. Put a file of text in its place."
        )
    else:
        yield from found
        if not isinstance(content, dict):
            yield Fault(file, "the file", "write keys and values, such as “title: …”.")


def _doubled_keys(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    yield key
                seen.add(key.value)
            yield from _doubled_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _doubled_keys(item)


def _misread(file: Path, node: yaml.Node) -> Iterator[Fault]:
    """What stands in a file and is not what it looks like: texts that end at a #, numbers that begin with 0."""
    text = file.read_text("utf-8")
    cuts, zeros = _CUT.search(text), regex.search(r"\b0[0-7]", text)
    if not cuts and not zeros:
        return
    lines = text.split("\n")
    for scalar in scalars(node):
        if scalar.style in ("'", '"', "|", ">") or not scalar.value:
            continue
        line, column = scalar.end_mark.line, scalar.end_mark.column
        rest = lines[line][column:] if line < len(lines) else ""
        if cuts and _CUT.match(rest):
            said = (
                "what stands behind # is not read: it is taken for a comment. Put the text between quotes: "
                f"{quoted(scalar.value + rest.rstrip())}. A comment has a space behind its #."
            )
            yield Fault(file, f"line {line + 1}", said, line=line + 1, column=column + 2)
        elif zeros and scalar.tag.endswith(":int") and _OCTAL.fullmatch(scalar.value):
            said = (
                f"YAML reads {scalar.value} as {int(scalar.value, 8)}, because it begins with 0. Write "
                f'{scalar.value.lstrip("0") or "0"}, or "{scalar.value}" if it is a text.'
            )
            yield Fault(file, f"line {line + 1}", said, line=line + 1, column=scalar.start_mark.column + 1)


# -- files that say something that a course can't say ---------------------------------------------------------


def shape_faults(folder: Path, unread: Collection[Path]) -> Iterator[Fault]:
    """Find keys and values that a course or exercise can't have, lists that are not there, and wrong folders.

    Files that are `unread`, because they are no YAML, are left out.
    """
    file = folder / "course.yaml"
    raw = read_yaml(file) if file not in unread and file.is_file() else {}
    if raw:
        yield from _validated(Course, raw, file)
        yield from _folder(raw, file)
    for name, model in (("passport.yaml", PassportPlan), ("desk.yaml", DeskPlan)):
        if (folder / name).is_file() and folder / name not in unread:
            yield from _validated(model, read_yaml(folder / name), folder / name)
    given = raw.get("lists")
    lists = {name: _chosen_from(listed) for name, listed in given.items()} if isinstance(given, dict) else {}
    for exercise_file in sorted({*folder.glob("*/exercise.yaml")} - {*unread}):
        own = read_yaml(exercise_file)
        yield from _folder(own, exercise_file)
        try:
            exercise, base = merged(own, exercise_file.parent)
        except CourseError as error:
            yield from told(error)
            continue
        taken_over = {*exercise} - {*own} if base != exercise_file.parent else set()
        unlisted = [*_lists(exercise, lists, exercise_file)]
        for fault in [*(unlisted if raw else ()), *_validated(Exercise, exercise, exercise_file)]:
            if fault.path.partition(".")[0] not in taken_over:  # that is told where it stands
                yield fault
    for live_file in sorted({*folder.glob("*/live.yaml")} - {*unread}):
        webinar = read_yaml(live_file)
        yield from _folder(webinar, live_file)
        for place, text in resolve_lists(webinar, lists):
            if raw:
                yield Fault(live_file, place, text)
        yield from _validated(Webinar, webinar, live_file)


def _chosen_from(listed: object) -> list[Any]:
    """The options of a list of the course; none where something is wrong with them, which is told where they stand."""
    try:
        _LIST.validate_python(listed)
    except ValidationError:
        return []
    return listed if isinstance(listed, list) else []


def _folder(raw: dict[str, Any], file: Path) -> Iterator[Fault]:
    """An id that is not the name of its folder."""
    name, folder = raw.get("id"), file.resolve().parent.name
    if isinstance(name, str) and name != folder and regex.fullmatch(_ID, name):
        if regex.fullmatch(_ID, folder):
            text = f"write the name of the folder, {folder}, instead of {name}; or call the folder {name}."
        else:
            text = f"a folder can't be called {folder}. Call it {name}, as the id says."
        yield Fault(file, "id", text)


def _validated(model: type[BaseModel], raw: object, file: Path) -> Iterator[Fault]:
    for key, about in model.model_fields.items():
        name = about.alias or key
        if about.exclude and isinstance(raw, dict) and name in raw:  # it is filled in when the course is read
            yield Fault(file, name, UNKNOWN_KEY)
    try:
        model.model_validate(raw)
    except ValidationError as error:
        for path, text, line, column in mistakes(error, raw, model, file):
            yield Fault(file, path, text, line=line, column=column)


def _lists(raw: dict[str, Any], lists: dict[str, Any], file: Path) -> Iterator[Fault]:
    """Put shared lists where they are named; say which are not there."""
    fields = raw.get("fields")
    for field in fields if isinstance(fields, list) else []:
        columns = field.get("columns") if isinstance(field, dict) else None
        for part in [field, *(columns if isinstance(columns, list) else [])]:
            name = part.get("options") if isinstance(part, dict) else None
            if not isinstance(name, str):
                continue
            if name not in lists:
                place = ".".join(str(p.get("id")) for p in ([field] if part is field else [field, part]))
                text = f"there is no list {name} in course.yaml{instead(name, lists)}."
                yield Fault(file, f"fields.{place}.options", text)
            part["options"] = lists.get(name, [])
