"""What is broken in a data folder ends as a sentence for whoever runs the command: which file, and how to mend it."""

import errno
import os
import shutil
import sqlite3

import pytest

from academy.data import MARK, DataFolder
from academy.errors import DataError, StoreError
from academy.store.db import BUSY, FULL, READ_ONLY
from academy_app.cli.diagnosis import of_database
from academy_app.cli.shape import of_folder, owner_of


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


@pytest.mark.parametrize(
    "change",
    [
        "DROP TABLE person",
        "DROP TABLE team_member",
        "DROP TABLE alembic_version",
        "ALTER TABLE person DROP COLUMN time_zone",
    ],
)
@pytest.mark.parametrize("words", [["people", "list"], ["status"]])
def test_a_table_that_is_gone_is_damage_and_not_a_matter_of_rights(academy, used, change, words):
    with sqlite3.connect(used / "academy.sqlite") as database:
        database.execute(change)
    database.close()
    shown = academy(*words, "--data", used)
    assert (shown.status, f"{used}/academy.sqlite is damaged. Stop the server" in shown.err) == (1, True)
    assert f"academy restore BACKUP --data {used}-restored" in shown.err


def test_a_table_that_is_gone_from_the_gradebook_is_damage_of_that(academy, used):
    book = used / "courses" / "innovative-workers-education" / "gradebook.db"
    with sqlite3.connect(book) as database:
        database.execute("CREATE TABLE grade (id)")
    database.close()
    shown = academy("status", "--data", used)
    assert (shown.status, f"{book} is damaged: it holds the grades" in shown.err) == (1, True)


def test_a_gradebook_into_which_nothing_was_written_is_no_damage(academy, used):
    book = used / "courses" / "innovative-workers-education" / "gradebook.db"
    with sqlite3.connect(book) as database:
        database.execute("CREATE TABLE alembic_version (version_num)")
    database.close()
    shown = academy("status", "--data", used)
    assert (shown.status, "graded 0 of 0 collected" in shown.out) == (0, True)


COURSE = "courses/innovative-workers-education"


@pytest.mark.parametrize(
    "words", [["status"], ["people", "list"], ["backup", "OUT"], ["grade", "people"], ["serve"]]
)
@pytest.mark.parametrize(
    ("part", "mend"),
    [
        ("runtime", "Nothing in it is needed"),
        ("logs", "Nothing in it is needed"),
        ("keys", "put back the one from the latest backup"),
        ("courses", "put back the one from the latest backup"),
        (f"{COURSE}/release", "run the command again: it is made anew"),
        (f"{COURSE}/.graded", "run the command again: it is made anew"),
    ],
)
def test_a_file_where_a_folder_belongs_is_named_with_its_mend(academy, used, tmp_path, part, mend, words):
    shutil.rmtree(used / part, ignore_errors=True)
    (used / part).write_text("x", "utf-8")
    shown = academy(*[tmp_path / "out.tgz" if word == "OUT" else word for word in words], "--data", used)
    assert shown.status == 1
    assert shown.err.startswith(f"{used / part} is a file, and a folder belongs there. ")
    assert mend in shown.err


@pytest.mark.parametrize(
    ("part", "mend"),
    [
        ("academy-data.txt", "put an empty file of that name there"),
        ("academy.sqlite", "put back the one from the latest backup"),
        ("academy.sqlite-shm", "Nothing in it is needed"),
        ("keys/secret", "put back the one from the latest backup"),
        (f"{COURSE}/gradebook.db", "put back the one from the latest backup"),
        (f"{COURSE}/nbgrader_config.py", "run the command again: it is made anew"),
    ],
)
def test_a_folder_where_a_file_belongs_is_named_with_its_mend(academy, used, part, mend):
    (used / part).unlink(missing_ok=True)
    (used / part).mkdir()
    shown = academy("status", "--data", used)
    assert shown.status == 1
    assert shown.err.startswith(f"{used / part} is a folder, and a file belongs there. ")
    assert mend in shown.err


def test_what_only_a_running_server_needs_is_made_where_it_is_gone(academy, used):
    shutil.rmtree(used / "runtime")
    assert academy("people", "list", "--data", used).status == 0
    assert (used / "runtime").is_dir()


