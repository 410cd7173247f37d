"""Findings of the linter, and how they are worded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from academy.errors import CourseError

__all__ = ["Fault", "instead", "told"]


@dataclass(frozen=True, order=True)
class Fault:
    """Something to mend: the file, the place in it, a sentence. A `note` is for translators and does not fail."""

    file: Path
    path: str
    text: str
    level: Literal["error", "note"] = "error"

    def __str__(self) -> str:
        return f"{self.file}: {self.path}: {self.text}"


def told(error: CourseError) -> Iterator[Fault]:
    """The lines of an error of the loader, `file: place: sentence`."""
    for line in str(error.args[0]).splitlines():
        file, _, rest = line.partition(": ")
        place, _, text = rest.partition(": ")
        if not text or (" " in place and not place.startswith("line ")):
            place, text = "the file", rest
        yield Fault(Path(file), place, text)


def instead(name: str, there: Iterable[str]) -> str:
    """Name what may have been meant, to end a sentence about a name that is not there."""
    names = sorted(there)
    if close := get_close_matches(name, names, 1):
        return f"; did you mean {close[0]}"
    return f"; it has {', '.join(names)}" if names else ""
