"""Answers over HTTP, with and without script."""

import re
import secrets

import pytest
from bs4 import BeautifulSoup

from tests.server.live.rooms import answer, crowd, guest
from tests.support.hostile import CORPUS, RAN, dangers


def test_an_answer_is_received_and_counted(desk, visit):
    desk.press("open", activity="connected")
    crowd(desk.room, "connected", "computer")
    amina = visit("Amina")
    said = answer(amina, desk.room, "connected", "phone").json()
    state = amina.get(f"live/{desk.room.code}/state").json()
    assert said["mine"] == "phone"
    assert state["rev"] >= said["rev"]
    assert (state["answered"], state["results"]["counts"]) == (5, {"phone": 1, "computer": 4})
    assert amina.get(f"live/{desk.room.code}/mine?activity=connected").json() == {"mine": "phone"}


def test_another_answer_is_refused_until_one_says_that_it_is_changed(desk, visit):
    desk.press("open", activity="connected")
    amina = visit("Amina")
    answer(amina, desk.room, "connected", "phone")
    refused = answer(amina, desk.room, "connected", "computer")
    assert (refused.status_code, refused.json()["mine"]) == (409, "phone")
    assert answer(amina, desk.room, "connected", "computer", change=True).json()["mine"] == "computer"


FORMS = {
    "connected": ({"v": "phone"}, "phone"),
    "used": ({"v": ["a", "c"]}, ["a", "c"]),
    "alive": ({"v": "4"}, 4),
    "drivers": ({"p-climate": "2", "p-platforms": "1", "p-ageing": "3"}, ["platforms", "climate", "ageing"]),
    "row": ({"v": "The cleaners"}, ["The cleaners"]),
    "word": ({"v": ["tired", ""]}, ["tired"]),
    "facts": ({"v": ["b"]}, ["b"]),
    "grid": (
        {f"{axis}-{thing}": "3" for axis in "xy" for thing in ("climate", "platforms", "ageing")},
        {"climate": [3, 3], "platforms": [3, 3], "ageing": [3, 3]},
    ),
    "shared": ({"n-climate": "7", "n-platforms": "3", "n-ageing": ""}, {"climate": 7, "platforms": 3}),
    "letters": ({"c-political": "A mayor", "c-economic": ""}, {"political": "A mayor"}),
}


@pytest.mark.parametrize("activity", FORMS)
def test_every_kind_is_answered_by_a_plain_form_and_changed_by_it(desk, visit, activity):
    fields, value = FORMS[activity]
    desk.press("open", activity=activity)
    amina = guest(visit, desk.room, "Amina")
    sent = amina.form(f"live/{desk.room.code}", **fields)
    assert sent.status_code == 303
    page = amina.get(sent.headers["location"]).text
    assert "Received." in page
    assert amina.get(f"live/{desk.room.code}/mine?activity={activity}").json() == {"mine": value}
    change = re.search(r'data-change href="([^"]+)"', page)[1].replace("&amp;", "&")
    assert 'name="change" value="1"' in amina.get(change).text
    assert amina.form(change, **fields).status_code == 303


def test_what_was_typed_is_still_there_when_it_is_refused(desk, visit):
    desk.press("open", activity="row")
    amina = guest(visit, desk.room)
    refused = amina.form(f"live/{desk.room.code}", v="word " * 30)
    assert refused.status_code == 409
    assert "This is too long." in refused.text
    assert "word word" in refused.text
    desk.press("open", activity="drivers")
    twice = amina.form(f"live/{desk.room.code}", **{"p-climate": "1", "p-platforms": "1", "p-ageing": "3"})
    assert "a place of its own" in twice.text


def test_questions_are_asked_and_supported_without_script(desk, visit):
    desk.press("open", activity="asked")
    amina, bao = guest(visit, desk.room, "Amina"), guest(visit, desk.room, "Bao")
    amina.form(f"live/{desk.room.code}", v="Who pays?")
    page = bao.get(f"live/{desk.room.code}").text
    question = re.search(r'name="for" value="([^"]+)"', page)[1]
    assert "Amina" in page
    form = {"_xsrf": bao.xsrf(), "activity": "asked", "id": secrets.token_hex(8), "for": question}
    assert bao.post(f"live/{desk.room.code}/answer", data=form).status_code == 303
    (item,) = desk.room.state()["results"]["items"].values()
    assert (item["text"], item["n"]) == ("Who pays?", 2)


def test_what_people_write_is_never_markup(desk, visit):
    desk.press("open", activity="letters")
    for number, text in enumerate(CORPUS.values()):
        answer(guest(visit, desk.room, f"{number} {text}"), desk.room, "letters", {"political": text})
    for visitor in (guest(visit, desk.room, CORPUS["script"]), desk):
        page = BeautifulSoup(visitor.get(f"live/{desk.room.code}").text, "html.parser")
        (cards,) = page.select("[data-items=political]")
        assert len(cards.find_all("li")) == len(CORPUS)
        assert dangers(str(cards)) == []
        assert RAN not in str(page.find_all("script"))
