"""What each key of a course's files is, for people who write them: for the reference and for the schemas of editors."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from academy.course.files.yaml_files import read_yaml
from academy.course.rules import RULES
from academy.course.rules.conditions import Condition, Where
from academy.course.rules.figures import Span

__all__ = ["OF_RULES", "SAME", "KeyText", "described", "key_texts"]

SAME = {"Column": "Field"}
"""A column has the keys of a field."""
OF_RULES = {rule.__name__ for rule in RULES.values()} | {Condition.__name__, Where.__name__, Span.__name__}
"""What declared checks are made of: docs/checks.md says of each kind what it takes."""


class KeyText(NamedTuple):
    """What a key is, and an example as it stands in a file."""

    says: str
    example: str


@cache
def key_texts(model: str) -> dict[str, KeyText]:
    """Return the texts of the keys of a model, by key."""
    told = read_yaml(Path(__file__).with_name("keys.yaml")).get(SAME.get(model, model), {})
    return {key: KeyText(text["says"], text["example"]) for key, text in told.items()}


def described(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema that tells an editor what each key is."""
    parts = {name: _with_texts(part, name) for name, part in schema.get("$defs", {}).items()}
    whole = _with_texts(schema, str(schema.get("title", "")))
    return {**whole, "$defs": parts} if parts else whole


def _with_texts(part: dict[str, Any], model: str) -> dict[str, Any]:
    texts = key_texts(model)
    if "properties" not in part:
        return part
    told = {
        key: about | {"description": f"{texts[key].says}\n\n{texts[key].example}"} if key in texts else about
        for key, about in part["properties"].items()
    }
    return {**part, "properties": told}
