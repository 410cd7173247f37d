"""Plain rows of an activity: answers, moderation marks, and written items made of both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

__all__ = ["HIDDEN", "PENDING", "SHOWN", "AnswerRow", "ItemDecision", "WrittenItem"]

PENDING, SHOWN, HIDDEN = "pending", "shown", "hidden"


class AnswerRow(NamedTuple):
    """An answer that counts."""

    key: str
    who: str
    value: Any
    name: str = ""


class ItemDecision(NamedTuple):
    """What facilitators decided about an item."""

    state: str = ""
    merged: str | None = None
    answered: bool = False


@dataclass
class WrittenItem:
    """A text, a word or a question, and who said or supports it."""

    id: str
    text: str
    column: str = ""
    by: str = ""
    state: str = SHOWN
    answered: bool = False
    merged: str | None = None
    who: set[str] = field(default_factory=set)
