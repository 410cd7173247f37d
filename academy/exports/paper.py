"""Document model for exports (headings, paragraphs, tables, drawings), independent of the file format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from academy.i18n import direction
from academy.pictures import Picture

__all__ = ["Answer", "Block", "Drawing", "Grid", "Paper", "Paragraph", "Section", "clean"]

_UNSEEN = regex.compile(r"[\p{Cc}\p{Cs}\p{Cn}--[\n\t]]", regex.V1)


def clean(text: object) -> str:
    """Return a text without characters that no file of text may hold (control characters, halves of pairs)."""
    return _UNSEEN.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n"))


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. A `quiet` one is beside the matter: a note, a date, a source."""

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class Answer:
    """What was asked, and what was answered."""

    label: str
    text: str


@dataclass(frozen=True)
class Grid:
    """A table with a head. Its title says what it is."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Drawing:
    """A picture with its title; its sentence and table say the same."""

    title: str
    picture: Picture


Block = Paragraph | Answer | Grid | Drawing


@dataclass(frozen=True)
class Section:
    """A page of a document: a heading, what stands below it, and parts with headings of their own."""

    title: str
    blocks: Sequence[Block] = ()
    parts: Sequence[Section] = ()


@dataclass(frozen=True)
class Paper:
    """A document with a title, in one language."""

    title: str
    language: str
    subtitle: str = ""
    facts: Sequence[tuple[str, str]] = ()
    sections: Sequence[Section] = ()
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return direction(self.language)
