"""Answering: one row for each person, in every kind of activity, and what is refused."""

import pytest
import sqlalchemy as sa

from academy.course import load_course
from academy.errors import StoreError
from academy.live import AnsweredError, Ballot, GoneError, Live
from academy.live.kinds import KINDS
from academy.live.kinds.scale import ScaleActivity
from academy.store.live import LiveAnswer
from tests.live.small import small_course

ORDER = ["platforms", "climate", "ageing"]
VALUES = {
    "connected": "phone",
    "used": ["a", "c"],
    "alive": 4,
    "drivers": ORDER,
    "row": ["The cleaners get their rounds from an app."],
    "word": ["tired", "young"],
    "facts": ["a", "b"],
    "grid": {"climate": [5, 1], "platforms": [3, 3], "ageing": [1, 5]},
    "shared": {"climate": 7, "ageing": 3},
    "letters": {"political": "A new mayor", "economic": "Late wages"},
}
WRONG = {
    "connected": ["x", None, 3, ["phone", "computer"], {"phone": 1}, ""],
    "used": [["a", "b", "c"], ["x"], "x", [1], {"a": 1}],
    "alive": [0, 6, "six", True, 2.5, None, "٣x", "9" * 5000, "-3", "3.0"],
    "drivers": [["climate"], [*ORDER, "climate"], "climate", [1, 2, 3], None],
    "row": [
        "",
        "   ",
        "\u200b",
        "\u3164 \u2800",
        7,
        ["a", "b"],
        "word " * 21,
        "x" * 700,
        "e" + "\u0301" * 2400,
    ],
    "word": [["", " "], ["\u200b", "\ufe0f"], ["\u3164"], "tired", ["a", "b", "c"], [3], ["x" * 41], []],
    "facts": [[], ["a", "b", "c", "d"], None],
    "grid": [
        {},
        {"climate": [5, 1]},
        {**VALUES["grid"], "ageing": [0, 5]},
        {**VALUES["grid"], "ageing": [True, 5]},
    ],
    "shared": [
        {},
        {"climate": 9},
        {"climate": 11},
        {"climate": 11, "ageing": -1},
        {"climate": 10, "x": 0},
        {"climate": True, "ageing": 9},
        {"climate": 10.0},
        {"climate": "10"},
        [10],
        10,
    ],
    "letters": [
        {},
        {"political": " "},
        {"political": "\u200b\u00ad"},
        {"x": "a card"},
        {"political": 3},
        "A card",
    ],
    "asked": ["Why?", {"ask": ""}, {"ask": 3}, {"for": ""}, {"ask": "Why?", "for": "x"}, {"drop": "x"}, {}],
}


@pytest.mark.parametrize("activity", VALUES)
def test_an_answer_of_each_kind_is_kept_and_read_again(room, open_, vote, activity):
    open_(activity)
    before = room.state()["rev"]
    received = vote("p-amina", activity, VALUES[activity])
    assert received.mine == VALUES[activity]
    assert received.rev > before
    assert room.mine("p-amina", activity) == VALUES[activity]
    assert room.mine("p-bao", activity) is None
    assert room.state()["answered"] == 1


@pytest.mark.parametrize(
    ("activity", "value"), [(a, value) for a, values in WRONG.items() for value in values]
)
def test_what_is_no_answer_is_refused_with_a_sentence(room, open_, vote, activity, value):
    open_(activity)
    with pytest.raises(StoreError, match=r"\.$"):
        vote("p-amina", activity, value)
    assert room.mine("p-amina", activity) is None


def test_the_same_answer_sent_again_is_the_same_answer(room, open_, vote):
    open_("connected")
    first = vote("p-amina", "connected", "phone", id="one-and-the-same")
    again = vote("p-amina", "connected", "phone", id="one-and-the-same")
    assert (again.rev, again.mine, again.new) == (first.rev, "phone", False)
    assert room.state()["rev"] == first.rev


def test_an_answer_is_changed_only_by_saying_so(room, open_, vote):
    open_("connected")
    vote("p-amina", "connected", "phone")
    with pytest.raises(AnsweredError, match="Change my answer") as refused:
        vote("p-amina", "connected", "computer")
    assert refused.value.mine == "phone"
    assert vote("p-amina", "connected", "computer", change=True).mine == "computer"
    assert room.state()["results"]["counts"] == {"phone": 0, "computer": 1}


def test_a_late_copy_of_an_earlier_answer_does_not_bring_it_back(room, open_, vote):
    open_("connected")
    vote("p-amina", "connected", "phone", id="first-answer")
    vote("p-amina", "connected", "computer", id="second-answer", change=True)
    late = vote("p-amina", "connected", "phone", id="first-answer", change=True)
    assert late.mine == "computer"
    assert room.mine("p-amina", "connected") == "computer"


def test_nothing_is_taken_before_a_question_is_open_nor_after_it_is_locked(room, open_, vote):
    with pytest.raises(StoreError, match="not open just now"):
        vote("p-amina", "connected", "phone")
    open_("connected")
    vote("p-amina", "connected", "phone", id="sent-in-time")
    room.do("lock", "f-desk")
    with pytest.raises(StoreError, match="was closed before your answer came"):
        vote("p-bao", "connected", "phone")
    assert vote("p-amina", "connected", "phone", id="sent-in-time").new is False


