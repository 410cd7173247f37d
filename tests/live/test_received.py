"""What becomes of an answer, told back; and who is told that something has changed."""

from dataclasses import dataclass, field

import pytest

from academy.errors import StoreError
from academy.live import AnsweredError, Ballot, Received
from academy.live.room import Room
from academy.live.session import SessionContext

DESK = "f-desk"


@dataclass(frozen=True)
class Telling(SessionContext):
    """A session that keeps the revisions of which other servers were told."""

    told: list[int] = field(default_factory=list)

    def tell(self, session, row):
        self.told.append(row.rev)
        super().tell(session, row)


@pytest.fixture
def room(room):
    book = room.book
    return Room(Telling(book.store, book.course, book.webinar, book.secret, book.id, book.code))


@pytest.fixture
def told(room):
    """The revisions of which other servers were told."""
    return room.book.told


def test_what_is_received_says_which_answer_to_which_question(room, open_, vote):
    open_("connected")
    before = room.rev()
    first = vote("p-amina", "connected", "phone", id="client-of-amina")
    assert first == Received("client-of-amina", "connected", before + 1, "phone", True)
    again = vote("p-amina", "connected", "phone", id="client-of-amina")
    assert again == Received("client-of-amina", "connected", room.rev(), "phone", False)
    same = vote("p-amina", "connected", "phone", id="another-of-amina")
    assert same == Received("another-of-amina", "connected", room.rev(), "phone", False)
    changed = vote("p-amina", "connected", "computer", id="third-of-amina", change=True)
    assert changed == Received("third-of-amina", "connected", before + 2, "computer", True)


def test_an_answer_that_comes_again_after_closing_the_board_is_the_one_that_came(room, open_, vote):
    open_("connected")
    vote("p-amina", "connected", "phone", id="client-of-amina")
    room.do("lock", DESK, activity="connected")
    again = vote("p-amina", "connected", "computer", id="client-of-amina")
    assert (again.activity, again.mine, again.new) == ("connected", "phone", False)
    with pytest.raises(StoreError, match="was closed before your answer came"):
        vote("p-amina", "connected", "computer", id="another-of-amina", change=True)


def test_only_what_changes_something_is_told(room, open_, vote, told):
    open_("connected")
    del told[:]
    vote("p-amina", "connected", "phone", id="client-of-amina")
    assert told == [room.rev()]
    vote("p-amina", "connected", "phone", id="client-of-amina")
    vote("p-amina", "connected", "phone")
    for value, change in (("computer", False), ("nothing", True)):
        with pytest.raises(StoreError):
            vote("p-amina", "connected", value, change=change)
    with pytest.raises(StoreError):
        vote("p-bao", "alive", 3)
    assert told == [room.rev()]


def test_one_refused_answer_among_others_hinders_none(room, open_, told):
    open_("connected")
    del told[:]
    before = room.rev()
    found = room.answer_all(
        [
            Ballot("p-amina", "connected", "client-of-amina", "phone"),
            Ballot("p-amina", "connected", "another-of-amina", "computer"),
            Ballot("p-bao", "connected", "x", "computer"),
            Ballot("p-chi", "connected", "client-of-chi", "computer"),
        ]
    )
    assert [type(item) for item in found] == [Received, AnsweredError, StoreError, Received]
    assert found[1].mine == "phone"
    assert told == [before + 2]


def test_sitting_down_is_told_once_and_only_by_who_is_new(room, told):
    before = room.rev()
    assert room.sit([("p-amina", "Amina"), ("g-1", "Guest")]) == {"p-amina": True, "g-1": True}
    assert told == [before + 2]
    assert room.sit([("p-amina", "Amina")]) == {"p-amina": True}
    assert (told, room.rev()) == ([before + 2], before + 2)
    assert [(p["who"], p["guest"]) for p in room.presenter_view()["people"]] == [
        ("p-amina", False),
        ("g-1", True),
    ]


def test_a_session_takes_seats_while_it_is_live_or_at_home_and_none_when_it_is_closed(room):
    room.sit([("p-amina", "Amina")])
    room.do("end", DESK)
    room.sit([("p-bao", "Bao")])
    room.do("close", DESK)
    before = room.rev()
    room.sit([("p-chi", "Chi")])
    assert room.rev() == before
    assert [person["who"] for person in room.presenter_view()["people"]] == ["p-amina", "p-bao"]


def test_what_the_facilitator_enters_takes_no_seat(room, open_):
    open_("connected")
    room.do("enter", DESK, activity="connected", value="phone", id="call-of-nine")
    assert room.presenter_view()["people"] == []
    assert room.state()["answered"] == 1


def test_names_and_ids_are_cut_to_what_is_kept(room, open_, vote):
    open_("used")
    room.sit([("p-long", "x" * 80)])
    assert room.presenter_view()["people"][0]["name"] == "x" * 60
    for number in range(45):
        vote("p-amina", "used", ["a"] if number % 2 else ["b"], id=f"client-{number:02}", change=True)
    assert vote("p-amina", "used", ["c"], id="client-44", change=True).new is False  # of the newest forty
    assert (
        vote("p-amina", "used", ["c"], id="client-04", change=True).new is True
    )  # so long ago it is another answer


def test_what_nobody_has_touched_yet_shows_nothing(room):
    for activity in ("used", "connected"):
        state = room.state(activity)
        assert (state["phase"], state["held"], state["results"], state["answered"]) == (
            "waiting",
            True,
            None,
            0,
        )
