"""The line in front of the kernels, without a server: who comes first, and what becomes of a place."""

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from academy_app.server.kernels.admission import (
    ABSENT_SECONDS,
    FIRST_GUESS_SECONDS,
    LONGEST_TURN_SECONDS,
    Admission,
    Position,
    Turn,
)
from tests.support import visitor

PAGE = "home.ipynb"


class Hall:
    """An admission with a clock that is set by hand, and people at its door."""

    def __init__(self, at_once=1, room=lambda promised: True):
        self.time = 0.0
        self.line = Admission(at_once, room, now=lambda: self.time)
        self.asking = {}

    def ask(self, person, page=PAGE):
        """The person asks for the page; whoever waits, waits beside what the test does next."""
        waiter = self.line.waiter(person, page)
        task = asyncio.ensure_future(waiter.turn(1000))
        self.asking[person] = waiter, task
        return waiter, task

    async def turn_of(self, person):
        """The person's turn, or None if it has not come."""
        await settle()
        task = self.asking[person][1]
        return task.result() if task.done() and isinstance(task.result(), Turn) else None

    async def close(self):
        for waiter, task in self.asking.values():
            waiter.give_up()
            await task


async def settle():
    for _ in range(5):
        await asyncio.sleep(0)


def in_hall(**options):
    """Run a coroutine with a hall as a test."""

    def wrap(work):
        def test():
            async def run():
                hall = Hall(**options)
                try:
                    await work(hall)
                finally:
                    await hall.close()

            visitor.run(run())

        test.__name__ = work.__name__
        return test

    return wrap


@in_hall()
async def test_who_came_first_is_let_in_first(hall):
    for person in ("a", "b", "c"):
        hall.ask(person)
        await settle()
    first = await hall.turn_of("a")
    assert first
    assert await hall.turn_of("b") is None
    first.done()
    second = await hall.turn_of("b")
    assert second
    assert await hall.turn_of("c") is None
    second.done()
    assert await hall.turn_of("c")


@in_hall()
async def test_a_reload_keeps_the_place(hall):
    for person in ("a", "b", "c"):
        hall.ask(person)
        await settle()
    hall.asking["b"][0].give_up()
    await settle()
    assert hall.line.look("b", PAGE).number == 1
    hall.ask("b")
    await settle()
    (await hall.turn_of("a")).done()
    assert await hall.turn_of("b")
    assert await hall.turn_of("c") is None


@in_hall()
async def test_somebody_between_two_requests_is_passed_over_and_keeps_the_place(hall):
    for person in ("a", "b", "c"):
        hall.ask(person)
        await settle()
    hall.asking["b"][0].give_up()
    (await hall.turn_of("a")).done()
    third = await hall.turn_of("c")
    assert third
    hall.ask("d")
    hall.ask("b")
    await settle()
    third.done()
    assert await hall.turn_of("b")
    assert await hall.turn_of("d") is None


@in_hall()
async def test_the_place_of_somebody_who_left_is_given_up(hall):
    for person in ("a", "b", "c"):
        hall.ask(person)
        await settle()
    hall.asking["b"][0].give_up()
    await settle()
    assert hall.line.look("c", PAGE).number == 2
    hall.time += ABSENT_SECONDS + 1
    assert hall.line.look("c", PAGE).number == 1
    assert hall.line.look("b", PAGE) is None


@in_hall()
async def test_asking_how_far_it_is_keeps_the_place(hall):
    for person in ("a", "b"):
        hall.ask(person)
        await settle()
    hall.asking["b"][0].give_up()
    await settle()
    for _ in range(4):
        hall.time += ABSENT_SECONDS - 1
        assert hall.line.look("b", PAGE).number == 1


@in_hall()
async def test_a_page_that_is_reloaded_while_it_starts_is_first_again(hall):
    hall.ask("a")
    turn = await hall.turn_of("a")
    hall.ask("b")
    hall.ask("c")
    await settle()
    hall.ask("a")  # the new request is here before the old line is known to be closed
    await settle()
    turn.abandon()
    assert await hall.turn_of("a")
    assert await hall.turn_of("b") is None


