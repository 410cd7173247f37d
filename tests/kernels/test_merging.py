"""Kernels offer their memory to Linux, which keeps once what is the same in many of them where it was told to."""

from pathlib import Path

import pytest

from academy_app.kernels import merging
from academy_app.kernels.process import TemplateProcess
from academy_app.kernels.template import TemplateSettings
from academy_app.server.kernels import limits
from tests.kernels.forked import ENVIRONMENT, Kernel
from tests.support.patience import SECONDS

OFFER = "from academy_app.kernels.merging import offer_memory; print(offer_memory())"


def test_the_memory_of_a_kernel_may_be_merged():
    process = TemplateProcess(TemplateSettings(level="modules"), ENVIRONMENT)
    try:
        with Kernel(process) as kernel:
            if kernel.run(OFFER).strip() != "True":
                pytest.skip("this Linux takes no such offer")
            flags = Path(f"/proc/{kernel.process.pid}/smaps").read_text().split("VmFlags:")[1:]
            assert any(" mg" in line.partition("\n")[0] for line in flags)
    finally:
        process.close()
        process.process.wait(SECONDS)


@pytest.fixture
def machine(tmp_path, monkeypatch):
    monkeypatch.setattr(merging, "KSM", tmp_path)
    monkeypatch.setattr(limits, "all_memory", lambda: 24_000)

    def tell(**numbers: str) -> None:
        for name, text in numbers.items():
            (tmp_path / name).write_text(text)

    return tell


def test_a_machine_that_can_not_merge_says_neither_yes_nor_no(machine):
    assert merging.merging() is None
    assert merging.saved_megabytes() == 0


def test_more_kernels_fit_where_memory_is_merged_and_only_forked_ones_are_alike(machine):
    machine(run="0\n", pages_sharing="0\n")
    assert merging.merging() is False
    apart, stock = limits.kernels_that_fit(True), limits.kernels_that_fit(False)
    machine(run="1\n", pages_sharing="51200\n")
    assert merging.merging() is True
    assert merging.saved_megabytes() == 200
    assert limits.kernels_that_fit(True) > 2 * apart
    assert limits.kernels_that_fit(False) == stock


def test_a_machine_that_stopped_merging_and_undid_it_does_not_merge(machine):
    machine(run="2\n", pages_sharing="what?\n")
    assert merging.merging() is False
    assert merging.saved_megabytes() == 0
