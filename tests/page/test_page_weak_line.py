"""The form of the course over a weak line to its own server: no character is lost, and none is there twice."""

import json

import pytest
from playwright.sync_api import expect

from academy.store import Answers, Releases
from tests.support.courses import FLAGSHIP
from tests.support.line import Line
from tests.support.patience import until_on
from tests.support.phone import Phone
from tests.support.server import AcademyServer
from tests.support.spoken import SPOKEN
from tests.support.visitor import Visitor

COURSE = "innovative-workers-education"
WEEK = "voila/render/week-1-transformation.ipynb"
SENTENCES = (
    "The port unloads at night with remote cranes, and two gangs became one desk.",
    "Crane drivers over fifty on the night shift",
    "صارت تطبيقات التنظيف ترسل عضواتنا إلى ثلاثة بيوت في اليوم",
)
MINUTE = 60_000
HALF = "document.dispatchEvent(new Event('visibilitychange'))"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with AcademyServer(tmp_path_factory.mktemp("course") / "data") as server:
        Releases(server.store, COURSE).release("context-map")
        yield server


@pytest.fixture
def line(server):
    line = Line(server.options["port"])
    yield line
    line.close()


@pytest.fixture
def hand(chromium, server, line):
    """Amina's phone, at the other end of the line."""
    phone = Phone(chromium)
    phone.new = server.people.add("Amina")
    phone.page.goto(f"{line.url}j/{phone.new.link_token}")
    phone.page.locator("form:not(.langs) button").first.click()
    phone.page.wait_for_url("**/home.ipynb")
    yield phone
    phone.close()
    assert phone.faults == []


def open_week(phone, line):
    phone.page.goto(f"{line.url}c/{FLAGSHIP}/{WEEK}")
    form = phone.form()
    form.add_row()
    form.wait_until_saved()
    return form


def boxes(form):
    return form.cards.first.locator("textarea")


def type_on(form, place, text):
    boxes(form).nth(place).press_sequentially(text)


def kernel_of(page):
    return json.loads(page.locator("#academy-kernel").text_content())


def texts(server, phone):
    values = Answers(server.store, COURSE).draft(phone.new.person.id, "context-map").values
    return sorted(value for value in values.values() if isinstance(value, str))


def each_once(server, phone):
    """Whether no edit was kept twice, and no answer was written again that was there already."""
    rows = Answers(server.store, COURSE).history(phone.new.person.id, "context-map")
    told = [(row.path, json.dumps(row.value)) for row in rows]
    return len({row.edit_id for row in rows}) == len(rows) and len(set(told)) == len(told)


