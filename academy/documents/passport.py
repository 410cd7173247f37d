"""The passport as a file: what it shows, and the answers that it was made from."""

from __future__ import annotations

from typing import Literal

from pydantic import with_config
from typing_extensions import TypedDict

from academy.documents.answers_file import Value
from academy.documents.base import CLOSED, Document

__all__ = ["PASSPORT", "PASSPORT_FORMAT", "PassportDocument"]

PASSPORT_FORMAT = "academy-passport/1"


@with_config(CLOSED)
class PassportCourse(TypedDict):
    """The course, and the language in which the passport was written down."""

    id: str
    title: str
    language: str


class DrawnPicture(TypedDict):
    """A picture with the sentence and the table that say the same."""

    svg: str
    sentence: str
    head: list[str]
    rows: list[list[str]]


class PassportEntry(TypedDict):
    """An answer, or a table of them, with the exercise where it was written."""

    address: str
    exercise: str
    source: str
    label: str
    text: str
    head: list[str]
    rows: list[list[str]]
    picture: DrawnPicture | None


class PageShown(TypedDict):
    """A page with its entries."""

    id: str
    code: str
    title: str
    summary: str
    entries: list[PassportEntry]
    part: str | None


class StampTodo(TypedDict):
    """An exercise that is still to be done before a stamp is given."""

    exercise: str
    title: str
    open_places: int
    begun: bool


class PassportStamp(TypedDict):
    """A week's stamp: given on a day, or how far it is."""

    module: str
    title: str
    state: str
    at: str | None
    done: int
    of: int
    todo: list[StampTodo]


class StaleAnswerShown(TypedDict):
    """Something that an exercise builds on and that has changed since."""

    exercise: str
    title: str
    address: str
    source: str
    label: str
    was: str
    now: str


class ThreadShown(TypedDict):
    """How the stations lead from one to the other, and which links are missing."""

    head: list[str]
    strands: list[list[list[str]]]
    missing: list[str]
    spine: int


@with_config(CLOSED)
class PassportDocument(TypedDict):
    """Everything of a passport as plain data."""

    format: Literal["academy-passport/1"]
    course: PassportCourse
    title: str
    holder: str
    pages: list[PageShown]
    stamps: list[PassportStamp]
    again: list[StaleAnswerShown]
    thread: ThreadShown | None
    answers: dict[str, dict[str, Value]]


PASSPORT: Document[PassportDocument] = Document("passport", 1, PassportDocument)
