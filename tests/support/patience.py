"""How long tests wait for what comes: how long it takes says how busy a machine is, and nothing of the product."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["PAUSE", "SECONDS", "until", "until_on"]

SECONDS = 120.0
PAUSE = 0.02


def until(condition: Callable[[], object], seconds: float = SECONDS) -> bool:
    """Wait until something is so; returns whether it came to be."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(PAUSE)
    return True


def until_on(page: Page, expression: str, arg: Any = None) -> None:
    """Wait until an expression or function holds on a page of the kit, whose policy lets nothing evaluate text.

    Playwright's `wait_for_function` does so with each look but the first, and fails where the thing takes a moment.
    """
    assert until(lambda: page.evaluate(expression, arg)), f"it never was so: {expression}"
