"""What a room tells is what its documents say, whatever happens in it, and what JavaScript's types take."""

import secrets

from academy.documents.room_state import CHANGE, NEWS, PRESENTER_VIEW, ROOM_STATE, WHOLE
from tests.live.test_answers import VALUES
from tests.server.live.rooms import Events, crowd
from tests.support.documents import javascript_takes


def test_a_whole_meeting_is_told_in_documents_that_both_ends_know(desk, visit):
    phone, screen = Events(visit("Amina"), desk.room.code), Events(desk, desk.room.code, query="?present=1")
    told = {"RoomState": [], "PresenterView": []}

    def look(activity):
        for name, address in (("RoomState", "state"), ("PresenterView", "desk")):
            told[name].append(desk.get(f"live/{desk.room.code}/{address}?activity={activity}").json())

    for activity, value in VALUES.items():
        desk.press("open", activity=activity)
        look(activity)
        crowd(desk.room, activity, value, 5)
        desk.press("timer", seconds=60)
        look(activity)
        desk.press("reveal")
        look(activity)
        desk.press("undo")
    desk.press("open", activity="asked")
    crowd(desk.room, "asked", {"ask": "Who pays?"}, 5)
    look("asked")
    desk.press("enter", activity="word", value=["tired"], id=secrets.token_hex(8), how="phone")
    desk.press("spot", title="Coffee?", options=["Yes", "No"])
    look(desk.get(f"live/{desk.room.code}/state").json()["activity"])
    rev = desk.press("end").json()["rev"]
    look("word")

    for events in (phone, screen):
        state = events.until(rev)
        assert state["state"] == "home"
    told["WholeEvent"] = [data for name, data in phone.all if not name and "state" in data]
    told["ChangeEvent"] = [data for name, data in phone.all if not name and "patch" in data]
    told["PresentersNews"] = [data for name, data in screen.all if name == "presenters"]
    for document, name in (
        (ROOM_STATE, "RoomState"),
        (PRESENTER_VIEW, "PresenterView"),
        (WHOLE, "WholeEvent"),
        (CHANGE, "ChangeEvent"),
        (NEWS, "PresentersNews"),
    ):
        assert told[name]
        for message in told[name]:
            assert document.check(message) == message
    assert {type_of(state["results"]) for state in told["RoomState"]} >= {
        "counts",
        "mean",
        "things",
        "points",
        "items",
    }
    javascript_takes(told)


def type_of(results):
    return next(
        (key for key in ("mean", "counts", "things", "points", "items") if key in (results or {})), None
    )
