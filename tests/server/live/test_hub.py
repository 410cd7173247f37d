"""One channel for each room: who is told what, how often one may answer, and what is survived."""

import asyncio
import json
import logging
import threading

import pytest
import sqlalchemy as sa
from tornado.iostream import StreamClosedError

from academy.live import GoneError
from academy.store.live import LiveSession
from academy_app.server.live.event_line import EventLine
from academy_app.server.live.hub import LINES_A_PERSON, Channel, Hub
from academy_app.server.live.presenters import Presenters
from academy_app.server.live.stream import event
from academy_app.server.live.watch import RevisionWatch
from tests.live.conftest import course, empty, live, room, store, vote  # noqa: F401 – fixtures
from tests.support.patience import SECONDS


class Line:
    """A connection that remembers what it was told."""

    def __init__(self, who="p-amina"):
        self.who, self.told, self.heard, self.over = who, asyncio.Queue(), [], False

    def tell(self, delta, whole):
        self.told.put_nowait(delta)

    def hear(self, news):
        self.heard.append(news)

    def stop(self):
        self.over = True

    async def next(self):
        piece = await asyncio.wait_for(self.told.get(), SECONDS)
        return json.loads(piece.plain.decode().partition("data: ")[2])


def in_hub(live, work):  # noqa: F811
    async def run():
        hub = Hub(lambda: live)
        try:
            return await work(hub)
        finally:
            hub.close()

    return asyncio.run(run())


def test_who_listens_is_told_what_changes_and_who_has_left_is_not(live, room):  # noqa: F811
    async def work(hub):
        channel, stays, goes = hub.channel(room), Line(), Line("p-bao")
        first = await channel.join(stays)
        assert first is await channel.join(goes), "it is made once for all"
        channel.leave(goes)
        rev = await hub.writing(lambda: room.do("open", "f-desk", activity="connected"))
        channel.poke()
        news = await stays.next()
        assert (news["rev"], news["patch"]["activity"]) == (rev, "connected")
        assert json.loads(channel.whole().plain.decode().partition("data: ")[2])["rev"] == rev
        assert goes.told.empty()
        hub.turn_out("p-amina")
        return stays.over, goes.over

    assert in_hub(live, work) == (True, False)


def test_news_before_the_server_runs_and_after_it_has_ended_disturb_nobody(live, room):  # noqa: F811
    hub = Hub(lambda: live)
    hub.poke_soon(room.id)

    async def begin():
        await hub.channel(room).join(Line())

    asyncio.run(begin())
    hub.poke_soon(room.id)
    hub.close()


def test_of_a_persons_lines_the_newest_eight_stay(live, room):  # noqa: F811
    async def work(hub):
        channel = hub.channel(room)
        lines = [Line() for _ in range(LINES_A_PERSON + 1)]
        for line in (Line("p-bao"), *lines):
            await channel.join(line)
        return [line.over for line in channel.listeners]

    assert LINES_A_PERSON == 8
    assert in_hub(live, work) == [False, True, *[False] * 8]


def test_who_asks_for_something_newer_gets_it_as_soon_as_it_is_there(live, room):  # noqa: F811
    async def work(hub):
        channel = hub.channel(room)
        now = await channel.newer(-1, SECONDS)
        assert await channel.newer(now["rev"], 0.01) == now, "nothing new in that time"
        waiting = asyncio.ensure_future(channel.newer(now["rev"], SECONDS))
        await asyncio.sleep(0)
        rev = await hub.writing(lambda: room.do("open", "f-desk", activity="connected"))
        channel.poke()
        assert (await waiting)["rev"] == rev

    in_hub(live, work)


def test_what_another_process_changes_is_told_without_being_asked_for(live, room):  # noqa: F811
    async def work(hub):
        line = Line()
        await hub.channel(room).join(line)
        rev = await hub.reading(lambda: room.do("open", "f-desk", activity="connected"))
        assert (await line.next())["rev"] == rev

    in_hub(live, work)


def test_results_that_are_held_are_read_by_who_may_peek(live, room, vote):  # noqa: F811
    room.do("open", "f-desk", activity="drivers")
    for number in range(5):
        vote(f"p-{number}", "drivers", ["climate", "platforms", "ageing"])

    async def work(hub):
        channel = hub.channel(room)
        return [(await channel.read("drivers", **more))["results"] for more in ({}, {"peek": True})]

    held, seen = in_hub(live, work)
    assert held is None
    assert seen["mean"] == {"climate": 1, "platforms": 2, "ageing": 3}


def test_presenters_are_told_once_who_else_presents(live, room):  # noqa: F811
    async def work(hub):
        channel, rosa, bao = hub.channel(room), Line("f-rosa"), Line("f-bao")
        await channel.present(rosa, "Rosa")
        await channel.present(bao, "Bao")
        await channel.tell_presenters()
        assert (len(rosa.heard), len(bao.heard)) == (2, 1)
        assert rosa.heard[-1].plain == bao.heard[-1].plain
        channel.leave(rosa)
        await channel.tell_presenters()
        return len(rosa.heard), len(bao.heard)

    assert in_hub(live, work) == (2, 2)


