"""No vote is lost, doubled or miscounted, in whatever order things happen: as a law, and with processes at once."""

import itertools
import json
import multiprocessing
import queue
import random
import tempfile
import threading
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from academy.course import load_course
from academy.errors import StoreError
from academy.live import Ballot, Live
from academy.store import open_store
from academy_app.server.live.watch import RevisionWatch
from tests.live.small import small_course
from tests.live.yesterday import database_of_yesterday
from tests.support.databases import SERVER
from tests.support.patience import SECONDS

SECRET = b"s" * 32
PROCESSES, PEOPLE, ROUNDS = 3, 20, 2

folder = tempfile.TemporaryDirectory()
course = load_course(small_course(Path(folder.name)))
store = open_store(Path(folder.name) / "laws.sqlite")
numbers = itertools.count()

steps = st.lists(
    st.one_of(
        st.tuples(
            st.just("vote"), st.sampled_from("abcd"), st.sampled_from(["phone", "computer"]), st.booleans()
        ),
        st.tuples(st.just("again"), st.integers(0, 30)),
        st.tuples(st.sampled_from(["lock", "open", "reset", "undo", "reveal", "hide", "remove-a"])),
    ),
    max_size=25,
)


@settings(max_examples=30)
@given(steps)
def test_the_count_is_always_that_of_the_newest_answer_of_each_person(plan):
    room = Live(store, course, SECRET).start("webinar-1", by="f-desk", anew=True)
    room.do("open", "f-desk", activity="connected")
    truth, rounds, phase, undo = {1: {}}, 1, "open", []
    sent, removed, used = [], False, 1
    revisions = [room.state()["rev"]]
    undo.append(("waiting", 1, False))
    for step in plan:
        if step[0] in ("vote", "again"):
            if step[0] == "again" and not sent:
                continue
            ballot = (
                Ballot(f"p-{step[1]}", "connected", f"client-{next(numbers):06}", step[2], step[3])
                if step[0] == "vote"
                else sent[step[1] % len(sent)]
            )
            sent.append(ballot)
            answers = truth[rounds]
            known = answers.get(ballot.who)
            may = (
                phase == "open"
                and not (removed and ballot.who == "p-a")
                and (known is None or known[0] == ballot.value or ballot.change)
            )
            once = known is not None and ballot.id in known[1] and not (removed and ballot.who == "p-a")
            (got,) = room.answer_all([ballot])
            assert isinstance(got, StoreError) == (not (may or once))
            if once:
                assert got.mine == known[0]
            elif may:
                ids = (known[1] if known else set()) | (
                    {ballot.id} if known is None or known[0] != ballot.value else set()
                )
                answers[ballot.who] = (ballot.value, ids)
                assert got.mine == ballot.value
        else:
            before = (phase, rounds, removed)
            act = step[0]
            if act == "undo" and not undo:
                continue
            if act == "undo":
                phase, rounds, removed = undo.pop()
            elif act == "remove-a":
                if not any(person["who"] == "p-a" for person in room.presenter_view()["people"]):
                    continue
                removed = True
            elif act == "reset":
                used += 1
                rounds = next(n for n in itertools.count(used) if n not in truth)
                truth[rounds] = {}
                phase = "locked" if phase == "revealed" else phase
            elif act == "hide":
                phase = "locked" if phase == "revealed" else phase
            else:
                phase = {"lock": "locked", "open": "open", "reveal": "revealed"}[act]
            if act != "undo":
                undo.append(before)
            act, given_ = ("remove", {"who": "p-a"}) if act == "remove-a" else (act, {})
            room.do(act, "f-desk", activity="connected", **given_)
        revisions.append(room.state("connected")["rev"])
        counts = Counter(value for value, _ in truth[rounds].values())
        assert room.results("connected")["counts"] == {
            "phone": counts["phone"],
            "computer": counts["computer"],
        }
        assert room.state("connected")["answered"] == len(truth[rounds])
        for who in "abcd":
            assert room.mine(f"p-{who}", "connected") == truth[rounds].get(f"p-{who}", (None,))[0]
    assert revisions == sorted(revisions)


def work(url, root, number, results):
    """Vote for everybody, in an order of one's own, each answer twice; then change some; say what was received."""
    store = open_store(url, migrate=False)
    room = Live(store, load_course(root), SECRET).of("webinar-1")
    luck, received = random.Random(number), []
    for turn in range(ROUNDS):
        people = [f"p-{n:03}" for n in range(PEOPLE)]
        luck.shuffle(people)
        for who in people:
            value = luck.choice(["phone", "computer"])
            ballot = Ballot(who, "connected", f"{number}-{turn}-{who}", value, change=turn > 0)
            question = Ballot(who, "asked", f"{number}-{turn}-{who}", {"ask": f"{number} {turn}?"})
            for found in room.answer_all([ballot, ballot, question]):
                if not isinstance(found, StoreError):
                    received.append((found.rev, found.activity, who, found.mine, found.id, found.new))
    store.close()
    results.put(json.dumps(received))


def many_at_once(url, root):
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    workers = [context.Process(target=work, args=(url, root, n, results)) for n in range(PROCESSES)]
    for worker in workers:
        worker.start()
    received = [tuple(item) for _ in workers for item in json.loads(results.get(timeout=120))]
    for worker in workers:
        worker.join(30)
        assert worker.exitcode == 0
    return received


