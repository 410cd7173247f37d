"""What a template refuses, what it notices, and what is used where it can't be had."""

import os
import resource
import time
from contextlib import ExitStack
from pathlib import Path

import ipykernel
import IPython
import pytest

from academy.private_names import USES
from academy_app.kernels.process import NotForkedError, TemplateProcess
from academy_app.kernels.template import TemplateSettings
from tests.kernels.forked import ENVIRONMENT, Kernel, python_modules
from tests.support.patience import SECONDS
from tests.support.versions import say_installed

UNFIT = {
    "a thread": "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()",
    "a socket": "import socket\ns = socket.socket()",
    "a loop": "import asyncio\nloop = asyncio.new_event_loop()",
    "a context of sockets": "import zmq\nsocket = zmq.Context().socket(zmq.PUB)",
    "a database on disk": (
        "import sqlite3, tempfile\nf = tempfile.mkdtemp()\n"
        "c = sqlite3.connect(f + '/d')\nc.execute('create table t (a)')"
    ),
    "a database in memory": "import sqlite3\nc = sqlite3.connect(':memory:')",
    "an open file": "f = open(__file__)",
}


def started(folder, settings=None, **modules):
    path = python_modules(folder, **modules)
    return TemplateProcess(
        settings or TemplateSettings(preload=tuple(modules)), {**ENVIRONMENT, "PYTHONPATH": path}
    )


@pytest.mark.parametrize("what", UNFIT)
def test_a_template_refuses_to_share(what, tmp_path):
    with pytest.raises(NotForkedError, match="NotForkableError: it has"):
        started(tmp_path, unfit=UNFIT[what])


def test_a_library_that_keeps_its_own_file_open_is_no_hindrance(tmp_path):
    """libffi does, from 3.4 on: it maps the file again for each call back into Python."""
    code = "from pathlib import Path\nlines = Path('/proc/self/maps').read_text().splitlines()\n"
    code += "kept = open(next(line.split()[5] for line in lines if ' r-xp ' in line and '.so' in line), 'rb')"
    template = started(tmp_path, TemplateSettings(preload=("library",), heartbeat=False), library=code)
    with Kernel(template) as kernel:
        assert kernel.value("library.kept.closed", "import library") is False
    template.close()


@pytest.mark.parametrize("what", UNFIT)
def test_a_page_that_imports_such_a_module_does_without_sharing_it(what, tmp_path):
    settings = TemplateSettings(optional=("unfit", "fit", "not_there"), heartbeat=False)
    template = started(tmp_path, settings, unfit=UNFIT[what], fit="made = 1")
    with Kernel(template) as kernel:
        assert kernel.value("['fit' in sys.modules, 'unfit' in sys.modules]", "import sys") == [True, False]
    template.close()


def test_kernels_start_and_end_where_a_thousand_files_are_open(tmp_path):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
    template = started(tmp_path)
    with ExitStack() as many:
        for _ in range(1100):
            many.enter_context(Path(os.devnull).open())
        with Kernel(template) as kernel:
            assert kernel.process.poll() is None
            assert kernel.value("1 + 1") == 2
        assert kernel.process.wait(SECONDS) == 0
    template.close()
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_module_that_fails_is_named(tmp_path):
    with pytest.raises(NotForkedError, match="ValueError: of the module"):
        started(tmp_path, failing="raise ValueError('of the module')")


def test_caches_are_filled_before_the_fork(tmp_path):
    settings = TemplateSettings(warm=("cache:fill",), heartbeat=False)
    template = started(
        tmp_path, settings, cache="import os\nfilled = []\ndef fill(): filled.append(os.getpid())"
    )
    with Kernel(template) as kernel:
        assert kernel.value("cache.filled", "import cache") == [template.process.pid]
    template.close()


def test_a_template_notices_that_its_code_was_changed(tmp_path):
    template = started(tmp_path, written="VALUE = 1")
    assert not template.outdated()
    python_modules(tmp_path, written="VALUE = 2  # changed")
    template._looked = 0.0
    assert template.outdated()
    template._looked = time.monotonic() + SECONDS
    assert not template.outdated(), "it has looked just now"
    (tmp_path / "written.py").unlink()
    template._looked = 0.0
    assert template.outdated()
    template.close()


def test_the_shell_is_shared_with_the_versions_that_this_is_written_for():
    """academy_app.kernels.app touches insides of these; after an upgrade run this room, then name the new version."""
    from academy_app.kernels.app import why_no_shell

    assert USES["kernel-shell"].tested == {"ipykernel": ("7.4.",), "ipython": ("9.",)}
    assert ipykernel.__version__.startswith("7.4.")
    assert IPython.__version__.startswith("9.")
    assert why_no_shell() is None


def test_another_version_shares_modules_alone(monkeypatch, tmp_path):
    from academy_app.kernels.app import why_no_shell

    say_installed(monkeypatch, tmp_path, "ipykernel", "8.0.0")
    assert "ipykernel 8.0.0" in why_no_shell()


def test_the_end_of_a_kernel_runs_what_python_runs_at_its_end():
    """`atexit._run_exitfuncs` has no public name; multiprocessing and we call it in forked processes (3.11 to 3.14)."""
    import atexit

    assert callable(atexit._run_exitfuncs)
