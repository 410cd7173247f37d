"""What a room tells those who are in it."""

import secrets

import pytest
from playwright.sync_api import expect

from academy_app.server.live.state import BEAT_SECONDS, PRESENTERS_BEAT_SECONDS
from tests.server.live.rooms import Events, answer, crowd
from tests.support.hostile import CORPUS, RAN
from tests.support.phone import Phone


@pytest.mark.parametrize("accepted", ["identity", "gzip"])
def test_events_bring_the_state_and_then_what_changes(desk, visit, accepted):
    desk.press("open", activity="connected")
    crowd(desk.room, "connected", "computer", 3)
    events = Events(visit("Bao"), desk.room.code, accepted)
    state = events.until(answer(visit("Chi"), desk.room, "connected", "computer").json()["rev"])
    assert (state.get("results"), state["few"], state["answered"]) == (None, 5, 4)
    amina = visit("Amina")
    events = Events(amina, desk.room.code, accepted)
    rev = answer(amina, desk.room, "connected", "phone").json()["rev"]
    state = events.until(rev)
    assert state["results"]["counts"] == {"phone": 1, "computer": 4}
    rev = desk.press("lock").json()["rev"]
    news = events.next()
    assert (news["rev"], news["patch"]["phase"]) == (rev, "locked")


def test_a_line_says_that_it_is_there_and_when_it_will_say_so_again(desk, visit):
    phone = Events(visit("Amina"), desk.room.code, "gzip")
    phone.next()
    assert phone.named("beat") == BEAT_SECONDS <= 10, "silence is noticed after 2.2 beats"
    presenter = Events(desk, desk.room.code, query="?present=1")
    presenter.next()
    assert [presenter.named("beat") for _ in range(2)] == [PRESENTERS_BEAT_SECONDS] * 2


def test_what_another_process_changes_is_told_too(desk, visit):
    events = Events(visit("Amina"), desk.room.code)
    first = events.next()
    rev = desk.room.do("open", "f-desk", activity="connected")
    news = first
    while news["rev"] < rev:
        news = events.next()
    assert news["patch"]["activity"] == "connected"


def test_the_events_of_who_is_removed_end(desk, visit):
    amina = visit("Amina")
    events = Events(amina, desk.room.code)
    events.next()
    (person,) = desk.room.presenter_view()["people"]
    desk.press("remove", who=person["who"])
    while events.next() is not None:
        pass


def test_a_long_poll_is_answered_as_soon_as_there_is_something_new(desk, visit):
    amina = visit("Amina")
    state = amina.get(f"live/{desk.room.code}/state").json()
    desk.press("open", activity="connected")
    newer = amina.get(f"live/{desk.room.code}/state?since={state['rev']}&wait=25").json()
    assert newer["rev"] > state["rev"]
    assert newer["activity"] == "connected"


def test_nobodys_own_answer_is_in_what_everybody_gets(desk, visit):
    desk.press("open", activity="asked")
    amina = visit("Amina")
    answer(amina, desk.room, "asked", {"ask": "Who pays?"})
    (person,) = [p for p in desk.room.presenter_view()["people"] if p["name"].startswith("Amina")]
    text = visit("Bao").get(f"live/{desk.room.code}/state").text
    assert "Who pays?" in text
    assert person["who"] not in text
    assert "mine" not in text


def test_a_page_whose_events_do_not_get_through_keeps_up_and_keeps_its_answer(desk, server, chromium):
    phone = Phone(chromium)
    try:
        page = phone.page
        page.route("**/events", lambda route: route.abort())
        page.goto(f"{server.url}live/{desk.room.code}")
        page.locator("#name").fill("Amina")
        page.keyboard.press("Enter")
        expect(page.locator("#room h1")).to_have_text("The boards")
        desk.press("open", activity="word")
        word = page.locator("#answer input[type=text]").first
        expect(word).to_be_visible()
        phone.context.set_offline(True)
        word.fill("tired")
        page.keyboard.press("Enter")
        expect(page.locator("#line")).to_contain_text("kept on this device")
        assert desk.room.state()["answered"] == 0
        phone.context.set_offline(False)
        expect(page.locator(".mine li")).to_have_text("tired")
        assert desk.room.state()["answered"] == 1
        desk.press("open", activity="letters")
        crowd(desk.room, "letters", {"economic": "Late wages"}, 3)
        expect(page.locator("#room")).to_have_attribute("data-activity", "letters")
        evil = "".join(CORPUS[name] for name in ("script", "handler", "drawing"))
        desk.press("enter", value={"political": evil}, id=secrets.token_hex(8))
        expect(page.locator("[data-k=answered]")).to_have_text("4")
        expect(page.locator("[data-items]")).to_have_count(0)  # so few have answered
        crowd(desk.room, "letters", {"economic": "Late wages"}, 4)
        expect(page.locator("[data-items=political] li")).to_contain_text("<img src=x")
        assert page.evaluate(RAN) is None
        assert phone.faults == []
    finally:
        phone.close()