def test_one_refused_answer_hinders_no_other(room, open_):
    open_("connected")
    good, bad, other = room.answer_all(
        [
            Ballot("p-amina", "connected", "client-1", "phone"),
            Ballot("p-bao", "connected", "client-2", "nothing"),
            Ballot("p-chi", "connected", "client-3", "computer"),
        ]
    )
    assert good.rev < other.rev
    assert isinstance(bad, StoreError)
    assert room.state()["results"]["counts"] == {"phone": 1, "computer": 1}


def test_an_answer_that_its_kind_did_not_expect_hinders_no_other_either(room, open_, monkeypatch, caplog):
    class Careless(ScaleActivity):
        def canonical(self, activity, given):
            return int(given)

    monkeypatch.setitem(KINDS, "scale", Careless())
    open_("alive")
    ballots = [
        Ballot(f"p-{n}", "alive", f"client-{n}", value) for n, value in enumerate(("3", "9" * 5000, "x"))
    ]
    good, *bad = room.answer_all(ballots)
    assert good.mine == 3
    assert all(isinstance(one, StoreError) for one in bad)
    assert room.state()["answered"] == 1
    assert caplog.text.count("was not understood") == 2


@pytest.mark.parametrize("mark", ["", "short", "x" * 65, "with space", "sémantique", "a/../../b"])
def test_an_answer_needs_a_mark_of_the_client(vote, open_, mark):
    open_("connected")
    with pytest.raises(StoreError, match="without its mark"):
        vote("p-amina", "connected", "phone", id=mark)


def test_questions_are_asked_once_and_supported(room, open_, vote):
    open_("asked")
    vote("p-amina", "asked", {"ask": "Who pays?"}, id="amina-asks")
    asked = vote("p-amina", "asked", {"ask": "Who pays?"}, id="amina-asks").mine["asked"]
    (question,) = asked
    vote("p-bao", "asked", {"for": question})
    vote("p-chi", "asked", {"for": question})
    vote("p-chi", "asked", {"for": question})
    vote("p-chi", "asked", {"ask": "And when?"})
    items = room.state()["results"]["items"]
    assert items[question] == {"text": "Who pays?", "n": 3, "by": "Amina"}
    vote("p-chi", "asked", {"unfor": question})
    assert room.state()["results"]["items"][question]["n"] == 2


def test_nobody_asks_without_end(open_, vote):
    open_("asked")
    for number in range(10):
        vote("p-amina", "asked", {"ask": f"Question {number}?"})
    with pytest.raises(StoreError, match="many questions"):
        vote("p-amina", "asked", {"ask": "One more?"})


def test_what_people_write_stays_what_it_is(room, open_, vote):
    open_("letters")
    text = "<script>alert('x')</script> {{ 7 * 7 }} =1+1 \u202egnp.exe ‏عربي 日本"
    vote("p-amina", "letters", {"political": text + "\0\x07\r\n" + "\ud800"})
    (item,) = room.state()["results"]["items"].values()
    assert item["text"] == "<script>alert('x')</script> {{ 7 * 7 }} =1+1 gnp.exe ‏عربي 日本\n?"


def test_at_home_only_what_goes_on_there_is_open(room, vote):
    room.do("end", "f-desk")
    state = room.state()
    assert (state["state"], state["activity"]) == ("home", None)
    assert state["activities"]["connected"]["phase"] == "open"
    assert state["activities"]["alive"]["phase"] == "locked"
    vote("p-amina", "connected", "phone")
    with pytest.raises(StoreError, match="not open just now"):
        vote("p-amina", "alive", 3)
    assert room.state("connected")["results"]["n"] == 1


def test_held_results_are_there_at_home_for_who_has_answered(room, vote):
    room.do("end", "f-desk")
    vote("p-amina", "drivers", ORDER)
    assert room.state("drivers")["results"] is None
    assert room.state("drivers", peek=True)["results"]["mean"] == {"climate": 2, "platforms": 1, "ageing": 3}


def test_a_closed_session_takes_nothing_and_keeps_no_way_back_to_people(room, open_, vote, store):
    open_("connected")
    vote("p-amina", "connected", "phone")
    room.do("close", "f-desk")
    with pytest.raises(GoneError, match="over"):
        vote("p-bao", "connected", "phone")
    assert room.mine("p-amina", "connected") is None
    assert room.results("connected")["n"] == 1
    with pytest.raises(StoreError, match="nothing to undo"):
        room.do("undo", "f-desk")


def test_no_row_of_an_anonymous_answer_says_whose_it_is(room, open_, vote, store):
    open_("connected")
    open_("alive")
    vote("p-amina", "connected", "phone")
    vote("p-amina", "alive", 3)
    with store.session() as session:
        rows = list(session.scalars(sa.select(LiveAnswer)))
    assert (
        len({row.who for row in rows}) == len({row.key for row in rows}) == 2
    )  # nor that it is the same person
    columns = {column.name for column in LiveAnswer.__table__.columns}
    assert not columns & {"at", "person_id", "received_at", "created_at"}
    assert all("amina" not in str(vars(row)).lower() for row in rows)


def test_what_was_said_about_names_holds_whatever_the_file_says_later(live, open_, vote, tmp_path):
    open_("used")
    vote("p-amina", "used", ["a"])
    file = small_course(tmp_path) / "webinar-1" / "live.yaml"
    file.write_text(
        file.read_text("utf-8").replace("names: named,\n     options", "names: anonymous,\n     options"),
        "utf-8",
    )
    changed = load_course(tmp_path / "small")
    assert changed.webinar("webinar-1").activity("used").anonymous
    room = Live(live.store, changed, live.secret).of("webinar-1")
    assert room.state("used")["names"] == "named"
    assert room.mine("p-amina", "used") == ["a"]