@pytest.mark.parametrize(
    ("place", "number"),
    [
        (f"{COURSE}/submitted/p-1/people", errno.ENOTDIR),
        (f"{COURSE}/submitted/p-1", errno.EEXIST),
        (f"{COURSE}/submitted/p-1", errno.ENOTDIR),
    ],
)
def test_what_stands_in_the_way_deeper_down_is_named_when_it_is_met(used, place, number):
    (used / COURSE / "submitted").mkdir()
    (used / COURSE / "submitted" / "p-1").write_text("x", "utf-8")
    wrapped = DataError("something general")
    wrapped.__cause__ = OSError(number, "no", str(used / place))
    said = of_folder(wrapped, used)
    assert said.startswith(
        f"{used / COURSE / 'submitted' / 'p-1'} is a file, and a folder belongs there. Move it"
    )
    assert "made anew" in said
    assert of_folder(ValueError("x"), used) is None
    assert of_folder(OSError(number, "no", "/elsewhere/x"), used) is None
    assert of_folder(OSError(number, "no", str(used / COURSE / "nothing")), used) is None
    assert of_folder(PermissionError(errno.EACCES, "no", str(used / COURSE / "nothing" / "x")), used) is None
    assert of_folder(wrapped, None) is None
    assert of_folder(OSError(errno.EISDIR, "no", str(used)), used) is None
    assert of_folder(OSError(errno.EISDIR, "no", str(used / COURSE)), used).startswith(
        f"{used / COURSE} is a folder"
    )
    (used / MARK).unlink()  # then it is no data folder
    assert of_folder(wrapped, used) is None


def test_an_owner_without_a_name_is_told_by_number(used):
    class Nobodys(type(used)):
        def owner(self):
            raise KeyError("uid not found: 4711")

    assert owner_of(Nobodys(used)) == str(used.stat().st_uid)


def test_the_part_of_a_data_folder_that_may_not_be_read_is_named_with_its_owner(used, monkeypatch):
    real = os.access
    monkeypatch.setattr(
        os, "access", lambda place, mode: mode == os.F_OK or (place != used / "keys" and real(place, mode))
    )
    said = of_folder(PermissionError(errno.EACCES, "no", str(used / "keys" / "secret")), used)
    assert said.startswith(f"{used / 'keys'} can't be read or written by you. It belongs to {used.owner()}")


def test_the_rights_of_a_gradebook_are_not_taken_for_a_lost_write_ahead_file(used, monkeypatch):
    book = used / COURSE / "gradebook.db"
    sqlite3.connect(book).close()
    book.touch()
    (used / "academy.sqlite-wal").touch()
    monkeypatch.setattr(os, "access", lambda place, _mode: place != book)
    said = of_database(sqlite3.OperationalError("unable to open database file"), used)
    assert said.startswith(f"{book} can't be written by you")


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


def test_sentences_of_the_store_are_not_those_of_participants(tmp_path):
    said = of_database(caused(READ_ONLY, "unable to open database file"), tmp_path)
    assert said.startswith("The database can't be used (unable to open database file)")
    assert "facilitator" not in said


def test_an_error_of_something_else_is_not_one_of_the_database(used):
    assert of_database(ValueError("locked"), used) is None
    for where in (used, None):
        assert of_database(sqlite3.OperationalError('near "FORM": syntax error'), where) is None


def test_a_column_that_is_gone_is_damage_of_the_gradebook_where_it_may_be_either(used):
    error = sqlite3.OperationalError("table grade has no column named points")
    assert of_database(error, used).startswith(f"{used}/academy.sqlite is damaged. Stop the server")
    book = used / COURSE / "gradebook.db"
    sqlite3.connect(book).close()
    book.touch()
    assert of_database(error, used).startswith(f"{book} is damaged: it holds the grades")
    asked = StoreError("It could not be kept.")
    asked.__cause__ = error
    assert of_database(asked, used).startswith(f"{used}/academy.sqlite is damaged.")
    assert DataFolder.open(used).path == used
