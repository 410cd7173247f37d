"""Read side of a room: the state for everybody, a person's own answer, the presenter's view."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from academy.course import LiveActivity
from academy.documents.room_state import (
    ActivityState,
    ModeratedText,
    OnNow,
    PresenterView,
    Results,
    RoomState,
    SessionState,
    TextState,
    UndoStep,
)
from academy.live.ballots import voter
from academy.live.session import REVEALED, SessionContext, phase_of
from academy.live.tally import items_of, tally
from academy.store.live import LiveActivityRow, LiveAnswer, LiveEvent, LiveSeat, LiveSession

__all__ = ["last_step", "mine", "named", "patch", "presenter_view", "results_of", "state"]

MOST_SHOWN = 150


def state(book: SessionContext, activity_id: str | None = None, *, peek: bool = False) -> RoomState:
    """Return the state of the room, with the results of the activity that is on, or of the one asked for.

    It is the same for everybody and speaks no language: labels come from the content. With `peek` results are in it
    that are held: for who has answered at home.
    """
    with book.store.session() as session:
        row = book.row(session)
        rows = book.activity_rows(session)
        counts = _answered(book, session, rows)
        shown = activity_id or (row.current if book.has(row.current, rows) else None)
        return {
            "rev": row.rev,
            "webinar": row.webinar,
            "code": row.code,
            "state": cast(SessionState, row.state),
            "begun": bool(row.by),
            "guests": row.guests,
            "now": round(book.clock().timestamp(), 1),
            "people": max([_people(book, session), *counts.values()]),
            "activity": shown,
            **_about(book, session, row, rows, counts, shown, peek),
            "activities": _all(book, row, rows, counts),
        }


def _about(
    book: SessionContext,
    session: Session,
    row: LiveSession,
    rows: dict[str, LiveActivityRow],
    counts: dict[str, int],
    shown: str | None,
    peek: bool,
) -> OnNow:
    """What there is to say about the activity that is on."""
    nothing: OnNow = {
        "phase": "waiting", "names": None, "round": 1, "answered": 0, "held": True, "timer_ends": None,
        "results": None, "few": None, "spot": None,
    }  # fmt: skip
    if shown is None:
        return nothing
    activity, stand = book.activity(shown, rows), rows.get(shown)
    phase = phase_of(stand, activity, row.state)
    visible = peek or _visible(activity, stand)
    counted = _tally(book, session, activity, stand, revealed=peek or _told(stand)) if visible else None
    few = counted is not None and activity.anonymous and counted["n"] < book.course.small_group
    return {
        "phase": phase,
        "names": activity.names,
        "round": stand.round if stand else 1,
        "answered": counts.get(shown, 0),
        "held": not visible,
        "timer_ends": round(stand.ends_at.timestamp()) if stand and stand.ends_at else None,
        "results": None if counted is None or few else cast(Results, _crowded(activity, counted)),
        "few": book.course.small_group if few else None,
        "spot": stand.spec["activity"] if stand and stand.spec else None,
    }


def results_of(
    book: SessionContext, activity_id: str, *, revealed: bool = True
) -> tuple[LiveActivity, dict[str, Any]]:
    """Return an activity and its results, whatever the room sees of them just now."""
    with book.store.session() as session:
        rows = book.activity_rows(session)
        activity = book.activity(activity_id, rows)
        return activity, _tally(book, session, activity, rows.get(activity_id), revealed=revealed)


def named(book: SessionContext, activity_id: str) -> list[dict[str, Any]]:
    """Return who answered what to an activity that is named; nothing of an anonymous one."""
    with book.store.session() as session:
        rows = book.activity_rows(session)
        activity, stand = book.activity(activity_id, rows), rows.get(activity_id)
        if activity.anonymous or stand is None:
            return []
        return [{"by": row.name, "answer": row.value} for row in book.answers(session, activity, stand.round)]


def mine(book: SessionContext, who: str, activity_id: str) -> Any:
    """Return a person's answer to an activity as it counts now, or None."""
    with book.store.session() as session:
        rows = book.activity_rows(session)
        activity, stand = book.activity(activity_id, rows), rows.get(activity_id)
        if stand is None:
            return None
        key = who
        if activity.anonymous:
            salt = book.store.ties.get(book.code, stand.tie) if stand.tie else None
            if salt is None:
                return None
            key = voter(book.secret, salt, activity.id, stand.round, who)
        found = session.execute(
            sa.select(LiveAnswer.value, LiveAnswer.later).where(
                LiveAnswer.session_id == book.id,
                LiveAnswer.activity == activity.id,
                LiveAnswer.round == stand.round,
                LiveAnswer.who == key,
            )
        ).first()
        return found and (found.value if found.later is None else found.later)


