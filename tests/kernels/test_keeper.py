"""A template is rehearsed, replaced when it dies, and renewed when its code changes."""

import asyncio
import logging
import os
import signal
import threading

import pytest

from academy_app.kernels.keeper import Keeper, Keepers
from academy_app.kernels.process import NotForkedError, TemplateProcess
from academy_app.kernels.rehearsal import RehearsalError, rehearse
from academy_app.kernels.template import TemplateSettings
from tests.kernels.forked import ENVIRONMENT, Kernel, python_modules
from tests.support.patience import SECONDS

LOG = logging.getLogger("tests.kernels")


@pytest.fixture
def keep():
    kept = []

    def start(settings=None, rehearse=rehearse, **environment):
        settings = settings or TemplateSettings(heartbeat=False)
        kept.append(Keeper(settings, ENVIRONMENT | environment, LOG, rehearse))
        return kept[-1]

    yield start
    for one in kept:
        one.close()


def test_a_template_that_was_killed_is_replaced(keep, caplog):
    keeper = keep()
    first = keeper.wait()
    with Kernel(first) as kernel:
        os.kill(first.process.pid, signal.SIGKILL)
        first.process.wait(SECONDS)
        second = keeper.wait()
        assert second.process.pid != first.process.pid
        assert kernel.value("1 + 1") == 2
        with Kernel(second) as other:
            assert other.value("2 + 2") == 4
    assert "has died; a new one starts" in caplog.text


def test_changed_code_is_used_from_the_next_kernel_on(keep, tmp_path):
    path = python_modules(tmp_path, written="VALUE = 1")
    keeper = keep(TemplateSettings(preload=("written",), heartbeat=False), PYTHONPATH=path)
    first = keeper.wait()
    with Kernel(first) as old:
        python_modules(tmp_path, written="VALUE = 22  # changed")
        first._looked = 0.0
        with Kernel(keeper.wait()) as new:
            assert [kernel.value("written.VALUE", "import written") for kernel in (old, new)] == [1, 22]


def test_what_fails_its_rehearsal_is_not_used(keep, caplog):
    def fail_with_a_shell(template, environment):
        if template.level == "shell":
            raise RuntimeError("a message came twice")

    assert keep(rehearse=fail_with_a_shell).wait().level == "modules"
    assert "shell: the rehearsal failed: a message came twice" in caplog.text


def test_nothing_is_forked_if_no_rehearsal_passes(keep, caplog):
    def fail(template, environment):
        raise RuntimeError("no answer")

    keeper = keep(rehearse=fail)
    with pytest.raises(NotForkedError, match="no answer"):
        keeper.wait()
    with pytest.raises(NotForkedError, match="no answer"):
        asyncio.run(keeper.template())
    assert "Kernels are not forked" in caplog.text


def test_who_stops_waiting_does_not_stop_the_others(keep):
    keeper = keep()

    async def impatient():
        waiting = asyncio.ensure_future(keeper.template())
        await asyncio.sleep(0)
        waiting.cancel()
        return await keeper.template()

    assert asyncio.run(impatient()).alive


def test_kernels_of_different_people_have_one_template_and_other_environments_another():
    made = []
    keepers = Keepers(lambda *a: made.append(a) or object())
    settings = TemplateSettings()
    one = keepers.of(settings, {"A": "1", "ACADEMY_PERSON": "amina", "JPY_PARENT_PID": "1"}, LOG)
    two = keepers.of(settings, {"A": "1", "ACADEMY_PERSON": "bao"}, LOG)
    other = keepers.of(settings, {"A": "2", "ACADEMY_PERSON": "bao"}, LOG)
    assert one is two
    assert other is not one
    assert [environment for _, environment, _ in made] == [{"A": "1"}, {"A": "2"}]


def test_the_oldest_of_three_keepers_ends():
    class Kept:
        def __init__(self, *_):
            self.closed = threading.Event()
            self.close = self.closed.set

    keepers, settings = Keepers(Kept), TemplateSettings()
    first, second, third = (keepers.of(settings, {"A": each}, LOG) for each in "123")
    assert first.closed.wait(SECONDS)
    assert keepers.of(settings, {"A": "2"}, LOG) is second
    assert keepers.of(settings, {"A": "3"}, LOG) is third
    assert not second.closed.is_set()
    assert not third.closed.is_set()
    assert keepers.of(settings, {"A": "1"}, LOG) is not first
    assert second.closed.wait(SECONDS)


def test_a_kernel_that_does_not_do_what_a_page_needs_fails_its_rehearsal(template):
    class Forgetful:
        def fork(self, environment, *where):
            kept = {name: value for name, value in environment.items() if name != "ACADEMY_REHEARSAL"}
            return template.fork(kept, *where)

    with pytest.raises(RehearsalError, match=r"a cell gave .*'error': \"KeyError: 'ACADEMY_REHEARSAL'\""):
        rehearse(Forgetful(), ENVIRONMENT)


def test_a_rehearsal_looks_at_what_a_page_needs(template):
    assert isinstance(template, TemplateProcess)
    rehearse(template, ENVIRONMENT)
