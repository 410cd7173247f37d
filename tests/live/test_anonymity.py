"""Who has a copy of the data folder learns nothing about whose an anonymous answer is; who is honest keeps theirs."""

import sqlite3

import pytest

from academy.data import DataFolder
from academy.errors import StoreError
from academy.live import AnsweredError, Ballot, Live, control
from academy.live.ballots import guest_id
from academy.store.db import Patience, open_store
from academy_app.cli.archive import restore_backup, write_backup
from academy_app.server.live.watch import RevisionWatch
from tests.live.attacker import all_bytes, keys_of, most_hits
from tests.live.yesterday import SALT, folder_of_yesterday
from tests.support.databases import SERVER

pytestmark = pytest.mark.skipif(bool(SERVER), reason="this is about the files of SQLite")

PEOPLE = 40
BY_CHANCE = 11
"""Of forty guesses at random one is right on average; twelve or more are in one of a thousand million tries."""
TRUTH = {f"p-{n * 7919 % 65536:04x}-{n}": f"What number {n} wrote alone" for n in range(PEOPLE)}


@pytest.fixture
def data(tmp_path, empty):
    data = DataFolder.create(tmp_path / "data")
    (data.path / "academy.sqlite").write_bytes(empty.read_bytes())
    return data


@pytest.fixture
def opened(course, request):
    """Open what is in a data folder, as a server that starts does."""

    def open_(data, **settings):
        store = open_store(data.store_url, ties=data.ties, **settings)
        request.addfinalizer(store.close)
        return Live(store, course, data.secret)

    return open_


def write(room, who, said, number=0, **more):
    return room.answer(Ballot(who, "row", f"client-{who}-{number}", said, name=who.title(), **more))


def everybody(room, home=False):
    """Come in one after another, and write. The board is open, or stays open at home."""
    room.do("open", "f-desk", activity="row")
    for who, said in TRUTH.items():
        room.sit([(who, who.title())])
        write(room, who, said)
    for who in list(TRUTH)[::3]:
        room.do("approve", "f-desk", activity="row", item=room.presenter_view("row")["items"][0]["id"])
        write(room, who, TRUTH[who] + ".", 1, change=True)
        write(room, who, TRUTH[who], 2, change=True)


def ties_in(data):
    return [content for file, content in all_bytes(data.ties).items()]


def test_the_attacker_reads_everything_out_of_a_folder_of_yesterday(tmp_path):
    data = folder_of_yesterday(tmp_path / "data", TRUTH, closed=True)
    assert most_hits(data.path, TRUTH) == PEOPLE


@pytest.mark.parametrize("served", [False, True])
def test_a_copy_made_after_closing_leads_to_nobody(data, opened, served):
    live = opened(data)
    room = live.start("webinar-1", by="f-desk")
    everybody(room)
    salts = ties_in(data)
    assert len(salts) == 1
    other = opened(data) if served else live  # the server, whose connection stays, while a command closes
    assert other.of("webinar-1").state("row")["answered"] == PEOPLE
    live.of("webinar-1").do("close", "f-desk")
    assert most_hits(data.path, TRUTH) <= BY_CHANCE
    files = all_bytes(data.path)
    for content in files.values():
        assert not any(salt in content for salt in salts)
        assert not any(key in content for key in keys_of(data.secret, salts, TRUTH))
        assert b"client-p-" not in content
    assert ties_in(data) == []
    assert live.room(room.code).results("row")["n"] == PEOPLE


def test_beginning_anew_closes_the_one_before_as_well(data, opened):
    live = opened(data)
    everybody(live.start("webinar-1", by="f-desk"))
    salts = ties_in(data)
    live.start("webinar-1", by="f-desk", anew=True)
    assert most_hits(data.path, TRUTH) <= BY_CHANCE
    assert not any(salt in content for content in all_bytes(data.path).values() for salt in salts)


