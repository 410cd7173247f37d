"""Receives answers: one row for each person and activity, however often and in whatever order they come."""

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
from academy.live.ballots import item_id, receipt, row_key, voter
from academy.live.session import CLOSED, HOME, LIVE, OPEN, WAITING, GoneError, SessionContext, phase_of
from academy.live.tickets import in_time
from academy.live.values import canonical
from academy.store.live import LiveActivityRow, LiveAnswer, LiveSeat, LiveSession

__all__ = ["AnsweredError", "Ballot", "LateError", "Received", "sit", "take"]

CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
IDS_KEPT = 40
QUESTIONS_A_PERSON, SUPPORTS_A_PERSON = 10, 200

NOT_OPEN = N_(
    "This question is not open just now, so your answer could not be taken. It opens when it is asked."
)
LATE = N_(
    "This question was closed before your answer came, so it does not count. If it opens again, please send it once "
    "more."
)
ANSWERED = N_(
    "You have answered this already. To change your answer, press “Change my answer”, then send again."
)
REMOVED = N_("You were taken out of this session. Please speak with your facilitator.")
NO_ID = N_("This answer came without its mark. Please open the page again, then send it once more.")
MANY = N_("You have asked many questions already. Please support those that are there.")
UNTIED = N_(
    "Answers to this question came before the server was moved or restored. Nobody can tell whose they are, so none "
    "can be changed and no more be taken. Please ask your facilitator to close this session and begin a new one."
)
OVER = N_("This session is over, so no answer can be taken any more.")


class AnsweredError(StoreError):
    """The person has another answer there, and did not say that they change it. `mine` is the one that counts."""

    def __init__(self, mine: object) -> None:
        super().__init__(ANSWERED)
        self.mine = mine


class LateError(StoreError):
    """The question was closed, and nothing shows that the answer was given before."""

    def __init__(self) -> None:
        super().__init__(LATE)


@dataclass(frozen=True)
class Ballot:
    """An answer as it comes. `id` is made by the client, once for each answer; `change` says that it replaces one.

    `who` is the person's or guest's pseudonym and `name` what others call them. `entered` is set where a facilitator
    writes it down for somebody: how it came, or who said it. `ticket` is the server's word that the question was open,
    and `after` how many milliseconds later the answer was given (`academy.live.tickets`).
    """

    who: str
    activity: str
    id: str
    value: Any
    change: bool = False
    name: str = ""
    entered: str = ""
    ticket: str = ""
    after: int | None = None


@dataclass(frozen=True)
class Received:
    """An answer that is kept: a revision of the session that has it, and what the person's answer is now."""

    id: str
    activity: str
    rev: int
    mine: Any
    new: bool


