"""State of a round for facilitators and mentors: who waits for what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from academy.peers.forms import HELPFUL, REPLIES, REVIEWS
from academy.peers.opening import Opening, openings
from academy.peers.round_records import ReviewTask, RoundRecord
from academy.store.review_states import DONE, HELD, LEASED

__all__ = ["AuthorLine", "ReviewLine", "ReviewerLine", "authors", "nudges", "reviewers", "reviews"]

FAR_APART = 2
"""From so many levels between two reviews of the same work on, a facilitator should read it."""


@dataclass(frozen=True)
class AuthorLine:
    """An author: reviews that are there, who is at one just now, and how far apart reviewers' levels are."""

    author: str
    opening: Opening
    reading: tuple[str, ...]
    apart: int

    @property
    def coming(self) -> int:
        """How many reviews are on their way."""
        return len(self.reading)


@dataclass(frozen=True)
class ReviewerLine:
    """A reviewer: how many reviews they gave, and since when something is in their hands."""

    reviewer: str
    done: int
    owed: int
    holds_since: datetime | None


@dataclass(frozen=True)
class ReviewLine:
    """A review with its levels, what its author made of it, and whether they flagged it."""

    task: ReviewTask
    levels: Mapping[str, int]
    helpful: int | None
    flagged: bool


def authors(book: RoundRecord) -> list[AuthorLine]:
    """Return the authors of a round, those who lack most first."""
    levels = defaultdict(list)
    for line in reviews(book):
        if line.task.state == DONE:
            levels[line.task.author].append(line.levels)
    reading = defaultdict(list)
    for task in book.all():
        if task.state == LEASED:
            reading[task.author].append(task.reviewer)
    lines = [
        AuthorLine(author, found, tuple(reading[author]), _apart(levels[author]))
        for author, found in openings(book).items()
    ]
    return sorted(lines, key=lambda line: (line.opening.have, line.coming, line.author))


def reviewers(book: RoundRecord, people: Mapping[str, str]) -> list[ReviewerLine]:
    """Return everybody who is in the round (`people` maps each to the owner of their work), who gave least first."""
    pool = book.pool()
    with book.store.session() as session:
        rows = list(session.scalars(book.rows()))
    lines = []
    for person, owner in people.items():
        mine = [row for row in rows if row.reviewer_id == person and row.state in HELD]
        if not mine and owner not in pool:
            continue
        held = [row.at for row in mine if row.state == LEASED]
        owed = min(book.review.give, max(0, len(pool) - (owner in pool)))
        done = sum(row.state == DONE for row in mine)
        lines.append(ReviewerLine(person, done, owed, min(held, default=None)))
    return sorted(lines, key=lambda line: (line.done, line.reviewer))


def reviews(book: RoundRecord) -> list[ReviewLine]:
    """Return the reviews that were sent, with what is known about them; flagged ones first."""
    with book.store.session() as session:
        flagged = {event.review for event in session.scalars(book.events("flagged"))}
    lines = []
    for task in book.all():
        if not task.rev:
            continue
        given = book.answers.values_at(task.reviewer, book.exercise.id, task.rev)
        replies = book.answers.draft(task.author, book.exercise.id).values
        lines.append(
            ReviewLine(
                task,
                {
                    name: level
                    for name in book.review.levels
                    if (level := _level(given.get(f"{REVIEWS}/{task.row}/{name}"))) is not None
                },
                _whole(replies.get(f"{REPLIES}/{task.row}/{HELPFUL}")),
                task.key in flagged,
            )
        )
    return sorted(lines, key=lambda line: (not line.flagged, line.task.key))


def nudges(book: RoundRecord, person: str) -> list[str]:
    """Return what facilitators wrote to a person since their last sent review; an empty text is a plain nudge."""
    with book.store.session() as session:
        events = list(session.scalars(book.events("nudged", "done")))
    found: list[str] = []
    for event in events:
        if event.kind == "done" and event.by == person:
            found = []
        elif event.kind == "nudged" and event.person_id == person:
            found.append(str(event.data.get("note", "")))
    return found


def _apart(levels: list[Mapping[str, int]]) -> int:
    """The widest gap between two reviewers in any criterion."""
    names = {name for each in levels for name in each}
    spans = [[each[name] for each in levels if name in each] for name in names]
    return max((max(span) - min(span) for span in spans), default=0)


def _level(value: object) -> int | None:
    """The level of a scale, or of a choice between level-1 and level-4."""
    if isinstance(value, str) and value.startswith("level-") and value[6:].isdecimal():
        return int(value[6:])
    return _whole(value)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
