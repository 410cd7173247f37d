"""Many visitors at once, each as a browser without script is: it is told a number, and asks again."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, field

import httpx

__all__ = ["Arrival", "crowd"]

Client = httpx.AsyncClient
_KERNEL = re.compile(r'(?:id="(?:academy-)?kernel">|"kernelId": ?)"([0-9a-f-]+)"')


@dataclass
class Arrival:
    """How one visitor fared. Without `seconds` the page never came whole."""

    seconds: float | None = None
    kernel: str = ""
    numbers: list[int] = field(default_factory=list)
    """What they were told while they waited."""
    trouble: str = ""


async def crowd(
    url: str, page: str, cookies: list[dict[str, str]], *, within: float = 0.0, patience: float = 120.0
) -> list[Arrival]:
    """Let everybody open a page of their own session; `within` so many seconds, evenly spread, else at once."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    async with Client(base_url=url, timeout=patience, verify=False, limits=limits) as client:
        gaps = [within * number / len(cookies) for number in range(len(cookies))]
        people = zip(cookies, gaps, strict=True)
        return await asyncio.gather(*(_arrive(client, page, who, gap, patience) for who, gap in people))


async def _arrive(client: Client, page: str, cookies: dict[str, str], gap: float, patience: float) -> Arrival:
    if gap:
        await asyncio.sleep(gap)
    arrival, begun = Arrival(), time.monotonic()
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    try:
        async with asyncio.timeout(patience):
            while (answer := await client.get(page, headers=headers)).status_code == 503:
                if told := re.search(r"You are number (\d+)\.", answer.text):
                    arrival.numbers.append(int(told[1]))
    except (TimeoutError, httpx.HTTPError) as error:
        arrival.trouble = type(error).__name__
        return arrival
    kernel = _KERNEL.search(answer.text)
    if answer.status_code == 200 and kernel and "academy-failed" not in answer.text:
        arrival.seconds, arrival.kernel = time.monotonic() - begun, kernel[1]
    else:
        arrival.trouble = f"status {answer.status_code}"
    return arrival
