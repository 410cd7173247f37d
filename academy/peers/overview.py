"""A round in numbers, for cohorts of any size."""

from __future__ import annotations

from dataclasses import dataclass, field

from academy.peers.opening import openings
from academy.peers.round_records import RoundRecord
from academy.people.leaving import who_left
from academy.store.review_states import HELD

__all__ = ["Overview", "overview"]


@dataclass(frozen=True)
class Overview:
    """Authors without any review after the stated time, those who lack some, and reviews that were flagged."""

    authors: int = 0
    without: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    flagged: int = 0


def overview(book: RoundRecord) -> Overview:
    """Return how a round stands."""
    found = openings(book)
    tasks = book.all()
    with book.store.session() as session:
        flagged = {event.review for event in session.scalars(book.events("flagged"))}
    without = [author for author, each in found.items() if each.state == "asked"]
    waiting = [author for author, each in found.items() if each.state in ("waits", "few")]
    left = who_left(book.store, book.course.edition)
    shown = {task.key for task in tasks if task.state in HELD and task.author not in left}
    return Overview(
        authors=len(found),
        without=sorted(without),
        waiting=sorted(waiting),
        flagged=len(flagged & shown),
    )
