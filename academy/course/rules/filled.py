"""Rules about what was filled in: `complete`, `answered`, `answers`, `words`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field as Setting

from academy.course.fields import Count
from academy.course.rules.base import Named, Names, Rule
from academy.course.rules.conditions import Where
from academy.course.rules.finding import Finding

if TYPE_CHECKING:
    from academy.course.rules.look import Look

__all__ = ["Answered", "AnswersAre", "Complete", "Words"]


class Complete(Rule):
    """The required answers of these fields are there; each field, and each table by its finished rows, has a share.

    What `only_if` hides is not missed.
    """

    example: ClassVar[str] = "{kind: complete, of: [map, purpose]}"
    kind: Literal["complete"]
    of: Annotated[Names, Setting(min_length=1)]

    def find(self, at: Look) -> Finding:
        """Return how much is there, and where the gaps are."""
        return at.complete(self.of)

    def named(self) -> Iterator[Named]:
        """The fields."""
        return (Named("of", "field", name) for name in self.of)


class Answered(Rule):
    """Something stands in each of these fields and columns, required or not. With `whole` it is all or nothing."""

    example: ClassVar[str] = "{kind: answered, of: [protect.where, protect.until], whole: true}"
    kind: Literal["answered"]
    of: Annotated[Names, Setting(min_length=1)]
    whole: bool = False

    def find(self, at: Look) -> Finding:
        """Return the share of what was answered, and where nothing was."""
        cells = [cell for address in self.of for cell in at.cells(address)]
        gaps = [cell.path for cell in cells if cell.blank]
        share = (len(cells) - len(gaps)) / len(cells) if cells else 0.0
        return Finding(float(share >= 1) if self.whole else share, gaps)

    def named(self) -> Iterator[Named]:
        """The fields and columns."""
        return (Named("of", "answer", name) for name in self.of)


class AnswersAre(Rule):
    """The answers to some fields fit these conditions, all or nothing."""

    example: ClassVar[str] = "{kind: answers, where: {women: answered, learners: {above: 0}}}"
    kind: Literal["answers"]
    where: Where

    def find(self, at: Look) -> Finding:
        """Return whether they fit."""
        return Finding(self.where.met(at.answers, at))

    def named(self) -> Iterator[Named]:
        """The fields."""
        return self.where.named("where")


class Words(Rule):
    """Everything that was written, or what was written in some fields and columns, has between so many words."""

    example: ClassVar[str] = "{kind: words, between: [150, 900]}"
    kind: Literal["words"]
    between: Count
    of: Names = []

    def find(self, at: Look) -> Finding:
        """Return whether it has."""
        least, most = self.between
        return Finding(least <= at.count_words(self.of) <= most)

    def named(self) -> Iterator[Named]:
        """The fields and columns."""
        return (Named("of", "text", name) for name in self.of)
