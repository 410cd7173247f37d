"""What a page costs the server, and what that leans on in Voilà, nbclient and Jupyter."""

from importlib.metadata import version
from pathlib import Path
from queue import Empty
from types import SimpleNamespace

import nbformat
import pytest
from ipykernel.iostream import IOPubThread
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from nbclient import NotebookClient
from traitlets.config import Configurable
from voila.exporter import VoilaExporter

from academy_app.kernels.cells import DONE, request
from academy_app.server.kernels.channels import PageConnection
from academy_app.server.kernels.limits import MOST_KERNELS
from academy_app.server.kernels.manager import OwnedKernels
from academy_app.server.pages.files import PageFiles
from academy_app.server.pages.pictures import Pictures
from academy_app.server.pages.render import PageExporter
from academy_app.server.pages.running import KernelSilentError, PageRun
from tests.support.courses import FLAGSHIP
from tests.support.visitor import run

SEEN = {"voila": "0.5", "nbclient": "0.11", "nbconvert": "7", "jupyter_server": "2", "ipykernel": "7"}


def test_the_versions_are_those_whose_insides_were_looked_at():
    for package, series in SEEN.items():
        assert f"{version(package)}.".startswith(f"{series}."), f"look at the other tests here for {package}"


def test_what_is_replaced_is_there():
    for ours, theirs, names in (
        (PageConnection, ZMQChannelsWebsocketConnection, ("create_stream", "request_kernel_info", "nudge")),
        (OwnedKernels, AsyncMappingKernelManager, ("start_watching_activity", "remove_kernel")),
        (PageExporter, VoilaExporter, ("markdown2html", "default_preprocessors")),
        (PageRun, NotebookClient, ("process_message", "record_timing")),
    ):
        for name in names:
            assert hasattr(theirs, name), (theirs, name)
            assert issubclass(ours, theirs)
    page_run = run_of(Kernel())
    assert page_run.widget_state == page_run.widget_buffers == {}
    assert hasattr(IOPubThread, "_send_welcome_message")


@pytest.fixture
def exporter(pages):
    (pages / "template" / "text.html.j2").write_text("{{ nb.cells[0].source | markdown2html }}", "utf-8")
    return PageExporter(template_paths=[str(pages / "template")], template_file="text.html.j2")


def rendered(exporter, source):
    async def read():
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(source)])
        cell = notebook.cells[0]
        context = {"cell": cell, "pictures": Pictures(Path("nowhere"))}
        pieces = exporter.generate_from_notebook_node(notebook, resources={}, extra_context=context)
        return "".join([piece async for piece, _ in pieces])

    return run(read())


def test_a_lessons_text_is_rendered_once_and_its_template_compiled_once(exporter, monkeypatch):
    first, template = rendered(exporter, "*Hello*"), exporter.template
    monkeypatch.setattr(VoilaExporter, "markdown2html", lambda *_: "made anew")
    assert first == rendered(exporter, "*Hello*") == "<p><em>Hello</em></p>\n"
    assert rendered(exporter, "*Others*") == "made anew"
    assert exporter.template is template


def test_a_text_with_a_picture_is_made_anew(exporter, monkeypatch):
    rendered(exporter, "![a map](map.png)")
    monkeypatch.setattr(VoilaExporter, "markdown2html", lambda *_: "made anew")
    assert rendered(exporter, "![a map](map.png)") == "made anew"


def test_no_preprocessor_goes_over_a_page(exporter):
    assert exporter._preprocessors == []


class Kernel:
    """A kernel's client: what is heard of it, in order; None is a silence."""

    def __init__(self, *heard):
        self.heard = list(heard)
        self.asked = 0
        self.sent = []

    def client(self, **_):
        return self

    context = None

    def start_channels(self, **channels):
        self.channels = channels

    async def get_iopub_msg(self, timeout):
        said = self.heard.pop(0) if self.heard else None
        if said is None:
            raise Empty
        return said

    def kernel_info(self):
        self.asked += 1

    def execute(self, source, **_):
        self.sent.append(source)
        return "all"


def said(kind, parent="", **content):
    return {
        "msg_type": kind,
        "header": {"msg_type": kind},
        "parent_header": {"msg_id": parent},
        "content": content,
    }


def idle(parent):
    return said("status", parent, execution_state="idle")


def run_of(kernel, *sources):
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    page_run = PageRun(nbformat.v4.new_notebook(cells=cells), record_timing=False)
    page_run.km = page_run.kc = kernel
    return page_run


def test_a_kernel_that_greets_is_not_asked_anything():
    kernel = Kernel(said("iopub_welcome"))
    run(run_of(kernel).connect())
    assert kernel.asked == 0
    assert kernel.channels == {"stdin": False, "hb": False, "control": False}


def test_a_kernel_that_does_not_greet_is_asked_until_it_answers():
    kernel = Kernel(None, None, idle("a question"))
    run(run_of(kernel).connect())
    assert kernel.asked == 2


def test_a_kernel_that_stays_silent_is_given_up():
    page_run = run_of(Kernel())
    page_run.startup_timeout = 0
    with pytest.raises(KernelSilentError):
        run(page_run.connect())


def done(cell, failed=False):
    return said("display_data", "all", data={DONE: {"cell": cell, "failed": failed}}, metadata={})


def read(page_run):
    async def outputs():
        return [[output.get("text") for output in cell.outputs] async for cell in page_run.cells()]

    return run(outputs())


def test_all_cells_are_one_request_and_nothing_is_taken_for_anothers():
    kernel = Kernel(
        said("stream", "of somebody else", name="stdout", text="no"),
        said("stream", "all", name="stdout", text="1"),
        said("stream", "all", name="stderr", text="a warning"),
        done(0),
        said("stream", "all", name="stdout", text="2"),
        done(1),
        idle("all"),
    )
    page_run = run_of(kernel, "one", "  ", "two")
    assert read(page_run) == [["1"], [], ["2"]]
    assert kernel.sent == [request(["one", "two"])]


def test_after_a_cell_that_failed_none_follows():
    error = said("error", "all", ename="E", evalue="secret", traceback=["secret"])
    page_run = run_of(Kernel(error, done(0, failed=True), idle("all")), "one", "two")
    assert len(read(page_run)) == 1


def test_after_a_cell_that_may_fail_the_next_follows():
    error = said("error", "all", ename="E", evalue="expected", traceback=["expected"])
    kernel = Kernel(error, done(0, failed=True), said("stream", "all", name="stdout", text="2"), done(1))
    page_run = run_of(kernel, "one", "two")
    page_run.nb.cells[0].metadata["tags"] = ["raises-exception"]
    assert read(page_run)[1] == ["2"]
    assert kernel.sent == [request(["one", "two"], [0])]


def test_a_kernel_that_is_through_without_a_word_about_a_cell_has_failed_at_it():
    page_run = run_of(Kernel(done(0), idle("all")), "one", "two", "three")
    assert len(read(page_run)) == 2


def test_a_page_can_be_told_apart_from_its_copy_that_is_being_run(pages):
    page = PageFiles(pages / FLAGSHIP, pages / "notebooks").find("home.ipynb")
    page.read().cells[0].source = "changed"
    assert page.read().cells[0].source == "print('at home')"


def test_the_server_may_have_the_sockets_of_all_pages_that_may_be_open():
    class Server(Configurable):
        site = SimpleNamespace(limits=SimpleNamespace(starting=1))

    kernels = OwnedKernels(parent=Server())
    assert kernels.context.max_sockets >= 5 * MOST_KERNELS
    kernels.context.term()
