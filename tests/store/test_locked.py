"""A database that somebody else has: how long is waited, and what is said."""

import asyncio
import contextlib
import sqlite3
import time

import pytest
import sqlalchemy as sa

from academy.errors import BusyError
from academy.store import Settings, db, open_store
from academy.store.arrivals import arrived, note_arrival
from academy.store.db import BUSY, PASSING_SECONDS, PATIENCE, Patience
from academy.store.readings import FEEDBACK_READ, REVIEW_READ, Readings
from academy.store.schema import PersonRow


@pytest.fixture
def locked(tmp_path):
    """A database that another connection has for itself."""
    file = tmp_path / "academy.sqlite"
    open_store(file).close()
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    yield file
    holder.close()


@pytest.fixture
def served(locked):
    """Open it as a server does; what is given is how patient that is."""
    with contextlib.ExitStack() as stack:

        def opened(**seconds):
            store = open_store(locked, migrate=False, shared=True, patience=Patience(**seconds))
            stack.callback(store.close)
            return store

        yield opened


def waits_of(store):
    """For how many seconds the store's connections are told to wait, from now on."""
    waits = []

    def hear(_connection, _cursor, statement, *_more):
        name, _, milliseconds = statement.partition("PRAGMA busy_timeout = ")
        if not name and milliseconds:
            waits.append(int(milliseconds) / 1000)

    sa.event.listen(store.engine, "before_cursor_execute", hear)
    return waits


async def write(store):
    """Try to write on a loop; return how long that held the loop up."""
    begun = time.monotonic()
    with pytest.raises(BusyError, match=BUSY), store.write():
        pass
    return time.monotonic() - begun


def test_on_a_loop_a_turn_is_waited_for_less_than_half_a_second(served):
    store = served()
    waits = waits_of(store)
    assert PATIENCE.loop < 0.5
    asyncio.run(read(store))
    with store.session():
        pass
    assert waits == [PATIENCE.loop, PATIENCE.shared]


async def read(store):
    with store.session():
        pass


def test_who_comes_after_somebody_who_waited_in_vain_waits_hardly_at_all(served):
    store = served(busy=3600)
    waits = waits_of(store)
    for _ in range(3):
        asyncio.run(write(store))
    assert waits == [PATIENCE.loop, PATIENCE.again, PATIENCE.again]


def test_a_moment_later_one_is_patient_again(served):
    assert 0 < PATIENCE.busy < 10
    store = served(busy=0)
    waits = waits_of(store)
    for _ in range(2):
        asyncio.run(write(store))
    assert waits == [PATIENCE.loop, PATIENCE.loop]


def test_a_new_connection_waits_no_longer_on_a_loop_than_an_old_one(served):
    store = served()

    async def patience():
        with store.engine.connect() as connection:
            return connection.exec_driver_sql("PRAGMA busy_timeout").scalar()

    assert asyncio.run(patience()) == PATIENCE.loop * 1000


def test_a_store_of_ones_own_waits_as_long_as_before(tmp_path):
    store = open_store(tmp_path / "academy.sqlite")

    async def patience():
        with store.session() as session:
            return session.scalar(sa.text("PRAGMA busy_timeout"))

    assert asyncio.run(patience()) == PATIENCE.alone * 1000
    store.close()


def test_a_statement_that_postgresql_ends_for_a_lock_says_that_the_server_is_busy():
    assert db._sentence("canceling statement due to lock timeout") == BUSY


def test_who_only_reads_does_not_wait_until_it_can_be_noted_that_they_did(tmp_path):
    store, holder = open_store(tmp_path / "academy.sqlite"), sqlite3.connect(tmp_path / "academy.sqlite")
    holder.execute("BEGIN IMMEDIATE")
    waits = waits_of(store)
    note_arrival(store, "small", "p-nia")
    assert Readings(store, "small", "p-nia").note(REVIEW_READ, "r1")
    assert waits == [PASSING_SECONDS, PATIENCE.alone] * 2  # and whoever writes next waits as long as ever
    assert PASSING_SECONDS < 0.5
    holder.rollback()
    note_arrival(store, "small", "p-nia")
    assert arrived(store, "small") == {"p-nia"}
    holder.close()
    store.close()


def test_what_was_deleted_is_cleaned_out_of_the_files_once_nobody_is_in_the_way(locked, served, caplog):
    store = served(scrub=0)
    assert store.scrub() is False
    assert "could not be cleaned of what was deleted; this is tried again" in caplog.text


def test_a_clean_file_holds_nothing_of_what_was_deleted(tmp_path):
    file = tmp_path / "academy.sqlite"
    store = open_store(file)
    for text in ("Nobody shall read this again", ""):
        Settings(store).set("note", text)
    assert store.scrub() is True
    store.close()
    assert b"Nobody shall read" not in b"".join(
        part.read_bytes() for part in tmp_path.glob("academy.sqlite*")
    )
    nowhere = open_store("sqlite://")
    assert nowhere.scrub() is True
    nowhere.close()


def test_two_rows_of_one_key_are_a_mistake_of_ours_and_no_sentence(tmp_path):
    store = open_store(tmp_path / "academy.sqlite")
    with store.write() as session:
        session.add(PersonRow(id="p-amina", display_name="Amina"))
    with pytest.raises(sa.exc.IntegrityError), store.write() as session:
        session.add(PersonRow(id="p-amina", display_name="Amina"))
    store.close()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("database or disk is full", db.FULL),
        ("could not extend file: no space left on device", db.FULL),
        ("attempt to write a readonly database", db.READ_ONLY),
        ("cannot execute insert in a read-only transaction", db.READ_ONLY),
        ("unable to open database file", db.READ_ONLY),
        ("disk i/o error", db.READ_ONLY),
        ("database is locked", BUSY),
        ("the server is busy", BUSY),
        ("database disk image is malformed", db.DAMAGED),
    ],
)
def test_what_a_database_complains_of_is_a_sentence_of_ours(text, said):
    assert db._sentence(text) == said


def test_what_was_read_is_noted_once_and_a_newer_version_anew(tmp_path):
    store = open_store(tmp_path / "academy.sqlite")
    amina, bao = (Readings(store, "small", person) for person in ("p-amina", "p-bao"))
    assert [amina.note(FEEDBACK_READ, "idea", of) for of in (2, 2, 1, 3)] == [True, False, False, True]
    assert (amina.read(FEEDBACK_READ), amina.read(REVIEW_READ)) == ({"idea": 3}, {})
    assert (bao.read(FEEDBACK_READ), Readings(store, "other", "p-amina").read(FEEDBACK_READ)) == ({}, {})
    store.close()
