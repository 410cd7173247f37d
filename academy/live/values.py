"""Canonical form of answers, by the type of the activity.

    choice      "option"                       multi, quiz   ["option", …] in the order of the options
    scale       3                              ranking       ["first", "second", …], every option once
    text        ["what they wrote"]            words         ["word", …]
    place       {"option": [x, y], …}          cards         {"column": "text", …}
    questions   {"asked": {"id": "text"}, "for": ["id", …]}
    points      {"option": 3, …}, all points shared out

A grid without options has one thing to place, called `here`. What people send to `questions` is one step of it:
{"ask": "text"}, {"for": "id"} or {"unfor": "id"}.
"""

from __future__ import annotations

from typing import Any

from academy.course.webinar import LiveActivity
from academy.live.kinds import KINDS

__all__ = ["canonical"]


def canonical(activity: LiveActivity, given: object) -> Any:
    """Return an answer in the form in which it is kept. Raises StoreError with what to do."""
    return KINDS[activity.kind].canonical(activity, given)
