"""Two people present one room: each hears of the other, and the room is taken over only by who says so."""

import json

import pytest

from tests.server.live.rooms import Events, answer, guest, send


def screen(visitor, code):
    """Open the presenter's page's line."""
    return Events(visitor, code, query="?present=1")


def heard(events, holds):
    """Read until presenters are told something that holds."""
    while True:
        news = events.named("presenters")
        if holds(news):
            return news


def press(visitor, room, do, **given):
    return send(visitor, f"live/{room.code}/control", {"do": do, **given})


@pytest.fixture
def two(desk, visit):
    """Rosa presents, and Bao has the same presentation open."""
    rosa, bao = visit("Rosa", role="facilitator"), visit("Bao", role="facilitator")
    lines = [screen(one, desk.room.code) for one in (rosa, bao)]
    assert press(rosa, desk.room, "open", activity="connected").status_code == 200
    yield rosa, bao, *lines
    for line in lines:
        if not line.stream.closed:
            line.close()


def test_who_presents_too_is_asked_before_the_room_moves(desk, two, visit):
    rosa, bao, line, _ = two
    refused = press(bao, desk.room, "lock")
    assert refused.status_code == 409
    name = refused.json()["presenting"]
    assert name.startswith("Rosa")  # another test may have had a Rosa
    assert refused.json()["error"] == f"{name} is presenting this room just now."
    assert visit("Amina").get(f"live/{desk.room.code}/state").json()["phase"] == "open"
    assert press(bao, desk.room, "lock", take_over=True).status_code == 200
    assert visit("Omar").get(f"live/{desk.room.code}/state").json()["phase"] == "locked"
    news = heard(line, lambda news: news["there"].get(news["lead"], "").startswith("Bao"))
    assert [name[:3] for name in sorted(news["there"].values())] == ["Bao", "Ros"]
    assert news["undo"]["act"] == "lock"
    assert press(rosa, desk.room, "reveal").json()["presenting"].startswith("Bao")


def test_a_webinar_that_somebody_else_starts_again_is_led_by_who_led_it(desk, two):
    rosa, bao, *_ = two
    assert send(bao, "live/start", {"webinar": "webinar-1"}).json()["code"] == desk.room.code
    assert press(bao, desk.room, "lock").json()["presenting"].startswith("Rosa")
    assert press(rosa, desk.room, "lock").status_code == 200


def test_who_starts_a_webinar_leads_it(desk, visit):
    rosa, bao = visit("Rosa", role="facilitator"), visit("Bao", role="facilitator")
    room = send(rosa, "live/start", {"webinar": "webinar-1", "anew": True}).json()
    line = Events(rosa, room["code"], query="?present=1")
    assert line.named("presenters")["lead"] == rosa.person
    refused = send(bao, f"live/{room['code']}/control", {"do": "go", "activity": "connected"})
    assert refused.json()["presenting"].startswith("Rosa")
    line.close()


def test_what_is_done_at_the_desk_both_may_do(desk, two, visit):
    rosa, bao, *_ = two
    press(rosa, desk.room, "open", activity="row")
    answer(visit("Amina"), desk.room, "row", "Nobody asked us.")
    (item,) = bao.get(f"live/{desk.room.code}/desk").json()["items"]
    assert press(bao, desk.room, "approve", item=item["id"]).status_code == 200


def test_whoever_has_left_need_not_be_asked(desk, two):
    _, bao, line, other = two
    line.close()
    heard(other, lambda news: len(news["there"]) == 1)
    assert press(bao, desk.room, "lock").status_code == 200


def test_a_second_screen_of_ones_own_moves_with_the_first_without_a_word(desk, two):
    rosa, *_ = two
    second = screen(rosa, desk.room.code)
    assert press(rosa, desk.room, "next").status_code == 200
    second.close()


def test_participants_and_guests_hear_nothing_of_what_presenters_are_told(desk, two, visit):
    rosa, *_ = two
    for visitor in (visit("Amina"), guest(visit, desk.room)):
        line = screen(visitor, desk.room.code)
        line.next()
        rev = press(rosa, desk.room, "timer", activity="connected", seconds=60).json()["rev"]
        while line.next()["rev"] < rev:
            pass
        assert {name for name, _ in line.others} <= {"beat"}
        line.close()
        assert "Bao" not in json.dumps(visitor.get(f"live/{desk.room.code}/state").json())
        assert press(visitor, desk.room, "lock", take_over=True).status_code == 403


def test_nobody_who_is_not_signed_in_presents(desk, visit):
    assert visit().get(f"live/{desk.room.code}/events?present=1").status_code == 403
