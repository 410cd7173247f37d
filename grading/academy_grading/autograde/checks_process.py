"""The process that runs checks of notebooks: `python -m academy_grading.autograde.checks_process`, no kernel.

The process that forks is small, has one thread and has the course loaded already. It reads jobs from its standard
input, one line of JSON each, and answers with one line each, until the input ends.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import BinaryIO

from academy.course import load_course
from academy_grading.autograde.cells import Output, broken, run_cells

# Imported here so that each child has it already.
from academy_grading.sheet import open_sheet  # noqa: F401

__all__ = ["Job", "run_in_child", "unfinished"]

_FILES = 64


@dataclass(frozen=True)
class Job:
    """Cells to run in `folder`: how long they may take and how much memory (in MB).

    `course`, the folder of one, is loaded beforehand.
    """

    sources: Sequence[str]
    folder: str
    seconds: float = 30
    memory: int = 1024
    course: str | None = None

    def line(self) -> bytes:
        """Return the job as a line of JSON."""
        return json.dumps(asdict(self)).encode() + b"\n"


def unfinished(count: int) -> list[list[Output]]:
    """Return the outputs of cells that did not end."""
    return [[broken("TimeoutError", "This cell did not end.")] for _ in range(count)]


def run_in_child(job: Job) -> list[list[Output]]:
    """Run cells one after the other in one namespace, like a notebook, and return the outputs of each.

    They run in a forked child in the job's folder, where they can read and not write. The child, with all that it
    started, is killed when its time is over. A cell that did not end has an error as its output; an error in one
    cell does not stop the next.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        _be_the_child(job, write)
    os.close(write)
    outputs = unfinished(len(job.sources))
    for line in _lines(read, child, job.seconds):
        with contextlib.suppress(ValueError):
            number, said = json.loads(line)
            outputs[number] = said
    return outputs


def _lines(read: int, child: int, seconds: float) -> list[str]:
    """Read what the child says until it ends, or end it."""
    said, deadline = b"", time.monotonic() + seconds
    try:
        while select.select([read], [], [], max(deadline - time.monotonic(), 0))[0]:
            part = os.read(read, 65536)
            if not part:
                break
            said += part
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child, signal.SIGKILL)  # and what it left running
        os.close(read)
        os.waitpid(child, 0)
    return said.decode("utf-8", "replace").splitlines()


def _be_the_child(job: Job, write: int) -> None:
    try:
        os.setsid()
        _only(write)
        _limit(job)
        sys.dont_write_bytecode = True
        # A file beside the notebook must never stand in for an installed module.
        sys.path[:] = [path for path in sys.path if path not in ("", ".", job.folder)]
        os.chdir(job.folder)
        with os.fdopen(write, "w", encoding="utf-8") as pipe:

            def tell(number: int, outputs: list[Output]) -> None:
                pipe.write(json.dumps([number, outputs]) + "\n")
                pipe.flush()

            run_cells(job.sources, tell)
    finally:
        os._exit(0)  # how it went is told through the pipe alone


def _only(kept: int) -> None:
    """Close what the child inherited: it speaks through one pipe alone."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nothing, standard)
    os.closerange(3, kept)
    os.closerange(kept + 1, 1024)


def _limit(job: Job) -> None:
    cpu, memory = int(job.seconds) + 1, job.memory << 20
    for what, most in (
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),  # a write is an error that the cell can report: Python ignores the signal
        (resource.RLIMIT_NOFILE, _FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def _serve(jobs: BinaryIO, answers: BinaryIO) -> None:
    for line in jobs:
        job = Job(**json.loads(line))
        _load(job.course)
        answers.write(json.dumps(run_in_child(job)).encode() + b"\n")
        answers.flush()


def _load(course: str | None) -> None:
    """Load the course once for all children, and again when its files have changed."""
    before = _loaded.get(course)
    with contextlib.suppress(Exception):  # the child meets the same error, and says it
        _loaded[course] = load_course(course) if course else None
    if _loaded.get(course) is not before:
        gc.collect()
        gc.freeze()  # pages that no child's collector touches stay shared


_loaded: dict[str | None, object] = {}

if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        _serve(sys.stdin.buffer, sys.stdout.buffer)
