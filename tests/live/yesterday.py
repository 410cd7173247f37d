"""A data folder as the kit kept it before: rows in the order in which they came, the salt beside them."""

import json
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

import academy.store
from academy.data import DataFolder
from academy.live.ballots import voter

__all__ = ["folder_of_yesterday", "salt_of"]

SALT = b"the salt of yesterday, 32 bytes."


def salt_of():
    return SALT


def folder_of_yesterday(place, truth, closed):
    """Make it, with a session of the webinar in which the people of `truth` came and wrote, one after another."""
    data = DataFolder.create(place)
    file = data.path / "academy.sqlite"
    engine = sa.create_engine(f"sqlite:///{file}")
    config = Config()
    config.set_main_option("script_location", str(Path(academy.store.__file__).with_name("migrations")))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0005")
    engine.dispose()
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        now = "2026-11-01 10:00:00.000000"
        database.execute(
            "INSERT INTO live_session (id, course, webinar, code, state, guests, rev, salt, by, at)"
            " VALUES (1, 'small', 'webinar-1', 'K7M3QX', 'home', 0, 1, ?, 'f-desk', ?)",
            (SALT, now),
        )
        database.execute(
            "INSERT INTO live_activity (session_id, activity, phase, held, round, names)"
            " VALUES (1, 'row', 'open', 0, 1, 'anonymous'), (1, 'asked', 'open', 0, 1, 'named')"
        )
        for number, (who, said) in enumerate(truth.items()):
            database.execute("INSERT INTO live_seat VALUES (1, ?, ?, 0, 0)", (who, who.title()))
            values = (
                "row",
                voter(data.secret, SALT, "row", 1, who),
                secrets.token_hex(5),
                f"client-{who}",
                [said],
            )
            answer(database, values, 2 * number + 2)
            step = {"asked": {f"q{number}": f"{who}?"}, "for": []}
            answer(database, ("asked", who, secrets.token_hex(5), f"asking-{who}", step), 2 * number + 3)
        database.execute("INSERT INTO live_mark VALUES (1, 'row', 'x', 'shown', NULL, 0)")
        before = json.dumps({"marks": [["row", "x", {"state": ""}]]})
        database.execute(
            "INSERT INTO live_event (session_id, rev, kind, by, before, undone, at)"
            " VALUES (1, 9, 'approve', 'f', ?, 0, ?)",
            (before, now),
        )
        if closed:
            database.execute("UPDATE live_session SET state = 'closed', salt = NULL")
    return data


def answer(database, values, rev):
    activity, who, key, sent, value = values
    database.execute(
        "INSERT INTO live_answer (session_id, activity, round, who, key, ids, value, entered, rev)"
        " VALUES (1, ?, 1, ?, ?, ?, ?, '', ?)",
        (activity, who, key, json.dumps([sent]), json.dumps(value), rev),
    )
