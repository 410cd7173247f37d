"""A round of peer review in the store: asking for the next work, giving it back, sending a review."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from academy.errors import StoreError
from academy.i18n import N_
from academy.peers.choose import RoundState, choose
from academy.peers.facts import known_facts, reviewers_of
from academy.peers.fit import Reviewer
from academy.peers.plan import plan
from academy.peers.round_records import ReviewTask, RoundRecord, task_of
from academy.people import LEARNERS, Team, Teams
from academy.store import Submission
from academy.store.review_states import DONE, GONE, HELD, HIDDEN, LAPSED, LEASED, PASSED
from academy.store.schema import Enrolment, Release, ReviewRow, Revision

__all__ = ["Round"]

MOST_EXTRA = 3
"""So many more than asked for may somebody review who wants to."""
LARGEST_PLAN = 2_000
"""From so many people on, asking alone keeps the balance."""


class Round(RoundRecord):
    """One round of a course."""

    # -- giving ----------------------------------------------------------------------------------------------------

    def next_for(self, reviewer: str, expert: bool = False) -> ReviewTask | None:
        """Give a person the next work to review, or None if there is nothing that fits now.

        Who has work in hand gets that again. Two people who ask at the same moment never get the same place. An
        `expert` (mentor or facilitator) helps where most is lacking, as often as they like.
        Raises StoreError if the round is not open.
        """
        now = self.clock()
        teams = {
            member.id: team
            for team in Teams(self.store, self.course.edition).all()
            for member in team.members
            if member.active  # who has left reviews nothing
        }
        pool = self.pool()
        with self.store.session() as session:
            people = self._people(session, pool, teams, {reviewer}, now)
        planned = _planned(tuple(sorted(people.values(), key=_by_id)), self.review.give, self._seed())
        if again := self._met_before(reviewer):
            planned = {**planned, reviewer: again}
        with self.store.write() as session:
            release = self._open(session)
            self._let_lapse(session, now)
            rows = list(session.scalars(self.rows()))
            if not rows:
                self.log(session, "begun", reviewer, data={"at": release.at.isoformat()})
            mine = [row for row in rows if row.reviewer_id == reviewer and row.state in HELD]
            if held := next((row for row in mine if row.state == LEASED), None):
                return task_of(held)
            if not expert and len(mine) >= self.review.give + MOST_EXTRA:
                return None
            state = self._state(rows, pool, people, planned)
            choice = choose(state, reviewer)
            if choice is None:
                return None
            row = self._lease(session, rows, reviewer, choice.author, pool[choice.author], now)
            row.relaxed, row.expert = list(choice.relaxed), expert
            if choice.relaxed:
                self.log(session, "relaxed", reviewer, row.key, {"rules": row.relaxed})
            session.flush()
            return task_of(row)

    def take(self, expert: str, author: str) -> ReviewTask:
        """Let a mentor or facilitator review an author's work, whoever else does.

        A review of it that they have given stays as it is. Raises StoreError if there is no work of this author, or
        it is their own.
        """
        submission, team = self.pool().get(author), Teams(self.store, self.course.edition).of(expert)
        if submission is None:
            raise StoreError(N_("There is no submitted work of this person in the round."))
        if author in (expert, team.id if team else expert):
            raise StoreError(N_("This is your own work, so somebody else has to review it."))
        with self.store.write() as session:
            rows = list(session.scalars(self.rows()))
            for row in rows:
                if (row.reviewer_id, row.author_id) == (expert, author) and row.state in (*HELD, HIDDEN):
                    return task_of(row)
            row = self._lease(session, rows, expert, author, submission, self.clock())
            row.expert = True
            self.log(session, "expert", expert, row.key)
            session.flush()
            return task_of(row)

    def give_back(self, reviewer: str, key: str) -> None:
        """Let somebody else have it. What was written stays in the history."""
        with self.store.write() as session:
            row = self._mine(session, reviewer, key)
            if row.state == LEASED:
                self.store.quota.count_act(session, reviewer, self.clock())
                row.state = PASSED
                self.log(session, "passed", reviewer, key)

    def finish(self, reviewer: str, key: str, rev: int) -> ReviewTask:
        """Take a review as given, pinned to a revision of its answers; also one whose lease had lapsed.

        Raises StoreError if it is not this person's, or was taken out by a facilitator.
        """
        with self.store.write() as session:
            row = self._mine(session, reviewer, key)
            if row.state in (HIDDEN, GONE):
                raise StoreError(N_("This review is not open any more. Please ask your facilitator."))
            row.state, row.rev, row.done_at = DONE, rev, self.clock()
            self.log(session, "done", reviewer, key)
            return task_of(row)

    def reply(self, author: str, key: str, rev: int, *, flagged: bool) -> None:
        """Note that an author has answered a review. Raises StoreError if it is not about their work."""
        with self.store.write() as session:
            row = session.scalar(self.rows().where(ReviewRow.key == key))
            if row is None or row.author_id != author or row.state != DONE:
                raise StoreError(N_("There is no such review here. Please open the page again."))
            self.log(session, "replied", author, key, {"rev": rev})
            if flagged:
                self.log(session, "flagged", author, key)

    def withdraw(self, author: str, by: str) -> None:
        """Take an author's work out of the pool. Reviews that are given stay, those at which somebody is end."""
        with self.store.write() as session:
            self.log(session, "withdrawn", by, person=author)
            for row in self._of_author(session, author, LEASED):
                row.state = GONE

    def bring_back(self, author: str, by: str) -> None:
        """Put an author's work into the pool again. Who was reviewing it goes on with what they had written."""
        until = self.clock() + timedelta(hours=self.review.lease_hours)
        with self.store.write() as session:
            self.log(session, "back", by, person=author)
            for row in self._of_author(session, author, GONE):
                row.state, row.lease_until = LEASED, until

    # -- inside ----------------------------------------------------------------------------------------------------

    def _seed(self) -> str:
        return f"{self.course.edition}/{self.exercise.id}"

    def _met_before(self, reviewer: str) -> list[str]:
        """The authors whom a person reviewed in the round before this one: they meet again where it fits."""
        before = self.review.follows
        if before is None or not self.course.has(before):
            return []
        query = sa.select(ReviewRow.author_id).where(
            ReviewRow.course == self.course.edition,
            ReviewRow.round == before,
            ReviewRow.reviewer_id == reviewer,
            ReviewRow.state == DONE,
        )
        with self.store.session() as session:
            return list(session.scalars(query))

    def _open(self, session: Session) -> Release:
        """Hold the round: where the database has no single write lock its row is locked until the end."""
        query = sa.select(Release).where(
            Release.course == self.course.edition, Release.exercise == self.exercise.id
        )
        release = session.scalar(query.with_for_update())
        if release is None:
            raise StoreError(N_("This round of reviews is not open yet. Please come back when it has begun."))
        return release

    def _people(
        self,
        session: Session,
        pool: Iterable[str],
        teams: dict[str, Team],
        also: set[str],
        now: datetime,
    ) -> dict[str, Reviewer]:
        """Everybody who gives reviews: who wrote what is in the pool, and who asks."""
        authors = set(pool)
        writers = {person for person, team in teams.items() if team.id in authors}
        active = sa.select(Enrolment.person_id).where(
            Enrolment.edition == self.course.edition, Enrolment.active, Enrolment.role.in_(LEARNERS)
        )
        alone = {person for person in session.scalars(active) if person in authors}
        return reviewers_of(writers | alone | also, teams, known_facts(session, self.course), now)

    def _state(
        self,
        rows: list[ReviewRow],
        pool: dict[str, Submission],
        people: dict[str, Reviewer],
        planned: dict[str, list[str]],
    ) -> RoundState:
        faces = {person.owner: person for person in sorted(people.values(), key=_by_id, reverse=True)}
        state = RoundState(
            {author: faces.get(author, Reviewer(author)) for author in pool},
            people,
            self.review.give,
            self.review.get,
            planned=planned,
        )
        for row in rows:
            if row.reviewer_id not in people:
                state.reviewers = {**state.reviewers, row.reviewer_id: Reviewer(row.reviewer_id)}
            if row.state in HELD:
                state.given.setdefault(row.reviewer_id, set()).add(row.author_id)
            elif row.state == HIDDEN:
                state.closed.setdefault(row.reviewer_id, set()).add(row.author_id)
            elif row.state in (LAPSED, PASSED):
                state.passed.setdefault(row.reviewer_id, set()).add(row.author_id)
            if row.state == LAPSED:
                state.gone.add(row.reviewer_id)
        return state

    def _lease(
        self,
        session: Session,
        rows: list[ReviewRow],
        reviewer: str,
        author: str,
        submission: Submission,
        now: datetime,
    ) -> ReviewRow:
        row = next((r for r in rows if (r.reviewer_id, r.author_id) == (reviewer, author)), None)
        if row is None:
            row = ReviewRow(
                course=self.course.edition,
                round=self.exercise.id,
                key=secrets.token_hex(6),
                reviewer_id=reviewer,
                author_id=author,
                submission=submission.number,
                state=LEASED,
                lease_until=now,
                at=now,
            )
            session.add(row)
        row.state, row.submission = LEASED, submission.number
        row.lease_until = now + timedelta(hours=self.review.lease_hours)
        return row

    def _let_lapse(self, session: Session, now: datetime) -> None:
        """End leases whose time is over; who has written since then keeps theirs."""
        lease = timedelta(hours=self.review.lease_hours)
        for row in session.scalars(self.rows().where(ReviewRow.state == LEASED, ReviewRow.lease_until < now)):
            last = self._last_written(session, row)
            if last is not None and last + lease > now:
                row.lease_until = last + lease
                continue
            row.state = LAPSED
            self.log(session, "lapsed", row.reviewer_id, row.key)
        session.flush()

    def _last_written(self, session: Session, row: ReviewRow) -> datetime | None:
        """When something was last written in a review. (The row's id needs no escaping: it is hexadecimal.)"""
        query = sa.select(Revision.received_at).where(
            Revision.course == self.course.edition,
            Revision.person_id == row.reviewer_id,
            Revision.exercise == self.exercise.id,
            Revision.path.contains(f"/r{row.key}/"),
        )
        return session.scalar(query.order_by(Revision.id.desc()).limit(1))

    def _mine(self, session: Session, reviewer: str, key: str) -> ReviewRow:
        row = session.scalar(self.rows().where(ReviewRow.key == key).with_for_update())
        if row is None or row.reviewer_id != reviewer:
            raise StoreError(N_("There is no such review here. Please open the page again."))
        return row

    def _of_author(self, session: Session, author: str, state: str) -> list[ReviewRow]:
        """The reviews of an author's work that are in a state."""
        return list(
            session.scalars(self.rows().where(ReviewRow.author_id == author, ReviewRow.state == state))
        )


@lru_cache(maxsize=8)
def _planned(people: tuple[Reviewer, ...], give: int, seed: str) -> dict[str, list[str]]:
    return plan(people, give, seed) if len(people) <= LARGEST_PLAN else {}


def _by_id(person: Reviewer) -> str:
    return person.id
