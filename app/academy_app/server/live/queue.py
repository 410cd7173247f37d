"""Group commit: answers that come while the database is busy are committed together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

__all__ = ["Together"]

Work = TypeVar("Work")
Result = TypeVar("Result")
MOST_AT_ONCE = 200


class Together(Generic[Work, Result]):
    """Collects work for `do`, which takes a list and returns a result for each; an exception among them is raised."""

    def __init__(
        self, do: Callable[[list[Work]], list[Result | Exception]], threads: ThreadPoolExecutor
    ) -> None:
        self._do, self._threads = do, threads
        self._waiting: list[tuple[Work, asyncio.Future[Result]]] = []
        self._task: asyncio.Task[None] | None = None

    async def __call__(self, work: Work) -> Result:
        """Do it with whatever else waits, and return its result: it is committed then."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, future))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        return await future

    async def _run(self) -> None:
        while self._waiting:
            taken, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            work = [item for item, _ in taken]
            loop = asyncio.get_running_loop()
            try:
                results = await loop.run_in_executor(self._threads, self._do, work)
            except (
                Exception
            ) as error:  # the whole commit failed: nothing of it was kept, and everybody is told so
                results = [error] * len(taken)
            for (_, future), result in zip(taken, results, strict=True):
                if future.done():  # the line was lost meanwhile; the client sends it again, with the same id
                    continue
                if isinstance(result, Exception):
                    future.set_exception(result)
                else:
                    future.set_result(result)
