"""How kernels and their template end."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from academy_app.kernels import lifeline, wire
from academy_app.kernels.process import Birth, NotForkedError, TemplateProcess
from academy_app.kernels.template import TemplateSettings
from tests.kernels.forked import ENVIRONMENT, Kernel
from tests.support.patience import SECONDS, until
from tests.support.server import gone

ROOT = Path(__file__).parents[2]


@pytest.fixture
def own_template():
    process = TemplateProcess(TemplateSettings(level="shell", heartbeat=False), ENVIRONMENT)
    yield process
    process.close()
    process.process.wait(SECONDS)


def test_a_kernel_ends_when_it_is_asked(kernels, template):
    kernel = kernels()
    process = kernel.psutil
    kernel.shut_down()
    assert gone([process])
    assert until(
        lambda: not [c for c in psutil.Process(template.process.pid).children() if c.pid == process.pid]
    )


def test_a_killed_kernel_leaves_the_others_alone(kernels):
    first, second = kernels("amina"), kernels("bao")
    second.run("kept = 3")
    first.process.kill()
    first.process.wait(SECONDS)
    assert first.process.poll() == 0
    assert second.value("kept") == 3


def test_what_a_kernel_started_ends_with_it(kernels):
    kernel = kernels()
    started = psutil.Process(
        kernel.value("p.pid", "import subprocess; p = subprocess.Popen(['sleep', '600'])")
    )
    kernel.process.kill()
    assert gone([started])


def test_a_kernel_that_is_let_go_ends_even_while_it_computes(kernels):
    kernel = kernels()
    process = kernel.psutil
    kernel.client.execute("sum(range(10**12))")
    kernel.process.let_go()
    assert gone([process])


def test_kernels_go_on_when_the_template_is_killed(own_template):
    with Kernel(own_template, "amina") as kernel:
        kernel.run("kept = 3")
        own_template.process.kill()
        own_template.process.wait(SECONDS)
        assert not own_template.alive
        assert kernel.value("kept") == 3
        with pytest.raises(NotForkedError):
            own_template.fork(ENVIRONMENT, None, str(kernel.file))
        process = kernel.psutil
        kernel.shut_down()
        assert gone([process])


def test_a_template_that_is_no_longer_asked_leaves_after_its_last_kernel(own_template):
    with Kernel(own_template) as kernel:
        own_template.close()
        assert kernel.value("1 + 1") == 2
        assert own_template.process.poll() is None
        kernel.shut_down()
    assert own_template.process.wait(SECONDS) == 0


HOLDER = """
import sys, tempfile
from tests.kernels.forked import ENVIRONMENT, Kernel
from academy_app.kernels.process import TemplateProcess
from academy_app.kernels.template import TemplateSettings
template = TemplateProcess(TemplateSettings(level="shell", heartbeat=False), ENVIRONMENT)
kernel = Kernel(template)
kernel.client.execute("while True: pass")
print(template.process.pid, kernel.process.pid, kernel.folder.name, flush=True)
sys.stdin.read()
"""


def test_neither_outlives_a_server_that_is_killed():
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        template, kernel, folder = server.stdout.readline().split()
        left = [psutil.Process(int(template)), psutil.Process(int(kernel))]
        server.kill()
    assert gone(left)
    for file in Path(folder).iterdir():
        file.unlink()
    Path(folder).rmdir()


def test_the_number_of_an_ended_kernel_is_never_signalled(kernels, monkeypatch):
    kernel = kernels()
    kernel.process.kill()
    kernel.process.wait(SECONDS)
    monkeypatch.setattr(os, "killpg", lambda *_: pytest.fail("somebody else may have the number"))
    kernel.process.send_signal(signal.SIGTERM)


def test_a_kernel_that_fails_half_way_ends_at_once(template, tmp_path):
    with pytest.raises(NotForkedError, match="died"):
        template.fork(ENVIRONMENT, str(tmp_path / "not-there"), "nothing.json").wait(SECONDS)


def test_a_connection_file_that_is_not_one_ends_the_kernel(template, tmp_path):
    (tmp_path / "kernel.json").write_text("{broken")
    with pytest.raises(NotForkedError, match="died"):
        template.fork(ENVIRONMENT, str(tmp_path), str(tmp_path / "kernel.json")).wait(SECONDS)


def test_why_a_template_could_not_fork_is_told():
    ours, theirs = wire.pair()
    reading, held = os.pipe()
    wire.send(theirs, {"error": "it could not fork: no memory is left"})
    with pytest.raises(NotForkedError, match="no memory is left"):
        Birth(ours, held).wait(SECONDS)
    assert ours.fileno() < 0
    assert os.read(reading, 1) == b""  # nobody holds what a kernel would live by
    os.close(reading)
    theirs.close()


def test_a_lifeline_that_is_cut_before_it_is_held_ends_the_process():
    reading, writing = os.pipe()
    os.close(writing)
    code = "import os, sys; from academy_app.kernels import lifeline\n"
    code += "os.setsid(); lifeline.hang_on(int(sys.argv[1])); print('on')"
    ended = subprocess.run(
        [sys.executable, "-c", code, str(reading)], cwd=ROOT, pass_fds=[reading], capture_output=True
    )
    os.close(reading)
    assert ended.returncode == -lifeline.LIFELINE_CUTS
    assert ended.stdout == b""


def test_nothing_of_thirty_starts_is_left_behind(template):
    with Kernel(template):
        pass  # what the first kernel leaves for good: the sockets' own thread
    before = {path.name for path in Path("/proc/self/fd").iterdir()}
    children = {child.pid for child in psutil.Process(template.process.pid).children()}
    opened = psutil.Process(template.process.pid).num_fds()
    folders, processes = [], []
    for number in range(30):
        with Kernel(template, str(number)) as kernel:
            assert kernel.value("os.environ['ACADEMY_PERSON']", "import os") == str(number)
            folders.append(Path(kernel.folder.name))
            processes.append(kernel.psutil)
            if number % 3:
                kernel.shut_down()
            elif number % 2:
                kernel.process.kill()
    assert gone(processes)
    # A process is gone a moment before its parent has heard of it and closed what led to it.
    assert until(lambda: {child.pid for child in psutil.Process(template.process.pid).children()} <= children)
    assert until(lambda: psutil.Process(template.process.pid).num_fds() <= opened)
    assert not [folder for folder in folders if folder.exists()]
    assert until(lambda: {path.name for path in Path("/proc/self/fd").iterdir()} <= before)
