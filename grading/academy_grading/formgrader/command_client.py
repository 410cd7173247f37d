"""Client of the command server: runs formgrader's whole-exercise commands beside the server."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import Any, cast

from nbgrader.server_extensions.formgrader.base import BaseApiHandler

from academy.i18n import N_, translator
from academy_grading.course_of import course_of
from academy_grading.formgrader.pages import Guarded, signed_in

__all__ = ["COMMANDS", "Commands", "LostError"]

_LONGEST_ANSWER = 1 << 28
_KEPT_FROM_IT = ("JUPYTER_TOKEN",)


class LostError(Exception):
    """The process ended before it had answered."""


class Commands:
    """Our end of the process that does nbgrader's commands: one for all pages, which wait for their turn.

    It is started when it is first needed, and again when it was lost. It ends with the server.
    """

    def __init__(self) -> None:
        self._process: Process | None = None
        self._turn = asyncio.Lock()

    async def warm(self) -> None:
        """Start it: it takes a moment until it has nbgrader loaded."""
        async with self._turn:
            await self._started()

    async def do(self, name: str, *given: str | None) -> Any:
        """Return what a method of nbgrader's API returns. Raises LostError if that can't be known."""
        async with self._turn:
            process = await self._started()
            line = b""
            with contextlib.suppress(ConnectionError):
                process.stdin.write(json.dumps([name, *given]).encode() + b"\n")
                await process.stdin.drain()
                line = await process.stdout.readline()
            if line.endswith(b"\n"):
                return json.loads(line)
            self._process = None
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
            raise LostError

    async def _started(self) -> Any:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                *[sys.executable, "-P", "-m", "academy_grading.formgrader.command_server"],
                stdin=PIPE,
                stdout=PIPE,
                limit=_LONGEST_ANSWER,
                env={name: value for name, value in os.environ.items() if name not in _KEPT_FROM_IT},
                start_new_session=True,  # Ctrl+C ends the server, which then ends this process
            )
        return self._process


class Command(Guarded, BaseApiHandler):
    """One of nbgrader's commands."""

    def initialize(self, name: str) -> None:
        """Know which."""
        self.name = name

    @signed_in
    async def post(self, *given: str | None) -> None:
        """Have it done, and answer as nbgrader does."""
        try:
            result = await cast(Commands, self.settings["academy_commands"]).do(self.name, *given)
        except LostError:
            gettext = translator(course_of(Path(self.coursedir.root)).language)
            result = {"success": False, "error": gettext(LOST), "log": ""}
        self.write(json.dumps(result))


LOST = N_(
    "This was cut short: the process that does it has ended. Nothing that was saved is lost. Press the button again. "
    "If it happens again, the end of lab.log in the data folder tells why."
)

_EXERCISE = r"/formgrader/api/assignment/([^/]+)"
COMMANDS: list[tuple[Any, ...]] = [
    (address, Command, {"name": name})
    for address, name in (
        (rf"{_EXERCISE}/assign", "generate_assignment"),
        (rf"{_EXERCISE}/release", "release_assignment"),
        (rf"{_EXERCISE}/unrelease", "unrelease"),
        (rf"{_EXERCISE}/collect", "collect"),
        (r"/formgrader/api/submission/([^/]+)/([^/]+)/autograde", "autograde"),
        (rf"{_EXERCISE}(?:/([^/]+))?/generate_feedback", "generate_feedback"),
        (rf"{_EXERCISE}(?:/([^/]+))?/release_feedback", "release_feedback"),
    )
]
