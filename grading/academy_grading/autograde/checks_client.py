"""Client of the checks process: starts it when first needed, and again if it was lost."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import subprocess
import sys
import threading
import time
from functools import cache

from academy_grading.autograde.cells import Output
from academy_grading.autograde.checks_process import Job, unfinished

__all__ = ["ChecksClient", "shared_checks_client"]

SECONDS_TO_START = 60
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR")
"""What the process needs of the environment. There may be tokens in the rest."""


class ChecksClient:
    """A small process of one thread which forks a child for each job.

    A server with many threads must not fork itself: a lock that another thread holds would never open in the child.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._job = Job((), "")
        self._deadline = 0.0
        self._said = b""
        self._turn = threading.Lock()

    def run(self, job: Job) -> list[list[Output]]:
        """Run a job and return the outputs of each cell."""
        with self._turn:
            self.start(job)
            while (outputs := self.outputs()) is None:
                select.select([self.fileno()], [], [], self.seconds_left)
            return outputs

    def start(self, job: Job) -> None:
        """Hand over a job. Only one at a time: wait until `outputs` has given those of the one before."""
        self._job, self._said = job, b""
        self._deadline = time.monotonic() + job.seconds + SECONDS_TO_START
        line = job.line()
        try:
            self._write(line)
        except OSError:  # it was killed while it had nothing to do
            self.close()
            self._write(line)

    def fileno(self) -> int:
        """Return what becomes readable when there is more to hear."""
        assert self._process is not None
        assert self._process.stdout is not None
        return self._process.stdout.fileno()

    @property
    def seconds_left(self) -> float:
        """How long to wait for the process at most."""
        return max(self._deadline - time.monotonic(), 0)

    def outputs(self) -> list[list[Output]] | None:
        """Return the outputs of each cell, or None if they are not there yet. Never waits."""
        if select.select([self.fileno()], [], [], 0)[0]:
            part = os.read(self.fileno(), 1 << 20)
            self._said += part
            if self._said.endswith(b"\n"):
                said: list[list[Output]] = json.loads(self._said)
                return said
            if part:
                return None
        elif self.seconds_left:
            return None
        self.close()  # it died, or it is stuck
        return unfinished(len(self._job.sources))

    def close(self) -> None:
        """End the process. The next job starts a new one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    if pipe:
                        pipe.close()
            process.wait()

    def _write(self, line: bytes) -> None:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "academy_grading.autograde.checks_process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                bufsize=0,
                cwd="/",
                env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
                start_new_session=True,  # Ctrl+C ends the command, which then ends this process
            )
        assert self._process.stdin is not None
        view = memoryview(line)
        while view:
            view = view[os.write(self._process.stdin.fileno(), view) :]


@cache
def shared_checks_client() -> ChecksClient:
    """Return the one that all submissions of this process take."""
    runner = ChecksClient()
    atexit.register(runner.close)
    return runner
