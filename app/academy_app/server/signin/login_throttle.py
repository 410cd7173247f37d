"""Rate limits on guessing codes, which a hall of honest people behind one address does not feel.

Only wrong codes count. One address may be wrong a hundred times, then ten times a minute; all addresses together three
hundred times, then sixty times a minute. That is less than 87,000 guesses a day. A personal code and the code for
joining have 40 bits: with six hundred in use a day of guessing finds one with a chance of one in twenty thousand. The
code of a live session has 30 bits and opens one room: with twenty rooms, one in six hundred; from one address, one in
three thousand. Links carry at least 100 bits and are never refused, whatever others guess.
"""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from academy_app.server.kernels.backlog import Bucket

__all__ = ["LoginThrottle", "RecentCount", "address_group"]

FREE, A_MINUTE = 100, 10
ALL_FREE, ALL_A_MINUTE = 300, 60
MOST_ADDRESSES = 10_000
HOUR = 3600.0


class RecentCount:
    """Counts what happened in the last hour."""

    def __init__(self, clock: Callable[[], float], most: int = 10_000) -> None:
        self._clock = clock
        self._times: deque[float] = deque(maxlen=most)

    def add(self) -> None:
        """It happened."""
        self._times.append(self._clock())

    @property
    def count(self) -> int:
        """How often, ten thousand at the most."""
        before = self._clock() - HOUR
        while self._times and self._times[0] <= before:
            self._times.popleft()
        return len(self._times)


class Addresses:
    """A bucket for each address. Those not heard of for longest are forgotten first."""

    def __init__(self, most: float, each_second: float, clock: Callable[[], float]) -> None:
        self._most, self._each_second, self._clock = most, each_second, clock
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def of(self, ip: str) -> Bucket:
        """Return the bucket of an address."""
        group = address_group(ip)
        bucket = self._buckets.get(group)
        if bucket is None:
            bucket = self._buckets[group] = Bucket(self._most, self._each_second, self._clock)
        self._buckets.move_to_end(group)
        if len(self._buckets) > MOST_ADDRESSES:
            self._buckets.popitem(last=False)
        return bucket


class LoginThrottle:
    """Counts wrong codes and says how long an address must wait."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._addresses = Addresses(FREE, A_MINUTE / 60, clock)
        self._all = Bucket(ALL_FREE, ALL_A_MINUTE / 60, clock)
        self._wrong, self._refused = RecentCount(clock), RecentCount(clock)

    def wait(self, ip: str) -> float:
        """Return for how many seconds this address may not try a code; 0 if it may."""
        seconds = max(self._addresses.of(ip).wait(), self._all.wait())
        if seconds:
            self._refused.add()
        return seconds

    def wrong(self, ip: str) -> None:
        """Count a wrong code."""
        self._wrong.add()
        self._addresses.of(ip).take()
        self._all.take()

    def state(self) -> dict[str, int]:
        """Return the numbers of the last hour."""
        return {"wrong": self._wrong.count, "refused": self._refused.count}


def address_group(ip: str) -> str:
    """An IPv6 household or hall has a /64, so that is what counts as one address."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return ip
    if isinstance(address, ipaddress.IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped) if mapped else str(ipaddress.ip_network((address, 64), strict=False))
    return ip
