"""Taking answers: one row for each person and activity, whatever comes how often and in which order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from academy.course import LiveActivity
from academy.errors import StoreError
from academy.i18n import N_
from academy.live.ballots import item_id, row_key, voter
from academy.live.session import CLOSED, HOME, LIVE, OPEN, Book, GoneError, phase_of
from academy.live.values import canonical
from academy.store.live import LiveActivityRow, LiveAnswer, LiveSeat, LiveSession

__all__ = ["AnsweredError", "Ballot", "Received", "sit", "take"]

CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
IDS_KEPT = 40
QUESTIONS_A_PERSON, SUPPORTS_A_PERSON = 10, 200

NOT_OPEN = N_(
    "This question is not open just now, so your answer could not be taken. It opens when it is asked."
)
ANSWERED = N_(
    "You have answered this already. To change your answer, press “Change my answer”, then send again."
)
REMOVED = N_("You were taken out of this session. Please speak with your facilitator.")
NO_ID = N_("This answer came without its mark. Please open the page again, then send it once more.")
MANY = N_("You have asked many questions already. Please support those that are there.")
OVER = N_("This session is over, so no answer can be taken any more.")


class AnsweredError(StoreError):
    """The person has another answer there, and did not say that they change it. `mine` is the one that counts."""

    def __init__(self, mine: Any) -> None:
        super().__init__(ANSWERED)
        self.mine = mine


@dataclass(frozen=True)
class Ballot:
    """An answer as it comes. `id` is made by the client, once for each answer; `change` says that it replaces one.

    `who` is the person's or guest's pseudonym and `name` what others call them. `entered` is set where a facilitator
    writes it down for somebody: how it came, or who said it.
    """

    who: str
    activity: str
    id: str
    value: Any
    change: bool = False
    name: str = ""
    entered: str = ""


@dataclass(frozen=True)
class Received:
    """An answer that is kept: the revision since which it counts, and what the person's answer is now."""

    id: str
    activity: str
    rev: int
    mine: Any
    new: bool


def take(book: Book, ballots: Sequence[Ballot]) -> list[Received | StoreError]:
    """Commit answers together, and return for each what became of it. One that is refused hinders no other.

    The session's row is locked from the start to the commit: no answer comes between a look and a write, and none is
    taken after a lock.
    """
    with book.store.write() as session:
        taking = _Taking(book, session, book.row(session, lock=True))
        found: list[Received | StoreError] = []
        for ballot in ballots:
            try:
                found.append(taking.one(ballot))
            except StoreError as refused:
                found.append(refused)
        if taking.changed:
            book.tell(session, taking.row)
        return found


