"""The answers file: what somebody wrote in a form without a server, with the sealed ticket of the form."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from academy.documents.base import Document

__all__ = ["ANSWERS_FILE", "ANSWERS_KIND", "AnswersFile", "FileEdit", "SealedTicket", "Value"]

ANSWERS_KIND = "academy-answers"
Value = str | int | float | bool | list[str] | None
"""An answer to a field."""


class SealedTicket(TypedDict):
    """Who took which version of which exercise home, and when (ISO 8601), sealed by the server."""

    course: str
    exercise: str
    version: str
    person: str
    owner: str
    issued: str
    seal: str


class FileEdit(TypedDict):
    """One answer: `at` is when it was typed, in milliseconds of the device's clock, `base` the revision it changed."""

    id: str
    path: str
    value: Value
    at: float
    base: int


class AnswersFile(TypedDict):
    """The file. Who reads it trusts nothing in it but the seal."""

    kind: Literal["academy-answers"]
    format: Literal[1]
    ticket: SealedTicket
    device: str
    edits: list[FileEdit]


ANSWERS_FILE: Document[AnswersFile] = Document("answers-file", 1, AnswersFile)
