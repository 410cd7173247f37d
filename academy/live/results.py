"""Results for everything beyond the presenter's screen: small counts are not in them."""

from __future__ import annotations

from typing import Any

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
    _, counted = results_of(room.book, activity)
    return discreet(counted, small_group(live))


def small_group(live: Live) -> int:
    """Return from how many people on counts are shown."""
    return live.course.small_group


def discreet(counted: dict[str, Any], least: int) -> dict[str, Any]:
    """Return results without what would say something about single people."""
    if counted["n"] < least:
        return {"n": None, "hidden": True}
    kept = dict(counted)
    for name in ("counts", "first", "placed", "points"):
        if name in kept:
            kept[name] = _without_small(kept[name], least)
    if "exact" in kept and 0 < kept["exact"] < least:
        kept["exact"] = None
    if "things" in kept:
        kept["things"] = {
            key: {k: v for k, v in about.items() if k != "cells"} for key, about in kept["things"].items()
        }
    if "items" in kept:
        kept["items"] = {
            key: {k: v for k, v in about.items() if k != "by"} for key, about in kept["items"].items()
        }
    return kept


def _without_small(counts: dict[str, int], least: int) -> dict[str, int | None]:
    """Numbers below `least` are None. Where that is one alone, so is the next one: else it could be reckoned."""
    small = {key for key, n in counts.items() if 0 < n < least}
    if len(small) == 1 and (others := [key for key, n in counts.items() if n >= least]):
        small.add(min(others, key=lambda key: counts[key]))
    return {key: None if key in small else n for key, n in counts.items()}
