"""Base class of live activity types: which answers count, how they are tallied, drawn, tabled and typed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from academy.course.webinar import LiveActivity
from academy.live.rows import AnswerRow, WrittenItem
from academy.live.sheet import Sheet

__all__ = ["ActivityKind", "Fields", "Form", "ResultLine", "Results", "texts_of"]

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


class ActivityKind:
    """A kind of activity. One instance stands for the kind in `KINDS`; it keeps nothing."""

    name: ClassVar[str]
    columns: ClassVar[tuple[str, ...]]
    """Columns of its results as a table of pandas, besides the label."""
    sorted_by_number: ClassVar[bool] = False
    """Whether the lines of its results stand in the order of their numbers, the smallest first."""

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
