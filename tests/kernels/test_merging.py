"""Kernels offer their memory to Linux, which keeps once what is the same in many of them where it was told to."""

from functools import partial
from pathlib import Path

import pytest

from academy_app.kernels import merging
from academy_app.kernels.process import TemplateProcess
from academy_app.kernels.template import TemplateSettings
from academy_app.server.kernels import limits
from tests.kernels.forked import ENVIRONMENT, Kernel
from tests.support.cgroups import V2, process_in
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


def tell(ksm: Path, **numbers: str) -> None:
    for name, text in numbers.items():
        (ksm / name).write_text(text)


def test_a_machine_that_can_not_merge_says_neither_yes_nor_no(tmp_path):
    assert merging.merging(tmp_path) is None
    assert merging.saved_megabytes(tmp_path) == 0


def test_more_kernels_fit_where_memory_is_merged_and_only_forked_ones_are_alike(tmp_path):
    tell(tmp_path, run="0\n", pages_sharing="0\n")
    assert merging.merging(tmp_path) is False
    process = process_in(tmp_path, "0::/\n", V2, **{"cg/memory.max": 12_000 * 2**20})
    fitting = partial(limits.kernels_that_fit, process=process, ksm=tmp_path)
    apart, stock = fitting(True), fitting(False)
    tell(tmp_path, run="1\n", pages_sharing="51200\n")
    assert merging.merging(tmp_path) is True
    assert merging.saved_megabytes(tmp_path) == 200
    assert fitting(True) > 2 * apart
    assert fitting(False) == stock


def test_a_machine_that_stopped_merging_and_undid_it_does_not_merge(tmp_path):
    tell(tmp_path, run="2\n", pages_sharing="what?\n")
    assert merging.merging(tmp_path) is False
    assert merging.saved_megabytes(tmp_path) == 0
