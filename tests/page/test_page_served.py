"""The lesson of week 1 as the course's own server serves it: what it costs, and that its policy allows it."""

import pytest
from playwright.sync_api import expect

from academy.store import Releases
from tests.support.server import AcademyServer

MOST_REQUESTS, MOST_BYTES_FIRST, MOST_BYTES_NEXT = 6, 60_000, 20_000


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = AcademyServer(tmp_path_factory.mktemp("course") / "data")
    with server:
        Releases(server.store, "innovative-workers-education").release("context-map")
        yield server


def sign_in(page, server, language="en"):
    page.goto(server.url + "j/" + server.people.add("Amina Diallo", language=language).link_token)
    page.locator("form button").first.click()
    page.wait_for_url("**/home.ipynb")


def cost(page):
    """Empty the cache and count what the network carries from now on: {address: bytes}, headers included."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    addresses, sizes = {}, {}
    session.on("Network.requestWillBeSent", lambda e: addresses.update({e["requestId"]: e["request"]["url"]}))
    session.on(
        "Network.loadingFinished",
        lambda e: sizes.update({addresses[e["requestId"]]: round(e["encodedDataLength"])}),
    )
    return sizes


def test_a_lesson_with_its_form_costs_little_and_the_next_visit_less(server, page):
    sign_in(page, server)
    sizes = cost(page)
    page.goto(server.url + "voila/render/week-1-transformation.ipynb", wait_until="networkidle")
    expect(page.locator(".academy-form")).to_be_visible()
    print(
        "first visit",
        {address.rpartition("/")[2]: size for address, size in sizes.items()},
        sum(sizes.values()),
    )
    assert len(sizes) + 1 <= MOST_REQUESTS  # and the websocket
    assert 5_000 < sum(sizes.values()) <= MOST_BYTES_FIRST
    assert all(address.startswith(server.url) for address in sizes)
    sizes.clear()
    page.reload(wait_until="networkidle")
    expect(page.locator(".academy-form")).to_be_visible()
    print("next visit", sum(sizes.values()))
    assert 1_000 < sum(sizes.values()) <= MOST_BYTES_NEXT
    assert page.complaints == []
