"""Base class of live activity types: which answers count, how they are tallied, drawn, tabled and typed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from academy.course.webinar import LiveActivity
from academy.live.rows import AnswerRow, WrittenItem
from academy.live.sheet import Sheet

__all__ = ["ActivityKind", "Fields", "Form", "ResultLine", "Results", "few_or", "texts_of", "without_small"]

Results = Mapping[str, Any]
Form = Callable[[str], list[str]]
"""The values of a form's field by its name."""
Fields = dict[str, list[str]]
"""What stands in the fields of a form."""


@dataclass(frozen=True)
class ResultLine:
    """A line of the results on a phone. `key` is where its number stands in the state's results."""

    key: str
    label: str
    n: float
    most: float
    """The number of a bar that is full."""
    more: float | None = None
    right: bool = False
    why: str = ""
    less: int | None = None
    """Where less is better, such as a mean place: what the bar is as long as, less the number."""

    @property
    def bar(self) -> float:
        """How long the bar is."""
        return self.n if self.less is None else self.less - self.n


def texts_of(activity: LiveActivity) -> dict[str, str]:
    """Return what the options say by their ids."""
    return {option.id: option.text for option in activity.options}


def without_small(counts: Mapping[str, int], least: int) -> dict[str, int | None]:
    """Return counts with None for numbers below `least`.

    Where that is one alone, so is the next one: else it could be reckoned.
    """
    small = {key for key, n in counts.items() if 0 < n < least}
    if len(small) == 1 and (others := [key for key, n in counts.items() if n >= least]):
        small.add(min(others, key=lambda key: counts[key]))
    return {key: None if key in small else n for key, n in counts.items()}


def few_or(n: int | None) -> object:
    """Return a count for a table. What is left out says so; an empty cell would look like nothing."""
    return "few" if n is None else n


class ActivityKind:
    """A kind of activity. One instance stands for the kind in `KINDS`; it keeps nothing."""

    name: ClassVar[str]
    columns: ClassVar[tuple[str, ...]]
    """Columns of its results as a table of pandas, besides the label."""
    sorted_by_number: ClassVar[bool] = False
    """Whether the lines of its results stand in the order of their numbers, the smallest first."""
    counts: ClassVar[tuple[str, ...]] = ()
    """Where in its results numbers of people, or of what they gave, stand by option."""

    def each(self, activity: LiveActivity) -> int | None:
        """Return what each person adds to a bar that is full, None where bars do not grow with people."""
        return 1

    def canonical(self, activity: LiveActivity, given: Any) -> Any:
        """Return an answer in the form in which it is kept. Raises StoreError with what to do."""
        raise NotImplementedError

    def counted(self, activity: LiveActivity, values: list[Any], revealed: bool) -> dict[str, Any]:
        """Return what the answers say together; what is right only where it is revealed."""
        raise NotImplementedError

    def items(
        self, activity: LiveActivity, rows: list[AnswerRow], stop_words: Iterable[str], language: str
    ) -> dict[str, WrittenItem]:
        """Return what people wrote, by its id, in the order of the rows."""
        raise NotImplementedError

    def discreet(self, results: dict[str, Any], least: int) -> dict[str, Any]:
        """Return results without what would say something about single people: small counts are None."""
        return results | {
            name: without_small(results[name], least) for name in self.counts if name in results
        }

    def export(self, activity: LiveActivity, results: Results) -> Iterator[dict[str, object]]:
        """Yield lines of the results for a spreadsheet, by column (`academy.live.export`)."""
        labels = texts_of(activity)
        for key, n in results[self.counts[0]].items():
            yield {"what": key, "text": labels.get(key, ""), "number": few_or(n)}

    def draw(self, sheet: Sheet, activity: LiveActivity, results: Results) -> None:
        """Draw the results as a picture to take along."""
        raise NotImplementedError

    def table(self, activity: LiveActivity, results: Results) -> list[tuple[Any, ...]]:
        """Return the results as rows of a table: the label and a value for each of `columns`."""
        raise NotImplementedError

    def from_form(self, activity: LiveActivity, form: Form) -> Any:
        """Return the answer that the form of a phone says; whether it is one is looked at when it is kept."""
        raise NotImplementedError

    def to_form(self, activity: LiveActivity, mine: Any) -> Fields:
        """Return a person's own answer as the fields of the form."""
        return {"v": [str(item) for item in (mine if isinstance(mine, list) else [mine])]}

    def said(self, activity: LiveActivity, mine: Any) -> list[str]:
        """Return a person's own answer in words."""
        return list(mine)

    def lines(self, activity: LiveActivity, results: Results) -> list[ResultLine]:
        """Return the lines with bars that a phone shows of the results."""
        return []
