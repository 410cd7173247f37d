"""The pages within another site's frame: only where that site was named."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from tests.support.ports import free_port
from tests.support.server import AcademyServer
from tests.support.visitor import Visitor

HTTPS = {"X-Forwarded-Proto": "https"}


class Moodle(BaseHTTPRequestHandler):
    """A page of another site that shows the address of its query in a frame."""

    def do_GET(self):
        address = self.path.partition("?")[2]
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f"<h1>Moodle</h1><iframe src='{address}'></iframe>".encode())

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="module")
def moodle():
    server = ThreadingHTTPServer(("127.0.0.1", free_port()), Moodle)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def server(tmp_path_factory, moodle):
    ancestors = ("'self'", moodle)
    folder = tmp_path_factory.mktemp("kit") / "data"
    with AcademyServer(folder, frame_ancestors=ancestors, trust_proxy=True) as server:
        yield server


def test_a_named_site_shows_the_pages_in_a_frame_and_another_does_not(server, moodle, page):
    page.goto(f"{moodle}/?{server.url}login")
    expect(page.frame_locator("iframe").locator("#code")).to_be_visible()
    stranger = moodle.replace("localhost", "127.0.0.1")
    with page.expect_event("console", lambda message: "frame-ancestors" in message.text):
        page.goto(f"{stranger}/?{server.url}login")
    expect(page.frame_locator("iframe").locator("#code")).to_have_count(0)


def test_cookies_are_kept_in_a_named_sites_frame_over_tls_alone(server, tmp_path):
    def cookies(url, **headers):
        with Visitor(url, headers=headers) as visitor:
            return visitor.get("login").headers.get_list("set-cookie")

    assert cookies(server.url, **HTTPS)
    assert all(
        "SameSite=None" in one and "Secure; Partitioned" in one for one in cookies(server.url, **HTTPS)
    )
    assert all("SameSite=Lax" in one and "Partitioned" not in one for one in cookies(server.url))
    with AcademyServer(tmp_path / "data", trust_proxy=True) as alone:
        assert all("SameSite=Lax" in one and "Secure" in one for one in cookies(alone.url, **HTTPS))


def test_what_another_site_sends_in_the_name_of_somebody_is_refused_all_the_same(server, moodle):
    with Visitor(server.url) as visitor:
        visitor.sign_in(server.people.add("Amina").code)
        assert visitor.post("logout").status_code == 403
        forged = {"Origin": moodle, "Sec-Fetch-Site": "cross-site"}
        assert visitor.post("logout", data={"_xsrf": "guessed"}, headers=forged).status_code in (403, 404)
        assert visitor.get("voila/render/home.ipynb").status_code == 200
