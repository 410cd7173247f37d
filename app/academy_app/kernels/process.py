"""A template process and forked kernels, seen from the process that asked for them."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from academy_app.kernels import wire
from academy_app.kernels.template import TemplateSettings

__all__ = ["Birth", "ForkedProcess", "NotForkedError", "TemplateProcess"]

START_SECONDS = 60.0
STAT_SECONDS = 0.5


class NotForkedError(Exception):
    """No kernel was forked, and why."""


class TemplateProcess:
    """A running template. Raises NotForkedError if it does not get ready. Starting takes about two seconds."""

    def __init__(
        self, settings: TemplateSettings, environment: Mapping[str, str], seconds: float = START_SECONDS
    ) -> None:
        ours, theirs = wire.pair()
        self._line = ours
        self._stamps: dict[str, int] = {}
        self._looked = 0.0
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - this Python and a module of ours
                [sys.executable, "-P", "-m", "academy_app.kernels", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=dict(environment),
                cwd="/",
                start_new_session=True,  # Ctrl-C in a terminal is for the server alone
            )
        try:
            self.level = self._get_ready(settings, seconds)
        except BaseException:
            self.process.kill()
            self.close()
            raise

    def _get_ready(self, settings: TemplateSettings, seconds: float) -> str:
        self._line.settimeout(seconds)
        try:
            wire.send(self._line, asdict(settings))
            message, _ = wire.receive(self._line)
        except TimeoutError:
            raise NotForkedError("the template process took too long") from None
        except BrokenPipeError:
            raise NotForkedError("the template process ended") from None
        if message is None:
            raise NotForkedError("the template process ended")
        if "error" in message:
            raise NotForkedError(message["error"])
        self._stamps = {file: _stamp(file) for file in message["files"]}
        return str(message["ready"])

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._line.fileno() >= 0 and self.process.poll() is None

    def outdated(self) -> bool:
        """Whether code that it imported was changed since. Looks at most twice a second."""
        now = time.monotonic()
        if now - self._looked < STAT_SECONDS:
            return False
        self._looked = now
        return any(_stamp(file) != stamp for file, stamp in self._stamps.items())

    def fork(self, environment: Mapping[str, str], folder: str | None, connection_file: str) -> Birth:
        """Ask for a kernel on the sockets of a connection file. Raises NotForkedError."""
        lifeline, held = os.pipe()
        ours, theirs = wire.pair()
        request = {"env": dict(environment), "cwd": folder, "file": connection_file}
        try:
            wire.send(self._line, request, [lifeline, theirs.fileno()])
        except (OSError, ValueError) as error:
            os.close(held)
            ours.close()
            raise NotForkedError(f"the template process could not be asked: {error}") from None
        finally:
            os.close(lifeline)
            theirs.close()
        return Birth(ours, held)

    def close(self) -> None:
        """Ask for no more; the process leaves when its last kernel has ended, and is then buried."""
        self._line.close()
        threading.Thread(target=self.process.wait, name="kernel-template-end", daemon=True).start()


def _stamp(file: str) -> int:
    try:
        return Path(file).stat().st_mtime_ns
    except OSError:
        return 0


class Birth:
    """A kernel that was asked for and is on its way."""

    def __init__(self, report: socket.socket, held: int) -> None:
        self._report = report
        self._held = held
        self._process: ForkedProcess | None = None

    async def arrival(self, seconds: float) -> ForkedProcess:
        """Wait until its sockets are bound. Raises NotForkedError."""
        try:
            async with asyncio.timeout(seconds):
                while not self._heard():
                    await _readable(self._report.fileno())
        except TimeoutError:
            raise NotForkedError("the new kernel took too long") from None
        finally:
            process = self._settled()
        assert process is not None
        return process

    def wait(self, seconds: float) -> ForkedProcess:
        """The same where there is no loop."""
        until = time.monotonic() + seconds
        try:
            while not self._heard():
                if not wire.readable(self._report.fileno(), until - time.monotonic()):
                    raise NotForkedError("the new kernel took too long")
        finally:
            process = self._settled()
        assert process is not None
        return process

    def _heard(self) -> bool:
        """Read what is there; returns whether the kernel is complete."""
        while wire.readable(self._report.fileno()):
            message, descriptors = wire.receive(self._report)
            if message is None:
                raise NotForkedError("the new kernel died while it started")
            if "error" in message:
                raise NotForkedError(message["error"])
            if "pid" in message:
                self._process = ForkedProcess(message["pid"], descriptors[0], self._held)
                self._held = -1
            self._bound = self._bound or "bound" in message
            if self._bound and self._process is not None:
                return True
        return False

    _bound = False

    def _settled(self) -> ForkedProcess | None:
        """Close the report; a kernel that is not complete is let go, and so ended."""
        self._report.close()
        if self._held >= 0:
            os.close(self._held)
            self._held = -1
        if self._process is not None and not self._bound:
            self._process.let_go()
            self._process = None
        return self._process


class ForkedProcess:
    """As much of `subprocess.Popen` as Jupyter asks for. The kernel ends when this is let go or forgotten."""

    stdin = stdout = stderr = None
    ENDED = 0
    """The code of a kernel that ended. How it ended only its parent knows, the template."""

    def __init__(self, pid: int, pidfd: int, lifeline: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._pidfd = pidfd
        self._lifeline = lifeline

    def poll(self) -> int | None:
        """Return None while it runs."""
        if self.returncode is None and wire.readable(self._pidfd):
            self.let_go()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end. Raises subprocess.TimeoutExpired."""
        if self.returncode is None and not wire.readable(self._pidfd, timeout):
            raise subprocess.TimeoutExpired("kernel", timeout or 0)
        self.let_go()
        return self.ENDED

    async def ended(self) -> int:
        """Wait for its end without holding anybody up."""
        if self.poll() is None:
            await _readable(self._pidfd)
            self.let_go()
        return self.ENDED

    def send_signal(self, number: int) -> None:
        """Signal the kernel and what it started, unless it has ended."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, 0)
                os.killpg(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def let_go(self) -> None:
        """Cut its lifeline, which ends it if it still runs."""
        if self.returncode is None:
            self.returncode = self.ENDED
            os.close(self._lifeline)
            os.close(self._pidfd)

    def __del__(self) -> None:
        self.let_go()


async def _readable(descriptor: int) -> None:
    loop = asyncio.get_running_loop()
    waiter: asyncio.Future[Any] = loop.create_future()

    def tell() -> None:
        if not waiter.done():
            waiter.set_result(None)

    loop.add_reader(descriptor, tell)
    try:
        await waiter
    finally:
        loop.remove_reader(descriptor)
