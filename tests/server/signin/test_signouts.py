"""Ended sign-ins are remembered, also where the database can't be had at once."""

import sqlite3
from datetime import timedelta

import sqlalchemy as sa

from academy.store.db import Patience, open_store
from academy.store.schema import EndedSignIn, utc_now
from academy_app.server.signin.signouts import DAYS, SignOuts


def test_an_ended_sign_in_holds_at_once_and_is_written_when_the_database_is_free(tmp_path):
    store = open_store(tmp_path / "academy.sqlite", shared=True, patience=Patience(shared=0.01))
    ended = SignOuts(store)
    holder = sqlite3.connect(tmp_path / "academy.sqlite", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    ended.end("a" * 16)
    assert "a" * 16 in ended
    assert "a" * 16 not in SignOuts(store)
    holder.close()
    ended.write()
    assert "a" * 16 in SignOuts(store)
    assert "b" * 16 not in SignOuts(store)
    store.close()


def test_what_no_cookie_can_be_of_is_forgotten(tmp_path):
    store = open_store(tmp_path / "academy.sqlite")
    with store.write() as session:
        for mark, days in (("old", DAYS + 2), ("new", DAYS - 1)):
            session.add(EndedSignIn(mark=mark, at=utc_now() - timedelta(days=days)))
    SignOuts(store).end("now")
    with store.session() as session:
        assert set(session.scalars(sa.select(EndedSignIn.mark))) == {"new", "now"}
    store.close()
