"""A page that was open in a browser when there were no editions yet: what is typed into it then is kept."""

import contextlib
import http.server
import json
import threading

import pytest
from playwright.sync_api import expect

from academy.store import Answers
from tests.support.one_course import EXERCISES, FOLDER, NOTEBOOKS, TOLD, folder_of_one_course
from tests.support.patience import until
from tests.support.server import AcademyServer

PAGE_FILES = json.loads((FOLDER / "open_page.json").read_text("utf-8"))
(ADDRESS,) = (name for name in PAGE_FILES if name.startswith("voila/render/"))
KINDS = {"js": "text/javascript", "css": "text/css", "ipynb": "text/html; charset=utf-8"}
TYPED = "Reach the crews of the ferries too"


class FromBefore(http.server.BaseHTTPRequestHandler):
    """Gives the page and its scripts as they were; the rest of that server has gone away."""

    def do_GET(self):
        body = PAGE_FILES.get(self.path.lstrip("/"))
        if body is None:
            self.close_connection = True
            return
        self.send_response(200)
        self.send_header("Content-Type", KINDS[self.path.rpartition(".")[2]])
        self.end_headers()
        host = f"127.0.0.1:{self.server.server_port}"  # the page knows at which address it was opened
        self.wfile.write(body.replace(f"127.0.0.1:{TOLD['port']}", host).encode())

    def log_message(self, *_):
        """Say nothing."""


@contextlib.contextmanager
def server_from_before(port):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), FromBefore)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def server(tmp_path):
    folder_of_one_course(tmp_path / "data")
    running = AcademyServer(tmp_path / "data", ip="127.0.0.1", notebooks=str(NOTEBOOKS))
    running.start(ACADEMY_EXERCISES=str(EXERCISES))
    yield running
    running.close()


def test_what_is_typed_into_a_page_from_before_is_saved_in_the_first_edition(chromium, server):
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{server.root}j/{TOLD['codes']['Amina'][1]}")
    page.locator("form button").first.click()
    page.wait_for_url("**/voila/render/home.ipynb")
    page.goto("about:blank")
    server.stop()
    with server_from_before(server.options["port"]):
        page.goto(f"{server.root}{ADDRESS}")
        page.locator("textarea").first.fill(TYPED)
    server.start(ACADEMY_EXERCISES=str(EXERCISES))
    page.wait_for_url(f"{server.root}c/small-course/{ADDRESS}")
    expect(page.locator("textarea").first).to_have_value(TYPED)
    answers, amina = Answers(server.store, "small-course"), TOLD["codes"]["Amina"][0]
    assert until(lambda: answers.draft(amina, "plan").values["goal"] == TYPED)
    context.close()
