"""People who type into the form: each change is sent until it is acknowledged, as the page does."""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from typing import Any

import psutil
from tornado.httpclient import HTTPError
from tornado.websocket import WebSocketClientConnection, WebSocketError

from academy.store import Answers, Store
from academy_app.server.kernels.sockets import read_frame
from tests.bench.line import Person
from tests.bench.servers import COURSE, WEEK
from tests.support.visitor import message

__all__ = ["Typist", "lost_answers", "template_of"]

EXERCISE, TABLE, ROW, COLUMN = "context-map", "map", "ra", "change"
MODEL = re.compile(r'"([0-9a-f]{32})":\{[^{}]*"_esm":"@academy/form"')
REPLY_SECONDS = 10.0
PAUSE = 0.15


class LineLostError(Exception):
    """The page's line to its kernel is gone."""


class Typist:
    """Somebody who types one answer after the other, and opens the page again when its line is lost."""

    def __init__(self, person: Person, number: int) -> None:
        self.person = person
        self.number = number
        self.begun = asyncio.Event()
        self.opened = 0
        self.who = ""
        self.sent: list[tuple[str, Any]] = []
        self.saved: list[tuple[str, Any]] = []
        self._socket: WebSocketClientConnection | None = None
        self._model = ""

    @property
    def acknowledged(self) -> int:
        """How many answers were said to be saved."""
        return len(self.saved)

    async def type(self) -> None:
        """Type until cancelled."""
        await self._until_saved(TABLE, [ROW])
        count = 0
        while True:
            count += 1
            await self._until_saved(
                f"{TABLE}/{ROW}/{COLUMN}", f"Person {self.number} wrote sentence {count}."
            )
            self.begun.set()
            await asyncio.sleep(PAUSE)

    async def _until_saved(self, path: str, value: Any) -> None:
        edit = {"id": uuid.uuid4().hex, "path": path, "value": value, "age": 0, "base": 0}
        self.sent.append((path, value))
        while True:
            try:
                if self._socket is None:
                    await self._open()
                if edit["id"] in await self._send(
                    {"kind": "save", "n": 1, "edits": [edit], "device": "soak"}
                ):
                    self.saved.append((path, value))
                    return
            except (OSError, HTTPError, WebSocketError, LineLostError, TimeoutError):
                await self._lose()

    async def _open(self) -> None:
        opened = await self.person.open(WEEK, 60.0)
        model = _model(opened.text)
        if not opened.complete or model is None:
            raise LineLostError
        self._model = model
        self.who = json.loads(re.search(r'"person":("[^"]+")', opened.text)[1])  # type: ignore[index]
        self._socket = await self.person.hold(opened.kernel)
        self.opened += 1

    async def _lose(self) -> None:
        self.person.leave()
        self._socket = None
        await asyncio.sleep(0.3)

    async def _send(self, content: dict[str, Any]) -> list[str]:
        """Send a message of the form; return the ids that the answer says are saved."""
        assert self._socket is not None
        data = {"method": "custom", "content": content}
        self._socket.write_message(message("comm_msg", {"comm_id": self._model, "data": data}), binary=True)
        async with asyncio.timeout(REPLY_SECONDS):
            while (frame := await self._socket.read_message()) is not None:
                _, header, _, _, said, *_ = read_frame(frame if isinstance(frame, bytes) else frame.encode())
                if json.loads(header)["msg_type"] != "comm_msg":
                    continue
                reply = json.loads(said)["data"].get("content")
                if isinstance(reply, dict) and reply.get("kind") in ("saved", "not-saved"):
                    assert not reply.get("refused"), reply
                    return list(reply.get("ids", []))
        raise LineLostError


def _model(text: str) -> str | None:
    """The widget of the exercise: a page may have several forms."""
    parts = MODEL.split(text)
    forms = zip(parts[1::2], parts[2::2], strict=True)
    return next((model for model, state in forms if f'"exercise":"{EXERCISE}"' in state), None)


def lost_answers(store: Store, typist: Typist) -> list[str]:
    """Return what was acknowledged and is not in the history, or is not what the answer says now."""
    answers = Answers(store, COURSE)
    kept = [(revision.path, revision.value) for revision in answers.history(typist.who, EXERCISE)]
    lost = [f"{typist.who}: {answer} is not in the history" for answer in typist.saved if answer not in kept]
    newest = dict(typist.saved)
    now = answers.draft(typist.who, EXERCISE).values
    for path, value in newest.items():
        later = typist.sent[typist.sent.index((path, value)) :]
        if (path, now.get(path)) not in later:
            lost.append(f"{typist.who}: {path} is {now.get(path)!r}, not {value!r}")
    return lost


def template_of(pid: int) -> psutil.Process | None:
    """Return the newest process that a server's kernels are forked from, if it is there."""
    found = [
        child
        for child in psutil.Process(pid).children()
        if child.status() != psutil.STATUS_ZOMBIE
        and "academy_app.kernels" in child.cmdline()
        and child.name() != "academy-kernel"
    ]
    return max(found, key=psutil.Process.create_time, default=None)