def test_a_room_that_can_not_be_read_once_is_read_again(live, room, caplog):  # noqa: F811
    async def work(hub):
        channel, line = hub.channel(room), Line()
        await channel.join(line)
        really, broken = channel.room.rev, asyncio.Event()

        def fail():
            del channel.room.rev
            broken.set()
            raise ValueError("a broken row")

        channel.room.rev = fail
        channel.poke()
        await asyncio.wait_for(broken.wait(), SECONDS)
        rev = await hub.writing(lambda: room.do("open", "f-desk", activity="connected"))
        channel.poke()
        assert (await line.next())["rev"] == rev == really()

    with caplog.at_level(logging.ERROR):
        in_hub(live, work)
    assert f"The room {room.id} could not be read." in caplog.text


def test_a_room_that_is_gone_is_told_no_more(live, room, store):  # noqa: F811
    async def work(hub):
        channel, line = hub.channel(room), Line()
        await channel.join(line)
        with store.write() as session:
            session.execute(sa.delete(LiveSession))
        channel.poke()
        await asyncio.wait_for(channel._task, SECONDS)
        assert line.told.empty()
        with pytest.raises(GoneError):
            await channel.join(Line("p-bao"))

    in_hub(live, work)


def test_a_room_is_found_by_its_code_however_it_is_typed(live, room):  # noqa: F811
    async def work(hub):
        typed = f" {room.code[:3].lower()}-{room.code[3:]}"
        found = [await hub.find(code) for code in (room.code, typed, "ABCDEF", "no code")]
        return [channel and channel.room.id for channel in found], found[0] is found[1]

    assert in_hub(live, work) == ([room.id, room.id, None, None], True)


def test_twenty_answers_in_ten_seconds_are_as_many_as_hands_can_give(live, room):  # noqa: F811
    time = [1000.0]

    async def work(hub):
        channel = Channel(hub, room, now=lambda: time[0])
        assert [channel.may_answer("p-amina") for _ in range(21)] == [True] * 20 + [False]
        assert channel.may_answer("p-bao")
        time[0] += 10
        assert not channel.may_answer("p-amina")
        time[0] += 0.01
        assert [channel.may_answer("p-amina") for _ in range(21)] == [True] * 20 + [False]

    in_hub(live, work)


class Sessions:
    """Sessions with their revisions, and how often what they left was tidied."""

    def __init__(self, **revisions):
        self.found, self.tidied, self.broken = revisions, 0, False

    def revisions(self):
        if self.broken:
            raise ValueError("a broken row")
        return dict(self.found)

    def tidy(self):
        self.tidied += 1


def test_each_session_that_is_new_has_changed_or_was_closed_is_told_once(caplog):
    sessions, told, followed = Sessions(a=1, b=1), [], {"a", "b"}
    watch = RevisionWatch(sessions, told.append, lambda: followed)

    def looked():
        told.clear()
        watch._look()
        return sorted(told), sessions.tidied

    assert looked() == (["a", "b"], 1)
    assert looked() == ([], 1)
    sessions.found["b"] = 2
    assert looked() == (["b"], 1), "tidying rests for a while"
    del sessions.found["a"]
    assert looked() == (["a"], 2), "what a session left is tidied at once"
    assert looked() == ([], 2)
    sessions.broken = True
    assert looked() == ([], 2)
    assert "The rooms could not be looked at." in caplog.text
    sessions.broken = False
    sessions.found["b"] = 3
    assert looked() == (["b"], 2)


def test_one_thread_watches_and_ends_when_it_is_told(live):  # noqa: F811
    def watching():
        return [thread for thread in threading.enumerate() if thread.name == "live-watch"]

    before = watching()
    watch = RevisionWatch(live, print, set)
    for _ in range(2):
        watch.start()
    (thread,) = [thread for thread in watching() if thread not in before]
    watch.stop()
    assert not thread.is_alive()


def test_a_line_whose_end_is_gone_is_over():
    def gone(_piece):
        raise StreamClosedError

    async def send():
        line = EventLine("p-amina", gone)
        line.hear(event(1, {"patch": {}}))
        return line.over.is_set()

    assert asyncio.run(send())


def test_a_line_that_is_over_hears_nothing():
    async def send():
        sent = []
        line = EventLine("p-amina", sent.append)
        line.stop()
        line.hear(event(1, {"patch": {}}))
        return sent

    assert asyncio.run(send()) == []


def test_the_room_follows_who_moved_it_last_until_they_leave():
    here = Presenters()
    assert here.other("f-rosa") is None
    here.come("one", "f-rosa", "Rosa")
    here.come("two", "f-rosa", "Rosa")
    here.come("three", "f-bao", "Bao")
    assert here.news(None) == {"lead": None, "there": {"f-rosa": "Rosa", "f-bao": "Bao"}, "undo": None}
    here.lead = "f-rosa"
    assert (here.other("f-bao"), here.other("f-rosa")) == ("Rosa", None)
    assert here.leave("one")
    assert not here.leave("one")
    assert here.news(None)["lead"] == "f-rosa", "another screen of hers is open"
    here.leave("two")
    assert (here.news(None)["lead"], here.other("f-bao")) == (None, None)
    assert list(here.screens) == ["three"]