def test_a_line_that_is_cut_for_a_minute_while_somebody_types_loses_nothing(server, line, hand):
    hand.page.clock.install()
    form = open_week(hand, line)
    kernel = kernel_of(hand.page)
    type_on(form, 0, SENTENCES[0][:20])
    line.cut()
    type_on(form, 0, SENTENCES[0][20:])
    status = form.root.locator(".status")
    expect(status).to_contain_text("kept on this device")
    hand.page.clock.fast_forward(MINUTE // 2)
    type_on(form, 1, SENTENCES[1])
    hand.page.clock.fast_forward(MINUTE // 2)
    assert SENTENCES[0] not in texts(server, hand)
    line.mend()
    type_on(form, 2, SENTENCES[2])
    hand.page.evaluate("dispatchEvent(new Event('online'))")
    form.wait_until_saved()
    assert texts(server, hand) == sorted(SENTENCES)
    assert each_once(server, hand)
    expect(boxes(form).nth(1)).to_have_value(SENTENCES[1])
    assert kernel_of(hand.page) == kernel, "the page has gone on, it was not opened again"


def test_a_socket_that_died_while_the_phone_slept_is_found_when_it_wakes(server, line, hand):
    form = open_week(hand, line)
    kernel = kernel_of(hand.page)
    line.freeze()
    type_on(form, 0, SENTENCES[0])
    hand.page.evaluate(HALF)
    expect(form.root.locator(".status")).to_contain_text("kept on this device")
    type_on(form, 1, SENTENCES[1])
    line.mend()
    form.wait_until_saved()
    assert texts(server, hand) == sorted(SENTENCES[:2])
    assert each_once(server, hand)
    assert kernel_of(hand.page) == kernel


def test_a_kernel_that_is_ended_while_somebody_types_takes_nothing_along(server, line, hand):
    form = open_week(hand, line)
    first = kernel_of(hand.page)
    type_on(form, 0, SENTENCES[0][:20])
    with Visitor(server.url) as herself:
        herself.sign_in(hand.new.code)
        ended = herself.delete(f"api/kernels/{first}", headers={"X-XSRFToken": herself.xsrf()})
        assert ended.status_code == 204
    type_on(form, 0, SENTENCES[0][20:])
    expect(hand.page.locator("#academy-kernel")).not_to_have_text(f'"{first}"')
    form = hand.form()
    expect(boxes(form).first).to_have_value(SENTENCES[0])
    form.wait_until_saved()
    assert texts(server, hand) == [SENTENCES[0]]
    assert each_once(server, hand)


def test_a_lost_line_is_said_with_one_voice_however_many_forms_see_it(server, line, hand):
    form = open_week(hand, line)
    states = hand.page.locator(".academy-form .status")
    assert states.count() > 3
    type_on(form, 0, SENTENCES[0])
    form.wait_until_saved()
    hand.page.evaluate(SPOKEN)
    line.cut()
    for place in range(states.count()):
        expect(states.nth(place)).to_have_attribute("data-state", "offline")
    lost = "No connection. You can go on writing: it is kept on this device."
    assert hand.page.evaluate("spoken()") == [lost]
    type_on(form, 1, SENTENCES[1])
    expect(form.root.locator(".status")).to_have_attribute("data-state", "waiting")
    line.mend()
    hand.page.evaluate("dispatchEvent(new Event('online'))")
    form.wait_until_saved()
    said = hand.page.evaluate("spoken()")
    assert [one for one in said if one in (lost, "Saved")] == [lost, "Saved"]


def test_two_devices_learn_of_each_others_words_without_a_reload(server, line, hand, chromium):
    form = open_week(hand, line)
    type_on(form, 0, SENTENCES[0])
    form.wait_until_saved()
    laptop = Phone(chromium)
    laptop.page.goto(f"{server.url}j/{hand.new.link_token}")
    laptop.page.locator("form:not(.langs) button").first.click()
    laptop.page.wait_for_url("**/home.ipynb")
    other = laptop.open_week(server)
    other.open_card(other.cards.first)
    boxes(other).first.fill(SENTENCES[1])
    other.wait_until_saved()
    expect(boxes(form).first).to_have_value(SENTENCES[1])
    notice = form.root.locator(".rival:visible")
    expect(notice).to_contain_text("Changed by you on another device")
    expect(notice.locator("blockquote")).to_have_text(SENTENCES[0])
    laptop.close()


def test_a_page_that_is_left_ends_its_kernel_and_what_was_typed_last_is_on_the_server(
    server, line, hand, chromium
):
    form = open_week(hand, line)
    kernel = f"{line.url}api/kernels/{kernel_of(hand.page)}"
    hand.page.goto(f"{line.url}c/{FLAGSHIP}/voila/render/home.ipynb")
    until_on(hand.page, "address => fetch(address).then(answer => answer.status === 404)", kernel)
    hand.page.goto(f"{line.url}c/{FLAGSHIP}/{WEEK}")
    form = hand.form()
    form.open_card(form.cards.first)
    type_on(form, 0, SENTENCES[0])
    hand.page.goto(f"{line.url}c/{FLAGSHIP}/voila/render/home.ipynb")
    other = Phone(chromium)
    other.page.goto(f"{server.url}j/{hand.new.link_token}")
    other.page.locator("form:not(.langs) button").first.click()
    other.page.wait_for_url("**/home.ipynb")
    form = other.open_week(server)
    form.open_card(form.cards.first)
    expect(boxes(form).first).to_have_value(SENTENCES[0])
    other.close()


def test_nobody_else_ends_a_kernel_by_saying_that_a_page_is_left(server, line, hand):
    open_week(hand, line)
    address = f"voila/api/shutdown/{kernel_of(hand.page)}"
    with Visitor(server.url) as nobody, Visitor(server.url) as fatou, Visitor(server.url) as herself:
        assert nobody.post(address).status_code == 403
        fatou.sign_in(server.people.add("Fatou").code)
        assert fatou.post(address, data={"_xsrf": fatou.xsrf()}).status_code == 404
        herself.sign_in(hand.new.code)
        assert herself.post(address).status_code == 403  # a page of another site has no token
        assert herself.get(f"api/kernels/{kernel_of(hand.page)}").status_code == 200
