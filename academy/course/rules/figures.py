"""Rules about numbers and dates: `adds_up`, `part`, `dates_inside`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field as Setting
from pydantic import model_validator

from academy.course.fields import Id, Part
from academy.course.rules.base import Named, Names, Rule
from academy.course.rules.conditions import Where
from academy.course.rules.finding import Finding

if TYPE_CHECKING:
    from academy.course.rules.look import Look

__all__ = ["AddsUp", "DatesInside", "PartOf", "Span"]

Percent = Annotated[float, Setting(ge=0, le=100)]


class AddsUp(Rule):
    """The numbers of a column add up to the number in a field, give or take `within` per cent of it."""

    example: ClassVar[str] = "{kind: adds_up, of: story.minutes, to: total_minutes, within: 10}"
    kind: Literal["adds_up"]
    of: str
    to: Id
    within: Percent = 0

    def find(self, at: Look) -> Finding:
        """Return whether they do."""
        total, told = sum(cell.value or 0 for cell in at.cells(self.of)), at.answers[self.to] or 0
        return Finding(total > 0 and abs(total - told) * 100 <= told * self.within)

    def named(self) -> Iterator[Named]:
        """The column and the field."""
        yield Named("of", "number", self.of)
        yield Named("to", "number", self.to)


class PartOf(Rule):
    """Of the sum of a column at least, or at most, so many per cent stand in rows that are as `where` says.

    Up to `half` per cent, more than `at_most`, earn half of the points. `place` is the column that it points to.
    """

    example: ClassVar[str] = (
        "{kind: part, of: story.minutes, where: {type: [acquisition]}, at_most: 40, half: 60, place: type}"
    )
    kind: Literal["part"]
    of: str
    where: Where
    at_least: Percent | None = None
    at_most: Percent | None = None
    half: Percent | None = None
    place: Id | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> PartOf:
        if (self.at_least is None) is (self.at_most is None):
            raise ValueError("write at_least or at_most, in per cent")
        if self.half is not None and self.at_most is None:
            raise ValueError("half goes with at_most: up to half per cent earn half of the points")
        return self

    def find(self, at: Look) -> Finding:
        """Return how near the part comes to its bound."""
        table = self.of.partition(".")[0]
        cells = at.cells(self.of)
        counted = [cell for cell in cells if self.where.met(cell.row, at, table)]
        total, part = (sum(cell.value or 0 for cell in some) for some in (cells, counted))
        if not total:
            return Finding(0.0)
        paths = [f"{table}/{cell.row['_id']}/{self.place}" for cell in counted] if self.place else []
        if self.at_least is not None:
            return Finding(min(part * 100 / (total * self.at_least), 1.0) if self.at_least else 1.0, paths)
        if part * 100 <= (self.at_most or 0) * total:
            return Finding(1.0, paths)
        return Finding(0.5 if self.half is not None and part * 100 <= self.half * total else 0.0, paths)

    def named(self) -> Iterator[Named]:
        """The column, and those of the condition."""
        table = self.of.partition(".")[0]
        yield Named("of", "number", self.of)
        yield from self.where.named("where", table)
        if self.place:
            yield Named("place", "column", self.place, table)


class Span(Part):
    """Two dates of a row of the table `of`, of which the `first` is not after the `last`."""

    of: Id
    first: Id
    last: Id

    def inside(self, row: dict[str, Any], first: str, last: str) -> bool:
        """Whether a row that has both dates has them in order, and inside these."""
        return bool(first <= row[self.first] <= row[self.last] <= last)


class DatesInside(Rule):
    """Days and spans of tables lie between two dates of the form, which are in order themselves; all or nothing.

    At least one row must have both dates of a span; rows with a date that is missing are not looked at.
    """

    example: ClassVar[str] = (
        "{kind: dates_inside, first: start, last: end, spans: [{of: tasks, first: start, last: end}], "
        "days: [gates.date]}"
    )
    kind: Literal["dates_inside"]
    first: Id
    last: Id
    spans: list[Span] = []
    days: Names = []

    @model_validator(mode="after")
    def _something(self) -> DatesInside:
        if not self.spans and not self.days:
            raise ValueError("write spans or days: what has to lie between the two dates")
        return self

    def find(self, at: Look) -> Finding:
        """Return whether all lie inside, and which do not."""
        first, last = at.answers[self.first], at.answers[self.last]
        if not (first and last and first < last):
            return Finding(0.0, [self.first, self.last])
        outside, seen = [], 0
        for span in self.spans:
            rows = [row for row in at.rows(span.of) if row[span.first] and row[span.last]]
            outside += [f"{span.of}/{r['_id']}/{span.last}" for r in rows if not span.inside(r, first, last)]
            seen += sum(row[span.first] <= row[span.last] for row in rows)
        days = [cell for address in self.days for cell in at.cells(address) if cell.value]
        outside += [cell.path for cell in days if not first <= cell.value <= last]
        return Finding(not outside and bool(seen if self.spans else days), outside)

    def named(self) -> Iterator[Named]:
        """The dates."""
        yield Named("first", "date", self.first)
        yield Named("last", "date", self.last)
        for span in self.spans:
            yield Named("spans.of", "table", span.of)
            yield Named("spans.first", "date", f"{span.of}.{span.first}")
            yield Named("spans.last", "date", f"{span.of}.{span.last}")
        for name in self.days:
            yield Named("days", "date", name)
