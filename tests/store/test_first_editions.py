"""The migration that makes what there was the first edition, on both kinds of database, with people in it."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

import academy.store
from academy.editions import Editions
from academy.people import People, Teams
from academy.store import EditionSettings, Settings, open_store

NOW = "2026-11-01 10:00:00.000000+00:00"
PEOPLE = {"p-amina": "participant", "p-bao": "participant", "f-desk": "facilitator", "t-docks": "team"}


def before_editions(url, *statements):
    """Make a database as it was before there were editions, with these people and what else is said."""
    engine = sa.create_engine(url)
    config = Config()
    config.set_main_option("script_location", str(Path(academy.store.__file__).with_name("migrations")))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0007")
        for person, role in PEOPLE.items():
            connection.execute(
                sa.text(
                    "INSERT INTO person (id, role, display_name, session_epoch, generation, active, created_at) "
                    "VALUES (:id, :role, :id, 1, 1, :active, :now)"
                ),
                {"id": person, "role": role, "active": person != "p-bao", "now": NOW},
            )
        for statement in (
            f"INSERT INTO team_member VALUES ('p-amina', 't-docks', '{NOW}'), ('p-bao', 't-docks', '{NOW}')",
            "INSERT INTO person_private VALUES ('p-amina', 'amina@example.org', 'Amina D', '[\"North\"]')",
            "INSERT INTO setting VALUES ('join.open', 'true'), ('links.url', '\"https://x.org/\"')",
            *statements,
        ):
            connection.exec_driver_sql(statement)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'academy.sqlite'}"
    return request.getfixturevalue("postgresql")(f"editions-{request.node.name[:40]}")


SERVED = (
    "INSERT INTO setting VALUES ('course', '\"small\"'), ('at_start', '{\"small\": [\"idea\"], \"gone\": []}')",
    "INSERT INTO credential (kind, digest, generation, created_at) "
    f"VALUES ('join', '{'d' * 32}', 1, '{NOW}')",
)


def test_people_teams_codes_and_settings_become_those_of_the_course(url):
    before_editions(url, *SERVED)
    store = open_store(url)
    try:
        assert [(edition.id, edition.course) for edition in Editions(store).all()] == [("small", "small")]
        people = People(store, b"s" * 32, "small")
        assert {one.id: (one.role, one.active) for one in people.all()} == {
            "p-amina": ("participant", True),
            "p-bao": ("participant", False),
            "f-desk": ("facilitator", True),
        }
        assert people.private()["p-amina"].groups == ("North",)
        assert [one.id for one in Teams(store, "small").get("t-docks").members] == ["p-amina", "p-bao"]
        settings = EditionSettings(store, "small")
        assert (settings.get("join.open"), settings.get("at_start")) == (True, ["idea"])
        assert (Settings(store).get("join.open"), Settings(store).get("links.url")) == (
            None,
            "https://x.org/",
        )
        assert people.join_code() is not None
    finally:
        store.close()


def test_every_course_that_people_worked_in_is_an_edition_with_all_of_them(url):
    released = f"INSERT INTO release VALUES ('other', 'idea', '{NOW}')"
    before_editions(url, *SERVED, released)
    store = open_store(url)
    try:
        assert {edition.id for edition in Editions(store).all()} == {"small", "other"}
        for edition in ("small", "other"):
            assert len(People(store, b"s" * 32, edition).all()) == 3
            assert Teams(store, edition).of("p-amina").id == "t-docks"
        assert People(store, b"s" * 32, "other").join_code() is None, "the code was for what was served"
    finally:
        store.close()


def test_people_who_are_in_no_course_yet_are_in_the_one_that_there_was(url):
    before_editions(url)
    store = open_store(url)
    try:
        assert [edition.id for edition in Editions(store).all()] == ["innovative-workers-education"]
    finally:
        store.close()
