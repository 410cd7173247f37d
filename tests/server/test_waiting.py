"""Waiting for a place: what people see, whose place it is, and how it ends."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect

from academy.i18n import translator
from academy.server.admission import Position
from academy.server.waiting import pause_until_next_look, place_text
from academy_widgets.assets import STATIC
from tests.support.phone import Phone

HOME = "voila/render/home.ipynb"


@pytest.fixture
def server(start):
    """A server of the test's own: who waits is remembered for a while."""
    server = start(max_kernels=1, assets=str(STATIC))
    yield server
    server.close()


@pytest.fixture
def holder(visit):
    """Somebody who has the only place; `free` gives it back."""
    amina = visit("Amina")
    kernel = amina.open()

    def free():
        assert amina.delete(f"api/kernels/{kernel}", headers={"X-XSRFToken": amina.xsrf()}).status_code == 204

    amina.free = free
    return amina


def number(answer):
    assert answer.status_code == 503
    return int(re.search(r"You are number (\d+)\.", answer.text)[1])


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


def test_a_reload_keeps_the_place(holder, visit):
    fatou, maria = visit("Fatou"), visit("Maria")
    assert number(fatou.get(HOME)) == 1
    assert number(maria.get(HOME)) == 2
    with ThreadPoolExecutor(2) as pool:
        answers = pool.map(lambda visitor: number(visitor.get(HOME)), (maria, fatou))
    assert list(answers) == [2, 1]
    assert fatou.get("place/home.ipynb").json()["number"] == 1
    maria_waits = maria.get("place/home.ipynb").json()
    assert (maria_waits["go"], maria_waits["number"]) == (False, 2)
    holder.free()
    assert fatou.get("place/home.ipynb").json() == {"go": True}
    assert fatou.get(HOME).status_code == 200


def test_nobody_can_take_or_see_the_place_of_somebody_else(holder, visit):
    fatou, thief = visit("Fatou"), visit("Thief")
    first = number(fatou.get(HOME))
    headers = {"X-Forwarded-For": "127.0.0.1", "ACADEMY_PERSON": "p-000000"}
    assert thief.get("place/home.ipynb", headers=headers).json() == {"go": True}
    assert number(thief.get(HOME, headers=headers)) > first
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


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_page_opens_by_itself(holder, server, chromium, script):
    phone = Phone(chromium, java_script_enabled=script)
    try:
        phone.page.goto(f"{server.url}j/{server.people.add('Fatou').link_token}")
        phone.page.locator("form:not(.langs) button").first.click(no_wait_after=True)
        expect(phone.page.locator("#place")).to_contain_text("You are number")
        holder.free()
        expect(phone.page.locator("#who")).to_have_text("Fatou", timeout=120_000)
        assert phone.faults == []
    finally:
        phone.close()
