"""Results for everything beyond the presenter's screen: small counts are not in them."""

from __future__ import annotations

from typing import Any

from academy.course import LiveActivity
from academy.live.kinds import KINDS
from academy.live.reading import results_of
from academy.live.room import Live

__all__ = ["discreet", "results", "small_group"]


def results(live: Live, webinar: str, activity: str) -> dict[str, Any] | None:
    """Return the results of an activity in the webinar's newest session, or None where there was none yet.

    Where fewer than the course's `small_group` answered there is only {"n": None, "hidden": True}; in counts a number
    below it is None. `room.state()` is the same room with the same answers, so both always agree.
    """
    room = live.of(webinar)
    if room is None:
        return None
    asked, counted = results_of(room.book, activity)
    return discreet(asked, counted, small_group(live))


def small_group(live: Live) -> int:
    """Return from how many people on counts are shown."""
    return live.course.small_group


def discreet(activity: LiveActivity, counted: dict[str, Any], least: int) -> dict[str, Any]:
    """Return results of an activity without what would say something about single people."""
    if counted["n"] < least:
        return {"n": None, "hidden": True}
    return KINDS[activity.kind].discreet(counted, least)
