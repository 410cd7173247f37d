"""Kernels of pages are forked, and go on when the process that they come from does not."""

import signal
import time

import nbformat
import psutil
import pytest

from academy_app.kernels.child import NAME
from academy_app.server.pages.files import PageFiles
from academy_app.server.pages.modules import imported_by
from tests.support.patience import SECONDS
from tests.support.server import gone


@pytest.fixture(scope="module")
def academy_server(start):
    return start(kernels_per_person=10)


def template_of(server):
    """The process that kernels are forked from."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        for child in psutil.Process(server.process.pid).children():
            if "academy_app.kernels" in child.cmdline() and child.status() != psutil.STATUS_ZOMBIE:
                return child
    raise AssertionError(server.log.read_text())


def test_kernels_of_pages_are_forked(server, visit):
    visit("Amina").open()
    assert {kernel.name() for kernel in server.kernels()} == {NAME}
    assert {kernel.ppid() for kernel in server.kernels()} == {template_of(server).pid}
    assert "not forked" not in server.log.read_text()


def test_when_the_template_is_killed_pages_stay_and_new_ones_open(server, visit):
    amina = visit("Amina")
    kernel = amina.open()
    old = template_of(server)
    old.send_signal(signal.SIGKILL)
    assert gone([old])
    amina.open()
    assert amina.get(f"api/kernels/{kernel}").status_code == 200
    assert template_of(server).pid != old.pid
    assert "not forked" not in server.log.read_text()


def test_without_forking_pages_have_stock_kernels(start, visit, monkeypatch):
    monkeypatch.setenv("ACADEMY_KERNELS", "stock")
    server = start()
    from tests.support.visitor import Visitor

    with Visitor(server.url) as amina:
        amina.sign_in(server.people.add("Amina").code)
        amina.open()
    assert {"academy_app.kernels" in kernel.cmdline() for kernel in server.kernels()} == {False}
    assert len(server.kernels()) == 1


def test_what_pages_import_is_known_before_they_are_opened(tmp_path):
    cells = [
        "import json, pandas as pd\nfrom yaml.nodes import Node",
        "%matplotlib inline",
        "import nowhere_at_all",
    ]
    page = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    (tmp_path / "pages").mkdir()
    nbformat.write(page, tmp_path / "pages" / "page.ipynb")
    (tmp_path / "pages" / "broken.ipynb").write_text("{")
    assert imported_by(PageFiles(tmp_path, tmp_path / "none")) == ("pandas", "yaml")
