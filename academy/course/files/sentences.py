"""Says what is wrong in a course's file: where, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from academy.course.mistakes.in_models import UNKNOWN_KEY, Given, mend
from academy.course.mistakes.places import nodes_of, spot
from academy.errors import CourseError

__all__ = ["UNKNOWN_KEY", "Mistake", "mistakes", "sentences", "validated"]

T = TypeVar("T", bound=BaseModel)


class Mistake(NamedTuple):
    """Something that a model refuses: its place by keys and ids, a sentence, line and column (0: not known)."""

    path: str
    text: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        where = f"line {self.line}, column {self.column}: " if self.line else ""
        return f"{where}{self.path}: {self.text}"


def validated(model: type[T], raw: Any, file: Path) -> T:
    """Return what a file says as its model. Raises CourseError with a sentence for each thing that is wrong."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise CourseError("\n".join(f"{file}: {one}" for one in mistakes(error, raw, model, file))) from None


def sentences(error: ValidationError, raw: Any) -> list[str]:
    """Say each validation error with its place, ids instead of numbers."""
    return [f"{one.path}: {one.text}" for one in mistakes(error, raw)]


def mistakes(
    error: ValidationError, raw: Any, model: type[BaseModel] | None = None, file: Path | None = None
) -> list[Mistake]:
    """Say each validation error once: a key that is misspelt is not also said to be missing."""
    node = nodes_of(file) if file else None
    found: dict[tuple[str, str], Mistake] = {}
    meant = set()
    items = [(item, _there(item["loc"], raw, item["type"])) for item in error.errors(include_url=False)]
    seen = set()
    for item, location in items:
        if location in seen and item["type"] != "value_error":  # one of several types that would do
            continue
        seen.add(location)
        path = _names(location, raw)
        place = spot(node, path)
        given = Given(item, place, _siblings(location, raw))
        known = _known(model, location[:-1], raw) if item["type"] == "extra_forbidden" else []
        if word := _close(str(location[-1]) if location else "", known):
            meant.add((*location[:-1], word))
        name = ".".join(path) or "the file"
        line, column = (place.line, place.column) if place else (0, 0)
        found[name, item["type"]] = Mistake(name, mend(given, word, known), line, column)
    lacking = {(".".join(_names(location, raw)), "missing") for location in meant}
    return [mistake for key, mistake in found.items() if key not in lacking]


def _there(location: tuple[int | str, ...], raw: Any, kind: str) -> tuple[int | str, ...]:
    """The steps that lead through the file: not those that name one of several types or kinds that would do."""
    steps = []
    for number, step in enumerate(location):
        last = number == len(location) - 1
        if not _has(raw, step):
            if isinstance(raw, dict) and raw.get("kind") == step:  # stands between a place and its keys
                continue
            if not (last and kind in ("missing", "extra_forbidden", "value_error")):
                break
        steps.append(step)
        raw = raw[step] if _has(raw, step) else None
    if kind == "union_tag_invalid":
        steps.append("kind")
    return tuple(steps)


def _names(location: tuple[int | str, ...], raw: Any) -> list[str]:
    names: list[str] = []
    for step in location:
        raw = raw[step] if _has(raw, step) else None
        name = raw.get("id") if isinstance(step, int) and isinstance(raw, dict) else None
        names.append(
            str(name if isinstance(name, str) and name else step + 1 if isinstance(step, int) else step)
        )
    return names


def _has(raw: Any, step: int | str) -> bool:
    if isinstance(raw, dict):
        return step in raw
    return isinstance(raw, list) and isinstance(step, int) and step < len(raw)


def _siblings(location: tuple[int | str, ...], raw: Any) -> dict[Any, Any]:
    """The keys and values beside the one that is wrong."""
    for step in location[:-1]:
        raw = raw[step] if _has(raw, step) else None
    return raw if isinstance(raw, dict) else {}


# -- the keys that there are ----------------------------------------------------------------------------------


def _close(name: str, known: list[str]) -> str:
    """The key that was meant, an empty text where none is like it."""
    same = [key for key in known if key.casefold() == name.casefold().strip("“”\"' ").replace("-", "_")]
    return next(iter(same or get_close_matches(name, known, 1, 0.7)), "")


def _known(model: type[BaseModel] | None, location: tuple[int | str, ...], raw: Any) -> list[str]:
    """The keys that may stand at a place of a file."""
    if model is None:
        return []
    schema = model.model_json_schema()
    parts = [schema]
    for step in location:
        parts = [inner for part in parts for inner in _below(part, step, schema, raw)]
        raw = raw[step] if _has(raw, step) else None
    return [
        key for part in parts for one in _resolved(part, schema, raw) for key in one.get("properties", {})
    ]


def _below(
    part: dict[str, Any], step: int | str, schema: dict[str, Any], raw: Any
) -> Iterator[dict[str, Any]]:
    for one in _resolved(part, schema, raw):
        if isinstance(step, int):
            if "items" in one:
                yield one["items"]
        elif step in one.get("properties", {}):
            yield one["properties"][step]
        elif isinstance(one.get("additionalProperties"), dict):
            yield one["additionalProperties"]


def _resolved(part: dict[str, Any], schema: dict[str, Any], raw: Any) -> Iterator[dict[str, Any]]:
    if "$ref" in part:
        part = schema["$defs"][str(part["$ref"]).rpartition("/")[2]]
    kinds = part.get("discriminator", {}).get("mapping", {})
    if isinstance(raw, dict) and str(raw.get("kind")) in kinds:
        part = schema["$defs"][kinds[str(raw["kind"])].rpartition("/")[2]]
    yield part
    for other in part.get("anyOf", ()):
        if other.keys() != {"required"}:
            yield from _resolved(other, schema, raw)
