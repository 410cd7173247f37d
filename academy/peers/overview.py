"""A round in numbers, for cohorts of any size: as `opening` sees each author, in a handful of questions for all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa

from academy.peers.book import DONE, HELD, LEASED, Book
from academy.people.leaving import who_left
from academy.store import Releases
from academy.store.schema import SubmissionRow

__all__ = ["Overview", "overview"]


@dataclass(frozen=True)
class Overview:
    """Authors without any review after the stated time, those who lack some, and reviews that were flagged.

    `idle` are people who hold somebody's work for longer than it is kept for them.
    """

    authors: int = 0
    without: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    flagged: int = 0
    done: int = 0
    wanted: int = 0
    idle: list[str] = field(default_factory=list)


def overview(book: Book) -> Overview:
    """Return how a round stands."""
    pool = book.pool()
    tasks = book.all()
    with book.store.session() as session:
        began_with = (
            sa.select(SubmissionRow.person_id, sa.func.min(SubmissionRow.at))
            .where(SubmissionRow.course == book.course.id, SubmissionRow.exercise == book.review.of)
            .group_by(SubmissionRow.person_id)
        )
        first = {row[0]: row[1] for row in session.execute(began_with)}
        extended = [
            (event.person_id, timedelta(days=event.data.get("days", 0)))
            for event in session.scalars(book.events("extended"))
        ]
        flagged = {event.review for event in session.scalars(book.events("flagged"))}
    have = Counter(task.author for task in tasks if task.state == DONE)
    wanted = min(book.review.get, max(0, len(pool) - 1)) or book.review.get
    began = next(
        (r.at for r in Releases(book.store, book.course.id).all() if r.exercise == book.exercise.id), None
    )
    now, wait = book.clock(), timedelta(days=book.review.wait_days)
    without: list[str] = []
    waiting: list[str] = []
    for author in pool:
        if have[author] >= wanted:
            continue
        over = False
        if began is not None:
            more = sum((days for person, days in extended if person in (None, author)), timedelta())
            over = now >= max(began, first.get(author, now)) + wait + more
        (without if over and not have[author] else waiting).append(author)
    left = who_left(book.store)
    shown = {task.key for task in tasks if task.state in HELD and task.author not in left}
    return Overview(
        authors=len(pool),
        without=sorted(without),
        waiting=sorted(waiting),
        flagged=len(flagged & shown),
        done=sum(have.values()),
        wanted=wanted * len(pool),
        idle=sorted({t.reviewer for t in tasks if t.state == LEASED and _over(t.lease_until, now)}),
    )


def _over(until: datetime, now: datetime) -> bool:
    return until < now
