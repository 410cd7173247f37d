"""Making a data folder, whatever else goes on."""

import errno
import os
import subprocess
import sys

import pytest

from academy.data import MARK, ROOM, DataFolder
from academy.errors import DataError, StoreError
from academy.store import Settings, open_store
from tests.support.databases import SERVER
from tests.support.patience import SECONDS

MAKE = """
import sys
from academy.data import DataFolder
print("ready", flush=True)
sys.stdin.readline()
print(DataFolder.ensure(sys.argv[1]).secret.hex())
"""


def test_two_first_runs_agree_on_the_key(tmp_path):
    command = [sys.executable, "-c", MAKE, str(tmp_path / "data")]
    runs = [subprocess.Popen(command, stdin=-1, stdout=-1, stderr=-1, text=True) for _ in range(4)]
    for run in runs:
        run.stdout.readline()
    for run in runs:
        run.stdin.write("\n")
        run.stdin.flush()
    said = [run.communicate(timeout=SECONDS) for run in runs]
    assert {(out.strip(), error) for out, error in said} == {
        (DataFolder.open(tmp_path / "data").secret.hex(), "")
    }


def test_a_folder_whose_making_was_interrupted_is_made_to_the_end(tmp_path):
    secret = DataFolder.create(tmp_path / "data").secret
    (tmp_path / "data" / MARK).rename(tmp_path / "data" / f".{MARK}.123")
    assert DataFolder.ensure(tmp_path / "data").secret == secret


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "courses").mkdir()
    tmp_path.chmod(0o755)
    with pytest.raises(DataError, match="other files"):
        DataFolder.create(tmp_path)
    assert (tmp_path.stat().st_mode & 0o777, [file.name for file in tmp_path.iterdir()]) == (
        0o755,
        ["courses"],
    )


def test_a_place_where_the_database_would_land_outside_is_refused(tmp_path):
    for make in (DataFolder.create, DataFolder.ensure, DataFolder.open):
        with pytest.raises(DataError, match="question mark"):
            make(tmp_path / "what?" / "data")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.EROFS, "can't be written"),
        (errno.EACCES, "can't be written"),
        (errno.ENOSPC, "no room left"),
        (errno.EDQUOT, "no room left"),
        (errno.EPERM, "can't be written"),
        (errno.ENOTDIR, "is not a folder"),
        (errno.EEXIST, "is not a folder"),
        (errno.EIO, "can't be used"),
    ],
)
def test_a_folder_that_can_not_take_more_is_said_before_anything_is_served(
    tmp_path, monkeypatch, number, said
):
    folder = DataFolder.create(tmp_path / "data")

    def refuse(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "posix_fallocate", refuse)
    with pytest.raises(DataError, match=said) as error, folder.serving():
        raise AssertionError("it is served")
    assert str(folder.path) in str(error.value)
    monkeypatch.undo()
    with folder.serving():
        pass


def test_room_is_looked_for_also_where_none_can_be_set_aside(tmp_path, monkeypatch):
    folder = DataFolder.create(tmp_path / "data")
    monkeypatch.delattr(os, "posix_fallocate")
    written = []
    really = os.write
    monkeypatch.setattr(
        os, "write", lambda handle, content: written.append(len(content)) or really(handle, content)
    )
    folder.check_room()
    assert written == [ROOM]
    assert not (folder.runtime / "room").exists()


def test_a_data_folder_below_a_file_is_told(tmp_path):
    (tmp_path / "notes").write_text("a file")
    with pytest.raises(DataError, match=r"is not a folder\. Choose another place for the data"):
        DataFolder.create(tmp_path / "notes" / "data")


@pytest.mark.skipif(bool(SERVER), reason="this is about a file of SQLite")
def test_a_database_that_may_not_be_written_is_said_and_what_is_there_can_be_read(tmp_path):
    store = open_store(DataFolder.create(tmp_path / "data").store_url)
    Settings(store).set("name", "value")
    with store.session() as session:
        session.connection().exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match="can't write"):
        Settings(store).set("name", "other")
    assert Settings(store).get("name") == "value"


@pytest.mark.parametrize("how", ["gone", "a folder", "without its folder", "cut"])
def test_a_key_that_is_not_there_or_damaged_is_said_with_the_mend(tmp_path, how):
    data = DataFolder.create(tmp_path / "data")
    key = data.path / "keys" / "secret"
    if how == "cut":
        key.write_bytes(b"x")
    else:
        key.unlink()
    if how == "a folder":
        key.mkdir()
    if how == "without its folder":
        key.parent.rmdir()
    with pytest.raises(DataError, match="secret is damaged"):
        assert data.secret
