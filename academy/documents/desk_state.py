"""The facilitators' desk: what it shows, what has changed, and the answers to what is asked there."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import Field, with_config
from typing_extensions import TypedDict

from academy.documents.base import CLOSED, Document

__all__ = [
    "DESK_CHANGE",
    "DESK_REPLY",
    "DESK_STATE",
    "CurrentReply",
    "DeskChange",
    "DeskExtension",
    "DeskFrame",
    "DeskLine",
    "DeskMessage",
    "DeskParts",
    "DeskReply",
    "DeskState",
    "DoneReply",
    "EverythingReply",
    "PicturesReply",
    "StopReply",
    "TodoItem",
]

DeskLine = tuple[str, str, str, str, str, int, int]
"""A person: id, name, role (its first letter), team or "", a letter for the state of each exercise, when they last took
a step (seconds since 1970; 0 for who has not come yet), whether they are stuck (1)."""


@with_config(CLOSED)
class DeskModule(TypedDict):
    """A module; `mark` is the number of its week, 0 for none."""

    id: str
    title: str
    mark: str


@with_config(CLOSED)
class DeskExercise(TypedDict):
    """An exercise; `round` says that it is a round of peer review."""

    id: str
    title: str
    module: str
    round: bool
    private: bool


@with_config(CLOSED)
class DeskLanguage(TypedDict):
    """A language of the course, by its own name, with the direction in which it is written."""

    id: str
    name: str
    dir: str


@with_config(CLOSED)
class TodoItem(TypedDict):
    """Something that waits for a facilitator, with the page or command where it is done, and whom it is about."""

    kind: str
    text: str
    count: int
    exercise: NotRequired[str]
    page: NotRequired[str]
    command: NotRequired[str]
    newest: NotRequired[int]
    who: NotRequired[list[tuple[str, str]]]


@with_config(CLOSED)
class DeskMessage(TypedDict):
    """A message that stands on home pages, in the languages of the course."""

    id: int
    by: str
    person: str
    texts: dict[str, str]
    until: str


@with_config(CLOSED)
class DeskExtension(TypedDict):
    """More days for a module, for one person or for all."""

    id: int
    module: str
    days: int
    person: str


class DeskParts(TypedDict):
    """What changes while the desk is open."""

    people: list[DeskLine]
    teams: dict[str, str]
    opened: list[str]
    things: list[TodoItem]
    ends: dict[str, str]
    extensions: list[DeskExtension]
    messages: list[DeskMessage]


class DeskFrame(TypedDict):
    """What stays as it is: `longest` is how many characters a message may have."""

    course: str
    modules: list[DeskModule]
    languages: list[DeskLanguage]
    longest: int
    grading: bool
    exercises: list[DeskExercise]


class DeskState(DeskFrame, DeskParts):
    """All that the desk shows; `n` counts the changes that the page was told of."""

    n: int


@with_config(CLOSED)
class DeskChange(TypedDict):
    """What has changed: whole parts, and of the people only those who moved; `gone` are those who are not there now."""

    kind: Literal["changed"]
    n: int
    people: NotRequired[list[DeskLine]]
    gone: NotRequired[list[str]]
    teams: NotRequired[dict[str, str]]
    opened: NotRequired[list[str]]
    things: NotRequired[list[TodoItem]]
    ends: NotRequired[dict[str, str]]
    extensions: NotRequired[list[DeskExtension]]
    messages: NotRequired[list[DeskMessage]]


class CurrentReply(TypedDict):
    """The page has seen everything."""

    kind: Literal["current"]
    n: int
    ask: NotRequired[int]


class EverythingReply(DeskState):
    """The page has missed something: all of it."""

    kind: Literal["all"]
    ask: NotRequired[int]


@with_config(CLOSED)
class DeskPicture(TypedDict):
    """A picture of the cohort, with its sentence, its table and the same as CSV."""

    id: str
    title: str
    svg: str
    sentence: str
    head: list[str]
    rows: list[list[str]]
    csv: str


class PicturesReply(TypedDict):
    """Pictures of the cohort."""

    kind: Literal["pictures"]
    pictures: list[DeskPicture]
    ask: NotRequired[int]


@with_config(CLOSED)
class StoppedWork(TypedDict):
    """Answers for which somebody was stopped: who wrote them, which version, and what they say."""

    by: str
    about: str
    answers: list[tuple[str, str]]


class StopReply(TypedDict):
    """Why somebody was stopped."""

    kind: Literal["stop"]
    found: list[StoppedWork]
    ask: NotRequired[int]


class DoneReply(TypedDict):
    """It was done, and what changed by it."""

    kind: Literal["done"]
    text: str
    changes: NotRequired[DeskChange]
    ask: NotRequired[int]


class NotDoneReply(TypedDict):
    """It was not done, and why."""

    kind: Literal["not-done"]
    text: str
    ask: NotRequired[int]


DeskReply = Annotated[
    CurrentReply | EverythingReply | PicturesReply | StopReply | DoneReply | NotDoneReply,
    Field(discriminator="kind"),
]
"""The answer to a message of the page, whose number is `ask`."""

DESK_STATE: Document[DeskState] = Document("desk-state", 1, DeskState)
DESK_CHANGE: Document[DeskChange] = Document("desk-change", 1, DeskChange)
DESK_REPLY: Document[DeskReply] = Document("desk-reply", 1, DeskReply)  # type: ignore[arg-type]
