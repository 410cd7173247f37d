"""Conditions on one answer, and on a row of answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

import regex
from pydantic import BeforeValidator, ConfigDict, field_validator
from pydantic import Field as Setting

from academy.course.fields import Column, Id, OnlyIf, Part
from academy.course.kinds import blank
from academy.course.rules.base import Named, as_list
from academy.course.writing import uses

if TYPE_CHECKING:
    from academy.course.rules.look import Look

__all__ = ["Answers", "Condition", "Where"]

_DIGIT = regex.compile(r"\p{Nd}")


def _short(given: Any) -> Any:
    """The two conditions that are written most: `answered`, and a list of answers."""
    if given == "answered":
        return {"answered": True}
    if isinstance(given, list):
        return {"is": given}
    if not isinstance(given, dict | Condition):
        raise ValueError("write answered, a list of answers such as [yes-all], or keys such as {at_least: 3}")
    return given


Written = list[str | bool | int]


def _said(given: Any) -> Any:
    items = as_list(given)
    return [OnlyIf.said(item) for item in items] if isinstance(items, list) else items


Answers = Annotated[list[str], BeforeValidator(_said, json_schema_input_type=Written | str | bool | int)]
"""Answers as `only_if` has them: ids of options, steps, true or false."""


class Condition(Part):
    """What one answer has to be. Of several keys all have to be met.

    `is` (one of these), `other_than` (something that is none of these), `answered`, `at_least`, `at_most`, `above` (a
    number), `uses` (a word of a list), `digit`, `in_action`, `specific` (of a text), `there` (what was chosen elsewhere
    is still there), `same_as`, `before` (another column of the row), `any` (one of several conditions), `not`.
    """

    answered: bool | None = None
    one_of: Annotated[Answers, Setting(alias="is")] = []
    other_than: Answers = []
    at_least: float | None = None
    at_most: float | None = None
    above: float | None = None
    uses: str | None = None
    digit: bool | None = None
    in_action: bool | None = None
    specific: bool | None = None
    there: bool | None = None
    same_as: Id | None = None
    before: Id | None = None
    any_of: Annotated[list[Short], Setting(alias="any")] = []
    not_: Annotated[Short | None, Setting(alias="not")] = None

    @property
    def compares(self) -> bool:
        """Whether it looks at another answer too."""
        below = (*self.any_of, *([self.not_] if self.not_ else []))
        return bool(self.same_as or self.before) or any(one.compares for one in below)

    def met(self, value: Any, at: Look, row: Mapping[str, Any], part: Column | None = None) -> bool:
        """Whether an answer is so; `row` has the other answers beside it, `part` is what is answered."""
        return all(self._each(value, at, row, part))

    def _each(self, value: Any, at: Look, row: Mapping[str, Any], part: Column | None) -> Iterator[bool]:
        said = [
            OnlyIf.said(item) for item in (value if isinstance(value, list) else [value]) if not blank(item)
        ]
        text = value if isinstance(value, str) else ""
        if self.answered is not None:
            yield blank(value) is not self.answered
        if self.one_of:
            yield any(item in self.one_of for item in said)
        if self.other_than:
            yield any(item not in self.other_than for item in said)
        number = isinstance(value, int | float)
        for bound, kept in (
            (self.at_least, number and self.at_least is not None and value >= self.at_least),
            (self.at_most, number and self.at_most is not None and value <= self.at_most),
            (self.above, number and self.above is not None and value > self.above),
        ):
            if bound is not None:
                yield kept
        if self.uses is not None:
            yield uses(text, at.words(self.uses))
        if self.digit is not None:
            yield bool(_DIGIT.search(text)) is self.digit
        if self.in_action is not None:
            yield (bool(text) and at.in_action(text)) is self.in_action
        if self.specific is not None:
            yield (bool(text) and at.specific(text)) is self.specific
        if self.there is not None:
            yield bool(part and {*said} & {*at.choices(part)}) is self.there
        if self.same_as is not None:
            yield row[self.same_as] == value
        if self.before is not None:
            yield not blank(value) and not blank(row[self.before]) and value < row[self.before]
        if self.any_of:
            yield any(one.met(value, at, row, part) for one in self.any_of)
        if self.not_ is not None:
            yield not self.not_.met(value, at, row, part)

    def named(self, key: str, answer: str) -> Iterator[Named]:
        """Return what it names, `answer` being what it is about."""
        table, _, _ = answer.rpartition(".")
        for name in (*self.one_of, *self.other_than):
            yield Named(key, "option", name, answer)
        if self.uses is not None:
            yield Named(f"{key}.uses", "words", self.uses)
        if {self.uses, self.digit, self.in_action, self.specific} != {None}:
            yield Named(key, "text", answer)
        if {self.at_least, self.at_most, self.above} != {None}:
            yield Named(key, "number", answer)
        if self.there is not None:
            yield Named(key, "ref", answer)
        for name in filter(None, (self.same_as, self.before)):
            yield Named(key, "column" if table else "field", name, table)
        if self.before is not None:
            yield Named(key, "date", answer)
            yield Named(key, "date", f"{table}.{self.before}" if table else self.before)
        for one in (*self.any_of, *([self.not_] if self.not_ else [])):
            yield from one.named(key, answer)


Short = Annotated[
    Condition, BeforeValidator(_short, json_schema_input_type=Literal["answered"] | Written | Condition)
]
Condition.model_rebuild()


class Where(Part):
    """Conditions on a row by its columns, or on the answers by their fields; all have to be met.

    `any` and `all` hold several of these, `not` one.
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Short]
    all_of: Annotated[list[Where], Setting(alias="all")] = []
    any_of: Annotated[list[Where], Setting(alias="any")] = []
    not_: Annotated[Where | None, Setting(alias="not")] = None

    @field_validator("all_of", "any_of")
    @classmethod
    def _some(cls, given: list[Where]) -> list[Where]:
        if not given:
            raise ValueError("write at least one condition")
        return given

    @property
    def conditions(self) -> dict[str, Condition]:
        """The conditions by the name of what they are about."""
        return self.__pydantic_extra__

    def met(self, row: Mapping[str, Any], at: Look, table: str = "") -> bool:
        """Whether a row of a table, or the answers themselves, are so."""
        return (
            all(
                condition.met(row[name], at, row, at.part(f"{table}.{name}" if table else name))
                for name, condition in self.conditions.items()
            )
            and all(one.met(row, at, table) for one in self.all_of)
            and (not self.any_of or any(one.met(row, at, table) for one in self.any_of))
            and not (self.not_ and self.not_.met(row, at, table))
        )

    def named(self, key: str, table: str = "") -> Iterator[Named]:
        """Return what it names."""
        for name, condition in self.conditions.items():
            yield Named(key, "column" if table else "field", name, table)
            yield from condition.named(f"{key}.{name}", f"{table}.{name}" if table else name)
        for one in (*self.all_of, *self.any_of, *([self.not_] if self.not_ else [])):
            yield from one.named(key, table)
