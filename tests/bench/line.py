"""Somebody who opens a page over HTTP, waits in the line if there is one, and holds the page's socket open."""

from __future__ import annotations

import asyncio
import json
import re
import time
import uuid
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

__all__ = ["Opened", "Person"]

KERNEL = re.compile(r'(?:"kernelId": ?|id="academy-kernel">)"([0-9a-f-]{36})"')
ANSWER_SECONDS = 5.0
PROTOCOL = "v1.kernel.websocket.jupyter.org"


@dataclass
class Opened:
    """What came of opening a page: complete or not, and after how many seconds."""

    seconds: float
    complete: bool
    kernel: str = ""
    text: str = ""


@dataclass
class Person:
    """One visitor of a server. As little of a browser as can be, so that the server is measured and not this."""

    url: str
    headers: dict[str, str]
    sockets: list[WebSocketClientConnection] = field(default_factory=list)

    async def ask(self, path: str, method: str = "GET") -> tuple[int, str]:
        """Return status and text of an answer, when it is complete."""
        parts = urlsplit(self.url)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port, limit=1 << 22)
        # version 1.0, so that the page comes in one piece
        lines = [f"{method} {parts.path}{path} HTTP/1.0", f"Host: {parts.netloc}", "Content-Length: 0"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        try:
            data = await reader.read()
        finally:
            writer.close()
        head, _, body = data.partition(b"\r\n\r\n")
        return int(head.split(b" ", 2)[1] if head else 0), body.decode("utf-8", "replace")

    async def open(self, page: str, seconds: float = 120.0) -> Opened:
        """Open a page; wait in the line as its waiting page would."""
        begun = time.monotonic()
        try:
            async with asyncio.timeout(seconds):
                status, text = await self.ask(f"voila/render/{page}")
                while status == 503:
                    await self._wait(page)
                    status, text = await self.ask(f"voila/render/{page}")
        except (OSError, TimeoutError, ValueError):
            return Opened(time.monotonic() - begun, False)
        found = KERNEL.search(text)
        kernel = found[1] if found else ""
        complete = status == 200 and "</html>" in text and bool(kernel) and "academy-failed" not in text
        return Opened(time.monotonic() - begun, complete, kernel, text)

    async def _wait(self, page: str) -> None:
        while True:
            status, text = await self.ask(f"place/{page}")
            if status != 200 or (said := json.loads(text))["go"]:
                return
            await asyncio.sleep(said["next"])

    async def hold(self, kernel: str) -> WebSocketClientConnection:
        """Open the page's socket to its kernel, and keep it open."""
        address = f"{self.url}api/kernels/{kernel}/channels?session_id={uuid.uuid4().hex}"
        request = HTTPRequest(
            address.replace("http", "ws", 1), headers=self.headers, request_timeout=ANSWER_SECONDS
        )
        socket = await websocket_connect(request, subprotocols=[PROTOCOL])
        self.sockets.append(socket)
        return socket

    def leave(self) -> None:
        """Close the sockets."""
        for socket in self.sockets:
            socket.close()
        self.sockets.clear()
