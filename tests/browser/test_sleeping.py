"""A page that is left ends its kernel; a page that nobody uses sleeps, and wakes when it is touched."""

import json
import shutil

import pytest
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1
from playwright.sync_api import WebSocket, expect

from tests.support.server import AcademyServer, gone

SENTENCE = "Two gangs became one desk."
ASLEEP = {"en": "This page is resting", "ar": "في حالة استراحة"}


@pytest.fixture
def drowsy(prepared, tmp_path):
    """A server that puts pages to sleep after seconds."""
    shutil.copytree(prepared, tmp_path / "data")
    with AcademyServer(tmp_path / "data", sleep_minutes=4 / 60) as server:
        yield server


def status(phone):
    return phone.page.locator("#academy-status")


def fall_asleep(server, phone, language="en"):
    expect(status(phone)).to_contain_text(ASLEEP[language])
    server.wait_for_kernels(0)


def mark(phone):
    """Leave a mark that a page that has come anew does not have."""
    phone.page.evaluate("document.documentElement.dataset.before = true")


def woken(phone):
    expect(phone.page.locator("html[data-before]")).to_have_count(0)


def written(server, phone, language="en"):
    """Somebody has written a sentence; returns the box, with the caret after the fourth letter."""
    phone.sign_in(server, "Amina", language)
    form = phone.open_week(server)
    form.add_row()
    box = form.cards.first.locator("textarea").first
    box.press_sequentially(SENTENCE)
    form.wait_until_saved()
    box.evaluate("box => box.setSelectionRange(4, 4)")
    mark(phone)
    return box


class Owed:
    """What a page has sent to its kernel and the kernel has not said it is done with."""

    def __init__(self, page):
        self.page = page
        self.sent, self.done = set(), set()
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket):
        self.socket = socket
        socket.on("framesent", lambda frame: self._sent(_message(frame)))
        socket.on("framereceived", lambda frame: self._received(_message(frame)))

    def _sent(self, message):
        if message["channel"] == "shell":
            self.sent.add(message["header"]["msg_id"])

    def _received(self, message):
        if message["content"].get("execution_state") == "idle":
            self.done.add(message["parent_header"].get("msg_id"))

    def wait_for_nothing(self):
        while self.sent - self.done:
            self.socket.wait_for_event("framereceived")


def _message(frame):
    """The message that a frame is, without its buffers."""
    names = "header", "parent_header", "metadata", "content"
    channel, parts = deserialize_msg_from_ws_v1(frame)
    return {"channel": channel} | {name: json.loads(part) for name, part in zip(names, parts, strict=False)}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_sleeping_page_says_so_and_wakes_at_a_touch_with_everything_where_it_was(drowsy, phone, language):
    amina = phone()
    box = written(drowsy, amina, language)
    fall_asleep(drowsy, amina, language)
    amina.page.keyboard.press("Shift")
    woken(amina)
    expect(box).to_be_focused()
    expect(box).to_have_value(SENTENCE)
    expect(box).to_have_js_property("selectionStart", 4)
    expect(box).to_have_js_property("selectionEnd", 4)
    assert len(drowsy.wait_for_kernels(1)) == 1
    assert amina.faults == []


def test_what_is_typed_as_the_first_touch_is_not_lost(drowsy, phone):
    amina = phone()
    box = written(drowsy, amina)
    fall_asleep(drowsy, amina)
    expect(amina.page.get_by_text("No connection")).to_have_count(0)  # one sentence says how it is
    amina.page.keyboard.type("XYZ")
    woken(amina)
    expect(box).to_be_focused()
    expect(box).to_have_value(SENTENCE[:4] + "XYZ" + SENTENCE[4:])
    expect(box).to_have_js_property("selectionStart", 7)
    amina.form().wait_until_saved()


def test_a_sleeping_page_that_nobody_touches_takes_no_kernel(drowsy, phone):
    amina, fatou = phone(), phone()
    written(drowsy, amina)
    fall_asleep(drowsy, amina)
    fatou.sign_in(drowsy, "Fatou")
    fatou.open_week(drowsy)
    assert len(drowsy.kernels()) == 1
    expect(amina.page.locator("html[data-before]")).to_have_count(1)


@pytest.mark.parametrize("leave", ["to another page", "by closing the tab"])
def test_a_page_that_is_left_ends_its_kernel(served, phone, leave):
    amina = phone()
    amina.sign_in(served, "Amina")
    owed = Owed(amina.page)
    amina.open_week(served).add_row()
    amina.form().wait_until_saved()
    owed.wait_for_nothing()
    kernels = served.kernels()
    assert len(kernels) == 1
    if leave == "to another page":
        amina.page.goto("about:blank")
    else:
        amina.page.close(run_before_unload=True)
    assert gone(kernels)
