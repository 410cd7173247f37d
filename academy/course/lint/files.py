"""Linter rules for single files: syntax, known keys, allowed values."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from academy.course.lint.findings import Fault, instead, told
from academy.course.model import Course, Exercise
from academy.course.plan import PassportPlan
from academy.course.sentences import UNKNOWN_KEY, sentences
from academy.course.shared_parts import merged, resolve_lists
from academy.course.webinar import Webinar
from academy.course.yaml_files import LOADER, read_yaml
from academy.errors import CourseError

__all__ = ["shape_faults", "syntax_faults"]


# -- files that can't be read ---------------------------------------------------------------------------------


def syntax_faults(folder: Path) -> Iterator[Fault]:
    """Find files that do not parse, and keys that are there twice."""
    for file in sorted([*folder.glob("*.yaml"), *folder.glob("*/*.yaml")]):
        try:
            content = read_yaml(file)
        except CourseError as error:
            yield from told(error)
            continue
        if not isinstance(content, dict):
            yield Fault(file, "the file", "write keys and values, such as “title: …”.")
            continue
        for key, line in _doubled_keys(yaml.compose(file.read_text("utf-8"), Loader=LOADER)):
            yield Fault(file, f"line {line}", f"the key {key} is there twice; only the last would count.")


def _doubled_keys(node: yaml.Node | None) -> Iterator[tuple[str, int]]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key.value, key.start_mark.line + 1
            seen.add(key.value)
            yield from _doubled_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _doubled_keys(item)


# -- files that say something that a course can't say ---------------------------------------------------------


def shape_faults(folder: Path) -> Iterator[Fault]:
    """Find keys and values that a course or exercise can't have, and lists that are not there."""
    file = folder / "course.yaml"
    raw = read_yaml(file)
    yield from _validated(Course, raw, file)
    plan = folder / "passport.yaml"
    if plan.is_file():
        yield from _validated(PassportPlan, read_yaml(plan), plan)
    lists = raw.get("lists")
    for exercise_file in sorted(folder.glob("*/exercise.yaml")):
        try:
            exercise, _ = merged(read_yaml(exercise_file), exercise_file.parent)
        except CourseError as error:
            yield from told(error)
            continue
        yield from _lists(exercise, lists if isinstance(lists, dict) else {}, exercise_file)
        yield from _validated(Exercise, exercise, exercise_file)
    for live_file in sorted(folder.glob("*/live.yaml")):
        webinar = read_yaml(live_file)
        for place, text in resolve_lists(webinar, lists if isinstance(lists, dict) else {}):
            yield Fault(live_file, place, text)
        yield from _validated(Webinar, webinar, live_file)


def _validated(
    model: type[Course] | type[Exercise] | type[PassportPlan] | type[Webinar], raw: object, file: Path
) -> Iterator[Fault]:
    for key, about in model.model_fields.items():
        name = about.alias or key
        if about.exclude and isinstance(raw, dict) and name in raw:  # it is filled in when the course is read
            yield Fault(file, name, UNKNOWN_KEY)
    try:
        model.model_validate(raw)
    except ValidationError as error:
        for line in sentences(error, raw):
            place, _, text = line.partition(": ")
            yield Fault(file, place, text)


def _lists(raw: dict[str, Any], lists: dict[str, Any], file: Path) -> Iterator[Fault]:
    """Put shared lists where they are named; say which are not there."""
    for field in raw.get("fields") or []:
        for part in [field, *(field.get("columns") or [])] if isinstance(field, dict) else []:
            name = part.get("options") if isinstance(part, dict) else None
            if not isinstance(name, str):
                continue
            if name not in lists:
                place = ".".join(str(p.get("id")) for p in ([field] if part is field else [field, part]))
                text = f"there is no list {name} in course.yaml{instead(name, lists)}."
                yield Fault(file, f"fields.{place}.options", text)
            part["options"] = lists.get(name, [])
