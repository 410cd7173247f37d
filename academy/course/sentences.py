"""Says what is wrong in a course's file: where, and what to write instead."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from academy.course.rules import RULES
from academy.errors import CourseError

__all__ = ["UNKNOWN_KEY", "sentences", "validated"]

T = TypeVar("T", bound=BaseModel)
UNKNOWN_KEY = "this key is not known; check its spelling or take it out."


def validated(model: type[T], raw: dict[str, Any], file: Path) -> T:
    """Return what a file says as its model. Raises CourseError with a sentence for each thing that is wrong."""
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
        if isinstance(raw, dict) and step not in raw and raw.get("kind") == step:
            continue  # pydantic names the kind between the place and the key
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
    if kind == "union_tag_not_found":
        return f"say which kind it is; write kind: and one of {', '.join(RULES)}."
    if kind == "union_tag_invalid":
        meant = get_close_matches(item["ctx"]["tag"], RULES, 1)
        there = f"did you mean {meant[0]}." if meant else f"write one of {', '.join(RULES)}."
        return f"there is no kind {item['ctx']['tag']}; {there}"
    if kind == "literal_error":
        return f"write one of {item['ctx']['expected']}."
    return str(message).removeprefix("Value error, ").rstrip(".") + "."