class _Taking:
    """One transaction."""

    def __init__(self, book: Book, session: Session, row: LiveSession) -> None:
        self.book, self.session, self.row = book, session, row
        self.activities = book.activity_rows(session)
        self.changed = False

    def one(self, ballot: Ballot) -> Received:
        if not CLIENT_ID.fullmatch(ballot.id):
            raise StoreError(NO_ID)
        if self.row.state == CLOSED:
            raise GoneError(OVER)
        activity = self.book.activity(ballot.activity, self.activities)
        seat = self._seat(ballot)
        stand = self.activities.get(activity.id)
        who = self._who(ballot, activity, stand.round if stand else 1)
        row = self._answer(activity, stand.round if stand else 1, who)
        if (
            row is not None and ballot.id in row.ids
        ):  # it came before: also where the question is closed by now
            return Received(ballot.id, activity.id, row.rev, row.value, new=False)
        if phase_of(stand, activity, self.row.state) != OPEN:
            raise StoreError(NOT_OPEN)
        value = canonical(activity, ballot.value)
        if row is not None and value == row.value:
            return Received(ballot.id, activity.id, row.rev, row.value, new=False)
        if row is not None and activity.kind != "questions" and not ballot.change:
            raise AnsweredError(row.value)
        self._settle(activity, stand)
        self._sit(ballot, seat)
        return self._write(ballot, activity, stand.round if stand else 1, who, row, value)

    def _who(self, ballot: Ballot, activity: LiveActivity, round_: int) -> str:
        if ballot.entered or not activity.anonymous:
            return ballot.who
        assert self.row.salt is not None
        return voter(self.book.secret, self.row.salt, activity.id, round_, ballot.who)

    def _answer(self, activity: LiveActivity, round_: int, who: str) -> LiveAnswer | None:
        return self.session.scalar(
            sa.select(LiveAnswer).where(
                LiveAnswer.session_id == self.book.id,
                LiveAnswer.activity == activity.id,
                LiveAnswer.round == round_,
                LiveAnswer.who == who,
            )
        )

    def _write(
        self,
        ballot: Ballot,
        activity: LiveActivity,
        round_: int,
        who: str,
        row: LiveAnswer | None,
        value: Any,
    ) -> Received:
        if row is None:
            row = LiveAnswer(
                session_id=self.book.id, activity=activity.id, round=round_, who=who, key=row_key(), ids=[]
            )
            row.value = {"asked": {}, "for": []} if activity.kind == "questions" else None
            row.entered = ballot.entered[:40]
            self.session.add(row)
        row.value = _stepped(row, ballot.id, value) if activity.kind == "questions" else value
        row.ids = [*row.ids, ballot.id][-IDS_KEPT:]
        row.rev = self.book.bump(self.row)
        self.changed = True
        self.session.flush()
        return Received(ballot.id, activity.id, row.rev, row.value, new=True)

    def _settle(self, activity: LiveActivity, stand: LiveActivityRow | None) -> None:
        """What people were told about names holds from the first answer on, also at home."""
        if stand is None:
            row = LiveActivityRow(
                session_id=self.book.id,
                activity=activity.id,
                phase="waiting",
                held=activity.show == "reveal",
                round=1,
                names=activity.names,
            )
            self.session.add(row)
            self.activities[activity.id] = row

    def _seat(self, ballot: Ballot) -> LiveSeat | None:
        if ballot.entered:
            return None
        seat = self.session.get(LiveSeat, (self.book.id, ballot.who))
        if seat is not None and seat.removed:
            raise StoreError(REMOVED)
        return seat

    def _sit(self, ballot: Ballot, seat: LiveSeat | None) -> None:
        if seat is None and not ballot.entered:
            self.session.add(_new_seat(self.book, ballot.who, ballot.name))


def sit(book: Book, people: Sequence[tuple[str, str]]) -> dict[str, bool]:
    """Note that people, each with a name, are in the room; return for each whether they may be."""
    with book.store.write() as session:
        row = book.row(session, lock=True)
        welcome: dict[str, bool] = {}
        before = row.rev
        for who, name in people:
            seat = session.get(LiveSeat, (book.id, who))
            welcome[who] = seat is None or not seat.removed
            if seat is None and row.state in (LIVE, HOME):
                session.add(_new_seat(book, who, name))
                session.flush()
                book.bump(row)
        if row.rev != before:
            book.tell(session, row)
        return welcome


def _new_seat(book: Book, who: str, name: str) -> LiveSeat:
    return LiveSeat(session_id=book.id, who=who, name=name[:60], guest=who.startswith("g-"), removed=False)


def _stepped(row: LiveAnswer, step_id: str, step: dict[str, str]) -> dict[str, Any]:
    """A person's questions and supports after one more step."""
    asked, supports = dict(row.value["asked"]), list(row.value["for"])
    ((kind, said),) = step.items()
    if kind == "ask":
        if len(asked) >= QUESTIONS_A_PERSON:
            raise StoreError(MANY)
        asked[item_id(row.key, step_id)] = said
    elif kind == "for" and said not in supports:
        supports = [*supports, said][-SUPPORTS_A_PERSON:]
    elif kind == "unfor":
        supports = [item for item in supports if item != said]
    return {"asked": asked, "for": supports}
