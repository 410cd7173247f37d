"""A TCP line to a server that a test can cut, freeze, mend, slow down and count bytes on."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any

from tests.support.ports import free_port

__all__ = ["Line"]

DEADLINE = 60
PACKET = 1400


class Lane:
    """One direction of a line: what it has carried, and when it is free for the next packet."""

    def __init__(self, rate: float | None, delay: float) -> None:
        self.rate, self.delay = rate, delay
        self.carried = 0
        self.free = 0.0

    async def carry(self, data: bytes, writer: asyncio.StreamWriter) -> None:
        """Pass data on; on a slow line it arrives when its last bit has."""
        self.carried += len(data)
        if self.rate is None:
            writer.write(data)
            await writer.drain()
            return
        loop = asyncio.get_running_loop()
        self.free = max(loop.time(), self.free) + len(data) / self.rate
        loop.call_at(self.free + self.delay, _write, writer, data)
        await asyncio.sleep(self.free - loop.time())


class Line:
    """A line to a local port, with an address of its own.

    `kilobits` a second in each direction and `round_trip` milliseconds make it slow; opening a connection costs one
    round trip more, as it does over real lines. `.up.carried` and `.down.carried` are the bytes that went each way.
    """

    def __init__(self, target_port: int, kilobits: float | None = None, round_trip: float = 0) -> None:
        self.target_port = target_port
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self.round_trip = round_trip / 1000
        rate = kilobits * 1000 / 8 if kilobits else None
        self.up, self.down = Lane(rate, self.round_trip / 2), Lane(rate, self.round_trip / 2)
        self.whole = True
        self.writers: set[asyncio.StreamWriter] = set()
        self.frozen: set[asyncio.StreamWriter] = set()
        self.tasks: set[asyncio.Task[None]] = set()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self._run(self._listen())

    def cut(self) -> None:
        """End all connections and refuse new ones."""
        self._call(self._cut)

    def freeze(self) -> None:
        """Swallow all bytes on connections that stay open, as a phone out of reach does; refuse new ones."""
        self._call(self._freeze)

    def mend(self) -> None:
        """Accept connections again; frozen ones stay dead."""
        self._call(self._mend)

    def count_anew(self) -> None:
        """Begin to count from nothing."""
        self.up.carried = self.down.carried = 0

    def close(self) -> None:
        """End all connections and stop listening."""
        self._run(self._end())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(DEADLINE)
        self.loop.close()

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self.loop).result(DEADLINE)

    def _call(self, act: Callable[[], None]) -> None:
        async def now() -> None:
            act()

        self._run(now())

    async def _listen(self) -> None:
        self.server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)

    async def _end(self) -> None:
        self._cut()
        self.server.close()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    def _cut(self) -> None:
        self.whole = False
        for writer in list(self.writers):
            writer.transport.abort()

    def _freeze(self) -> None:
        self.whole = False
        self.frozen |= self.writers

    def _mend(self) -> None:
        self.whole = True

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = self.loop.create_task(self._accept(reader, writer))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self.whole:
            writer.transport.abort()
            return
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target_port)
            await asyncio.sleep(self.round_trip)
        except OSError:
            writer.transport.abort()
            return
        if not self.whole:  # cut while the far end was being reached
            writer.transport.abort()
            far_writer.transport.abort()
            return
        self.writers |= {writer, far_writer}
        await asyncio.gather(
            self._pump(reader, far_writer, self.up), self._pump(far_reader, writer, self.down)
        )
        self.writers -= {writer, far_writer}

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lane: Lane) -> None:
        size = PACKET if lane.rate else 65536
        try:
            while data := await reader.read(size):
                if writer not in self.frozen:
                    await lane.carry(data, writer)
        except OSError:
            pass
        finally:
            if writer not in self.frozen:
                asyncio.get_running_loop().call_later(lane.delay, writer.close)


def _write(writer: asyncio.StreamWriter, data: bytes) -> None:
    if not writer.is_closing():
        writer.write(data)
