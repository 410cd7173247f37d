"""Acts of presenters. Each is one step that can be undone, and a line in the session's log."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.orm import Session

from academy.course import LiveActivity
from academy.course.live_kinds import LIVE_KINDS
from academy.errors import StoreError
from academy.i18n import N_
from academy.live.answering import Ballot, take
from academy.live.ballots import ENTERED
from academy.live.closing import close, tidy
from academy.live.reading import last_event
from academy.live.session import (
    CLOSED,
    HOME,
    LIVE,
    LOCKED,
    NOT_THERE,
    OPEN,
    REVEALED,
    WAITING,
    SessionContext,
)
from academy.live.steps import Steps
from academy.people.names import clean_text
from academy.store.live import LiveAnswer, LiveEvent, LiveSession
from academy.words import shows

__all__ = ["ACTS", "act", "enter"]

LONGEST_TIMER = 3 * 3600

NOTHING_ON = N_("No activity is on. Choose one first.")
NOTHING_TO_UNDO = N_("There is nothing to undo.")
MEANWHILE = N_("Something else was done meanwhile. Look what Undo would take back now, then press it again.")
NO_SUCH_ACT = N_("This button is not known here. Please open the page again.")
NOT_LIVE = N_("This webinar is not running. Start it first.")
BAD_POLL = N_("A poll needs a question, and at least two different answers to choose from.")
BAD_TIME = N_("Please give a time of up to three hours, in seconds.")
INTO_ITSELF = N_("These two can't be put together this way round. Choose another one.")
NO_SEAT = N_("There is no such person in the room.")


class Acting:
    """One act in one transaction: the session's row is locked from its start to the commit."""

    def __init__(
        self, book: SessionContext, session: Session, row: LiveSession, given: dict[str, object]
    ) -> None:
        self.book, self.session, self.row, self.given = book, session, row, given
        self.activities = book.activity_rows(session)
        self.steps = Steps(book, session, row, self.activities)

    def word(self, name: str, longest: int = 80) -> str:
        """Return a word of what was sent."""
        value = self.given.get(name, "")
        return value[:longest] if isinstance(value, str) else ""

    def activity(self) -> LiveActivity:
        """Return the activity that is meant: the one named, else the one that is on."""
        named = self.word("activity") or self.row.current
        if not named:
            raise StoreError(NOTHING_ON)
        return self.book.activity(named, self.activities)

    def live(self) -> None:
        """Refuse what makes sense only while people are together."""
        if self.row.state != LIVE:
            raise StoreError(NOT_LIVE)


def act(book: SessionContext, do: str, by: str, given: dict[str, object]) -> int:
    """Do one act of `ACTS` and return the revision since which it holds. Raises StoreError with what is in the way."""
    if do not in ACTS:
        raise StoreError(NO_SUCH_ACT)
    with book.store.write() as session:
        row = book.row(session, lock=True)
        acting = Acting(book, session, row, given)
        ACTS[do](acting)
        rev = book.bump(row)
        if do != "undo":
            event = LiveEvent(
                session_id=book.id,
                rev=rev,
                kind=do,
                by=by,
                before=acting.steps.before,
                undone=not acting.steps.before,
                at=book.clock(),
            )
            session.add(event)
        book.tell(session, row)
    if do in ("end", "close"):
        tidy(book.store)
    return rev


def enter(book: SessionContext, by: str, given: dict[str, object]) -> Any:
    """Write down an answer that came by telephone or chat; the same `id` sent again is the same answer."""
    acting_id = given.get("id")
    client = acting_id if isinstance(acting_id, str) else ""
    name, how = given.get("name"), given.get("how")
    with book.store.session() as session:
        rows = book.activity_rows(session)
        activity = book.activity(str(given.get("activity") or book.row(session).current or ""), rows)
    label = how if isinstance(how, str) and how in ("phone", "chat", "paper") else "phone"
    if not activity.anonymous and isinstance(name, str) and (called := clean_text(name, 40)):
        label = called
    ballot = Ballot(f"{ENTERED}{client[:36]}", activity.id, client, given.get("value"), entered=label)
    (received,) = take(book, [ballot])
    if isinstance(received, StoreError):
        raise received
    if received.new:
        with book.store.write() as session:
            row = book.row(session, lock=True)
            before = {"answers": [ballot.who]}
            session.add(
                LiveEvent(session_id=book.id, rev=row.rev, kind="enter", by=by, before=before, undone=False)
            )
    return received


