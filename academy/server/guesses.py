"""Limits on guessing codes that a hall of honest people behind one address does not feel.

Only wrong codes count. One address may be wrong 30 times in five minutes; after that it waits a minute, then two,
then four, up to half an hour. All addresses together may be wrong 300 times a minute. A code has 40 bits: with 500
codes in use, guessing at the full rate finds one in about fourteen years.
"""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

__all__ = ["Guesses"]

FREE, WINDOW = 30, 300.0
FIRST_WAIT, LONGEST_WAIT = 60.0, 1800.0
CALM = 3600.0
ALL_FREE, ALL_WINDOW = 300, 60.0
MOST_ADDRESSES = 10_000


@dataclass
class _Address:
    wrong: deque[float] = field(default_factory=deque)
    until: float = 0.0
    waits: int = 0


class Guesses:
    """Counts wrong codes and says how long an address must wait."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._addresses: OrderedDict[str, _Address] = OrderedDict()
        self._all: deque[float] = deque()

    def wait(self, ip: str) -> float:
        """Return for how many seconds this address may not try a code; 0 if it may."""
        now = self._clock()
        address = self._addresses.get(_group(ip))
        own = address.until - now if address else 0.0
        _forget(self._all, now - ALL_WINDOW)
        everybody = self._all[0] + ALL_WINDOW - now if len(self._all) >= ALL_FREE else 0.0
        return max(own, everybody, 0.0)

    def wrong(self, ip: str) -> None:
        """Count a wrong code."""
        now = self._clock()
        address = self._addresses.setdefault(_group(ip), _Address())
        self._addresses.move_to_end(_group(ip))
        if len(self._addresses) > MOST_ADDRESSES:
            self._addresses.popitem(last=False)
        if now - address.until > CALM:
            address.waits = 0
        self._all.append(now)
        _forget(address.wrong, now - WINDOW)
        address.wrong.append(now)
        if len(address.wrong) >= FREE:
            address.until = now + min(LONGEST_WAIT, FIRST_WAIT * 2**address.waits)
            address.waits += 1
            address.wrong.clear()


def _forget(times: deque[float], before: float) -> None:
    while times and times[0] <= before:
        times.popleft()


def _group(ip: str) -> str:
    """An IPv6 household or hall has a /64, so that is what counts as one address."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return ip
    if isinstance(address, ipaddress.IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped) if mapped else str(ipaddress.ip_network((address, 64), strict=False))
    return ip
