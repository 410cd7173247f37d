"""The state of a live room, and the events that tell of it.

A connection first gets the whole state, then what has changed as JSON merge patches (RFC 7396), each on the revision
before. It is the same for everybody in the room and speaks no language.
"""

from __future__ import annotations

from typing import Literal

from pydantic import with_config
from typing_extensions import TypedDict

from academy.course.live_kinds import ItemResult, Results
from academy.documents.base import CLOSED, Document, JsonObject

__all__ = [
    "CHANGE",
    "NEWS",
    "PRESENTER_VIEW",
    "ROOM_STATE",
    "WHOLE",
    "ActivityState",
    "ChangeEvent",
    "ItemResult",
    "ModeratedText",
    "OnNow",
    "Phase",
    "PresenterView",
    "PresentersNews",
    "Results",
    "RoomState",
    "SeatView",
    "SessionState",
    "TextState",
    "UndoStep",
    "WholeEvent",
]


Phase = Literal["waiting", "open", "locked", "revealed"]
SessionState = Literal["live", "home", "closed"]
TextState = Literal["pending", "shown", "hidden"]


@with_config(CLOSED)
class ActivityState(TypedDict):
    """How one activity of the webinar stands."""

    phase: Phase
    answered: int


class OnNow(TypedDict):
    """What there is to say about the activity that is on, or about none."""

    phase: Phase
    names: Literal["anonymous", "named"] | None
    round: int
    answered: int
    held: bool
    """Whether the results are kept back."""
    timer_ends: int | None
    """Seconds since 1970."""
    results: Results | None
    few: int | None
    """From how many answers on results are shown, where there are fewer."""
    spot: JsonObject | None
    """The activity itself where it was made on the fly."""


@with_config(CLOSED)
class RoomState(OnNow):
    """The state of a room, with the results of the activity that is on."""

    rev: int
    """Rises with everything that changes."""
    webinar: str
    code: str
    state: SessionState
    begun: bool
    """Whether there was a meeting."""
    guests: bool
    """Whether people may come in who are not in the course."""
    now: float
    """Seconds since 1970 by the server's clock."""
    people: int
    activity: str | None
    activities: dict[str, ActivityState]


@with_config(CLOSED)
class WholeEvent(TypedDict):
    """The first event of a connection, and one after a gap."""

    rev: int
    state: RoomState


@with_config(CLOSED)
class ChangeEvent(TypedDict):
    """What makes the state of revision `rev` of that of `since`."""

    rev: int
    since: int
    patch: JsonObject


UndoStep = TypedDict(
    "UndoStep",
    {"step": int, "act": str, "activity": str | None, "from": str | None, "who": str | None},
)
"""The step that “undo” would take back: its number, the act, the activity it changed, where the room was before, and
whom it was about."""


@with_config(CLOSED)
class PresentersNews(TypedDict):
    """Who presents, whom the room follows, and what “undo” would take back."""

    lead: str | None
    there: dict[str, str]
    undo: UndoStep | None


@with_config(CLOSED)
class ModeratedText(TypedDict):
    """A text that somebody wrote, as presenters moderate it: by how many (`n`), put together with which (`merged`)."""

    id: str
    text: str
    column: str
    by: str
    state: TextState
    n: int
    merged: str | None
    answered: bool


@with_config(CLOSED)
class SeatView(TypedDict):
    """Somebody in the room."""

    who: str
    name: str
    guest: bool
    removed: bool


@with_config(CLOSED)
class PresenterView(TypedDict):
    """What presenters alone see of an activity: texts that wait, results of too few for the room, who is there."""

    rev: int
    activity: str | None
    items: list[ModeratedText]
    few: Results | None
    people: list[SeatView]
    undo: str | None


ROOM_STATE: Document[RoomState] = Document("room-state", 1, RoomState)
WHOLE: Document[WholeEvent] = Document("room-whole", 1, WholeEvent)
CHANGE: Document[ChangeEvent] = Document("room-change", 1, ChangeEvent)
NEWS: Document[PresentersNews] = Document("room-presenters", 1, PresentersNews)
PRESENTER_VIEW: Document[PresenterView] = Document("presenter-view", 1, PresenterView)
