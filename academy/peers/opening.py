"""When an author may read reviews: once they are complete, or after a stated time.

What could be read once stays readable: whoever hands in later, is hidden, taken out, brought back or given more days
closes nothing. So this is worked out from what happened and when, and not from how the round stands now.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa

from academy.peers.round_records import RoundRecord
from academy.store import Releases
from academy.store.review_states import DONE
from academy.store.schema import ReviewEvent, ReviewRow, SubmissionRow

__all__ = ["Opening", "RoundHistory", "opening", "openings"]

_REVIEW, _EVENT, _SENT = ReviewRow.__table__.c, ReviewEvent.__table__.c, SubmissionRow.__table__.c
_GIVEN = sa.select(_REVIEW.author_id, _REVIEW.state, _REVIEW.at, _REVIEW.done_at).where(
    _REVIEW.course == sa.bindparam("course"), _REVIEW.round == sa.bindparam("round")
)
_ACTS = (
    sa.select(_EVENT.kind, _EVENT.person_id, _EVENT.data, _EVENT.at)
    .where(
        _EVENT.course == sa.bindparam("course"),
        _EVENT.round == sa.bindparam("round"),
        _EVENT.kind.in_(("begun", "extended", "withdrawn", "back")),
    )
    .order_by(_EVENT.id)
)
_FIRST = (
    sa.select(_SENT.person_id, sa.func.min(_SENT.at).label("at"))
    .where(_SENT.course == sa.bindparam("course"), _SENT.exercise == sa.bindparam("exercise"))
    .group_by(_SENT.person_id)
)


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


def opening(book: RoundRecord, author: str) -> Opening:
    """Return whether an author's reviews can be read now. Nobody waits for others longer than the stated time."""
    return RoundHistory(book).opening(author)


def openings(book: RoundRecord) -> dict[str, Opening]:
    """Return the same for every author in the pool, in a handful of questions for all."""
    read = RoundHistory(book)
    return {author: read.opening(author) for author in read.pool}


@dataclass
class _Reviews:
    """Reviews of one author's work: how many can be read now, and when each that was ever sent had come."""

    have: int = 0
    came: list[datetime] = field(default_factory=list)


class RoundHistory:
    """What happened in a round and when, read once: it says of each author whether their reviews are open."""

    def __init__(self, book: RoundRecord) -> None:
        self.book = book
        self.pool = book.pool()
        named = {"course": book.course.edition, "round": book.exercise.id}
        self._reviews: defaultdict[str, _Reviews] = defaultdict(_Reviews)
        begun = []
        for row in book.store.rows(_GIVEN, **named):
            begun.append(row.at)
            reviews = self._reviews[row.author_id]
            reviews.have += row.state == DONE
            if row.done_at is not None:
                reviews.came.append(row.done_at)
        acts = book.store.rows(_ACTS, **named)
        self._more = [
            (act.at, act.person_id, act.data.get("days", 0)) for act in acts if act.kind == "extended"
        ]
        moves = [act for act in acts if act.kind in ("withdrawn", "back")]
        self._moves = [(act.at, act.person_id, act.kind == "withdrawn") for act in moves]
        begun += [datetime.fromisoformat(act.data["at"]) for act in acts if act.kind == "begun"]
        firsts = book.store.rows(_FIRST, course=book.course.edition, exercise=book.review.of)
        self._first: dict[str, datetime] = {row.person_id: row.at for row in firsts}
        known = {*self.pool, *(author for _, author, _ in self._moves)}
        self._joined = sorted(at for author, at in self._first.items() if author in known)
        releases = Releases(book.store, book.course.edition).all()
        begun += [each.at for each in releases if each.exercise == book.exercise.id]
        self._began = min(begun, default=None)
        """A round that was closed and opened again began when it began."""

    def opening(self, author: str) -> Opening:
        """Return whether the reviews of an author can be read now."""
        wanted = self._most(max(0, len(self.pool) - 1))
        reviews = self._reviews.get(author, _Reviews())
        if author not in self._first:
            return Opening("none", reviews.have, wanted)
        if reviews.have >= wanted:
            return Opening("open", reviews.have, wanted)
        came = sorted(reviews.came)
        at, was_over = self._time(author, came)
        if reviews.have and (was_over or self._was_complete(author, came)):
            return Opening("few", reviews.have, wanted, at)
        if at is None or self.book.clock() < at:
            return Opening("waits", reviews.have, wanted, at)
        return Opening("few" if reviews.have else "asked", reviews.have, wanted, at)

    def _most(self, others: int) -> int:
        """How many reviews make a work's reviews complete where so many others have handed in."""
        get: int = self.book.review.get
        return min(get, others) or get

    def _was_complete(self, author: str, came: Sequence[datetime]) -> bool:
        """Whether at some moment there were as many reviews as there could be."""
        for moment in sorted([*came, *(at for at, _, away in self._moves if away)]):
            have = bisect_right(came, moment)
            if have and have >= self._most(self._others(author, moment)):
                return True
        return False

    def _others(self, author: str, moment: datetime) -> int:
        """How many other authors were in the round at a moment."""
        away: dict[str | None, bool] = {who: gone for at, who, gone in self._moves if at <= moment}
        there = bisect_right(self._joined, moment) - sum(
            gone and who is not None and who in self._first and self._first[who] <= moment
            for who, gone in away.items()
        )
        return max(0, there - (self._first[author] <= moment and not away.get(author, False)))

    def _time(self, author: str, came: Sequence[datetime]) -> tuple[datetime | None, bool]:
        """From when what is there can be read, and whether that was so before more days were given."""
        if self._began is None:
            return None, False
        until = max(self._began, self._first[author]) + timedelta(days=self.book.review.wait_days)
        over = False
        for at, days in self._extensions(author):
            over = over or (until <= at and bisect_right(came, at) > 0)
            until += timedelta(days=days)
        return until, over

    def _extensions(self, author: str) -> Iterator[tuple[datetime, int]]:
        return ((at, days) for at, person, days in self._more if person in (None, author))
