"""A meeting from its start to its end: what everybody and what presenters are told after each act, to the letter."""

import json

import pytest

from academy.errors import StoreError
from academy.live.export import as_csv, as_json
from tests.support.walk import Walk

DESK = "f-desk"
CHANCE = (
    r"(?<=\")(?=[A-Z0-9]*[0-9])[A-Z0-9]{6}(?=\")|\b[0-9]{10}(\.[0-9]+)?\b|spot-[0-9a-f]{6}|\b[0-9a-f]{12,}\b"
)
"""Codes, ids of answers, and times are others each time."""


class Meeting:
    """Notes down what is told after each step."""

    def __init__(self, room):
        self.room = room
        self.everybody, self.presenters = Walk(None, "", CHANCE), Walk(None, "", CHANCE)

    def tell(self, name):
        told = {"state": self.room.state()}
        shown = {"view": self.room.presenter_view(), "undo": self.room.last_step()}
        for walk, found in ((self.everybody, told), (self.presenters, shown)):
            walk.note(name, json.dumps(found, indent=1, ensure_ascii=False, default=str).splitlines())

    def do(self, act, **given):
        try:
            self.room.do(act, DESK, **given)
        except StoreError as refused:
            self.everybody.said.append(f"# {act}: refused: {refused}")
            return
        self.tell(" ".join([act, *map(str, given.values())]))


@pytest.fixture
def meeting(room):
    return Meeting(room)


def test_a_meeting_tells_after_each_act_what_it_told(meeting, live, room, vote, as_drawn):
    meeting.tell("the start")
    room.sit([(f"p-{n}", f"Name {n}") for n in range(4)])
    meeting.do("next")
    meeting.do("open")
    for n in range(4):
        vote(f"p-{n}", "connected", "phone" if n else "computer")
    meeting.tell("four have answered")
    meeting.do("timer", seconds=90)
    meeting.do("timer", seconds=0)
    meeting.do("lock")
    meeting.do("undo")
    meeting.do("reset")
    meeting.do("undo")
    meeting.do("go", activity="facts")
    meeting.do("open", activity="facts")
    vote("p-1", "facts", ["a", "b"])
    meeting.do("reveal")
    meeting.do("hide")
    meeting.do("open", activity="row")
    vote("p-1", "row", ["The cleaners"])
    vote("p-2", "row", ["The drivers"])
    meeting.tell("two have written")
    items = [item["id"] for item in room.presenter_view()["items"]]
    meeting.do("approve", item=items[0])
    meeting.do("hide-answer", item=items[1])
    meeting.do("approve", item=items[1])
    meeting.do("merge", item=items[1], into=items[0])
    meeting.do("split", item=items[1])
    meeting.do("undo")
    meeting.do("open", activity="asked")
    vote("p-1", "asked", {"ask": "Who pays?"})
    meeting.tell("a question came")
    (question,) = [item["id"] for item in room.presenter_view()["items"]]
    vote("p-2", "asked", {"for": question})
    meeting.do("approve", item=question)
    meeting.do("answered", item=question)
    meeting.do("unanswered", item=question)
    meeting.do("spot", title="Shall we stop?", options=["Yes", "No"])
    meeting.do("spot", title="", options=["Yes"])
    meeting.do("remove", who="p-3")
    meeting.do("admit", who="p-3")
    meeting.do("remove", who="p-nobody")
    meeting.do("guests", on=True)
    meeting.do("previous")
    meeting.do("go", activity="nowhere")
    meeting.do("dance")
    for full in (False, True):
        meeting.everybody.before = []
        tables = [as_csv(live, room, full=full), as_json(live, room, full=full)]
        meeting.everybody.note(f"taken away, full: {full}", "\n".join(tables).splitlines())
    meeting.do("end")
    meeting.do("next")
    meeting.do("close")
    meeting.do("open", activity="facts")
    assert meeting.everybody.is_as_read("meeting/everybody", as_drawn)
    assert meeting.presenters.is_as_read("meeting/presenters", as_drawn)
