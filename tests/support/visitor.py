"""A visitor of the server without a browser: cookies, forms, pages and sockets."""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, TypeVar

import httpx
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from academy_app.server.kernels.sockets import PROTOCOL, read_frame, write_frame
from tests.support.patience import SECONDS

__all__ = ["Visitor", "message", "run", "unpacked"]


T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end, also where a browser's loop is running in this thread."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


class Visitor(httpx.Client):
    """Somebody at the server. Redirects are shown, not followed, unless asked for."""

    def __init__(self, url: str, **settings: Any) -> None:
        super().__init__(
            base_url=url, timeout=SECONDS, verify=False, **settings
        )  # no certificates here: loading them is slow
        self.origin = "/".join(url.split("/")[:3])

    def request(self, method: str, url: Any, **settings: Any) -> httpx.Response:
        """Ask for an address. One with a slash before it begins at the server, any other one at the course."""
        if isinstance(url, str) and url.startswith("/"):
            url = self.origin + url
        return super().request(method, url, **settings)

    def form(self, address: str, /, **fields: str) -> httpx.Response:
        """Open a page with a form and send it filled in, with the hidden fields it has."""
        first = self.get(address).text.partition("</form>")[0]
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', first))
        action = re.search(r'<form method="post" action="([^"]+)"', first)
        return self.post(action[1] if action else address, data={**hidden, **fields})

    def sign_in(self, code: str) -> Visitor:
        """Sign in with a code."""
        answer = self.form("login", code=code)
        assert answer.status_code == 302, answer.text
        return self

    @property
    def home(self) -> str:
        """The address of the first page, as redirects name it."""
        return f"{self.base_url.path}voila/render/home.ipynb"

    def is_in(self) -> bool:
        """Return whether a page of the course is shown; all others are led to the sign-in and back."""
        answer = self.get("passport")
        if answer.status_code == 200:
            return True
        assert answer.status_code == 302, answer.text
        assert "/login?next=" in answer.headers["location"]
        return False

    def xsrf(self) -> str:
        """Return the word that the server wants back with what changes something."""
        answer = self.get("nowhere")
        found = re.search(r'name="_xsrf" value="([^"]+)"', answer.text)
        assert found
        return found[1]

    def open(self, page: str = "home.ipynb") -> str:
        """Open a page and return its kernel's id."""
        answer = self.get(f"voila/render/{page}")
        assert answer.status_code == 200, answer.text
        return str(json.loads(re.search(r'id="kernel">([^<]+)<', answer.text)[1]))  # type: ignore[index]

    async def socket(self, kernel: str, *protocols: str, **headers: str) -> WebSocketClientConnection:
        """Open a page's socket to its kernel."""
        address = f"{self.base_url}api/kernels/{kernel}/channels?session_id={uuid.uuid4().hex}"
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        request = HTTPRequest(address.replace("http", "ws", 1), headers={"Cookie": cookies, **headers})
        return await websocket_connect(request, subprotocols=list(protocols or [PROTOCOL]))


def message(
    kind: str,
    content: dict[str, Any],
    channel: str = "shell",
    id_: str | None = None,
    metadata: dict[str, Any] | None = None,
) -> bytes:
    """Return a message as a page sends it, dated now."""
    header = {
        "msg_id": id_ or uuid.uuid4().hex,
        "msg_type": kind,
        "session": "s",
        "username": "",
        "version": "5.3",
    }
    header["date"] = datetime.now(UTC).isoformat()
    parts = [header, {}, metadata or {}, content]
    return write_frame([channel.encode(), *(json.dumps(part).encode() for part in parts)])


def unpacked(frame: bytes) -> dict[str, Any]:
    """Return what a page needs to know of a message."""
    channel, header, parent, _, content, *_ = read_frame(frame)
    return {
        "channel": channel.decode(),
        "kind": json.loads(header)["msg_type"],
        "parent": json.loads(parent).get("msg_type"),
        "content": json.loads(content),
    }
