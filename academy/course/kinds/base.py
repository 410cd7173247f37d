"""Base class of field types: how one is declared, read, judged, shown, and typed in from paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar, Protocol

from academy.i18n import Translator
from academy.words import shows

__all__ = ["Box", "Choices", "FieldKind", "Question", "blank", "options_of"]

Choices = tuple[tuple[str, str], ...]
"""What there is to choose from: ids and labels."""

Box = str
"""What is typed into when answers come from paper: text, line, number, date, bool, one, many."""


class OptionLike(Protocol):
    """An option of a field."""

    @property
    def id(self) -> str:
        """The id that is kept."""

    @property
    def label(self) -> str:
        """What a person reads."""


class Question(Protocol):
    """What a kind needs to know of a field or a column (`academy.course.fields.Column`)."""

    @property
    def required(self) -> bool:
        """Whether it must be answered."""

    @property
    def words(self) -> list[int] | None:
        """The fewest and the most words."""

    @property
    def chars(self) -> int | None:
        """The most characters."""

    @property
    def options(self) -> Sequence[OptionLike] | None:
        """What there is to choose from."""

    @property
    def choose(self) -> list[int] | None:
        """The fewest and the most that may be chosen."""

    @property
    def range(self) -> list[float] | None:
        """The lowest and the highest number."""

    @property
    def low(self) -> str:
        """What the lowest step of a scale means."""

    @property
    def high(self) -> str:
        """What the highest step of a scale means."""

    @property
    def step(self) -> float | None:
        """The distance between two numbers that may be given."""

    @property
    def unit(self) -> str:
        """What is counted."""

    @property
    def earliest(self) -> date | None:
        """The first day that may be given."""

    @property
    def latest(self) -> date | None:
        """The last day that may be given."""


def blank(value: object) -> bool:
    """Whether nothing was answered."""
    return value is None or value == [] or (isinstance(value, str) and not shows(value))


def options_of(question: Question, chosen: Iterable[Any]) -> list[str]:
    """Return the labels of chosen options, an id itself where there is no such option."""
    labels = {option.id: option.label for option in question.options or ()}
    return [labels.get(item, str(item)) for item in chosen]


class FieldKind:
    """A kind of field. One instance stands for the kind in `KINDS`; it keeps nothing.

    What a subclass does not say is so for most kinds.
    """

    name: ClassVar[str]
    keys: ClassVar[frozenset[str]] = frozenset()
    """Which keys, besides those of every field, may be written in `exercise.yaml`."""
    needs: ClassVar[frozenset[str]] = frozenset()
    """Which of them must be written."""
    written: ClassVar[bool] = False
    """Whether people answer in words of their own, which are counted, quoted and looked over."""
    paragraphs: ClassVar[bool] = False
    """Whether the lines of an answer stay where it is shown."""
    chosen_from: ClassVar[bool] = False
    """Whether a reference elsewhere may choose from what was answered here."""
    rows: ClassVar[bool] = False
    """Whether it is a table: its answer is the ids of its rows."""
    refers: ClassVar[bool] = False
    """Whether it shows or chooses what stands elsewhere."""
    computed: ClassVar[bool] = False
    """Whether the exercise's own code says what stands there."""
    decides: ClassVar[bool] = False
    """Whether `only_if` elsewhere may ask for its answer."""
    ticked: ClassVar[bool] = False
    """Whether it is answered by being true: false is no answer to a question that must be answered."""

    def contradiction(self, question: Question) -> str | None:
        """Say what a declaration can't mean, for whoever writes the exercise, or None."""
        return None

    def asked(self, question: Question) -> bool:
        """Whether a person answers it; the others are computed or shown from elsewhere."""
        return True

    def deciding(self, question: Question) -> list[str] | None:
        """Return the answers that `only_if` may ask for, None where they are not known beforehand."""
        return None

    def spoiled(self, question: Question) -> list[Any]:
        """Return answers that could be given and say little or nothing; the linter tries checks with them."""
        return []

    def accepts(self, question: Question, value: object) -> bool:
        """Whether the form could have sent this value: foreign shapes stay out."""
        raise NotImplementedError

    def typed(self, question: Question, value: object) -> Any:
        """Return the value in the type of the kind, None (or an empty list) where it is of another."""
        raise NotImplementedError

    def fault(self, question: Question, value: object, _: Translator) -> str | None:
        """Say what keeps an answer that is there from being submitted, or None."""
        return None

    def text(self, question: Question, value: object, language: str) -> str:
        """Return an answer as a person reads it on one line, labels instead of ids."""
        return " ".join(str(value).split())

    def box(self, question: Question) -> Box:
        """Return what a facilitator types an answer from paper into."""
        return "line"

    def steps(self, question: Question) -> Choices:
        """Return what there is to choose from on paper."""
        return tuple((option.id, option.label) for option in question.options or ())

    def from_box(self, question: Question, raw: list[str]) -> Any:
        """Return the value of what was typed in from paper, which is not nothing."""
        return raw[0]


def is_text(value: object, longest: int) -> bool:
    """Whether a value is a text of at most so many characters."""
    return isinstance(value, str) and len(value) <= longest
