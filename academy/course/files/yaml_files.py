"""Reads the YAML files of a course."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import regex
import yaml

from academy.course.mistakes.in_yaml import NOT_UTF_8, mistake
from academy.errors import CourseError

__all__ = ["LOADER", "course_files", "mapping", "parsed", "read_once", "read_yaml"]

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEP = regex.compile(r"(?:[\[{?:-]\s*+){500}")
_kept: ContextVar[dict[Path, bytes] | None] = ContextVar("_kept", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Within it each file is parsed once, however often it is read: as it was when it was read first."""
    if _kept.get() is not None:
        yield
        return
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def read_yaml(file: Path) -> Any:
    """Read a YAML file. Raises CourseError naming the line and column where it does not parse."""
    kept = _kept.get()
    if kept is not None and file in kept:
        return pickle.loads(kept[file])  # noqa: S301 - what was parsed here a moment ago
    return parsed(file)


def parsed(file: Path, look: Callable[[yaml.Node], object] = id) -> Any:
    """Parse a YAML file, also where it was read before. Raises as `read_yaml`.

    `look` is shown its nodes, which know where they stand, before what `<<` takes over is put into them.
    """
    try:
        text = file.read_text("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CourseError(f"{file}: line {line}: {NOT_UTF_8}") from None
    node = None
    try:
        if _DEEP.search(text):  # the parser would run out of room
            raise RecursionError
        loader = LOADER(text)
        try:
            node = loader.get_single_node()
            if node is not None:
                look(node)
            said = loader.construct_document(node) if node is not None else None
        finally:
            loader.dispose()
        if "&" in text and _goes_round(node, ()):
            raise RecursionError
    except (yaml.YAMLError, ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise CourseError(f"{file}: {mistake(error, text, node)}") from None
    kept = _kept.get()
    if kept is not None:
        kept[file] = pickle.dumps(said)
    return said


def _goes_round(node: yaml.Node | None, above: tuple[int, ...]) -> bool:
    """Whether a part of a file holds itself (`&` names it, `*` within it stands for it)."""
    if not isinstance(node, yaml.CollectionNode):
        return False
    if id(node) in above:
        return True
    parts = (
        [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else node.value
    )
    return any(_goes_round(part, (*above, id(node))) for part in parts)


def mapping(file: Path) -> dict[str, Any]:
    """Read a YAML file of keys and values. Raises CourseError if it is anything else."""
    content = read_yaml(file)
    if not isinstance(content, dict):
        raise CourseError(f"{file}: write keys and values, such as “title: …”.")
    return content


def course_files(folder: Path) -> dict[str, Any]:
    """Return what `course.yaml` says, with `passport.yaml` beside it under its name."""
    raw = mapping(folder / "course.yaml")
    plan = folder / "passport.yaml"
    return raw | {"passport": mapping(plan)} if plan.is_file() else raw