@pytest.mark.parametrize("closed", [True, False])
def test_a_folder_of_yesterday_tells_nothing_any_more(tmp_path, opened, closed):
    data = folder_of_yesterday(tmp_path / "data", TRUTH, closed)
    live = opened(data)
    room = live.room("K7M3QX")
    assert {item["text"] for item in room.presenter_view("row")["items"]} == set(TRUTH.values())
    assert len(room.results("asked")["items"]) == PEOPLE
    assert room.results("connected")["counts"] == {"phone": PEOPLE / 2, "computer": PEOPLE / 2}
    if not closed:
        first, said = next(iter(TRUTH.items()))
        assert room.mine(first, "row") == [said]
        room.do("close", "f-desk")
    assert most_hits(data.path, TRUTH) <= BY_CHANCE
    for content in all_bytes(data.path).values():
        assert SALT not in content
        assert not any(key in content for key in keys_of(data.secret, [SALT], TRUTH))


def test_a_session_that_was_open_yesterday_goes_on_and_nobody_votes_twice(tmp_path, opened):
    data = folder_of_yesterday(tmp_path / "data", TRUTH, closed=False)
    live = opened(data)
    room = live.start("webinar-1", by="f-desk")
    assert room.code == "K7M3QX"
    who, said = next(iter(TRUTH.items()))
    again = room.answer(Ballot(who, "row", f"client-{who}", said))
    assert (again.new, again.mine) == (False, [said])
    with pytest.raises(AnsweredError):
        write(room, who, "Something else")
    assert write(room, who, "Something else", 1, change=True).mine == ["Something else"]
    assert room.state("row")["answered"] == PEOPLE
    database = b"".join(
        v for file, v in all_bytes(data.path).items() if file.name.startswith("academy.sqlite")
    )
    assert SALT not in database


def test_after_the_meeting_the_files_of_the_database_tell_no_order(data, opened):
    room = opened(data).start("webinar-1", by="f-desk")
    everybody(room)
    assert most_hits(data.path, TRUTH) > BY_CHANCE  # as people come the files are written
    room.do("end", "f-desk")
    assert most_hits(data.path, TRUTH) <= BY_CHANCE
    who, said = next(iter(TRUTH.items()))
    assert room.mine(who, "row") == [said]
    room.do("undo", "f-desk")
    assert room.state()["state"] == "live"


def test_what_is_answered_at_home_leaves_no_order_in_the_files_either(data, opened, course):
    live = opened(data)
    live.course = course.model_copy(update={"thresholds": {}})
    room = live.home("webinar-1")
    watch = RevisionWatch(live, lambda _room: None, followed=lambda: {room.id})
    for number, who in enumerate(TRUTH):
        room.sit([(who, who.title())])
        room.answer(Ballot(who, "connected", f"client-{who}", "phone" if number % 2 else "computer"))
    with sqlite3.connect(data.path / "academy.sqlite") as database:
        (dirty,) = database.execute("SELECT scrub FROM live_session").fetchone()
    database.close()
    assert dirty
    watch._look()
    raw = b"".join(
        content for file, content in all_bytes(data.path).items() if file.name.startswith("academy.sqlite")
    )
    seats = sorted(TRUTH, key=lambda who: raw.find(who.encode()))
    came = list(TRUTH)
    assert sum(a == b for a, b in zip(seats, came, strict=True)) <= BY_CHANCE
    assert sum(a == b for a, b in zip(seats, came[::-1], strict=True)) <= BY_CHANCE


def test_while_a_session_is_open_neither_database_nor_backup_has_what_ties_answers(data, opened, tmp_path):
    room = opened(data).start("webinar-1", by="f-desk")
    everybody(room)
    (salt,) = ties_in(data)
    below = data.path / "backups"
    below.mkdir()
    write_backup(data, below / "copy")
    assert most_hits(below / "copy", TRUTH) <= BY_CHANCE
    assert not any(salt in content for content in all_bytes(below).values())
    database = [content for file, content in all_bytes(data.path).items() if data.ties not in file.parents]
    assert not any(salt in content for content in database)


