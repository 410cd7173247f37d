"""Canonical form of answers: one for each answer that says the same.

`canonical` of each kind's class in `academy.live.kinds` says which, such as "option", ["first", "second"] or
{"option": [x, y]}. A grid without options has one thing to place, called `here`. What people send to `questions` is
one step of it: {"ask": "text"}, {"for": "id"} or {"unfor": "id"}.
"""

from __future__ import annotations

import logging
from typing import Any

from academy.course.webinar import LiveActivity
from academy.errors import StoreError
from academy.live.cleaning import STRANGE
from academy.live.kinds import KINDS

__all__ = ["canonical"]

log = logging.getLogger(__name__)


def canonical(activity: LiveActivity, given: object) -> Any:
    """Return an answer in the form in which it is kept. Raises StoreError with what to do.

    Answers of many people are committed together: what a kind did not expect of one must not hinder the others.
    """
    try:
        return KINDS[activity.kind].canonical(activity, given)
    except (LookupError, TypeError, ValueError):
        log.exception("an answer to %s was not understood", activity.id)
        raise StoreError(STRANGE) from None
