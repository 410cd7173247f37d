"""A data folder as the kit kept it before: rows in the order in which they came, the salt beside them."""

import json
import secrets
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

import academy.store
from academy.data import DataFolder
from academy.live.ballots import voter

__all__ = ["SALT", "database_of_yesterday", "folder_of_yesterday"]

SALT = b"the salt of yesterday, 32 bytes."
NOW = "2026-11-01 10:00:00.000000+00:00"


def folder_of_yesterday(place, truth, closed):
    """Make it, with a session of the webinar in which the people of `truth` came and wrote, one after another."""
    data = DataFolder.create(place)
    database_of_yesterday(f"sqlite:///{data.path / 'academy.sqlite'}", data.secret, truth, closed)
    return data


def database_of_yesterday(url, secret, truth, closed):
    """Make the database alone."""
    engine = sa.create_engine(url)
    config = Config()
    config.set_main_option("script_location", str(Path(academy.store.__file__).with_name("migrations")))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0005")
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
    with engine.begin() as connection:
        insert(
            connection, "live_session", id=1, course="small", webinar="webinar-1", code="K7M3QX", state="home",
            guests=False, rev=1, salt=SALT, by="f-desk", at=NOW,
        )  # fmt: skip
        for activity, names in (("row", "anonymous"), ("connected", "anonymous"), ("asked", "named")):
            told = {"session_id": 1, "activity": activity, "names": names}
            insert(connection, "live_activity", **told, phase="open", held=False, round=1)
        before = json.dumps({"marks": [["row", "x", {"state": ""}]]})
        insert(connection, "live_mark", session_id=1, activity="row", item="x", state="shown", answered=False)
        insert(
            connection, "live_event", session_id=1, rev=9, kind="approve", by="f", before=before, undone=False, at=NOW
        )  # fmt: skip
    with engine.begin() as connection:
        for number, (who, said) in enumerate(truth.items()):
            insert(
                connection, "live_seat", session_id=1, who=who, name=who.title(), guest=False, removed=False
            )
            for activity, value in (("row", [said]), ("connected", "phone" if number % 2 else "computer")):
                answer(
                    connection,
                    activity,
                    voter(secret, SALT, activity, 1, who),
                    f"client-{who}",
                    value,
                    number,
                )
            step = {"asked": {f"q{number}": f"{who}?"}, "for": []}
            answer(connection, "asked", who, f"asking-{who}", step, number)
        if closed:
            connection.execute(sa.text("UPDATE live_session SET state = 'closed', salt = NULL"))
    engine.dispose()


def answer(connection, activity, who, sent, value, number):
    given = {"session_id": 1, "activity": activity, "round": 1, "who": who, "key": secrets.token_hex(5)}
    insert(
        connection, "live_answer", **given, ids=json.dumps([sent]), value=json.dumps(value), entered="",
        rev=number + 2,
    )  # fmt: skip


def insert(connection, table, **values):
    names = ", ".join(f'"{name}"' for name in values)
    places = ", ".join(f":{name}" for name in values)
    connection.execute(sa.text(f"INSERT INTO {table} ({names}) VALUES ({places})"), values)
