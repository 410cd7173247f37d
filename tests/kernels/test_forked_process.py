"""What Jupyter holds of a kernel that somebody else started: its number, its end, its lifeline."""

import asyncio
import contextlib
import os
import signal
import subprocess

import pytest

from academy_app.kernels.process import ForkedProcess
from tests.support.patience import SECONDS, until


@pytest.fixture
def started():
    """A program in a group of its own as a forked process, the program itself, and its end of the lifeline."""
    program = subprocess.Popen(["sleep", "600"], start_new_session=True)
    reading, writing = os.pipe()
    process = ForkedProcess(program.pid, os.pidfd_open(program.pid), writing)
    yield process, program, reading
    program.kill()
    program.wait(SECONDS)
    with contextlib.suppress(OSError):
        os.close(reading)


def is_cut(reading):
    os.set_blocking(reading, False)
    try:
        return os.read(reading, 1) == b""
    except BlockingIOError:
        return False


def test_it_runs_until_it_has_ended_and_is_let_go_then(started):
    process, program, reading = started
    assert (process.pid, process.poll(), process.returncode, is_cut(reading)) == (
        program.pid,
        None,
        None,
        False,
    )
    program.kill()
    assert until(lambda: process.poll() is not None)
    assert (process.poll(), process.returncode, is_cut(reading)) == (0, 0, True)


def test_who_waits_hears_of_its_end_or_that_the_time_is_over(started):
    process, program, reading = started
    with pytest.raises(subprocess.TimeoutExpired) as late:
        process.wait(0.01)
    assert (late.value.timeout, process.poll(), is_cut(reading)) == (0.01, None, False)
    program.terminate()
    assert process.wait(SECONDS) == process.wait(SECONDS) == 0
    assert is_cut(reading)


@pytest.mark.parametrize(("ask", "number"), [("terminate", signal.SIGTERM), ("kill", signal.SIGKILL)])
def test_a_signal_goes_to_it_alone_and_to_nobody_when_it_has_ended(started, ask, number):
    process, program, _ = started
    getattr(process, ask)()
    assert program.wait(SECONDS) == -number
    getattr(process, ask)()
    assert process.returncode == 0


def test_somebody_waits_for_its_end_without_holding_others_up(started):
    process, program, reading = started

    async def both():
        waiting = asyncio.ensure_future(process.ended())
        await asyncio.sleep(0)
        before = waiting.done()
        program.kill()
        return before, await waiting, await process.ended()

    assert asyncio.run(both()) == (False, 0, 0)
    assert is_cut(reading)


def test_its_lifeline_is_cut_once_when_it_is_let_go_or_forgotten(started):
    process, _, reading = started
    process.let_go()
    assert is_cut(reading)
    again = os.pipe()  # takes the numbers that have become free
    process.let_go()
    assert all(os.fstat(end) for end in again)
    for end in again:
        os.close(end)


def test_a_kernel_that_is_forgotten_ends(started):
    _, program, _ = started
    reading, writing = os.pipe()
    ForkedProcess(program.pid, os.pidfd_open(program.pid), writing)
    assert is_cut(reading)
    os.close(reading)
