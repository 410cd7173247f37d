"""What is broken in a data folder ends as a sentence for whoever runs the command: which file, and how to mend it."""

import os
import shutil
import sqlite3

import pytest

from academy.cli.diagnosis import of_database
from academy.data import DataFolder
from academy.errors import StoreError
from academy.store.db import BUSY, FULL, READ_ONLY


@pytest.fixture
def used(data, folder):
    """A data folder with a person and the folder of a course."""
    folder.people.add("Nia")
    folder.store.close()
    root = data / "courses" / "innovative-workers-education"
    root.mkdir(parents=True)
    (root / "nbgrader_config.py").write_text("", "utf-8")
    return data


def test_a_folder_of_a_newer_kit_is_left_alone(academy, used):
    with sqlite3.connect(used / "academy.sqlite") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    before = (used / "academy.sqlite").read_bytes()
    shown = academy("people", "list", "--data", used)
    assert (shown.status, shown.err) == (
        1,
        "This data folder was written by a newer version of the kit, so nothing was changed. Please update the kit.\n",
    )
    assert (used / "academy.sqlite").read_bytes() == before


def test_a_database_that_is_gone_is_not_begun_anew(academy, used):
    (used / "academy.sqlite").unlink()
    shown = academy("people", "list", "--data", used)
    assert (shown.status, "academy.sqlite is gone" in shown.err) == (1, True)
    assert "academy restore BACKUP" in shown.err
    assert not (used / "academy.sqlite").exists()
    (used / "academy.sqlite").touch()
    assert "academy.sqlite is gone" in academy("status", "--data", used).err


def test_the_tables_do_not_depend_on_the_write_ahead_file(tmp_path):
    from academy.store import open_store

    file = tmp_path / "new.sqlite"
    store = open_store(file)
    shutil.copy(file, tmp_path / "copy.sqlite")  # without what lies beside it
    store.close()
    with sqlite3.connect(tmp_path / "copy.sqlite") as database:
        assert database.execute("SELECT count(*) FROM person").fetchone() == (0,)
    database.close()


@pytest.mark.parametrize("how", ["gone", "a folder"])
def test_a_write_ahead_file_that_was_taken_away_is_named(academy, used, how):
    database = sqlite3.connect(used / "academy.sqlite", isolation_level=None)
    try:
        database.execute("CREATE TABLE more (text)")
        database.execute("INSERT INTO more VALUES (?)", ("x" * 100_000,))
        wal = used / "academy.sqlite-wal"
        wal.unlink()
        if how == "a folder":
            wal.mkdir()
        for words in (["people", "list"], ["status"], ["backup", used.parent / f"{how}.tar.gz"]):
            shown = academy(*words, "--data", used)
            assert (shown.status, f"{wal} belongs to it and is gone" in shown.err) == (1, True), words
            assert "Stop the server" in shown.err
    finally:
        database.close()


@pytest.mark.parametrize("content", [b"no database" * 2000, b"SQLite format 3\0" + os.urandom(20_000)])
def test_a_damaged_database_is_named_with_the_mend(academy, used, content):
    (used / "academy.sqlite").write_bytes(content)
    shown = academy("people", "list", "--data", used)
    assert (shown.status, f"{used}/academy.sqlite is damaged. Stop the server" in shown.err) == (1, True)
    assert f"--data {used}-restored" in shown.err


@pytest.mark.parametrize(
    "words", [["status"], ["export", "grades", "OUT"], ["export", "grades", "OUT", "--format", "json"]]
)
def test_a_damaged_gradebook_is_named_with_the_mend(academy, used, tmp_path, words):
    book = used / "courses" / "innovative-workers-education" / "gradebook.db"
    book.write_bytes(b"no database" * 2000)
    shown = academy(*[tmp_path / "out" if word == "OUT" else word for word in words], "--data", used)
    assert (shown.status, f"{book} is damaged: it holds the grades" in shown.err) == (1, True)
    assert "academy grade makes a new one" in shown.err


def caused(sentence, text):
    error = StoreError(sentence)
    error.__cause__ = sqlite3.OperationalError(text)
    return error


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (caused(FULL, "database or disk is full"), "There is no room left on the disk"),
        (caused(BUSY, "database is locked"), "Another program has been writing"),
        (sqlite3.OperationalError("database is locked"), "Another program has been writing"),
    ],
)
def test_whoever_runs_a_command_is_not_sent_to_the_facilitator(used, error, said):
    assert of_database(error, used).startswith(said)


def test_a_folder_that_may_not_be_written_is_named_with_its_owner(used, monkeypatch):
    monkeypatch.setattr(os, "access", lambda place, _mode: place != used)
    said = of_database(caused(READ_ONLY, "attempt to write a readonly database"), used)
    assert said.startswith(f"{used} can't be written by you. It belongs to {used.owner()}")


def test_a_server_of_databases_that_does_not_answer_is_not_taken_for_damage(academy, used, monkeypatch):
    monkeypatch.setenv(
        "ACADEMY_DATABASE", "postgresql+psycopg://kit:secret@127.0.0.1:1/kit?connect_timeout=2"
    )
    pytest.importorskip("psycopg")
    shown = academy("people", "list", "--data", used)
    assert (shown.status, "The database that ACADEMY_DATABASE names can't be used" in shown.err) == (1, True)
    assert "secret" not in shown.err


def test_sentences_of_the_store_are_not_those_of_participants(academy, used, monkeypatch):
    def fail(*_arguments):
        raise caused(READ_ONLY, "unable to open database file")

    monkeypatch.setattr("academy.people.People.all", fail)
    monkeypatch.setattr("academy.cli.diagnosis._databases", lambda _data: [])
    shown = academy("people", "list", "--data", used)
    assert shown.err.startswith("The database can't be used (unable to open database file)")
    assert "facilitator" not in shown.err


def test_an_error_of_something_else_is_not_one_of_the_database(used):
    assert of_database(ValueError("locked"), used) is None
    assert DataFolder.open(used).path == used