def take(book: SessionContext, ballots: Sequence[Ballot]) -> list[Received | StoreError]:
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

    def __init__(self, book: SessionContext, session: Session, row: LiveSession) -> None:
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
        round_ = stand.round if stand else 1
        tied = activity.anonymous and not ballot.entered
        opened = phase_of(stand, activity, self.row.state) == OPEN
        taken = opened or self._in_time(ballot, activity, stand)
        salt = self._salt(activity, stand, taken) if tied else b""
        row = (
            self._answer(activity, round_, self._who(ballot, activity, round_, salt))
            if salt or not tied
            else None
        )
        mine = None if row is None else _said(row)
        sent = receipt(salt, ballot.id) if salt else ballot.id
        if row is not None and sent in row.ids:  # it came before: also where the question is closed by now
            return Received(ballot.id, activity.id, self.row.rev, mine, new=False)
        if not taken:
            raise StoreError(NOT_OPEN) if stand is None or stand.phase == WAITING else LateError
        value = canonical(activity, ballot.value)
        if row is not None and value == mine:
            return Received(ballot.id, activity.id, self.row.rev, mine, new=False)
        if row is not None and not activity.about.in_steps and not ballot.change:
            raise AnsweredError(mine)
        stand = self._settle(activity, stand)
        if tied and not salt:
            salt = self._tie(stand)
            sent = receipt(salt, ballot.id)
        self._sit(ballot, seat)
        if row is None:
            who = self._who(ballot, activity, round_, salt)
            row = LiveAnswer(
                session_id=self.book.id, activity=activity.id, round=round_, who=who, key=row_key(), ids=[]
            )
            row.entered = ballot.entered[:40]
            row.came = None if activity.anonymous else self.row.rev + 1
            self.session.add(row)
        said = _stepped(row, ballot.id, value) if activity.about.in_steps else value
        return self._write(ballot, activity, row, said, sent)

    def _in_time(self, ballot: Ballot, activity: LiveActivity, stand: LiveActivityRow | None) -> bool:
        """Whether an answer was given before its question was closed, though it comes later."""
        if stand is None or stand.phase == WAITING:
            return False
        return in_time(self.book, self.session, activity.id, stand, ballot.ticket, ballot.after)

    def _salt(self, activity: LiveActivity, stand: LiveActivityRow | None, opened: bool) -> bytes | None:
        """The secret that this question's answers are tied with, None where it has none yet."""
        if stand is None or stand.tie is None:
            return None
        found = self.book.store.ties.get(self.book.code, stand.tie)
        if found is None and opened and self.book.has_tied(self.session, activity.id, stand.round):
            raise StoreError(UNTIED)
        return found

    def _tie(self, stand: LiveActivityRow) -> bytes:
        ties = self.book.store.ties
        stand.tie = ties.make(self.book.code)
        made = ties.get(self.book.code, stand.tie)
        assert made is not None
        return made

    def _who(self, ballot: Ballot, activity: LiveActivity, round_: int, salt: bytes | None) -> str:
        if ballot.entered or not activity.anonymous:
            return ballot.who
        assert salt
        return voter(self.book.secret, salt, activity.id, round_, ballot.who)

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
        self, ballot: Ballot, activity: LiveActivity, row: LiveAnswer, said: object, sent: str
    ) -> Received:
        waits = activity.anonymous and self.row.state == HOME
        if waits:
            row.later = said
        else:
            row.value, row.later = said, None
        row.ids = [*row.ids, sent][-IDS_KEPT:]
        rev = self.book.bump(self.row)
        self.changed = True
        self.session.flush()
        if waits:
            self._let_out(row)
        return Received(ballot.id, activity.id, rev, said, new=True)

    def _let_out(self, row: LiveAnswer) -> None:
        """Let what anonymous people said in their own time count as soon as enough wait, all at once.

        Else whoever looks before and after somebody was there would see what they said.
        """
        waiting = list(
            self.session.scalars(
                sa.select(LiveAnswer).where(
                    LiveAnswer.session_id == self.book.id,
                    LiveAnswer.activity == row.activity,
                    LiveAnswer.round == row.round,
                    LiveAnswer.later.is_not(sa.null()),
                )
            )
        )
        if len(waiting) >= self.book.course.small_group:
            for other in waiting:
                other.value, other.later = other.later, None
            self.book.soil(self.session, self.row)

    def _settle(self, activity: LiveActivity, stand: LiveActivityRow | None) -> LiveActivityRow:
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
            self.activities[activity.id] = stand = row
        return stand

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


def sit(book: SessionContext, people: Sequence[tuple[str, str]]) -> dict[str, bool]:
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


def _new_seat(book: SessionContext, who: str, name: str) -> LiveSeat:
    return LiveSeat(session_id=book.id, who=who, name=name[:60], guest=who.startswith("g-"), removed=False)


def _said(row: LiveAnswer) -> Any:
    """What a person said last, whether it counts already or waits for others."""
    return row.value if row.later is None else row.later


def _stepped(row: LiveAnswer, step_id: str, step: dict[str, str]) -> dict[str, object]:
    """A person's questions and supports after one more step."""
    before = _said(row) or {"asked": {}, "for": []}
    asked, supports = dict(before["asked"]), list(before["for"])
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
