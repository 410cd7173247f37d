"""Findings of the linter: how they are worded, where they stand, and that each is told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

import regex
import yaml

from academy.course.mistakes.places import nodes_of, spot, steps_of
from academy.errors import CourseError

__all__ = ["Fault", "instead", "located", "told", "told_once"]

_LINE = regex.compile(r"line (\d+)(?:, column (\d+))?")
_OTHERS = 3
MANY = 3
"""So many findings that say the same of one file are told as one."""


@dataclass(frozen=True, order=True)
class Fault:
    """Something to mend: the file, the place in it, a sentence. A `note` is for translators and does not fail.

    The place is a path of keys and ids; `line` and `column` are where that stands, 0 where it is not known.
    """

    file: Path
    path: str
    text: str
    level: Literal["error", "note"] = "error"
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return self.said(Path())

    def said(self, folder: Path) -> str:
        """Return it with its file as seen from a folder, such as the course's."""
        file = self.file
        for above in (folder, folder.parent.parent):  # what is a course's, and the pages beside all courses
            if above != Path() and file.is_relative_to(above):
                file = file.relative_to(above)
                break
        parts = [str(file)]
        if self.line:
            parts.append(f"line {self.line}" + (f", column {self.column}" if self.column else ""))
        if not self.line or (self.path != "the file" and not self.path.startswith("line ")):
            parts.append(self.path)
        return ": ".join([*parts, self.text])


def told(error: CourseError) -> Iterator[Fault]:
    """The lines of an error of the loader: `file: line 3, column 5: place: sentence`."""
    for one in str(error.args[0]).splitlines():
        file, _, rest = one.partition(": ")
        line = column = 0
        if found := _LINE.match(rest):
            line, column = int(found[1]), int(found[2] or 0)
            rest = rest[found.end() :].removeprefix(": ")
        place, _, text = rest.partition(": ")
        if not text or " " in place:
            place, text = (f"line {line}" if line else "the file"), rest
        yield Fault(Path(file), place, text, line=line, column=column)


def instead(name: str, there: Iterable[str]) -> str:
    """Name what may have been meant, to end a sentence about a name that is not there."""
    names = sorted(there)
    if close := get_close_matches(name, names, 1):
        return f"; did you mean {close[0]}"
    return f"; it has {', '.join(names)}" if names else ""


def told_once(faults: Iterable[Fault]) -> list[Fault]:
    """Put findings together that say the same of several places of one file, in the order of the first of each."""
    groups: dict[tuple[Path, str, str], list[Fault]] = {}
    for number, fault in enumerate(dict.fromkeys(faults)):
        alone = str(number) if fault.level == "note" or fault.path == "the file" else ""
        groups.setdefault((fault.file, fault.text, alone), []).append(fault)
    return [
        fault for group in groups.values() for fault in ([_together(group)] if len(group) >= MANY else group)
    ]


def _together(group: list[Fault]) -> Fault:
    first, *others = group
    places = ", ".join(fault.path for fault in others[:_OTHERS])
    more = len(others) - _OTHERS
    also = f"{places} and {more} more place{'s' if more > 1 else ''}" if more > 0 else places
    return replace(first, text=f"{first.text} The same at {also}.")


def located(faults: Iterable[Fault]) -> list[Fault]:
    """Add lines and columns to findings, as far as their places can be found in their files."""
    nodes: dict[Path, yaml.Node | None] = {}
    found = []
    for fault in faults:
        if not fault.line and fault.file.suffix == ".yaml":
            if fault.file not in nodes:
                nodes[fault.file] = nodes_of(fault.file)
            if place := spot(nodes[fault.file], steps_of(fault.path)):
                fault = replace(fault, line=place.line, column=place.column)
        elif not fault.line and fault.file.suffix == ".py" and fault.file.is_file():
            fault = replace(fault, line=_line_of(fault.file, fault.path))
        found.append(fault)
    return found


def _line_of(file: Path, name: str) -> int:
    """The line of a program in which a name stands between quotes, 0 where there is none."""
    for number, line in enumerate(file.read_text("utf-8", "replace").splitlines(), 1):
        if f'"{name}"' in line or f"'{name}'" in line:
            return number
    return 0