# -- where the room is ------------------------------------------------------------------------------------------


def _go(acting: Acting) -> None:
    acting.live()
    _show(acting, acting.activity().id)


def _show(acting: Acting, activity_id: str) -> None:
    """Lead the room to an activity; where it is there already, no step was taken, and undo speaks of the one before."""
    if acting.row.current != activity_id:
        acting.steps.session(current=activity_id)
    if activity_id not in acting.activities:
        acting.steps.activity(activity_id)


def _neighbour(step: int) -> Callable[[Acting], None]:
    def move(acting: Acting) -> None:
        acting.live()
        order = [item.id for item in acting.book.webinar.activities]
        here = acting.row.current
        spot = acting.activities[here].spec if here in acting.activities else None
        if spot is not None:  # one made on the fly stands behind the one during which it was made
            here = spot.get("after")
            step_from = order.index(here) if here in order else -1
            place = step_from + 1 if step > 0 else step_from
        else:
            place = order.index(here) + step if here in order else (0 if step > 0 else -1)
        _show(acting, order[min(max(place, 0), len(order) - 1)])

    return move


def _open(acting: Acting) -> None:
    acting.live()
    activity = acting.activity()
    acting.steps.session(current=activity.id)
    acting.steps.activity(activity.id, phase=OPEN, held=activity.show == "reveal")


def _lock(acting: Acting) -> None:
    acting.steps.activity(acting.activity().id, phase=LOCKED, ends_at=None)


def _reveal(acting: Acting) -> None:
    acting.steps.activity(acting.activity().id, phase=REVEALED, held=False, ends_at=None)


def _hide(acting: Acting) -> None:
    activity = acting.activity()
    row = acting.activities.get(activity.id)
    phase = row.phase if row is not None else WAITING
    acting.steps.activity(activity.id, phase=LOCKED if phase == REVEALED else phase, held=True)


def _reset(acting: Acting) -> None:
    """Begin again with nothing. The number was never used, so that what an undone reset brought stays away."""
    activity = acting.activity()
    row = acting.activities.get(activity.id)
    used = acting.session.scalar(
        sa.select(sa.func.max(sa.func.abs(LiveAnswer.round))).where(
            LiveAnswer.session_id == acting.book.id, LiveAnswer.activity == activity.id
        )
    )
    acting.steps.activity(
        activity.id,
        round=max(used or 0, row.round if row else 1) + 1,
        tie=None,
        held=activity.show == "reveal",
        ends_at=None,
    )
    if row is not None and row.phase == REVEALED:
        acting.steps.activity(activity.id, phase=LOCKED)


def _timer(acting: Acting) -> None:
    seconds = acting.given.get("seconds")
    if isinstance(seconds, bool) or not isinstance(seconds, int) or not 0 <= seconds <= LONGEST_TIMER:
        raise StoreError(BAD_TIME)
    ends = acting.book.clock() + timedelta(seconds=seconds) if seconds else None
    acting.steps.activity(acting.activity().id, ends_at=ends)


