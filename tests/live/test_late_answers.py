"""An answer that comes after its question was closed: it counts if, by the server's word, it was given before."""

from datetime import UTC, datetime, timedelta

import pytest

from academy.errors import StoreError
from academy.live import Ballot, LateError, Live
from academy.live.tickets import LATEST, STEPS_LOOKED_AT, ticket
from tests.live.conftest import SECRET

OPENED = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
MINUTE = 60_000
ORDER = ["ageing", "climate", "platforms"]


class Clock:
    now = OPENED

    def __call__(self):
        return self.now

    def minutes(self, n):
        self.now += timedelta(minutes=n)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def live(store, course, clock):
    return Live(store, course, SECRET, clock)


@pytest.fixture
def shown(room, open_):
    """The ranking is opened, and a phone has its form with the server's word."""
    open_("drivers")
    return ticket(room.book, "drivers", 1)


@pytest.mark.parametrize("close", ["lock", "reveal", "end"])
def test_a_ranking_given_while_the_board_was_open_counts_when_it_comes_after_it(
    room, shown, clock, vote, open_, close
):
    if close == "end":  # what is open at home is open after the end too
        open_("alive")
        shown, activity, value = ticket(room.book, "alive", 1), "alive", 4
    else:
        activity, value = "drivers", ORDER
    clock.minutes(5)
    room.do(close, "f-desk")
    clock.minutes(1)
    received = vote("p-amina", activity, value, ticket=shown, after=4 * MINUTE)
    assert received.new
    assert room.results(activity)["n"] == 1
    assert room.mine("p-amina", activity) == value


def test_what_was_given_after_the_board_was_closed_is_told_so(room, shown, clock, vote):
    clock.minutes(5)
    room.do("lock", "f-desk")
    clock.minutes(1)
    with pytest.raises(LateError):
        vote("p-amina", "drivers", ORDER, ticket=shown, after=5 * MINUTE + 1)
    assert room.results("drivers")["n"] == 0
    assert vote("p-bao", "drivers", ORDER, ticket=shown, after=5 * MINUTE).new  # at the very moment


def test_what_comes_later_than_a_while_does_not_count_whenever_it_was_given(room, shown, clock, vote):
    clock.minutes(5)
    room.do("lock", "f-desk")
    clock.now += LATEST
    assert vote("p-bao", "drivers", ORDER, ticket=shown, after=MINUTE).new
    clock.minutes(1)
    with pytest.raises(LateError):
        vote("p-amina", "drivers", ORDER, ticket=shown, after=MINUTE)


@pytest.mark.parametrize("forged", ["", "nonsense", "1.2", "٣.x", "{}.{}", "9" * 30 + ".x"])
def test_nobody_makes_the_servers_word_themselves(room, shown, vote, forged):
    room.do("lock", "f-desk")
    number, _, signature = shown.partition(".")
    earlier = forged.format(int(number) - MINUTE, signature)
    with pytest.raises(LateError):
        vote("p-amina", "drivers", ORDER, ticket=earlier, after=0)


@pytest.mark.parametrize("after", [None, -1])
def test_without_a_time_the_servers_word_alone_is_not_enough(room, shown, vote, after):
    room.do("lock", "f-desk")
    with pytest.raises(LateError):
        vote("p-amina", "drivers", ORDER, ticket=shown, after=after)


def test_the_servers_word_is_about_one_question_one_round_and_one_session(
    live, room, shown, clock, vote, open_
):
    open_("alive")
    clock.minutes(1)
    room.do("lock", "f-desk", activity="alive")
    with pytest.raises(LateError):
        vote("p-amina", "alive", 4, ticket=shown, after=0)
    room.do("reset", "f-desk", activity="drivers")
    room.do("lock", "f-desk", activity="drivers")
    with pytest.raises(LateError):
        vote("p-amina", "drivers", ORDER, ticket=shown, after=0)
    other = live.start("webinar-1", by="f-desk", anew=True)
    other.do("open", "f-desk", activity="drivers")
    clock.minutes(1)
    other.do("lock", "f-desk")
    with pytest.raises(LateError):
        other.answer(_ballot("p-amina", ticket=shown))


def test_a_question_that_was_never_open_or_opened_by_mistake_takes_nothing(room, shown, vote):
    room.do("undo", "f-desk")
    with pytest.raises(StoreError, match="not open just now"):
        vote("p-amina", "drivers", ORDER, ticket=shown, after=0)
    with pytest.raises(StoreError, match="not open just now"):
        vote("p-amina", "alive", 3, ticket=ticket(room.book, "alive", 1), after=0)


def test_what_was_closed_so_many_steps_ago_is_not_looked_for(room, shown, vote):
    room.do("lock", "f-desk")
    for _ in range(STEPS_LOOKED_AT - 1):
        room.do("guests", "f-desk", on=True)
    assert vote("p-amina", "drivers", ORDER, ticket=shown, after=0).new
    room.do("guests", "f-desk", on=True)
    with pytest.raises(LateError):
        vote("p-bao", "drivers", ORDER, ticket=shown, after=0)


def test_a_lock_that_was_undone_closed_nothing(room, shown, clock, vote):
    clock.minutes(1)
    room.do("lock", "f-desk")
    room.do("undo", "f-desk")
    clock.minutes(5)
    room.do("reveal", "f-desk")
    assert vote("p-amina", "drivers", ORDER, ticket=shown, after=4 * MINUTE).new


def test_late_as_in_time_each_person_has_one_answer(room, shown, clock, vote):
    vote("p-amina", "drivers", ORDER)
    clock.minutes(1)
    room.do("lock", "f-desk")
    assert not vote("p-amina", "drivers", ORDER, ticket=shown, after=0).new
    with pytest.raises(StoreError, match="answered this already"):
        vote("p-amina", "drivers", ORDER[::-1], ticket=shown, after=0)
    assert vote("p-amina", "drivers", ORDER[::-1], ticket=shown, after=0, change=True).new
    assert room.results("drivers")["n"] == 1


def test_nothing_comes_after_a_session_was_closed_for_good(room, shown, clock, vote):
    clock.minutes(1)
    room.do("close", "f-desk")
    with pytest.raises(StoreError, match="session is over"):
        vote("p-amina", "drivers", ORDER, ticket=shown, after=0)


def _ballot(who, **more):
    return Ballot(who, "drivers", "client-late-1", ORDER, name="Amina", after=0, **more)
