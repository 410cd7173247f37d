"""Registry of live activity types: the keys that each may have in `live.yaml`, how people answer, what results say.

What a kind does with answers is in `academy.live.kinds`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, NotRequired

from pydantic import ConfigDict, model_validator, with_config
from pydantic import Field as Setting
from typing_extensions import TypedDict

from academy.course.fields import Id, Part, Text

__all__ = [
    "LIVE_KINDS",
    "NOT_ON_SLIDES",
    "Axes",
    "ItemResult",
    "KindKeys",
    "LiveAxis",
    "LiveColumn",
    "LiveKind",
    "LiveOption",
    "LiveScale",
    "Most",
    "Results",
]

CLOSED = ConfigDict(extra="forbid")


class LiveOption(Part):
    """One thing to choose, to rank or to place. `why` is shown with the result, when it is revealed."""

    id: Id
    text: Text
    help: str = ""
    why: str = ""


class LiveColumn(Part):
    """A column of cards."""

    id: Id
    title: Text
    help: str = ""


class LiveAxis(Part):
    """One axis of a grid, and what its ends mean."""

    title: Text
    least: str = ""
    most: str = ""


class Axes(Part):
    """The two axes of a grid."""

    x: LiveAxis
    y: LiveAxis


class LiveScale(Part):
    """Whole numbers from `least` to `most`; `low` and `high` say what the two ends mean."""

    least: Annotated[int, Setting(ge=0, le=9)] = 1
    most: Annotated[int, Setting(ge=1, le=10)] = 5
    low: str = ""
    high: str = ""

    @model_validator(mode="after")
    def _makes_sense(self) -> LiveScale:
        if self.least >= self.most:
            raise ValueError("most must be above least")
        return self

    @property
    def steps(self) -> range:
        """The numbers that can be chosen."""
        return range(self.least, self.most + 1)


class Most(Part):
    """The most words that an answer may have; for the kind `words`, how many words a person gives."""

    most: Annotated[int, Setting(ge=1, le=200)]


class KindKeys(Part):
    """The keys of an activity that only some kinds have (`LiveKind.keys` says which).

    Slides get them all but those of `NOT_ON_SLIDES`.
    """

    options: list[LiveOption] = []
    list_name: Id | None = Setting(default=None, alias="list")
    choose: Annotated[list[int], Setting(min_length=2, max_length=2)] | None = None
    scale: LiveScale = LiveScale()
    right: list[Id] = []
    why: str = ""
    axes: Axes | None = None
    columns: list[LiveColumn] = []
    words: Most | None = None
    points: Annotated[int, Setting(ge=2, le=100)] = 10
    moderate: Literal["before", "after", "none"] = "after"


NOT_ON_SLIDES = frozenset({"choose", "list_name", "options", "right", "why", "words"})
"""What slides are not given as it stands here. What is right the room's state tells, once it is revealed."""


@with_config(CLOSED)
class CountedResults(TypedDict):
    """Choice, multi, quiz: how many chose each option; `right` once a quiz is revealed."""

    n: int
    counts: dict[str, int]
    right: NotRequired[list[str]]


@with_config(CLOSED)
class ScaleResults(TypedDict):
    """Scale: how many chose each step, and the mean."""

    n: int
    counts: dict[str, int]
    mean: NotRequired[float]


@with_config(CLOSED)
class RankingResults(TypedDict):
    """Ranking: mean place, standard deviation and firsts of each option; with a right order, how many had it."""

    n: int
    mean: dict[str, float]
    spread: dict[str, float]
    first: dict[str, int]
    right: NotRequired[list[str]]
    placed: NotRequired[dict[str, int]]
    exact: NotRequired[int]


@with_config(CLOSED)
class PlacedThing(TypedDict):
    """One thing on a grid: how many placed it, its means, and how many put it into each cell `x,y`."""

    n: int
    cells: dict[str, int]
    x: NotRequired[float]
    y: NotRequired[float]


@with_config(CLOSED)
class PlaceResults(TypedDict):
    """Place: each thing on the grid."""

    n: int
    things: dict[str, PlacedThing]


@with_config(CLOSED)
class PointsResults(TypedDict):
    """Points: how many points each option was given."""

    n: int
    points: dict[str, int]


@with_config(CLOSED)
class ItemResult(TypedDict):
    """A text, a word or a question, and what is known of it."""

    text: str
    n: NotRequired[int]
    by: NotRequired[str]
    column: NotRequired[str]
    answered: NotRequired[bool]


@with_config(CLOSED)
class WrittenResults(TypedDict):
    """Text, words, cards, questions: what people wrote; `more` is how many texts a long list leaves out."""

    n: int
    items: dict[str, ItemResult]
    more: NotRequired[int]


Results = CountedResults | ScaleResults | RankingResults | PlaceResults | PointsResults | WrittenResults
"""What the answers to an activity say together; which of these it is follows from the activity's kind."""

_CHOSEN = frozenset({"options", "list_name", "why"})
_WRITTEN = frozenset({"words", "moderate"})


@dataclass(frozen=True)
class LiveKind:
    """A kind of activity as it is declared."""

    keys: frozenset[str]
    """Which keys, besides those of every activity, it may have."""
    needs: frozenset[str] = frozenset()
    """Which of them it must have."""
    options: bool = False
    """Whether it needs at least two options, or a list of the course."""
    several: bool = False
    """Whether a person may choose several options."""
    several_right: bool = False
    """Whether a person chooses several where several are right."""
    whole_order: bool = False
    """Whether what is right is an order of all options."""
    most_options: int | None = None
    """The most options that a person can be asked to look through."""
    written: bool = False
    """Whether people answer in their own words, which can be moderated."""
    by_support: bool = False
    """Whether what people wrote is counted: what many said comes first, and the same can be put together."""
    in_steps: bool = False
    """Whether a person answers again and again: asks, supports, asks once more."""
    on_the_fly: bool = False
    """Whether a presenter can ask it without its being in the course."""


LIVE_KINDS: dict[str, LiveKind] = {
    "choice": LiveKind(_CHOSEN, options=True, on_the_fly=True),
    "multi": LiveKind(_CHOSEN | {"choose"}, options=True, several=True, on_the_fly=True),
    "scale": LiveKind(frozenset({"scale"}), on_the_fly=True),
    "ranking": LiveKind(_CHOSEN | {"right"}, options=True, whole_order=True, most_options=12),
    "text": LiveKind(_WRITTEN, written=True, on_the_fly=True),
    "words": LiveKind(_WRITTEN, written=True, by_support=True, on_the_fly=True),
    "quiz": LiveKind(
        _CHOSEN | {"choose", "right"}, needs=frozenset({"right"}), options=True, several_right=True
    ),
    "place": LiveKind(frozenset({"axes", "options", "list_name"}), needs=frozenset({"axes"})),
    "questions": LiveKind(_WRITTEN, written=True, by_support=True, in_steps=True, on_the_fly=True),
    "cards": LiveKind(_WRITTEN | {"columns"}, needs=frozenset({"columns"}), written=True),
    "points": LiveKind(_CHOSEN | {"points"}, options=True, most_options=12, on_the_fly=True),
}
"""By the name in `kind`. A new kind is a line here, a class in `academy.live.kinds`, and what that module names."""
