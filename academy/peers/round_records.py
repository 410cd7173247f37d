"""Rows of a round: assignments of reviewers to work, and the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from academy.course import Course, Exercise
from academy.people.leaving import who_left
from academy.store import Answers, Store, Submission
from academy.store.review_states import DONE, GONE, HELD, HIDDEN, LEASED
from academy.store.schema import ReviewEvent, ReviewRow, TeamMember, utc_now

__all__ = [
    "ReviewTask",
    "RoundRecord",
    "task_of",
]

_REVIEW, _EVENT = ReviewRow.__table__.c, ReviewEvent.__table__.c
_REVIEWS = sa.select(ReviewRow.__table__).where(
    _REVIEW.course == sa.bindparam("course"), _REVIEW.round == sa.bindparam("round")
)
_GIVEN = _REVIEWS.where(_REVIEW.reviewer_id == sa.bindparam("reviewer")).order_by(_REVIEW.id)
_RECEIVED = _REVIEWS.where(_REVIEW.author_id == sa.bindparam("author"), _REVIEW.state == DONE).order_by(
    _REVIEW.key
)
_WITHDRAWN = (
    sa.select(_EVENT.person_id, _EVENT.kind, _EVENT.at)
    .where(
        _EVENT.course == sa.bindparam("course"),
        _EVENT.round == sa.bindparam("round"),
        _EVENT.kind.in_(("withdrawn", "back")),
    )
    .order_by(_EVENT.id)
)
_IN_TEAMS = sa.select(TeamMember.__table__.c.person_id).where(
    TeamMember.__table__.c.edition == sa.bindparam("edition")
)


@dataclass(frozen=True)
class ReviewTask:
    """A review that somebody gives. Its answers are the row `row` of the round's table."""

    key: str
    reviewer: str
    author: str
    submission: int
    state: str
    expert: bool
    lease_until: datetime
    rev: int
    relaxed: tuple[str, ...]
    done_at: datetime | None = None

    @property
    def row(self) -> str:
        """The id of its row in the table of reviews."""
        return f"r{self.key}"


class RoundRecord:
    """Reads a round, and writes its log."""

    def __init__(
        self, store: Store, course: Course, exercise: Exercise, clock: Callable[[], datetime] = utc_now
    ) -> None:
        if exercise.review is None:
            raise ValueError(f"{exercise.id} is no round of peer review")
        self.store = store
        self.course = course
        self.exercise = exercise
        self.review = exercise.review
        self.clock = clock
        self.answers = Answers(store, course.edition)

    # -- reading ---------------------------------------------------------------------------------------------------

    def pool(self) -> dict[str, Submission]:
        """Return the newest submission of each author whose work can be reviewed.

        What members of a team had submitted alone, before, is not in it: nobody of them would read the reviews. Nor
        is the work of those who have left the course.
        """
        left = self.withdrawn() | self._in_teams() | who_left(self.store, self.course.edition)
        newest = self.answers.latest_submissions(self.review.of)
        return {author: item for author, item in newest.items() if author not in left}

    def tasks(self, reviewer: str) -> list[ReviewTask]:
        """Return the reviews that a person gives or gave, in an order that says nothing about the authors."""
        rows = self.store.rows(_GIVEN, course=self.course.edition, round=self.exercise.id, reviewer=reviewer)
        return [task_of(row) for row in rows if row.state in (*HELD, HIDDEN)]

    def moved(self, reviewer: str) -> dict[str, datetime]:
        """Return the reviews that a person was at when the work was taken out of the round, by key, with when.

        One whose work was brought back since is there too: `task` says whether it is open again.
        """
        rows = self.store.rows(_GIVEN, course=self.course.edition, round=self.exercise.id, reviewer=reviewer)
        mine = {row.author_id: row.key for row in rows if row.state in (LEASED, GONE)}
        if not mine:
            return {}
        events = self.store.rows(_WITHDRAWN, course=self.course.edition, round=self.exercise.id)
        began = {row.author_id: row.at for row in rows}
        return {
            mine[event.person_id]: event.at
            for event in events
            if event.kind == "withdrawn" and event.person_id in mine and event.at >= began[event.person_id]
        }

    def all(self) -> list[ReviewTask]:
        """Return all reviews of the round, also those that lapsed or were given back."""
        with self.store.session() as session:
            return [task_of(row) for row in session.scalars(self.rows().order_by(ReviewRow.id))]

    def received(self, author: str) -> list[ReviewTask]:
        """Return the reviews that an author has, in an order that gives nothing away."""
        rows = self.store.rows(_RECEIVED, course=self.course.edition, round=self.exercise.id, author=author)
        return [task_of(row) for row in rows]

    def task(self, key: str) -> ReviewTask | None:
        """Return a review by its key, or None."""
        with self.store.session() as session:
            row = session.scalar(self.rows().where(ReviewRow.key == key))
            return None if row is None else task_of(row)

    def replied_at(self, key: str) -> datetime | None:
        """Return when the author last answered a review, or None."""
        with self.store.session() as session:
            events = list(session.scalars(self.events("replied")))
        return max((event.at for event in events if event.review == key), default=None)

    def replied(self, key: str) -> int | None:
        """Return the revision of the author's answers that they last sent as their reply, or None."""
        with self.store.session() as session:
            events = list(session.scalars(self.events("replied")))
        return next((event.data.get("rev") for event in reversed(events) if event.review == key), None)

    def rows(self) -> sa.Select[ReviewRow]:
        """Select the reviews of the round."""
        return sa.select(ReviewRow).where(
            ReviewRow.course == self.course.edition, ReviewRow.round == self.exercise.id
        )

    def events(self, *kinds: str) -> sa.Select[ReviewEvent]:
        """Select the lines of the log of these kinds, oldest first."""
        return (
            sa.select(ReviewEvent)
            .where(
                ReviewEvent.course == self.course.edition,
                ReviewEvent.round == self.exercise.id,
                ReviewEvent.kind.in_(kinds),
            )
            .order_by(ReviewEvent.id)
        )

    def log(
        self,
        session: Session,
        kind: str,
        by: str,
        review: str | None = None,
        data: dict[str, object] | None = None,
        person: str | None = None,
    ) -> None:
        """Write a line of the log into the transaction that does the work."""
        session.add(
            ReviewEvent(
                course=self.course.edition,
                round=self.exercise.id,
                kind=kind,
                by=by,
                person_id=person,
                review=review,
                data=data or {},
                at=self.clock(),
            )
        )

    def withdrawn(self) -> set[str]:
        """Return the authors whose work was taken out of the pool."""
        events = self.store.rows(_WITHDRAWN, course=self.course.edition, round=self.exercise.id)
        newest = {event.person_id: event.kind for event in events}
        return {author for author, kind in newest.items() if author and kind == "withdrawn"}

    def _in_teams(self) -> set[str]:
        """The people whose work in what is reviewed is their team's."""
        if self.course.has(self.review.of) and self.course.exercise(self.review.of).personal:
            return set()
        return {member.person_id for member in self.store.rows(_IN_TEAMS, edition=self.course.edition)}


def task_of(row: ReviewRow | sa.Row[object]) -> ReviewTask:
    """Copy a row of the database."""
    return ReviewTask(
        row.key,
        row.reviewer_id,
        row.author_id,
        row.submission,
        row.state,
        row.expert,
        row.lease_until,
        row.rev,
        tuple(row.relaxed),
        row.done_at,
    )
