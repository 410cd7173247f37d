"""Finds where in a YAML file something stands: the line and column of a path of keys and ids."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml

from academy.course.files.yaml_files import parsed
from academy.course.mistakes.values import DEEPEST
from academy.errors import CourseError

__all__ = ["Spot", "nodes_of", "spot", "steps_of"]

_NAMES = ("id", "name", "outcome")


class Spot:
    """Where something stands: line and column, counted from 1, and the node of its value.

    `whole` is whether all of the path was found: otherwise it is the place of the last part that was.
    """

    def __init__(self, mark: yaml.Node, value: yaml.Node, whole: bool, flow: bool) -> None:
        self.line = mark.start_mark.line + 1
        self.column = mark.start_mark.column + 1
        self.value, self.whole, self.flow = value, whole, flow

    @property
    def written(self) -> str:
        """What stands there, as it is written in the file."""
        return self.value.value if isinstance(self.value, yaml.ScalarNode) else ""


def nodes_of(file: Path) -> yaml.Node | None:
    """Return the nodes of a file, None where it can't be read."""
    found: list[yaml.Node] = []
    try:
        parsed(file, found.append)
    except (CourseError, OSError):
        return None
    return found[0] if found else None


def steps_of(path: str) -> list[str]:
    """Return the steps of a path as findings write it: `fields.map.columns.who`, or of answers `map/r1/who`."""
    if "/" in path:
        return [
            "answers",
            *(step[1:] if step[1:].isdigit() and step[0] == "r" else step for step in path.split("/")),
        ]
    return path.split(".")


def spot(node: yaml.Node | None, steps: Sequence[str | int]) -> Spot | None:
    """Return where a path leads, as far as it can be followed; None where not even its beginning is there.

    A part of a list is named by its id, or by its number from 1. A level that a path leaves out (`fields.map.who` for
    `fields.map.columns.who`) is looked into.
    """
    found, at, flow = None, node, False
    for step in steps[:DEEPEST]:
        inner = _step(at, str(step)) if at is not None else None
        if inner is None:
            return Spot(*found, whole=False, flow=flow) if found else None
        flow = isinstance(at, yaml.CollectionNode) and bool(at.flow_style)
        found = inner
        at = inner[1]
    return Spot(*found, whole=True, flow=flow) if found else None


Pair = tuple[yaml.Node, yaml.Node]


def _step(node: yaml.Node, name: str) -> Pair | None:
    if isinstance(node, yaml.MappingNode):
        pairs: list[Pair] = node.value
        for key, value in reversed(pairs):
            if isinstance(key, yaml.ScalarNode) and key.value == name:
                return key, value
        below = [value for _, value in pairs if isinstance(value, yaml.SequenceNode)]
        return next((part for value in below if (part := _named(value, name))), None)
    if isinstance(node, yaml.SequenceNode):
        if part := _named(node, name):
            return part
        if name.isdecimal() and 0 < int(name) <= len(node.value):
            return node.value[int(name) - 1], node.value[int(name) - 1]
    return None


def _named(node: yaml.SequenceNode, name: str) -> Pair | None:
    for item in node.value:
        for key, value in item.value if isinstance(item, yaml.MappingNode) else ():
            if key.value in _NAMES and value.value == name:
                return item, item
    return None
