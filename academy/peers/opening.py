"""When an author may read what others wrote: as soon as it is complete, and after a stated time with what there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from academy.peers.book import Book
from academy.store import Releases

__all__ = ["Opening", "opening"]


@dataclass(frozen=True)
class Opening:
    """Whether an author's reviews can be read.

    `waits` says that they are not complete and there is time until `at`; `asked` that the time is over without any
    review, so that a mentor or facilitator is asked for one; `few` that they are open, though fewer than `wanted`.
    """

    state: Literal["none", "waits", "asked", "few", "open"]
    have: int
    wanted: int
    at: datetime | None = None


def opening(book: Book, author: str) -> Opening:
    """Return whether an author's reviews can be read now. Nobody waits for others longer than the stated time."""
    submissions = book.answers.submissions(book.review.of, author)
    wanted = min(book.review.get, max(0, len(book.pool()) - 1)) or book.review.get
    have = len(book.received(author))
    if not submissions:
        return Opening("none", have, wanted)
    if have >= wanted:
        return Opening("open", have, wanted)
    at = _until(book, author, submissions[0].at)
    if at is None or book.clock() < at:
        return Opening("waits", have, wanted, at)
    return Opening("few" if have else "asked", have, wanted, at)


def _until(book: Book, author: str, submitted: datetime) -> datetime | None:
    """The moment from which what is there can be read: some days after both the work and the round were there."""
    releases = Releases(book.store, book.course.id).all()
    began = next((each.at for each in releases if each.exercise == book.exercise.id), None)
    if began is None:
        return None
    with book.store.session() as session:
        more = [
            e.data.get("days", 0)
            for e in session.scalars(book.events("extended"))
            if e.person_id in (None, author)
        ]
    return max(began, submitted) + timedelta(days=book.review.wait_days + sum(more))
