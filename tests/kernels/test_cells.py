"""All cells of a page run at one request, each as if it had been asked for alone."""

import pytest

from academy_app.kernels.cells import DONE, request
from academy_app.kernels.process import TemplateProcess
from academy_app.kernels.template import TemplateSettings
from tests.kernels.forked import ENVIRONMENT, SECONDS, Kernel


@pytest.fixture(scope="module")
def kernel():
    process = TemplateProcess(TemplateSettings(level="shell"), ENVIRONMENT)
    with Kernel(process) as kernel:
        yield kernel
    process.close()
    process.process.wait(SECONDS)


def said(kernel, cells, may_fail=()):
    """What the kernel says, in its order."""
    found = []

    def hear(message):
        content = message["content"]
        match message["msg_type"]:
            case "stream":
                found.append(content["text"])
            case "execute_result":
                found.append(content["data"]["text/plain"])
            case "error":
                found.append(content["ename"])
            case "display_data":
                found.append(content["data"].get(DONE) or content["data"]["text/plain"])

    reply = kernel.client.execute_interactive(request(cells, may_fail), timeout=SECONDS, output_hook=hear)
    assert reply["content"]["status"] == "ok"
    return found


def cell(number, failed=False):
    return {"cell": number, "failed": failed}


def test_what_a_cell_says_comes_before_the_word_that_it_is_done(kernel):
    cells = ["print('printed')", "1 + 1", "from IPython.display import display\ndisplay('shown')", "x = 3"]
    assert said(kernel, cells) == [
        "printed\n", cell(0), "2", cell(1), "'shown'", cell(2), cell(3),
    ]  # fmt: skip


def test_cells_share_their_names_and_may_wait(kernel):
    cells = ["import asyncio\nx = 20", "await asyncio.sleep(0, x + 1)", "%%capture kept\nprint(x)"]
    assert said(kernel, cells) == [cell(0), "21", cell(1), cell(2)]
    assert kernel.value("[x, kept.stdout]") == [20, "20\n"]


def test_after_a_failure_no_cell_follows_unless_it_was_expected(kernel):
    assert said(kernel, ["1 / 0", "2"]) == ["ZeroDivisionError", cell(0, failed=True)]
    assert said(kernel, ["await None", "2"])[-1] == cell(0, failed=True)
    assert said(kernel, ["1 +", "2"]) == ["SyntaxError", cell(0, failed=True)]
    assert said(kernel, ["1 / 0", "2"], [0]) == ["ZeroDivisionError", cell(0, failed=True), "2", cell(1)]


def test_nothing_of_ours_is_left_among_the_names_of_a_page(kernel):
    said(kernel, ["1"])
    assert kernel.value("[name for name in globals() if 'academy' in name]") == []


def test_standard_output_is_sent_when_it_is_flushed_and_nobody_waits_for_nothing(kernel):
    setup = """
import sys
from ipykernel.iostream import OutStream
waits, flush = [], OutStream.flush
OutStream.flush = lambda self: waits.append(self.name) or flush(self)
for stream in (sys.stdout, sys.stderr):
    stream.flush()
before = len(waits)
print("to be sent", file=sys.stderr)
for stream in (sys.stdout, sys.stderr) * 3:
    stream.flush()
OutStream.flush = flush
"""
    assert kernel.run(setup) == "to be sent\n"
    assert kernel.value("waits[before:]") == ["stderr"]
