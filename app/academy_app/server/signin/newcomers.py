"""Rate limits on new people and guests: a class behind one address passes, one browser does not become a crowd."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from academy_app.server.signin.login_throttle import Addresses, RecentCount

__all__ = ["MOST_OF_A_BROWSER", "Newcomers", "browser_of", "mark_browser"]

AT_ONCE, A_SECOND = 100, 1.5
"""From one address. Six hundred who come at the same moment are all in after less than six minutes."""
MOST_OF_A_BROWSER = 10
"""In a day: a phone or a computer that is handed on."""
DAY = 86_400.0
DAYS = 30
BROWSERS_KEPT = 20_000


class Newcomers:
    """Counts who comes in new, by address and by browser. It is kept in memory alone, and tells nobody who they are."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._addresses = Addresses(AT_ONCE, A_SECOND, clock)
        self._browsers: OrderedDict[str, list[float]] = OrderedDict()
        self._came, self._held, self._many = RecentCount(clock), RecentCount(clock), RecentCount(clock)

    def wait(self, ip: str) -> float:
        """Return for how many seconds nobody new may come in from this address; 0 if somebody may."""
        seconds = self._addresses.of(ip).wait()
        if seconds:
            self._held.add()
        return seconds

    def too_many(self, browser: str) -> bool:
        """Whether this browser has become as many people today as one may."""
        since = self._clock() - DAY
        times = [time for time in self._browsers.get(browser, []) if time > since]
        if len(times) >= MOST_OF_A_BROWSER:
            self._many.add()
            return True
        return False

    def came(self, ip: str, browser: str) -> None:
        """Count somebody new."""
        now = self._clock()
        self._came.add()
        self._addresses.of(ip).take()
        self._browsers[browser] = [*self._browsers.get(browser, []), now][-MOST_OF_A_BROWSER:]
        self._browsers.move_to_end(browser)
        if len(self._browsers) > BROWSERS_KEPT:
            self._browsers.popitem(last=False)

    def state(self) -> dict[str, int]:
        """Return the numbers of the last hour."""
        return {"came": self._came.count, "held": self._held.count, "many": self._many.count}


def browser_of(handler: Any) -> str | None:
    """Return the mark of the browser that asks; None before it has one, and where no cookies are kept."""
    raw = handler.get_signed_cookie(_name(handler), max_age_days=DAYS)
    return raw.decode("ascii", "replace") if raw else None


def mark_browser(handler: Any) -> None:
    """Give a browser a mark if it has none, before it shows a form with which somebody can come in."""
    if browser_of(handler) is None:
        handler.set_signed_cookie(_name(handler), secrets.token_hex(8), expires_days=DAYS, httponly=True)


def _name(handler: Any) -> str:
    return f"academy-device-{handler.settings['academy'].cookie_suffix}"
