"""Kernels of one template have nothing of each other, of the template or of the server."""

import json
import signal
from pathlib import Path

import pytest

from tests.kernels.forked import ENVIRONMENT
from tests.support.patience import SECONDS, until


@pytest.fixture
def two(kernels):
    return kernels("amina"), kernels("bao")


def test_the_environment_is_exactly_the_one_that_was_given(two):
    for kernel, person in zip(two, ("amina", "bao"), strict=True):
        found = kernel.value("dict(os.environ)", "import os")
        # the shell itself asks for its kind of plots; a stock kernel has that too
        assert found.pop("MPLBACKEND").startswith("module://")
        for name in ("CLICOLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "TERM", "PAGER", "GIT_PAGER"):
            found.pop(name, None)
        assert found == {**ENVIRONMENT, "ACADEMY_PERSON": person}


def test_the_environment_is_that_of_programs_too(two):
    said = two[1].run(
        "import subprocess; print(subprocess.run(['env'], capture_output=True, text=True).stdout)"
    )
    assert "ACADEMY_PERSON=bao" in said
    assert "amina" not in said


def test_each_works_in_its_folder(two):
    for kernel in two:
        assert Path(kernel.value("os.getcwd()", "import os")).samefile(kernel.folder.name)


RANDOM = """
import os, random, secrets, tempfile, uuid, numpy
from jupyter_client.session import new_id
drawn = [random.random(), numpy.random.rand(), numpy.random.default_rng().random(), secrets.token_hex(),
         str(uuid.uuid4()), str(uuid.uuid1()), new_id(), next(tempfile._get_candidate_names())]
"""


def test_random_numbers_and_ids_differ(kernels):
    drawn = [kernels(str(number)).value("drawn", RANDOM) for number in range(3)]
    for values in zip(*drawn, strict=True):
        assert len(set(values)) == 3, values


def test_sessions_and_widgets_have_ids_of_their_own(two):
    setup = "import ipywidgets\nk = get_ipython().kernel"
    found = [k.value("[k.session.session, k.ident, ipywidgets.IntText().model_id]", setup) for k in two]
    assert not set(found[0]) & set(found[1])


def test_each_has_the_key_of_its_connection_file(two):
    for kernel in two:
        key = json.loads(kernel.file.read_text())["key"]
        assert kernel.value("get_ipython().kernel.session.key.decode()") == key
    assert two[0].file.stat().st_mode & 0o077 == 0


def test_what_one_does_to_a_module_another_does_not_see(two):
    two[0].run("import json, sys; json.mark = 1; sys.modules['mine'] = json; mine = 1")
    assert (
        two[1].value("[hasattr(json, 'mark'), 'mine' in sys.modules, 'mine' in globals()]", "import sys")
        == [False] * 3
    )


TARGETS = """
from pathlib import Path
def targets(folder):
    for link in list(Path(folder).iterdir()):
        try: yield link.name, str(link.readlink())
        except OSError: pass
"""


def targets(process):
    """What descriptors of a process lead to, without those that lead to nothing particular."""
    names = {}
    exec(TARGETS, names)
    return {
        target
        for _, target in names["targets"](f"/proc/{process}/fd")
        if "[" in target and "anon_inode" not in target
    }


def test_nothing_that_was_open_elsewhere_is_open_here(two, template):
    first, second = (dict(k.value("list(targets('/proc/self/fd'))", TARGETS)) for k in two)
    assert first["0"] == "/dev/null"
    found = [
        {t for n, t in opened.items() if int(n) > 2 and "anon_inode" not in t} for opened in (first, second)
    ]
    assert not found[0] & found[1]
    ends = {t for t in found[0] | found[1] if t.startswith("socket:")}
    assert not ends & (targets(template.process.pid) | targets("self"))
    assert not [t for t in found[0] | found[1] if not t.startswith(("socket:", "pipe:"))]


def test_temporary_files_are_their_own_and_go_with_them(two):
    setup = "import tempfile; kept = tempfile.NamedTemporaryFile()"
    first, second = (k.value("kept.name", setup) for k in two)
    assert first != second
    two[0].shut_down()
    assert not Path(first).exists()
    assert Path(second).exists()


def test_an_interrupt_reaches_one_kernel(two):
    two[0].client.execute("print('begun', flush=True)\nwhile True: pass", stop_on_error=False)
    while two[0].client.get_iopub_msg(timeout=SECONDS)["msg_type"] != "stream":
        pass
    two[0].process.send_signal(signal.SIGINT)
    assert two[0].value("1 + 1") == 2
    assert two[1].value("1 + 1") == 2


def test_an_interrupt_of_a_kernel_that_does_nothing_does_nothing(two):
    def ignores():
        status = Path(f"/proc/{two[0].process.pid}/status").read_text("utf-8")
        mask = next(line for line in status.splitlines() if line.startswith("SigIgn:")).split()[1]
        return int(mask, 16) >> (signal.SIGINT - 1) & 1

    assert until(ignores)
    two[0].process.send_signal(signal.SIGINT)
    assert two[0].value("1 + 1") == 2


def test_pandas_works_after_the_fork(two):
    assert two[0].value("float(pandas.DataFrame({'a': [1, 2]})['a'].mean())", "import pandas") == 1.5


def test_only_the_main_thread_came_through_the_fork(two):
    names = two[0].value("sorted(t.name for t in threading.enumerate())", "import threading")
    assert names[0] == "Control"
    assert len(names) <= 4
