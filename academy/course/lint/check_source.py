"""Linter rule for `checks.py`: what it reads of a person's other work is there. The code is looked at, not run."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from academy.course.lint.findings import Fault, instead
from academy.course.lint.neighbours import Neighbours
from academy.course.model import Course, Exercise
from academy.course.refs import find

__all__ = ["source_faults"]

_ITEM = regex.compile(r"""\bwork\[["']([\w-]+)["']\](?:\[["']([\w-]+)["']\])?""")
_ADDRESS = regex.compile(r"""\bwork\.(?:rows|row|label)\(\s*["']([\w-]+)\.([\w.-]+)["']""")


def source_faults(course: Course, exercise: Exercise, beside: Neighbours) -> Iterator[Fault]:
    """Find exercises and fields that the checks of an exercise look for and the course does not have."""
    file = exercise.folder / "checks.py"
    text = file.read_text("utf-8", "replace") if file.is_file() else ""
    known = [other.id for other in course.exercises]
    for match in [*_ITEM.finditer(text), *_ADDRESS.finditer(text)]:
        name, field = match[1], match[2]
        line = text.count("\n", 0, match.start()) + 1
        if name not in known:
            if other := beside.having(name):
                said = f"the exercise {name} belongs to the course {other}, and checks see those of their own course."
            else:
                said = f"there is no exercise {name} in this course{instead(name, known)}."
            yield Fault(file, f"line {line}", said, line=line)
        elif field and find(None, course.exercise(name), field) is None:
            said = (
                f"{name} has no field {field}{instead(field, (f.id for f in course.exercise(name).fields))}."
            )
            yield Fault(file, f"line {line}", said, line=line)
