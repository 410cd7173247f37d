"""Messages between a server and the process that kernels are forked from, and the processes that come of them."""

import asyncio
import os
import resource
import runpy
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from academy_app.kernels import lifeline, wire
from academy_app.kernels.holes import free_blocks
from academy_app.kernels.process import Birth, ForkedProcess, NotForkedError, TemplateProcess
from academy_app.kernels.template import Template, TemplateSettings
from academy_app.server.kernels.environment import PROGRAM
from tests.kernels.forked import ENVIRONMENT, python_modules
from tests.support.patience import SECONDS, until


@pytest.fixture
def line():
    ours, theirs = wire.pair()
    with ours, theirs:
        yield ours, theirs


def opened():
    return {path.name for path in Path("/proc/self/fd").iterdir()}


def test_a_message_comes_with_its_files(line):
    reading, writing = os.pipe()
    wire.send(line[0], {"pid": 7}, [reading])
    message, (there,) = wire.receive(line[1])
    os.write(writing, b"x")
    assert (message, os.read(there, 1)) == ({"pid": 7}, b"x")
    assert os.get_inheritable(there) is False, "programs that are started meanwhile must not have it"
    for descriptor in (reading, writing, there):
        os.close(descriptor)


def test_the_longest_message_comes_whole_and_a_longer_one_is_refused(line):
    longest = {"a": "x" * (wire.LARGEST - len('{"a": ""}'))}
    line[0].setsockopt(1, 7, 2 * wire.LARGEST)  # as much may be on its way
    wire.send(line[0], longest)
    assert wire.receive(line[1]) == (longest, [])
    with pytest.raises(ValueError, match=f"a message of {wire.LARGEST + 1} bytes is too long"):
        wire.send(line[0], {"a": longest["a"] + "x"})


def test_what_comes_cut_is_no_message_and_leaves_no_file_open(line):
    before = opened()
    wire.send(line[0], {}, [0, 0, 0, 0, 0])
    assert wire.receive(line[1]) == (None, [])
    assert opened() == before


def test_an_end_is_no_message(line):
    wire.send(line[1], {"nobody": "reads this"})
    line[0].close()  # unread, which the other end is told as an error
    assert wire.receive(line[1]) == (None, [])


def test_who_waits_for_a_line_waits_no_longer_than_that(line):
    assert wire.readable(line[0].fileno(), 0.01) is False
    assert wire.readable(line[0].fileno(), -1) is False
    line[1].close()
    assert wire.readable(line[0].fileno(), None) is True


@pytest.fixture
def birth():
    """A kernel that was asked for, the end on which it is told of, and what it would live by."""
    ours, theirs = wire.pair()
    reading, held = os.pipe()
    with theirs:
        yield Birth(ours, held), theirs, reading
    os.close(reading)


def arrival(birth, seconds):
    return asyncio.run(birth.arrival(seconds))


@pytest.mark.parametrize("wait", [Birth.wait, arrival])
@pytest.mark.parametrize(
    ("told", "why"),
    [
        ([], "the new kernel took too long"),
        ([{"bound": True}], "the new kernel took too long"),
        ([{"bound": True}, None], "the new kernel died while it started"),
        ([{"error": "no memory"}], "no memory"),
    ],
)
def test_a_kernel_that_does_not_arrive_is_let_go(birth, wait, told, why):
    coming, theirs, reading = birth
    for message in told:
        wire.send(theirs, message) if message else theirs.close()
    with pytest.raises(NotForkedError, match=f"^{why}$"):
        wait(coming, 0.01)
    assert os.read(reading, 1) == b""  # nobody holds what it would live by


@pytest.mark.parametrize("wait", [Birth.wait, arrival])
def test_a_kernel_that_is_known_and_not_complete_in_time_is_ended(birth, sleeper, wait):
    coming, theirs, reading = birth
    wire.send(theirs, {"pid": sleeper.pid}, [sleeper.pidfd])
    with pytest.raises(NotForkedError, match="took too long"):
        wait(coming, 0.01)
    assert os.read(reading, 1) == b""


@pytest.mark.parametrize("wait", [Birth.wait, arrival])
def test_a_kernel_arrives_when_it_is_known_and_its_sockets_are_bound(birth, sleeper, wait):
    coming, theirs, reading = birth
    wire.send(theirs, {"bound": True})
    wire.send(theirs, {"pid": sleeper.pid}, [sleeper.pidfd])
    process = wait(coming, SECONDS)
    assert (process.pid, process.poll()) == (sleeper.pid, None)
    assert not wire.readable(reading)
    process.let_go()
    assert os.read(reading, 1) == b""


@pytest.fixture
def sleeper():
    """A process that would sleep for long, in a group of its own."""
    process = subprocess.Popen(["sleep", "600"], start_new_session=True)
    process.pidfd = os.pidfd_open(process.pid)
    yield process
    process.kill()
    process.wait(SECONDS)
    os.close(process.pidfd)