def test_after_a_restart_an_answer_can_be_changed_and_is_not_taken_twice(data, opened):
    room = opened(data).start("webinar-1", by="f-desk")
    room.do("open", "f-desk", activity="row")
    write(room, "p-amina", "The cleaners")
    room = opened(data).of("webinar-1")
    assert room.mine("p-amina", "row") == ["The cleaners"]
    assert not write(room, "p-amina", "The cleaners").new
    with pytest.raises(AnsweredError):
        write(room, "p-amina", "The porters", 1)
    write(room, "p-amina", "The porters", 2, change=True)
    assert [item["text"] for item in room.presenter_view("row")["items"]] == ["The porters"]


def test_a_restored_backup_takes_no_second_answer_where_nobody_can_tell_who_has_answered(
    data, opened, tmp_path
):
    room = opened(data).start("webinar-1", by="f-desk")
    for activity in ("row", "connected", "asked"):
        room.do("open", "f-desk", activity=activity)
    write(room, "p-amina", "The cleaners")
    write_backup(data, tmp_path / "copy.tar.gz")
    room = opened(restore_backup(tmp_path / "copy.tar.gz", tmp_path / "again")).of("webinar-1")
    for who in ("p-amina", "p-bao"):
        with pytest.raises(StoreError, match="close this session and begin a new one"):
            write(room, who, "The porters", change=True)
        room.answer(Ballot(who, "connected", f"client-{who}", "phone"))  # nobody had answered this one
        room.answer(Ballot(who, "asked", f"client-{who}", {"ask": "Who pays?"}))
    room.do("reset", "f-desk", activity="row")
    write(room, "p-amina", "The porters")
    with pytest.raises(AnsweredError):
        write(room, "p-amina", "The cleaners", 1)
    room.do("undo", "f-desk")
    assert [item["text"] for item in room.presenter_view("row")["items"]] == ["The cleaners"]


def test_a_reset_that_is_taken_back_leaves_everybody_their_answer(data, opened):
    room = opened(data).start("webinar-1", by="f-desk")
    room.do("open", "f-desk", activity="row")
    write(room, "p-amina", "The cleaners")
    room.do("reset", "f-desk", activity="row")
    assert room.mine("p-amina", "row") is None
    write(room, "p-amina", "The porters")
    room.do("undo", "f-desk")
    assert room.mine("p-amina", "row") == ["The cleaners"]
    room.do("close", "f-desk")
    assert ties_in(data) == []


