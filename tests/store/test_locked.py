"""A database that somebody else has: how long is waited, and what is said."""

import asyncio
import sqlite3
import time

import pytest
import sqlalchemy as sa

from academy.errors import BusyError
from academy.store import db, open_store
from academy.store.arrivals import arrived, note_arrival
from academy.store.db import BUSY, LOOP_SECONDS
from academy.store.readings import REVIEW_READ, Readings


@pytest.fixture
def locked(tmp_path):
    """A server's store whose database another connection has for itself."""
    file = tmp_path / "academy.sqlite"
    store = open_store(file, shared=True)
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    yield store
    holder.close()
    store.close()


async def write(store):
    """Try to write on a loop; return how long that held the loop up."""
    begun = time.monotonic()
    with pytest.raises(BusyError, match=BUSY), store.write():
        pass
    return time.monotonic() - begun


def test_on_a_loop_a_turn_is_waited_for_less_than_half_a_second(locked, monkeypatch):
    waits = []
    monkeypatch.setattr(db.Store, "_wait", lambda _self, _connection, seconds: waits.append(seconds))
    assert LOOP_SECONDS < 0.5
    asyncio.run(read(locked))
    with locked.session():
        pass
    assert waits == [LOOP_SECONDS, db.SHARED_SECONDS]


async def read(store):
    with store.session():
        pass


def test_who_comes_after_somebody_who_waited_in_vain_waits_hardly_at_all(locked, monkeypatch):
    waits, now = [], time.monotonic()
    real = db.Store._wait

    def wait(self, connection, seconds):
        waits.append(seconds)
        real(self, connection, seconds)

    monkeypatch.setattr(db.Store, "_wait", wait)
    monkeypatch.setattr(db.time, "monotonic", lambda: now)
    for _ in range(3):
        asyncio.run(write(locked))
    now += db.BUSY_FOR_SECONDS
    asyncio.run(write(locked))
    assert waits == [LOOP_SECONDS, db.AGAIN_SECONDS, db.AGAIN_SECONDS, LOOP_SECONDS]


def test_a_new_connection_waits_no_longer_on_a_loop_than_an_old_one(locked):
    async def patience():
        with locked.engine.connect() as connection:
            return connection.exec_driver_sql("PRAGMA busy_timeout").scalar()

    locked.engine.dispose()
    assert asyncio.run(patience()) == LOOP_SECONDS * 1000


def test_a_store_of_ones_own_waits_as_long_as_before(tmp_path):
    store = open_store(tmp_path / "academy.sqlite")

    async def patience():
        with store.session() as session:
            return session.scalar(sa.text("PRAGMA busy_timeout"))

    assert asyncio.run(patience()) == db.BUSY_SECONDS * 1000
    store.close()


def test_a_statement_that_postgresql_ends_for_a_lock_says_that_the_server_is_busy():
    assert db._sentence("canceling statement due to lock timeout") == BUSY


def test_who_only_reads_does_not_wait_until_it_can_be_noted_that_they_did(tmp_path, monkeypatch):
    waits = []
    real = db.Store._wait

    def wait(self, connection, seconds):
        waits.append(seconds)
        real(self, connection, seconds)

    monkeypatch.setattr(db.Store, "_wait", wait)
    store, holder = open_store(tmp_path / "academy.sqlite"), sqlite3.connect(tmp_path / "academy.sqlite")
    holder.execute("BEGIN IMMEDIATE")
    note_arrival(store, "small", "p-nia")
    assert Readings(store, "small", "p-nia").note(REVIEW_READ, "r1")
    assert waits == [db.PASSING_SECONDS, db.BUSY_SECONDS] * 2  # and whoever writes next waits as long as ever
    assert db.PASSING_SECONDS < 0.5
    holder.rollback()
    note_arrival(store, "small", "p-nia")
    assert arrived(store, "small") == {"p-nia"}
    holder.close()
    store.close()