@in_hall()
async def test_a_turn_that_comes_when_the_request_has_gone_is_for_the_next(hall):
    first, task = hall.ask("a")
    await hall.turn_of("a")
    hall.ask("b")
    await settle()
    assert isinstance(task.result(), Turn)
    first.give_up()
    assert await hall.turn_of("b")


@in_hall()
async def test_a_place_belongs_to_a_person_and_a_page(hall):
    hall.ask("a")
    await settle()
    hall.ask("b", "week.ipynb")
    await settle()
    assert hall.line.look("b", PAGE) is None
    assert hall.line.look("c", "week.ipynb") is None
    assert hall.line.look("b", "week.ipynb") == Position(1, 1.0, called=True)


@in_hall()
async def test_of_two_devices_the_newer_comes_in_and_the_other_is_the_next(hall):
    hall.ask("a")
    first = await hall.turn_of("a")
    older, waits = hall.ask("b")
    await settle()
    hall.ask("b")
    hall.ask("c")
    await settle()
    assert hall.line.waiting == 2
    first.done()
    second = await hall.turn_of("b")
    assert second
    assert not waits.done()
    assert (hall.line.look("b", PAGE).number, hall.line.look("c", PAGE).number) == (1, 2)
    second.done()
    await settle()
    assert isinstance(waits.result(), Turn)
    assert await hall.turn_of("c") is None
    waits.result().done()
    assert await hall.turn_of("c")
    older.give_up()


@in_hall()
async def test_how_long_it_takes_is_told_by_the_turns_that_were(hall):
    for person in ("a", "b", "c", "d"):
        hall.ask(person)
        await settle()
    told = []
    for person, took in (("a", 0.25), ("b", 0.75)):
        turn = await hall.turn_of(person)
        hall.time += took
        turn.done()
        await settle()
        told.append(hall.line.look("d", PAGE))
    assert [(position.number, position.seconds) for position in told] == [(2, 0.5), (1, 0.5)]


@in_hall(at_once=2)
async def test_all_who_are_only_seconds_away_are_called(hall):
    for number in range(12):
        hall.ask(f"person {number}")
        await settle()
    looked = [hall.line.look(f"person {number}", PAGE) for number in range(2, 12)]
    seconds = [FIRST_GUESS_SECONDS * number / 2 for number in range(1, 11)]
    assert looked == [Position(number, wait, called=wait <= 3) for number, wait in enumerate(seconds, 1)]
    assert {position.called for position in looked} == {True, False}


@in_hall()
async def test_the_first_is_called_also_where_a_page_takes_long(hall):
    hall.ask("a")
    first = await hall.turn_of("a")
    for person in ("b", "c", "d"):
        hall.ask(person)
        await settle()
    hall.time += 10
    first.done()
    await settle()
    assert hall.line.look("c", PAGE) == Position(1, 10.0, called=True)
    assert hall.line.look("d", PAGE) == Position(2, 20.0, called=False)


@in_hall()
async def test_of_the_turns_that_were_the_last_eight_count(hall):
    for number in range(9):
        hall.ask(str(number))
        turn = await hall.turn_of(str(number))
        hall.time += 2 if number < 8 else 10
        turn.done()
    hall.ask("a")
    await settle()
    hall.ask("b")
    await settle()
    assert hall.line.look("b", PAGE).seconds == 2 + (10 - 2) / 8


@in_hall()
async def test_a_turn_ends_once(hall):
    hall.ask("a")
    turn = await hall.turn_of("a")
    turn.done()
    turn.abandon()
    assert hall.line.look("a", PAGE) is None


@in_hall()
async def test_who_asks_again_while_their_page_starts_is_before_those_who_came_later(hall):
    hall.ask("a")
    turn = await hall.turn_of("a")
    for person in ("b", "a"):
        hall.ask(person)
        await settle()
    turn.done()
    assert await hall.turn_of("a")
    assert await hall.turn_of("b") is None


