"""A real server in a process of its own, for tests that ask it as a browser would."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil

from academy.data import DataFolder
from academy.kernels.child import NAME
from academy.people import People
from academy.store import open_store
from tests.support.patience import SECONDS
from tests.support.ports import free_port

__all__ = ["AcademyServer", "NotStartedError"]

ROOT = Path(__file__).parents[2]
DEADLINE = SECONDS


class NotStartedError(Exception):
    """The server said why it does not start."""


class AcademyServer:
    """One server over one data folder; `start` waits until it answers.

    `.url` its address, `.people` and `.store` the people and answers in its data folder `.data`.
    """

    def __init__(self, folder: Path, **options: Any) -> None:
        self.data = DataFolder.ensure(folder)
        self.store = open_store(self.data.store_url)
        self.people = People(self.store, self.data.secret)
        self.options: dict[str, Any] = {"data": str(folder), "port": free_port(), **options}
        self.log = folder.parent / f"{folder.name}.log"
        self.url = ""
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, **environment: str) -> AcademyServer:
        """Start and wait. A restart keeps the port, so that open pages find the server again."""
        command = [sys.executable, "-m", "tests.support.run_server", json.dumps(self.options)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=log, cwd=ROOT, env={**os.environ, **environment}
            )
        said = json.loads(self._first_line() or "{}")
        if "url" not in said:
            self.process.wait(DEADLINE)
            raise NotStartedError(said.get("error") or self.log.read_text("utf-8"))
        self.url = said["url"]
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
        if self.process is not None and self.process.poll() is None:
            self.stop()
        self.store.close()

    def __enter__(self) -> AcademyServer:
        return self if self.url else self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    def _first_line(self) -> bytes:
        assert self.process is not None
        assert self.process.stdout is not None
        readable, _, _ = select.select([self.process.stdout], [], [], DEADLINE)
        if not readable:
            self.process.kill()
            raise TimeoutError(f"no server after {DEADLINE} s: {self.log.read_text('utf-8')}")
        return self.process.stdout.readline()

    def _end(self, number: int) -> int:
        assert self.process is not None
        assert self.process.stdout is not None
        self.process.send_signal(number)
        status = self.process.wait(DEADLINE)
        self.process.stdout.close()
        return status


def _is_stock_kernel(process: psutil.Process) -> bool:
    try:
        return any(part.endswith("server/kernel.py") for part in process.cmdline())
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
