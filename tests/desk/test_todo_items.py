"""What a facilitator reads of what there is to do, and where it is done."""

import pytest

from academy.desk.people import cohort
from academy.desk.waiting import Thing
from academy.i18n import translator
from academy_widgets.facilitator.todo_items import door_things, said_things


def test_each_thing_says_where_it_is_done_and_about_whom_it_is(group):
    (amina,) = group.join("Amina")
    idea, reviews = (group.course.exercise(name) for name in ("idea", "idea-reviews"))
    many = tuple(f"p-{number}" for number in range(61))
    things = [
        Thing("stop", idea, 1, (amina,), newest=12),
        Thing("unreviewed", reviews, 2, (amina, "p-gone")),
        Thing("collect", idea, 3),
        Thing("release", idea, 4),
        Thing("grade", idea, 5),
        Thing("stuck", None, 61, many),
    ]
    about = {"text": "An idea", "exercise": "idea"}
    stop, unreviewed, collect, release, grade, stuck = said_things(things, cohort(group.store, group.course))
    assert stop == {"kind": "stop", "count": 1, "newest": 12, "who": [(amina, "Amina")]} | about
    assert unreviewed == {
        "kind": "unreviewed",
        "text": "Read each other's ideas",
        "count": 2,
        "exercise": "idea-reviews",
        "page": "reviews.ipynb#board-idea-reviews",
        "who": [(amina, "Amina"), ("p-gone", "p-gone")],
    }
    assert collect == {"kind": "collect", "count": 3, "command": "academy grade idea"} | about
    assert release == {"kind": "release", "count": 4, "command": "academy feedback idea"} | about
    assert grade == {"kind": "grade", "count": 5} | about
    assert stuck == {
        "kind": "stuck",
        "text": "",
        "count": 61,
        "who": [(person, person) for person in many[:60]],
    }


@pytest.mark.parametrize("server", [None, {}, {"door": None}, {"door": {"refused": 0, "wrong": 3}}])
def test_a_quiet_door_is_nothing_to_do(server):
    assert door_things(server, translator("en")) == []


def test_each_trouble_at_the_door_is_a_sentence_with_its_numbers():
    door = {"refused": 7, "wrong": 412, "held": 30, "came": 25, "many": 11}
    found = door_things({"door": door}, translator("en"))
    assert [(each["kind"], each["count"]) for each in found] == [("door", 7), ("door", 30), ("door", 11)]
    guessed, held, many = (each["text"] for each in found)
    assert "412 wrong ones in the last hour" in guessed
    assert "30 times in the last hour somebody was asked to wait. 25 came in." in held
    assert "make a new code with: academy join renew" in held
    assert "more than ten people wanted to come in: 11 times" in many
