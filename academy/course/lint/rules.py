"""Linter rules for declared checks: whatever a rule names is there, and can be what the rule takes it for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from academy.course.fields import Column
from academy.course.kinds import NumberKind
from academy.course.kinds.day import DateKind
from academy.course.lint.findings import Fault, instead
from academy.course.model import Course, Exercise
from academy.course.refs import find
from academy.course.rules.base import Named, Rule

__all__ = ["rule_faults"]

_IS: dict[str, tuple[Callable[[Column], bool], str]] = {
    "number": (lambda part: isinstance(part.kind, NumberKind), "a number or a scale"),
    "date": (lambda part: isinstance(part.kind, DateKind), "a date"),
    "text": (lambda part: part.kind.written or part.is_table, "words of one's own, or a table"),
    "ref": (lambda part: part.kind.refers, "a ref"),
    "table": (lambda part: part.is_table, "a table"),
    "answer": (lambda part: not part.is_table, "a field, or a column written table.column"),
}
"""What a part has to be, and how that is said."""


def rule_faults(course: Course, exercise: Exercise) -> Iterator[Fault]:
    """Say which names in the declared checks of an exercise lead nowhere, or to something that can't serve."""
    file = exercise.folder / "exercise.yaml"
    for declared in exercise.declared:
        if declared.wants:
            yield from _rule(course, exercise, declared.wants, file, f"checks.{declared.id}.wants")


def _rule(course: Course, exercise: Exercise, rule: Rule, file: Path, place: str) -> Iterator[Fault]:
    for named in rule.named():
        if text := _wrong(course, exercise, named):
            yield Fault(file, f"{place}.{named.key}", text)
    for path in rule.places:
        if exercise.at(path) is None:
            there = instead(path, (field.id for field in exercise.fields))
            yield Fault(file, f"{place}.places", f"there is no field {path}{there}.")
    for key, inner in rule.inner():
        yield from _rule(course, exercise, inner, file, f"{place}.{key}")


def _wrong(course: Course, exercise: Exercise, named: Named) -> str | None:
    match named.what:
        case "words":
            if named.name not in exercise.words:
                return f"there is no list {named.name} under words{instead(named.name, exercise.words)}."
        case "rows":
            target = find(course, exercise, named.name)
            if target is None or target.column:
                return (
                    f"there are no rows {named.name}; write table, field, exercise.table or exercise.field."
                )
            if not (target.field.is_table or target.field.kind.chosen_from or target.field.kind.refers):
                return f"{named.name} is a {target.field.type} field; name a table, or a field of choices."
        case "column":
            table = exercise.field(named.of)
            if table and table.is_table and table.column(named.name) is None:
                there = instead(named.name, (column.id for column in table.columns))
                return f"the table {named.of} has no column {named.name}{there}."
        case "option":
            return _option(exercise, named)
        case _:
            return _part(exercise, named)
    return None


def _part(exercise: Exercise, named: Named) -> str | None:
    part = _at(exercise, named.name)
    if part is None:
        name, _, column = named.name.partition(".")
        table = exercise.field(name)
        if column and table and table.is_table:
            return f"the table {name} has no column {column}{instead(column, (one.id for one in table.columns))}."
        there = [field.id for field in exercise.fields]
        return f"there is no field {name}{instead(name, there)}."
    if named.what in _IS and not _IS[named.what][0](part):
        return f"{named.name} is a {part.type} field; name {_IS[named.what][1]}."
    return None


def _option(exercise: Exercise, named: Named) -> str | None:
    part = _at(exercise, named.of)
    possible = part.kind.deciding(part) if part else None
    if possible is None or named.name in possible:
        return None
    quoted = {"true": "yes", "false": "no"}.get(named.name)
    if quoted in possible:
        return f'{named.of} never is {named.name}; write "{quoted}" in quotation marks.'
    return f"{named.of} never is {named.name}{instead(named.name, possible)}."


def _at(exercise: Exercise, address: str) -> Column | None:
    name, _, column = address.partition(".")
    field = exercise.field(name)
    return field.column(column) if field and column else field