def presenter_view(book: SessionContext, activity_id: str | None = None) -> PresenterView:
    """Return what facilitators see beside the room's state: texts that wait, who is there, what can be undone.

    `few` are the results that nobody else sees yet, because too few have answered. Who wrote an anonymous text is not
    in it: nobody knows.
    """
    with book.store.session() as session:
        row, rows = book.row(session), book.activity_rows(session)
        shown = activity_id or (row.current if book.has(row.current, rows) else None)
        items: list[ModeratedText] = []
        few: Results | None = None
        if shown is not None:
            activity, stand = book.activity(shown, rows), rows.get(shown)
            counted = _tally(book, session, activity, stand, revealed=False)
            hidden = activity.anonymous and 0 < counted["n"] < book.course.small_group
            few = cast(Results, counted) if hidden else None
            if activity.written:
                answers = book.answers(session, activity, stand.round if stand else 1)
                marks = book.marks(session, shown)
                items = [
                    {
                        "id": item.id, "text": item.text, "column": item.column, "by": item.by,
                        "state": cast(TextState, item.state),
                        "n": len(item.who), "merged": item.merged, "answered": item.answered,
                    }
                    for item in items_of(
                        activity, answers, marks, book.webinar.stop_words, book.course.default_language
                    )
                ]  # fmt: skip
        seats = session.scalars(
            sa.select(LiveSeat).where(LiveSeat.session_id == book.id).order_by(LiveSeat.name, LiveSeat.who)
        )
        last = session.scalar(last_event(book).limit(1))
        return {
            "rev": row.rev,
            "activity": shown,
            "items": items,
            "few": few,
            "people": [
                {"who": seat.who, "name": seat.name, "guest": seat.guest, "removed": seat.removed}
                for seat in seats
            ],
            "undo": last.kind if last is not None else None,
        }


def last_step(book: SessionContext) -> UndoStep | None:
    """Return what “undo” would take back: the step's number and act, and what it was about, where it was about one.

    `activity` is the activity that it changed, `from` where the room was before, `who` a person's name.
    """
    with book.store.session() as session:
        event = session.scalar(last_event(book).limit(1))
        if event is None:
            return None
        before = event.before
        touched = [*before.get("activities", {}), *(place[0] for place in before.get("marks", []))]
        seats = list(before.get("seats", {}))
        seat = session.get(LiveSeat, (book.id, seats[0])) if seats else None
        return {
            "step": event.id,
            "act": event.kind,
            "activity": touched[0] if touched else None,
            "from": before.get("session", {}).get("current"),
            "who": seat.name if seat else None,
        }


def last_event(book: SessionContext) -> sa.Select[LiveEvent]:
    """Select what was done and can be undone, newest first."""
    return (
        sa.select(LiveEvent)
        .where(LiveEvent.session_id == book.id, LiveEvent.undone.is_(False))
        .order_by(LiveEvent.id.desc())
    )


def patch(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON merge patch (RFC 7396) that makes `new` of `old`; it never holds what did not change."""
    changed: dict[str, Any] = {key: None for key in old if key not in new}
    for key, value in new.items():
        before = old.get(key)
        if key in old and before == value:
            continue
        if isinstance(value, dict) and isinstance(before, dict):
            changed[key] = patch(before, value)
        else:
            changed[key] = value
    return changed


def _crowded(activity: LiveActivity, counted: dict[str, Any]) -> dict[str, Any]:
    """Leave out of a long list what nobody in the room could read: the rarest words, the texts that stand first.

    `more` says how many; presenters see all of them in their notes.
    """
    items = counted.get("items", {})
    if len(items) <= MOST_SHOWN:
        return counted
    names = list(items)
    if activity.about.by_support:
        kept = set(sorted(names, key=lambda name: -items[name]["n"])[:MOST_SHOWN])
    else:
        kept = set(names[-MOST_SHOWN:])
    shown = {name: items[name] for name in names if name in kept}
    return counted | {"items": shown, "more": len(items) - len(shown)}


def _visible(activity: LiveActivity, stand: LiveActivityRow | None) -> bool:
    if stand is None:
        return False
    return stand.phase == REVEALED or not stand.held


def _told(stand: LiveActivityRow | None) -> bool:
    """Whether what is right was said."""
    return stand is not None and stand.phase == REVEALED


def _tally(
    book: SessionContext,
    session: Session,
    activity: LiveActivity,
    stand: LiveActivityRow | None,
    *,
    revealed: bool,
) -> dict[str, Any]:
    rows = book.answers(session, activity, stand.round if stand else 1)
    marks = book.marks(session, activity.id) if activity.written else {}
    return tally(
        activity,
        rows,
        marks,
        revealed=revealed,
        stop_words=book.webinar.stop_words,
        language=book.course.default_language,
    )


def _answered(book: SessionContext, session: Session, rows: dict[str, LiveActivityRow]) -> dict[str, int]:
    """How many answered each activity; of named ones those who were removed do not count."""
    query = (
        sa.select(LiveAnswer.activity, sa.func.count())
        .join(
            LiveActivityRow,
            sa.and_(
                LiveActivityRow.session_id == LiveAnswer.session_id,
                LiveActivityRow.activity == LiveAnswer.activity,
                LiveActivityRow.round == LiveAnswer.round,
            ),
        )
        .where(LiveAnswer.session_id == book.id)
        .group_by(LiveAnswer.activity)
    )
    if gone := book.removed(session):
        query = query.where(LiveAnswer.who.not_in(gone))
    counts = dict.fromkeys(rows, 0)
    counts.update(iter(session.execute(query)))
    return counts


def _people(book: SessionContext, session: Session) -> int:
    query = sa.select(sa.func.count()).where(LiveSeat.session_id == book.id, LiveSeat.removed.is_(False))
    return session.scalar(query) or 0


def _all(
    book: SessionContext, row: LiveSession, rows: dict[str, LiveActivityRow], counts: dict[str, int]
) -> dict[str, ActivityState]:
    found: dict[str, ActivityState] = {}
    for activity_id in dict.fromkeys([*(item.id for item in book.webinar.activities), *rows]):
        if not book.has(activity_id, rows):  # it was taken out of the course's file since
            continue
        stand, activity = rows.get(activity_id), book.activity(activity_id, rows)
        phase = phase_of(stand, activity, row.state)
        found[activity_id] = {"phase": phase, "answered": counts.get(activity_id, 0)}
    return found
