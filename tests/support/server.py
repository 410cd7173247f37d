"""A real server in a process of its own, for tests that ask it as a browser would."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import psutil

from academy.data import DataFolder
from academy.editions import Editions
from academy.people import People
from academy.store import open_store
from academy_app.kernels.child import NAME
from tests.support.courses import FLAGSHIP
from tests.support.patience import SECONDS
from tests.support.ports import free_port
from tests.support.run_server import ROOT, run

__all__ = ["AcademyServer", "NotStartedError"]

DEADLINE = SECONDS
FORKS = multiprocessing.get_context("forkserver")
"""Servers are forked from a process that has imported what they need: each is there a second sooner."""
FORKS.set_forkserver_preload(["tests.support.ready"])


class NotStartedError(Exception):
    """The server said why it does not start."""


class ServerProcess:
    """The process of a server, which is a child of the one that it was forked from."""

    def __init__(self, options: dict[str, Any], environment: dict[str, str], log: Path) -> None:
        self.line, line = FORKS.Pipe(duplex=False)
        self._process = FORKS.Process(target=run, args=(options, environment, log, line), daemon=True)
        with contextlib.chdir(ROOT):
            self._process.start()
        line.close()
        assert self._process.pid is not None
        self.pid: int = self._process.pid

    @property
    def returncode(self) -> int | None:
        """The exit status, negative for a signal; None while it runs."""
        return self._process.exitcode

    def wait(self, seconds: float) -> int:
        """Wait for the end and return the exit status. Raises subprocess.TimeoutExpired."""
        self._process.join(seconds)
        if self.returncode is None:
            raise subprocess.TimeoutExpired("server", seconds)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.returncode is None:
            os.kill(self.pid, number)


class AcademyServer:
    """One server over one data folder; `start` waits until it answers.

    `.root` its address, `.url` that of its first edition; `.people` and `.store` the people and answers in its data
    folder `.data`.
    """

    def __init__(self, folder: Path, **options: Any) -> None:
        self.data = DataFolder.ensure(folder)
        self.store = open_store(self.data.store_url)
        self.options: dict[str, Any] = {"data": str(folder), "port": free_port(), **options}
        self.log = folder.parent / f"{folder.name}.log"
        self.root = self.url = ""
        self.process: ServerProcess | None = None

    @property
    def edition(self) -> str:
        """The first edition that it serves."""
        there = Editions(self.store).all()
        return there[0].id if there else str(self.options.get("course") or FLAGSHIP)

    @property
    def people(self) -> People:
        """The people of that edition."""
        return People(self.store, self.data.secret, self.edition)

    def start(self, **environment: str) -> AcademyServer:
        """Start and wait. A restart keeps the port, so that open pages find the server again."""
        self.process = ServerProcess(self.options, {**os.environ, **environment}, self.log)
        said = self._said()
        if "url" not in said:
            self.process.wait(DEADLINE)
            raise NotStartedError(said.get("error") or self.log.read_text("utf-8"))
        self.root = said["url"]
        self.url = f"{self.root}c/{self.edition}/"
        self.options["port"] = int(self.url.split(":")[2].split("/")[0])
        return self

    def stop(self) -> int:
        """Stop as Ctrl-C does; returns the exit status."""
        return self._end(signal.SIGINT)

    def kill(self) -> None:
        """End the server without a chance to clean up."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        """Stop and start again on the same port."""
        self.stop()
        self.start()

    def kernels(self) -> list[psutil.Process]:
        """Return the kernel processes of this server, without programs that a kernel may be starting just now.

        Forked kernels whose template was killed are nobody's children; they are known by name and data folder.
        """
        assert self.process is not None
        stock = [child for child in psutil.Process(self.process.pid).children() if _is_stock_kernel(child)]
        return stock + [process for process in psutil.process_iter() if self._is_forked_kernel(process)]

    def _is_forked_kernel(self, process: psutil.Process) -> bool:
        try:
            return process.name() == NAME and process.environ()["ACADEMY_DATA"] == str(self.data.path)
        except (psutil.Error, KeyError):
            return False

    def wait_for_kernels(self, count: int) -> list[psutil.Process]:
        """Wait until so many kernels run: a new one is not a kernel yet while its program is being loaded."""
        assert self.process is not None
        until = time.monotonic() + DEADLINE
        while len(found := self.kernels()) != count:
            assert time.monotonic() < until, f"{len(found)} kernels, not {count}"
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(0.05)
        return found

    def close(self) -> None:
        """Stop if it is running, and close the database."""
        if self.process is not None and self.process.returncode is None:
            self.stop()
        self.store.close()

    def __enter__(self) -> AcademyServer:
        return self if self.url else self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    def _said(self) -> dict[str, str]:
        """What the server says of itself: its address, or why it does not start."""
        assert self.process is not None
        if not self.process.line.poll(DEADLINE):
            self.process.send_signal(signal.SIGKILL)
            raise TimeoutError(f"no server after {DEADLINE} s: {self.log.read_text('utf-8')}")
        try:
            said: dict[str, str] = self.process.line.recv()
        except EOFError:
            return {}
        return said

    def _end(self, number: int) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        status = self.process.wait(DEADLINE)
        self.process.line.close()
        return status


def _is_stock_kernel(process: psutil.Process) -> bool:
    try:
        return any(part.endswith("kernels/stock.py") for part in process.cmdline())
    except psutil.Error:
        return False


def gone(processes: list[psutil.Process], deadline: float = SECONDS) -> bool:
    """Wait for processes to end; returns whether all did."""
    until = time.monotonic() + deadline
    for process in processes:
        try:
            process.wait(max(0.0, until - time.monotonic()))
        except psutil.NoSuchProcess:
            pass
        except psutil.TimeoutExpired:
            if process.status() != psutil.STATUS_ZOMBIE:
                return False
    return True
