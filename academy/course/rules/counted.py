"""Rules that count rows and answers: `rows`, `different`, `used`, `alone`, `no_two_alike`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field as Setting
from pydantic import model_validator

from academy.course.fields import Id
from academy.course.rules.base import Named, Names, Rule
from academy.course.rules.conditions import Where
from academy.course.rules.finding import Finding

if TYPE_CHECKING:
    from academy.course.rules.look import Look

__all__ = ["Alone", "Different", "NoTwoAlike", "Rows", "Used", "folded"]

Several = Annotated[Names, Setting(min_length=1)]


def folded(value: Any) -> Any:
    """Return an answer as it is compared with others: capital letters and blanks around it say nothing."""
    return value.strip().casefold() if isinstance(value, str) else value


class Rows(Rule):
    """Each row of a table, at least so many, or at most so many, are as `where` says, and not as `without` says.

    Without a number every row has its share of the points; `whole` makes it all or nothing. Only rows `among` count.
    `place` is the column that it points to in the others.
    """

    example: ClassVar[str] = (
        "{kind: rows, of: risks, at_least: 1, where: {about: [safety], action: answered, owner: answered}}"
    )
    kind: Literal["rows"]
    of: Id
    where: Where | None = None
    without: Where | None = None
    among: Where | None = None
    at_least: Annotated[int, Setting(ge=1)] | None = None
    at_most: Annotated[int, Setting(ge=0)] | None = None
    whole: bool = False
    place: Id | None = None

    @model_validator(mode="after")
    def _one_number(self) -> Rows:
        if self.at_least is not None and self.at_most is not None:
            raise ValueError("write at_least or at_most; for both, two rows rules below an all rule")
        if not (self.where or self.without or self.at_least or self.at_most):
            raise ValueError("say what rows it looks for: where, without or at_least")
        return self

    def find(self, at: Look) -> Finding:
        """Return how many rows are so, and where the others are."""
        rows = [row for row in at.rows(self.of) if not self.among or self.among.met(row, at, self.of)]
        good = [row for row in rows if self._good(row, at)]
        weak = [row for row in rows if row not in good]
        if self.at_most is not None:
            return Finding(len(good) <= self.at_most, self._paths(good))
        wanted = self.at_least or len(rows)
        share = min(len(good) / wanted, 1.0) if wanted else 0.0
        return Finding(float(share >= 1) if self.whole else share, self._paths(weak) if share < 1 else ())

    def _good(self, row: dict[str, Any], at: Look) -> bool:
        wanted = not self.where or self.where.met(row, at, self.of)
        return wanted and not (self.without and self.without.met(row, at, self.of))

    def _paths(self, rows: list[dict[str, Any]]) -> list[str]:
        return [f"{self.of}/{row['_id']}/{self.place}" for row in rows] if self.place else []

    def named(self) -> Iterator[Named]:
        """The table, its columns, and answers to them."""
        yield Named("of", "table", self.of)
        for key in ("where", "without", "among"):
            if where := getattr(self, key):
                yield from where.named(key, self.of)
        if self.place:
            yield Named("place", "column", self.place, self.of)


class Different(Rule):
    """At least so many different answers stand in a column, or in several fields; with `whole` all or nothing.

    Of a column with several choices each counts; rows that are not as `where` says do not count.
    """

    example: ClassVar[str] = "{kind: different, of: [map.driver], at_least: 4}"
    kind: Literal["different"]
    of: Several
    at_least: Annotated[int, Setting(ge=2)]
    where: Where | None = None
    whole: bool = False

    @model_validator(mode="after")
    def _where_in_one_table(self) -> Different:
        if self.where and len({address.partition(".")[0] for address in self.of}) > 1:
            raise ValueError("where is about the rows of one table; name columns of one table in of")
        return self

    def find(self, at: Look) -> Finding:
        """Return how much of the wanted number there is."""
        found = {
            folded(value)
            for address in self.of
            for cell in at.cells(address)
            if not self.where or self.where.met(cell.row, at, address.partition(".")[0])
            for value in cell.values
        }
        share = min(len(found) / self.at_least, 1.0)
        return Finding(float(share >= 1) if self.whole else share)

    def named(self) -> Iterator[Named]:
        """The fields and columns."""
        for name in self.of:
            yield Named("of", "answer", name)
        if self.where:
            yield from self.where.named("where", self.of[0].partition(".")[0])


class Used(Rule):
    """Every row of a table (or what was chosen in a field), also of another exercise, is chosen in a column here.

    With `once` none is chosen twice; `whole` makes it all or nothing; `place` is the column that it points to in rows
    of this exercise that are not used.
    """

    example: ClassVar[str] = "{kind: used, of: canvas.outcomes, by: indicators.outcome}"
    kind: Literal["used"]
    of: str
    by: str
    where: Where | None = None
    once: bool = False
    whole: bool = False
    place: Id | None = None

    def find(self, at: Look) -> Finding:
        """Return how much of it is used, and what is not."""
        there, table = at.ids(self.of), self.by.partition(".")[0]
        cells = [cell for cell in at.cells(self.by) if not self.where or self.where.met(cell.row, at, table)]
        chosen: list[Any] = []
        strange = []
        for cell in cells:
            if not cell.values or any(value not in there or value in chosen for value in cell.values):
                strange.append(cell.path)
            chosen += cell.values
        if self.once and strange:
            return Finding(0.0, strange)
        lost = [one for one in there if one not in chosen]
        share = (len(there) - len(lost)) / len(there) if there else 0.0
        paths = [f"{self.of}/{one}/{self.place}" for one in lost] if self.place else []
        return Finding(float(share >= 1) if self.whole else share, paths)

    def named(self) -> Iterator[Named]:
        """What is used, and where."""
        yield Named("of", "rows", self.of)
        yield Named("by", "answer", self.by)
        if self.where:
            yield from self.where.named("where", self.by.partition(".")[0])
        if self.place:
            yield Named("place", "column", self.place, self.of)


class Alone(Rule):
    """An option such as "None of these" is never chosen together with another one."""

    example: ClassVar[str] = "{kind: alone, of: [groups.left_out], option: none}"
    about_what_is_there: ClassVar[bool] = True
    kind: Literal["alone"]
    of: Several
    option: str

    def find(self, at: Look) -> Finding:
        """Return whether it stands alone everywhere, and where it does not."""
        cells = [cell for address in self.of for cell in at.cells(address)]
        both = [cell.path for cell in cells if self.option in cell.values and len(cell.values) > 1]
        return Finding(bool(cells) and not both, both)

    def named(self) -> Iterator[Named]:
        """The fields and columns, and the option."""
        for name in self.of:
            yield Named("of", "answer", name)
            yield Named("option", "option", self.option, name)


class NoTwoAlike(Rule):
    """No two texts of some fields and columns are alike. A single pair loses all points."""

    example: ClassVar[str] = "{kind: no_two_alike, of: [strengths.item, weaknesses.item]}"
    about_what_is_there: ClassVar[bool] = True
    kind: Literal["no_two_alike"]
    of: Several

    def find(self, at: Look) -> Finding:
        """Return whether all are different, and which are not."""
        said = [(path, folded(text)) for path, text in at.texts(self.of)]
        texts = [text for _, text in said]
        alike = [path for path, text in said if texts.count(text) > 1]
        return Finding(bool(said) and not alike, alike)

    def named(self) -> Iterator[Named]:
        """The fields and columns."""
        return (Named("of", "text", name) for name in self.of)