def check(url, root):
    store = open_store(url)
    try:
        room = Live(store, load_course(root), SECRET).start("webinar-1", by="f-desk")
        room.do("open", "f-desk", activity="connected")
        room.do("open", "f-desk", activity="asked")
        received = many_at_once(url, root)
        new = sorted(item for item in received if item[5])
        revisions = [item[0] for item in new]
        assert len(revisions) == len(set(revisions))  # each change has a revision of its own
        truth = {who: mine for _, activity, who, mine, _, _ in new if activity == "connected"}
        assert len(truth) == PEOPLE
        assert {who: room.mine(who, "connected") for who in truth} == truth
        counts = Counter(truth.values())
        state = room.state("connected")
        assert state["results"] == {
            "n": PEOPLE,
            "counts": {key: counts[key] for key in ("phone", "computer")},
        }
        assert state["rev"] == max(revisions)
        assert state["people"] == PEOPLE
        for who in truth:  # questions add up
            asked = [item for item in new if item[1] == "asked" and item[2] == who]
            assert len(room.mine(who, "asked")["asked"]) == len(asked) == PROCESSES * ROUNDS
    finally:
        store.close()


@pytest.mark.skipif(bool(SERVER), reason="this is about a file of SQLite")
def test_processes_that_vote_at_once_lose_and_double_nothing_on_sqlite(tmp_path):
    check(f"sqlite:///{tmp_path / 'academy.sqlite'}", str(small_course(tmp_path)))


def test_a_watch_that_is_stopped_looks_no_more():
    looked = threading.Event()
    watch = RevisionWatch(Live(store, course, SECRET), print, followed=lambda: looked.set() or set())
    watch.stop()  # one that never began
    watch = RevisionWatch(Live(store, course, SECRET), print, followed=lambda: looked.set() or set())
    watch.start()
    if store.engine.dialect.name == "sqlite":
        assert looked.wait(SECONDS)
    thread = watch._thread
    watch.stop()
    assert not thread.is_alive()


def test_processes_that_vote_at_once_lose_and_double_nothing_on_postgresql(tmp_path, postgresql):
    check(postgresql("live"), str(small_course(tmp_path)))


def test_postgresql_tells_every_server_what_another_one_changed(tmp_path, postgresql):
    url, course = postgresql("told"), load_course(small_course(tmp_path))
    here, elsewhere = open_store(url), open_store(url)
    told = queue.Queue()
    watch = RevisionWatch(
        Live(here, course, SECRET), told.put, followed=set
    )  # nobody follows: it does not look by itself
    try:
        room = Live(elsewhere, course, SECRET).start("webinar-1", by="f-desk")
        watch.start()
        assert watch.listening.wait(SECONDS)
        room.do("open", "f-desk", activity="connected")
        assert told.get(timeout=120) == room.id
        room.answer(Ballot("p-amina", "connected", "client-1", "phone"))
        assert told.get(timeout=120) == room.id
    finally:
        watch.stop()
        here.close()
        elsewhere.close()


@pytest.mark.parametrize("closed", [True, False])
def test_a_postgresql_database_of_yesterday_is_brought_forward(tmp_path, postgresql, closed):
    url, truth = postgresql(f"yesterday-{closed}"), {f"p-{n}": f"What number {n} wrote" for n in range(12)}
    database_of_yesterday(url, SECRET, truth, closed)
    store = open_store(url, ties=tmp_path / "ties")
    try:
        room = Live(store, load_course(small_course(tmp_path)), SECRET).room("K7M3QX")
        assert room.results("connected")["counts"] == {"phone": 6, "computer": 6}
        assert {item["text"] for item in room.presenter_view("row")["items"]} == set(truth.values())
        assert room.mine("p-3", "connected") == (None if closed else "phone")
        if not closed:
            assert room.answer(Ballot("p-3", "connected", "client-p-3", "phone")).new is False
    finally:
        store.close()


def test_closing_leaves_no_order_in_the_tables_of_postgresql(tmp_path, postgresql):
    truth = {f"p-{n * 7919 % 65536:04x}": f"What number {n} wrote" for n in range(40)}
    store = open_store(postgresql("closed"), ties=tmp_path / "ties")
    try:
        room = Live(store, load_course(small_course(tmp_path)), SECRET).start("webinar-1", by="f-desk")
        room.do("open", "f-desk", activity="row")
        for who, said in truth.items():
            room.answer(Ballot(who, "row", f"client-{who}", said))
        room.do("close", "f-desk")
        assert list((tmp_path / "ties").iterdir()) == []
        for order in ("ctid", "xmin::text::bigint, ctid", "ctid DESC"):
            with store.engine.connect() as connection:
                came = (
                    connection.exec_driver_sql(f"SELECT who FROM live_seat ORDER BY {order}").scalars().all()
                )
                said = (
                    connection.exec_driver_sql(f"SELECT value FROM live_answer ORDER BY {order}")
                    .scalars()
                    .all()
                )
                written = connection.exec_driver_sql(
                    "SELECT count(DISTINCT xmin::text) FROM live_answer"
                ).scalar()
            assert sum(truth[who] == text for who, (text,) in zip(came, said, strict=True)) <= 11
            assert written == 1
        assert room.results("row")["n"] == len(truth)
    finally:
        store.close()