def _spot(acting: Acting) -> None:
    acting.live()
    options = acting.given.get("options") or []
    kind = acting.word("kind") or "choice"
    spec: dict[str, Any] = {
        "id": f"spot-{secrets.token_hex(3)}",
        "kind": kind if kind in LIVE_KINDS and LIVE_KINDS[kind].on_the_fly else "choice",
        "title": acting.word("title", 200).strip() if shows(acting.word("title", 200)) else "",
    }
    if isinstance(options, list) and LIVE_KINDS[spec["kind"]].options:
        texts = [text.strip()[:200] for text in options if isinstance(text, str) and shows(text)]
        spec["options"] = [{"id": f"o{n}", "text": text} for n, text in enumerate(texts[:10], 1)]
        if len(set(texts)) < len(texts):
            raise StoreError(BAD_POLL)
    for name in ("names", "show"):
        if acting.word(name):
            spec[name] = acting.word(name)
    try:
        activity = LiveActivity.model_validate(spec)
    except ValidationError:
        raise StoreError(BAD_POLL) from None
    here = acting.row.current
    anchor = acting.activities[here].spec["after"] if _is_spot(acting, here) else here  # type: ignore[index]
    acting.steps.session(current=activity.id)
    acting.steps.activity(
        activity.id,
        names=activity.names,
        spec={"activity": activity.model_dump(exclude_unset=True, by_alias=True), "after": anchor},
        phase=OPEN,
        held=activity.show == "reveal",
    )


def _is_spot(acting: Acting, activity_id: str | None) -> bool:
    row = acting.activities.get(activity_id or "")
    return row is not None and row.spec is not None


# -- what people wrote ------------------------------------------------------------------------------------------


def _mark(**values: object) -> Callable[[Acting], None]:
    def mark(acting: Acting) -> None:
        acting.steps.mark(acting.activity().id, _item(acting), **values)

    return mark


def _item(acting: Acting, name: str = "item") -> str:
    item = acting.word(name)
    if not item:
        raise StoreError(NOT_THERE)
    return item


def _merge(acting: Acting) -> None:
    """Put one text into another. What is in the way of a circle is refused."""
    activity, item, into = acting.activity().id, _item(acting), _item(acting, "into")
    marks = acting.book.marks(acting.session, activity)
    step: str | None = into
    while step is not None:
        if step == item:
            raise StoreError(INTO_ITSELF)
        step = marks[step].merged if step in marks else None
    acting.steps.mark(activity, item, merged=into)


# -- people, and the end ----------------------------------------------------------------------------------------


def _seat(removed: bool) -> Callable[[Acting], None]:
    def move(acting: Acting) -> None:
        if not acting.steps.seat(acting.word("who", 16), removed):
            raise StoreError(NO_SEAT)

    return move


def _guests(acting: Acting) -> None:
    acting.steps.session(guests=bool(acting.given.get("on")))


def _end(acting: Acting) -> None:
    """People go; in what order they came and answered need not stay in the database's files until all is closed."""
    acting.live()
    acting.steps.session(state=HOME, current=None)
    acting.book.soil(acting.session, acting.row)


def _close(acting: Acting) -> None:
    """End for good: from now on nobody can tell whose an anonymous answer was, and nothing can be undone."""
    close(acting.session, acting.row)
    acting.steps.before = {}


def _undo(acting: Acting) -> None:
    """Take the last step back; where `step` says which one was meant, that one or none."""
    event = acting.session.scalar(last_event(acting.book).limit(1))
    if event is None or acting.row.state == CLOSED:
        raise StoreError(NOTHING_TO_UNDO)
    if acting.given.get("step") not in (None, event.id):
        raise StoreError(MEANWHILE)
    acting.steps.back(event.before)
    event.undone = True


ACTS: dict[str, Callable[[Acting], None]] = {
    "go": _go,
    "next": _neighbour(1),
    "previous": _neighbour(-1),
    "open": _open,
    "lock": _lock,
    "reveal": _reveal,
    "hide": _hide,
    "reset": _reset,
    "timer": _timer,
    "spot": _spot,
    "approve": _mark(state="shown"),
    "hide-answer": _mark(state="hidden"),
    "answered": _mark(answered=True),
    "unanswered": _mark(answered=False),
    "merge": _merge,
    "split": _mark(merged=None),
    "remove": _seat(True),
    "admit": _seat(False),
    "guests": _guests,
    "end": _end,
    "close": _close,
    "undo": _undo,
}
"""What `act` can do; `enter` writes an answer down for somebody."""
