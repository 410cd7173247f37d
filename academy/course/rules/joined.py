"""Rules that are made of others: `all`, `any`, `each`, `in_turn`, `depends`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field as Setting

from academy.course.fields import Id
from academy.course.rules.base import Named, Rule, union
from academy.course.rules.conditions import Answers, Condition
from academy.course.rules.finding import Finding

if TYPE_CHECKING:
    from academy.course.rules import AnyRule
    from academy.course.rules.look import Look

__all__ = ["AllOf", "AnyOf", "Depends", "EachOf", "InTurn"]


class _Several(Rule):
    of: Annotated[list[AnyRule], Setting(min_length=2)]

    def inner(self) -> Iterator[tuple[str, Rule]]:
        """The rules."""
        for number, rule in enumerate(self.of, 1):
            yield f"of.{number}", rule


class AllOf(_Several):
    """All of several rules: the one that is met least decides about the points."""

    example: ClassVar[str] = "{kind: all, of: [{kind: own_words}, {kind: no_personal_data}]}"
    kind: Literal["all"]

    def find(self, at: Look) -> Finding:
        """Return the lowest share, and the places of all."""
        found = [rule.found(at) for rule in self.of]
        return Finding(min(one.share for one in found), union(found))


class AnyOf(_Several):
    """One of several rules is enough: the one that is met most decides about the points."""

    example: ClassVar[str] = (
        "{kind: any, of: [{kind: rows, of: groups, at_least: 1, where: {left_out: {other_than: [none]}}}, "
        "{kind: answers, where: {reason: answered}}]}"
    )
    kind: Literal["any"]

    def find(self, at: Look) -> Finding:
        """Return the highest share. It has no place of its own: each of them would do."""
        return Finding(max(rule.found(at).share for rule in self.of))


class EachOf(_Several):
    """Each of several rules gives an equal part of the points."""

    example: ClassVar[str] = (
        "{kind: each, of: [{kind: texts, of: [need], that: {uses: because}}, "
        "{kind: texts, of: [need], that: {uses: so_that}}]}"
    )
    kind: Literal["each"]

    def find(self, at: Look) -> Finding:
        """Return the mean of the shares, and the places of all."""
        found = [rule.found(at) for rule in self.of]
        return Finding(sum(one.share for one in found) / len(found), union(found))


class InTurn(_Several):
    """One rule after the other: the first that is missed decides, and those after it are not looked at."""

    example: ClassVar[str] = "{kind: in_turn, of: [{kind: rows, of: groups, at_least: 1}, {kind: own_words}]}"
    kind: Literal["in_turn"]

    def find(self, at: Look) -> Finding:
        """Return what the first that is missed finds."""
        for rule in self.of:
            found = rule.found(at)
            if not found.passed:
                return found
        return Finding(1.0)


class Depends(Rule):
    """What is looked at depends on the answer to a field: `then` if it `is` one of these, `otherwise` if not.

    Without `then` that answer is enough by itself.
    """

    example: ClassVar[str] = (
        '{kind: depends, field: collects, is: ["no"], otherwise: {kind: answered, of: [protect.where], whole: true}}'
    )
    kind: Literal["depends"]
    field: Id
    one_of: Annotated[Answers, Setting(alias="is", min_length=1)]
    then: AnyRule | None = None
    otherwise: AnyRule

    def find(self, at: Look) -> Finding:
        """Return what the rule of the answer finds."""
        if not Condition.model_construct(one_of=self.one_of).met(at.answers[self.field], at, at.answers):
            return self.otherwise.found(at)
        return self.then.found(at) if self.then else Finding(1.0)

    def named(self) -> Iterator[Named]:
        """The field and its answers."""
        yield Named("field", "field", self.field)
        for name in self.one_of:
            yield Named("is", "option", name, self.field)

    def inner(self) -> Iterator[tuple[str, Rule]]:
        """The rules."""
        if self.then:
            yield "then", self.then
        yield "otherwise", self.otherwise
