"""Kernels die, servers die, lines are cut: every character that was typed is there again."""

import os
import signal

from playwright.sync_api import expect

from academy.store import Answers
from tests.support.patience import until
from tests.support.server import gone

COURSE = "innovative-workers-education"
SENTENCES = (
    "The port unloads at night with remote cranes, and two gangs became one desk.",
    "Crane drivers over fifty on the night shift",
    "صارت تطبيقات التنظيف ترسل عضواتنا إلى ثلاثة بيوت في اليوم",
)


def stored(server, person):
    return Answers(server.store, COURSE).draft(person, "context-map").values


def texts(server, person):
    return sorted(value for value in stored(server, person).values() if isinstance(value, str))


def boxes(form):
    return form.cards.first.locator("textarea")


def expect_typed(form, count):
    """Whatever happened to the page: the first `count` boxes hold what was typed."""
    for place in range(count):
        expect(boxes(form).nth(place)).to_have_value(SENTENCES[place])


def type_on(form, place, text):
    """Type at the end of a box, key by key, as a person does."""
    boxes(form).nth(place).press_sequentially(text, delay=5)


def test_a_killed_kernel_and_a_killed_server_lose_no_character(served, phone):
    amina = phone()
    person = amina.sign_in(served, "Amina")
    form = amina.open_week(served)
    form.add_row()
    type_on(form, 0, SENTENCES[0])
    form.wait_until_saved()

    # The kernel dies in the middle of a sentence, and she types on.
    type_on(form, 1, SENTENCES[1][:20])
    kernels = served.kernels()
    assert kernels
    for kernel in kernels:
        os.kill(kernel.pid, signal.SIGKILL)
    type_on(form, 1, SENTENCES[1][20:])
    assert gone(kernels)
    expect_typed(form, 2)
    form.wait_until_saved()
    assert texts(served, person) == sorted(SENTENCES[:2])

    # The server dies in the middle of a sentence; she types on without it; it comes back.
    type_on(form, 2, SENTENCES[2][:20])
    served.kill()
    type_on(form, 2, SENTENCES[2][20:])
    expect(form.root.locator(".status")).to_contain_text("kept on this device")
    assert SENTENCES[2] not in texts(served, person)
    served.start()
    expect_typed(form, 3)
    form.wait_until_saved()
    assert texts(served, person) == sorted(SENTENCES)
    assert amina.faults == []


def test_the_page_that_comes_back_is_where_it_was(served, phone):
    amina = phone()
    amina.sign_in(served, "Amina")
    form = amina.open_week(served)
    for _ in range(2):
        form.add_row()
    boxes(form).nth(3).fill(SENTENCES[0])
    form.cards.first.locator(".tool.down").click()
    box = form.cards.nth(1).locator("textarea").nth(3)
    expect(box).to_have_value(SENTENCES[0])
    form.wait_until_saved()
    box.focus()
    height = box.bounding_box()["y"]
    amina.page.evaluate("document.documentElement.dataset.before = true")

    # Rows are folded after a reload, and these were made in another order than they stand in.
    for kernel in served.kernels():
        os.kill(kernel.pid, signal.SIGKILL)
    expect(amina.page.locator("html[data-before]")).to_have_count(0)
    expect(box).to_be_focused()
    expect(box).to_have_value(SENTENCES[0])
    assert until(lambda: abs(box.bounding_box()["y"] - height) < 2)


def test_a_reload_in_the_middle_of_typing_loses_nothing(served, phone):
    amina = phone()
    person = amina.sign_in(served, "Amina")
    form = amina.open_week(served)
    form.add_row()
    type_on(form, 0, SENTENCES[0])
    amina.page.reload()
    form = amina.form()
    form.open_card(form.cards.first)
    expect_typed(form, 1)
    form.wait_until_saved()
    assert texts(served, person) == [SENTENCES[0]]


def test_what_is_typed_without_a_line_is_sent_once_when_it_is_back(served, phone):
    amina = phone()
    person = amina.sign_in(served, "Amina")
    form = amina.open_week(served)
    form.add_row()
    form.wait_until_saved()
    served.kill()
    for place, sentence in enumerate(SENTENCES):
        type_on(form, place, sentence)
    served.start()
    form.wait_until_saved()
    expect_typed(form, 3)
    assert texts(served, person) == sorted(SENTENCES)
    history = Answers(served.store, COURSE).history(person, "context-map")
    assert len({row.edit_id for row in history}) == len(history)


def test_two_devices_find_each_others_words(served, phone):
    laptop, mobile = phone(), phone()
    person = laptop.sign_in(served, "Amina")
    token, _code = served.people.link_and_code(person)
    mobile.page.goto(f"{served.url}j/{token}")
    mobile.page.locator("form:not(.langs) button").first.click()
    one = laptop.open_week(served)
    one.add_row()
    type_on(one, 0, SENTENCES[0])
    one.wait_until_saved()
    two = mobile.open_week(served)
    two.open_card(two.cards.first)
    expect_typed(two, 1)
    type_on(two, 1, SENTENCES[1])
    two.wait_until_saved()
    type_on(one, 2, SENTENCES[2])
    one.wait_until_saved()
    assert texts(served, person) == sorted(SENTENCES)