@pytest.mark.parametrize(
    ("end", "number"), [(ForkedProcess.terminate, signal.SIGTERM), (ForkedProcess.kill, signal.SIGKILL)]
)
def test_a_forked_process_ends_as_any_other(sleeper, end, number):
    reading, held = os.pipe()
    process = ForkedProcess(sleeper.pid, os.dup(sleeper.pidfd), held)
    with pytest.raises(subprocess.TimeoutExpired, match=r"'kernel' timed out after 0\.01 seconds"):
        process.wait(0.01)
    assert process.poll() is None
    end(process)
    assert process.wait(SECONDS) == process.poll() == 0
    assert sleeper.wait(SECONDS) == -number
    assert os.read(reading, 1) == b""
    os.close(reading)
    process.let_go()  # once is enough
    assert asyncio.run(process.ended()) == 0


def test_a_template_that_can_not_fork_says_so_and_holds_nothing(line, monkeypatch):
    def no_memory():
        raise OSError(12, "no memory")

    asker, theirs = line
    ours, report = wire.pair()
    reading, held = os.pipe()
    wire.send(asker, {"env": {}, "cwd": None, "file": ""}, [reading, report.fileno()])
    for end in (report, asker):
        end.close()
    os.close(reading)
    monkeypatch.setattr(os, "fork", no_memory)
    Template(theirs).run()  # until nobody is there to ask
    with closing(ours):
        assert wire.receive(ours) == ({"error": "it could not fork: [Errno 12] no memory"}, [])
        assert wire.receive(ours) == (None, [])
    with pytest.raises(BrokenPipeError):
        os.write(held, b"x")
    os.close(held)


def test_a_template_that_can_not_be_asked_says_so_and_leaves_nothing_open(line):
    ours, theirs = line
    theirs.close()
    before = opened()
    with pytest.raises(NotForkedError, match=r"^the template process could not be asked: .*Broken pipe"):
        TemplateProcess.fork(SimpleNamespace(_line=ours), {"A": "1"}, None, "kernel.json")
    assert opened() == before


def children():
    return {child.pid for child in psutil.Process().children()}


def test_a_template_that_ends_before_it_is_ready_is_told():
    before = children()
    with pytest.raises(NotForkedError, match=r"^the template process ended$"):
        TemplateProcess(TemplateSettings(), {**ENVIRONMENT, "PYTHONHOME": "/nowhere"})
    assert until(lambda: children() <= before)


def test_a_template_that_does_not_get_ready_in_time_is_ended(tmp_path):
    path = python_modules(tmp_path, sitecustomize="import time; time.sleep(600)")
    before = children()
    with pytest.raises(NotForkedError, match=r"^the template process took too long$"):
        TemplateProcess(TemplateSettings(), {**ENVIRONMENT, "PYTHONPATH": path}, seconds=0.01)
    assert until(lambda: children() <= before)


def said(code, *words, **environment):
    """What a process of its own prints."""
    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, env=os.environ | environment
    )
    return done.returncode, done.stdout, done.stderr


def test_a_system_that_does_not_cut_a_lifeline_is_found_out():
    code = "from academy_app.kernels import lifeline as l\n{}l.check_lifeline(); print('cut')"
    assert said(code.format("")) == (0, "cut\n", "")
    status, _, error = said(code.format("l.hang_on = lambda _: None; l._SECONDS = 0.05\n"))
    assert (status, error.splitlines()[-1]) == (
        1,
        "OSError: this system does not end a process when its lifeline is cut",
    )
    assert lifeline.LIFELINE_CUTS == signal.SIGKILL


def test_a_kernel_has_the_hours_of_its_environment():
    code = "import os, time; from academy_app.kernels.child import take_identity\n"
    code += "take_identity({'TZ': 'XYZ-3'}, '/'); print(time.tzname[0], dict(os.environ), os.getcwd())"
    assert said(code, TZ="UTC")[1] == "XYZ {'TZ': 'XYZ-3'} /\n"


def test_a_python_that_keeps_no_account_of_its_blocks_has_none_to_fill():
    assert free_blocks()
    code = "import sys; from academy_app.kernels.holes import free_blocks; del sys._debugmallocstats\n"
    assert said(f"{code}print(free_blocks())")[1] == "{}\n"


def test_a_stock_kernel_whose_server_has_ended_does_not_start():
    code = "import runpy, sys; runpy.run_path(sys.argv[1])['die_with_parent'](); print('on')"
    assert callable(runpy.run_path(str(PROGRAM))["main"])
    for parent, found in ((str(os.getpid()), (0, "on\n", "")), ("1", (1, "", "")), ("", (0, "on\n", ""))):
        assert said(code, str(PROGRAM), JPY_PARENT_PID=parent) == found


def test_as_many_files_may_be_open_as_the_system_lets_us():
    from academy_app.server.kernels.limits import OPEN_FILES, raise_open_files

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, OPEN_FILES)
    few = min(most, 512)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (few, hard))
        assert raise_open_files() == most
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (most, hard)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
