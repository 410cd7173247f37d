"""Messages of facilitators on home pages, for some days or until they are taken back."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from academy.errors import StoreError
from academy.i18n import N_
from academy.store import Store
from academy.store.events import Events
from academy.store.schema import CourseEvent, utc_now
from academy.words import shows

__all__ = ["LONGEST", "MOST_DAYS", "Message", "Messages"]

KIND = "message"
LONGEST = 1000
MOST_DAYS = 60
_JOINERS = "\u200c\u200d\u200e\u200f"
"""Cannot be seen either, and words of some languages need them."""


@dataclass(frozen=True)
class Message:
    """A message with its text by language; `person` is who alone sees it, None if all do."""

    id: int
    by: str
    person: str | None
    texts: Mapping[str, str]
    at: datetime
    until: datetime

    def text(self, languages: Iterable[str]) -> tuple[str, str]:
        """Return the language and the text for somebody who reads these languages, the best first."""
        found = next((each for each in languages if each in self.texts), next(iter(self.texts)))
        return found, self.texts[found]


class Messages:
    """The messages of a course."""

    def __init__(self, store: Store, course_id: str, clock: Callable[[], datetime] = utc_now) -> None:
        self.events = Events(store, course_id, clock)
        self.clock = clock

    def send(self, texts: Mapping[str, str], by: str, days: int = 7, person: str | None = None) -> int:
        """Put a message on the home pages of all or of one person, and return its number.

        Languages without a text are left out. Raises StoreError if nothing is written, or too much, or for too long.
        """
        written = {language: _clean(text) for language, text in texts.items() if _clean(text)}
        if not written:
            raise StoreError(N_("Please write your message in one language at least."))
        if any(len(text) > LONGEST for text in written.values()):
            raise StoreError(N_("Please shorten your message to 1000 characters; a phone is small."))
        if not 1 <= days <= MOST_DAYS:
            raise StoreError(N_("Please let a message stand for 1 to 60 days."))
        return self.events.add(KIND, by, person=person, data={"texts": written, "days": days})

    def take_back(self, message: int, by: str) -> None:
        """Take a message from everybody's home page. Raises StoreError if it stands there no more."""
        self.events.take_back(KIND, message, by)

    def standing(self) -> list[Message]:
        """Return the messages that stand now, the newest first."""
        now = self.clock()
        found = (_message(row) for row in self.events.holding(KIND))
        return sorted((m for m in found if m.until > now), key=lambda m: m.id, reverse=True)

    def to(self, person: str) -> list[Message]:
        """Return the messages on a person's home page, the newest first."""
        return [message for message in self.standing() if message.person in (None, person)]


def _message(row: CourseEvent) -> Message:
    until = row.at + timedelta(days=row.data["days"])
    return Message(row.id, row.by, row.person_id, row.data["texts"], row.at, until)


def _clean(text: str) -> str:
    """The text without characters that cannot be seen or that turn the text round them."""
    lines = text.replace("\r\n", "\n")
    kept = "".join(c for c in lines if c in "\n" + _JOINERS or unicodedata.category(c)[0] != "C").strip()
    return kept if shows(kept) else ""
