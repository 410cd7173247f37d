"""Waiting for a place: what people see, whose place it is, and how it ends."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect

from academy.i18n import translator
from academy_app.server.kernels.admission import Position
from academy_app.server.pages.waiting import pause_until_next_look, place_text
from academy_widgets.assets import STATIC
from tests.support.phone import Phone

HOME = "voila/render/home.ipynb"


@pytest.fixture(scope="module")
def academy_server(start):
    return start(max_kernels=1, assets=str(STATIC))


def leave(visitor, kernel):
    """End a page of a visitor."""
    ended = visitor.delete(f"api/kernels/{kernel}", headers={"X-XSRFToken": visitor.xsrf()})
    assert ended.status_code == 204


@pytest.fixture
def line(visit):
    """The line before the only place. Who is still in it at the end of a test comes in and goes: it ends empty."""
    waiting = []

    def number(visitor, **settings):
        answer = visitor.get(HOME, **settings)
        assert answer.status_code == 503
        if visitor not in waiting:
            waiting.append(visitor)
        return int(re.search(r"You are number (\d+)\.", answer.text)[1])

    yield number
    for visitor in waiting:
        leave(visitor, visitor.open())


@pytest.fixture
def holder(line, visit):
    """Somebody who has the only place; `free` gives it back."""
    amina = visit("Amina")
    amina.kernel = amina.open()

    def free():
        leave(amina, amina.kernel)
        amina.kernel = None

    amina.free = free
    yield amina
    if amina.kernel:
        free()


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (None, "You are number 12. All places are taken just now. You come in as soon as one is free."),
        (3, "You are number 12. It takes only a few seconds."),
        (21.7, "You are number 12. It takes about 20 seconds."),
        (200, "You are number 12. It takes about 3 minutes."),
    ],
)
def test_the_number_and_the_time_are_said_in_words(seconds, said):
    assert place_text(Position(12, seconds), translator("en")) == said
    arabic = place_text(Position(12, seconds), translator("ar"))
    assert "12" in arabic
    assert "number" not in arabic


def test_who_is_far_away_asks_less_often():
    pauses = [pause_until_next_look(Position(1, seconds)) for seconds in (0.1, 10, 30, 500)]
    assert pauses == sorted(pauses)
    assert 1 <= pauses[0] < pauses[-1] <= 10


def test_a_reload_keeps_the_place(holder, line, visit):
    fatou, maria = visit("Fatou"), visit("Maria")
    assert line(fatou) == 1
    assert line(maria) == 2
    with ThreadPoolExecutor(2) as pool:
        answers = pool.map(line, (maria, fatou))
    assert list(answers) == [2, 1]
    assert fatou.get("place/home.ipynb").json()["number"] == 1
    maria_waits = maria.get("place/home.ipynb").json()
    assert (maria_waits["go"], maria_waits["number"]) == (False, 2)
    holder.free()
    assert fatou.get("place/home.ipynb").json() == {"go": True}


def test_nobody_can_take_or_see_the_place_of_somebody_else(holder, line, visit):
    fatou, thief = visit("Fatou"), visit("Thief")
    first = line(fatou)
    headers = {"X-Forwarded-For": "127.0.0.1", "ACADEMY_PERSON": "p-000000"}
    assert thief.get("place/home.ipynb", headers=headers).json() == {"go": True}
    assert line(thief, headers=headers) > first
    assert fatou.get("place/home.ipynb").json()["number"] == first


def test_without_identity_there_is_no_place(holder, visit):
    nobody = visit()
    assert nobody.get(HOME).headers["location"].startswith("/login")
    refused = nobody.get("place/home.ipynb")
    assert refused.status_code == 403
    assert refused.text == ""


def test_the_page_says_it_in_the_persons_language(holder, server, visit):
    arabic = visit().sign_in(server.people.add("Amina", language="ar").code)
    page = arabic.get(HOME)
    assert page.status_code == 503
    assert '<html lang="ar" dir="rtl">' in page.text
    assert "You are number" not in page.text
    assert "You need do nothing" not in page.text
    holder.free()
    leave(arabic, arabic.open())


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_page_opens_by_itself(holder, server, visit, chromium, script):
    phone, fatou = Phone(chromium, java_script_enabled=script), server.people.add("Fatou")
    try:
        phone.page.goto(f"{server.url}j/{fatou.link_token}")
        phone.page.locator("form:not(.langs) button").first.click(no_wait_after=True)
        expect(phone.page.locator("#place")).to_contain_text("You are number")
        holder.free()
        expect(phone.page.locator("#who")).to_have_text(fatou.person.display_name)
        assert phone.faults == []
        leave(visit().sign_in(fatou.code), json.loads(phone.page.locator("#kernel").text_content()))
    finally:
        phone.close()
