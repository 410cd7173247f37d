"""Each kind of activity in a room, walked from its opening to its end: the page without script says what it said."""

import re

import pytest

from tests.server.live.rooms import crowd, guest
from tests.server.live.test_live_answering import FORMS
from tests.support.walk import Walk

TOKEN = r"2\|[^\"]+|[A-Za-z0-9_-]{16}|[0-9]+\.[0-9a-f]+|[0-9a-f]{8,}"
CHANCE = rf'(?<=/live/)[A-Z0-9]{{6}}|(?<=value=")({TOKEN})(?=")|(?<=data-item=")[^"]+'
"""The room's code, tokens of forms, and ids of answers are drawn by chance."""


@pytest.mark.parametrize(
    ("activity", "language"), [*((activity, "en") for activity in FORMS), ("grid", "ar"), ("drivers", "ar")]
)
def test_each_kind_says_what_it_said_from_its_opening_to_its_end(desk, visit, activity, language, as_drawn):
    fields, value = FORMS[activity]
    amina = guest(visit, desk.room, "Amina")
    amina.form("language", language=language, next="/")
    address = f"live/{desk.room.code}"
    walk = Walk(None, "#room", CHANCE)

    def step(name, address=address):
        walk.step(name, amina.get(address).text)

    step("nothing is on")
    desk.press("next")
    step("waiting")
    desk.press("open", activity=activity)
    step("open")
    sent = amina.form(address, **fields)
    step("answered", sent.headers["location"])
    if change := re.search(r'data-change href="([^"]+)"', amina.get(address).text):
        step("to be changed", change[1].replace("&amp;", "&"))
    crowd(desk.room, activity, value, 6)
    step("many have answered")
    desk.press("lock")
    step("closed")
    desk.press("reveal")
    step("revealed")
    desk.press("end")
    step("the meeting is over")
    step("read at home", f"{address}?activity={activity}")
    assert walk.is_as_read(f"rooms/{activity}.{language}", as_drawn)