def test_what_a_reader_is_in_the_way_of_is_done_at_the_next_start(data, opened):
    live = opened(data, patience=Patience(scrub=0))
    room = live.start("webinar-1", by="f-desk")
    everybody(room)
    reader = sqlite3.connect(data.path / "academy.sqlite", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM live_answer").fetchone()
    room.do("close", "f-desk")
    assert live.tidy() is False
    reader.close()
    assert opened(data).tidy() is True
    assert most_hits(data.path, TRUTH) <= BY_CHANCE
    assert len((data.path / "academy.sqlite-wal").read_bytes()) < 40_000


def test_what_was_left_when_a_server_ended_is_done_at_the_next_start(data, opened, monkeypatch):
    monkeypatch.setattr(control, "tidy", lambda _store: False)
    live = opened(data)
    room = live.start("webinar-1", by="f-desk")
    everybody(room)
    room.do("close", "f-desk")
    assert len(ties_in(data)) == 1
    assert opened(data).tidy() is True
    assert ties_in(data) == []
    assert most_hits(data.path, TRUTH) <= BY_CHANCE


def test_a_server_finishes_what_a_command_that_closed_a_session_could_not(data, opened, monkeypatch):
    live = opened(data)
    room = live.start("webinar-1", by="f-desk")
    everybody(room)
    watch = RevisionWatch(live, lambda _room: None, followed=lambda: {room.id})
    watch._look()
    monkeypatch.setattr(control, "tidy", lambda _store: False)
    opened(data).of("webinar-1").do("close", "f-desk")
    assert len(ties_in(data)) == 1
    watch._look()
    assert ties_in(data) == []
    assert most_hits(data.path, TRUTH) <= BY_CHANCE


def test_closing_holds_also_where_tidying_gets_no_turn(data, opened, monkeypatch):
    live = opened(data)
    room = live.start("webinar-1", by="f-desk")
    everybody(room)

    def busy():
        raise StoreError("The server is very busy just now.")

    monkeypatch.setattr(live.store, "scrub", busy)
    room.do("close", "f-desk")
    assert live.room(room.code).state()["state"] == "closed"
    assert live.tidy() is False
    assert ties_in(data) == []


def test_tidying_leaves_open_sessions_as_they_are(data, opened):
    live = opened(data)
    room = live.start("webinar-1", by="f-desk")
    everybody(room)
    assert live.tidy() is True
    assert len(ties_in(data)) == 1
    assert room.mine(next(iter(TRUTH)), "row") == [TRUTH[next(iter(TRUTH))]]


def test_servers_without_a_common_folder_refuse_rather_than_count_somebody_twice(
    data, opened, course, tmp_path
):
    room = opened(data).start("webinar-1", by="f-desk")
    room.do("open", "f-desk", activity="row")
    room.do("open", "f-desk", activity="word")
    write(room, "p-amina", "The cleaners")
    store = open_store(data.store_url, ties=tmp_path / "another machine")
    elsewhere = Live(store, course, data.secret).of("webinar-1")
    assert elsewhere.mine("p-amina", "row") is None
    with pytest.raises(StoreError, match="close this session and begin a new one"):
        write(elsewhere, "p-amina", "The cleaners", 1)
    elsewhere.answer(Ballot("p-amina", "word", "client-word", ["tired"]))  # first answered there
    with pytest.raises(StoreError, match="close this session and begin a new one"):
        room.answer(Ballot("p-amina", "word", "client-again", ["tired"]))
    assert (room.state("row")["answered"], room.state("word")["answered"]) == (1, 1)
    store.close()


def test_servers_that_name_a_common_folder_are_as_one(data, opened, monkeypatch, tmp_path):
    monkeypatch.setenv("ACADEMY_LIVE_TIES", str(tmp_path / "common"))
    room = opened(data).start("webinar-1", by="f-desk")
    room.do("open", "f-desk", activity="row")
    write(room, "p-amina", "The cleaners")
    assert ties_in(data) == []
    assert opened(data).of("webinar-1").mine("p-amina", "row") == ["The cleaners"]
    assert len(all_bytes(tmp_path / "common")) == 1


def test_an_answer_that_could_never_be_changed_is_not_taken(data, opened):
    live = opened(data)
    room = live.start("webinar-1", by="f-desk")
    room.do("open", "f-desk", activity="row")
    data.ties.parent.mkdir(exist_ok=True)
    data.ties.write_text("something else has this name")
    with pytest.raises(StoreError, match="tell your facilitator"):
        write(room, "p-amina", "The cleaners")
    assert room.state("row")["answered"] == 0
    data.ties.unlink()
    write(room, "p-amina", "The cleaners")
    assert room.state("row")["answered"] == 1


def test_secrets_can_be_read_by_their_owner_alone(data, opened):
    room = opened(data).start("webinar-1", by="f-desk")
    room.do("open", "f-desk", activity="row")
    write(room, "p-amina", "The cleaners")
    (file,) = all_bytes(data.ties)
    assert [path.stat().st_mode & 0o077 for path in (file, file.parent, data.ties)] == [0, 0, 0]


def test_secrets_are_found_by_no_name_that_leads_elsewhere(data, opened):
    ties = opened(data).store.ties
    assert ties.get("K7M3QX", "../../keys/secret") is None
    for code in ("../keys", "", "a/b"):
        with pytest.raises(ValueError, match="letters and digits"):
            ties.make(code)


def test_guests_and_sessions_have_names_that_are_hard_to_guess():
    assert {len(guest_id()) for _ in range(9)} == {len("g-") + 12}
    assert len({guest_id() for _ in range(99)}) == 99