@in_hall()
async def test_who_comes_back_to_a_page_that_was_too_slow_has_the_older_place(hall):
    hall.ask("a")
    slow = await hall.turn_of("a")
    hall.ask("b")
    await settle()
    hall.time += LONGEST_TURN_SECONDS + 1
    hall.line.call()
    assert await hall.turn_of("b")
    for person in ("c", "a"):
        hall.ask(person)
        await settle()
    assert hall.line.look("a", PAGE).number == 2
    slow.abandon()
    assert hall.line.look("a", PAGE).number == 1


def test_room_is_asked_for_beside_what_is_promised_and_not_there_yet():
    asked = []

    async def run():
        hall = Hall(at_once=3, room=lambda promised: asked.append(promised) or True)
        for person in ("a", "b", "c"):
            hall.ask(person)
            turn = await hall.turn_of(person)
            turn.has_kernel = person == "b"
        await hall.close()

    visitor.run(run())
    assert [number for number in asked if number] == [1, 1]
    assert asked[0] == 0


@in_hall()
async def test_who_has_left_is_not_counted_among_those_who_wait(hall):
    for person in ("a", "b", "c"):
        hall.ask(person)
        await settle()
    assert (hall.line.waiting, hall.line.starting) == (2, 1)
    hall.asking["b"][0].give_up()
    hall.time += ABSENT_SECONDS
    assert hall.line.waiting == 2
    hall.time += 1
    assert hall.line.waiting == 1


@in_hall()
async def test_a_page_that_never_gets_ready_does_not_stop_the_line(hall):
    hall.ask("a")
    assert await hall.turn_of("a")
    hall.ask("b")
    await settle()
    hall.time += LONGEST_TURN_SECONDS + 1
    hall.line.call()
    assert await hall.turn_of("b")


@in_hall(room=lambda promised: False)
async def test_without_room_nobody_is_promised_a_time(hall):
    hall.ask("a")
    await settle()
    assert hall.line.look("a", PAGE) == Position(1, None, called=False)


def test_whoever_does_not_get_a_turn_in_time_gets_a_number():
    async def run():
        hall = Hall()
        hall.ask("a")
        await settle()
        answer = await hall.line.waiter("b", PAGE).turn(0)
        assert isinstance(answer, Position)
        assert answer.number == 1
        assert hall.line.waiting == 1
        await hall.close()

    visitor.run(run())


STEPS = st.lists(
    st.tuples(st.sampled_from(["ask", "reload", "done", "abandon"]), st.integers(0, 7)), max_size=60
)


@settings(max_examples=200, deadline=None)
@given(STEPS, st.integers(1, 3))
def test_among_those_who_stand_there_nobody_is_overtaken(steps, at_once):
    """Whatever people do: no more are let in than may be, and each time the one with the oldest place."""

    async def run():
        hall = Hall(at_once)
        order: list[str] = []  # who stands there
        numbers: dict[str, int] = {}  # of their places, also of those who went before their page was there
        inside: dict[str, Turn] = {}
        last = 0
        for what, number in steps:
            person = f"p{number}"
            if what == "ask" and person not in order and person not in inside:
                hall.ask(person)
                order.append(person)
                last += 1
                numbers.setdefault(person, last)
            elif what == "reload" and person in order:
                hall.asking[person][0].give_up()
                await settle()
                hall.ask(person)
            elif what == "done" and inside:
                gone, turn = inside.popitem()
                numbers.pop(gone)
                turn.done()
            elif what == "abandon" and inside:
                gone, turn = inside.popitem()
                turn.abandon()
                assert hall.line.look(gone, PAGE) is not None
            for expected in sorted(order, key=numbers.__getitem__):
                if turn := await hall.turn_of(expected):
                    assert expected == min(order, key=numbers.__getitem__)
                    order.remove(expected)
                    inside[expected] = turn
            assert hall.line.starting == len(inside) <= at_once
            assert len(inside) == at_once or not order
        await hall.close()

    visitor.run(run())
