import errno
import gzip
import hashlib
import io
import json
import shutil
import sqlite3
import stat
import tarfile

import pytest

from academy.data import DataFolder
from academy.errors import DataError
from academy_app.cli.options import opened_folder
from academy_app.cli.unpacking import MOST_AT_ONCE, _Bounded, take_archive, take_folder


@pytest.fixture
def filled(data, folder):
    """A data folder with a person, a gradebook and files of all kinds."""
    folder.people.add("Maria", email="maria@example.org")
    root = data / "courses" / "my-course"
    (root / "submitted" / "p-000000").mkdir(parents=True)
    (root / "submitted" / "p-000000" / "answers.json").write_text("{}", "utf-8")
    with sqlite3.connect(root / "gradebook.db") as gradebook:
        gradebook.execute("CREATE TABLE grade (points)")
        gradebook.execute("INSERT INTO grade VALUES (4)")
    gradebook.close()
    (data / "runtime" / "server.lock").write_text("", "utf-8")
    return data


def test_an_exercise_may_be_called_as_what_a_backup_leaves_out(academy, filled, tmp_path):
    answers = "courses/my-course/submitted/p-000000/logs/answers.json"
    (filled / answers).parent.mkdir()
    (filled / answers).write_text("{}", "utf-8")
    (filled / "logs").mkdir()
    (filled / "logs" / "errors.log").write_text("an error", "utf-8")
    assert academy("backup", tmp_path / "backup", "--data", filled).status == 0
    assert (tmp_path / "backup" / answers).exists()
    assert not (tmp_path / "backup" / "logs").exists()


@pytest.mark.parametrize("name", ["backup.tar.gz", "backup.tgz", "backup"])
def test_a_backup_taken_while_others_write_comes_back_whole(academy, filled, folder, tmp_path, name):
    with folder.store.write() as session:
        shown = academy("backup", tmp_path / name, "--data", filled)
        assert session.in_transaction()
    assert shown.status == 0
    assert stat.S_IMODE((tmp_path / name).stat().st_mode) & 0o077 == 0
    restored = tmp_path / "again"
    assert academy("restore", tmp_path / name, "--data", restored).status == 0
    with opened_folder(DataFolder.open(restored)) as again:
        assert again.people.all() == folder.people.all()
        (person,) = again.people.all()
        assert again.people.link_and_code(person.id) == folder.people.link_and_code(person.id)
    gradebook = sqlite3.connect(restored / "courses" / "my-course" / "gradebook.db")
    assert gradebook.execute("SELECT points FROM grade").fetchall() == [(4,)]
    gradebook.close()
    assert (restored / "courses" / "my-course" / "submitted" / "p-000000" / "answers.json").read_text(
        "utf-8"
    ) == "{}"
    assert not (restored / "runtime" / "server.lock").exists()
    assert (restored / "runtime").is_dir()
    assert stat.S_IMODE((restored / "keys" / "secret").stat().st_mode) == 0o600
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_backup_never_replaces_anything(academy, filled, tmp_path):
    file = tmp_path / "backup.tar.gz"
    file.write_text("mine", "utf-8")
    shown = academy("backup", file, "--data", filled)
    assert (shown.status, file.read_text("utf-8")) == (1, "mine")
    assert "Choose another name" in shown.err


def test_a_restore_never_replaces_anything(academy, filled, tmp_path):
    academy("backup", tmp_path / "b", "--data", filled)
    shown = academy("restore", tmp_path / "b", "--data", filled)
    assert shown.status == 1
    assert "does not replace" in shown.err
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    shown = academy("restore", tmp_path / "b", "--data", tmp_path / "notes.txt")
    assert (shown.status, "does not replace" in shown.err) == (1, True)
    (tmp_path / "empty").mkdir()
    assert academy("restore", tmp_path / "b", "--data", tmp_path / "empty").status == 0
    assert (tmp_path / "empty" / "academy.sqlite").is_file()
    assert not (tmp_path / "empty" / "backup.json").exists()


def test_a_damaged_database_is_not_backed_up_as_if_it_were_well(academy, filled, tmp_path):
    (filled / "courses" / "my-course" / "gradebook.db").write_bytes(b"no database" * 1000)
    shown = academy("backup", tmp_path / "b.tar.gz", "--data", filled)
    assert shown.status == 1
    assert "gradebook.db" in shown.err
    assert not (tmp_path / "b.tar.gz").exists()


def test_a_database_that_copies_well_and_is_not_sound_is_not_backed_up(academy, filled, tmp_path):
    book = filled / "courses" / "my-course" / "gradebook.db"
    with sqlite3.connect(book) as gradebook:
        gradebook.execute("CREATE TABLE more (points CHECK (points < 5))")
        gradebook.execute("PRAGMA ignore_check_constraints = ON")
        gradebook.execute("INSERT INTO more VALUES (9)")
    gradebook.close()
    shown = academy("backup", tmp_path / "b.tar.gz", "--data", filled)
    said = f"{book} is damaged. Restore it from an earlier backup.\n"
    assert (shown.status, shown.err) == (1, said)
    assert not (tmp_path / "b.tar.gz").exists()


def damage(file, how):
    if how in ("cut", "cut at its start"):
        file.write_bytes(file.read_bytes()[: -200 if how == "cut" else 40])
    elif how == "scrambled":
        file.write_bytes(b"\x1f\x8b" + b"\xff" * 1000)
    else:
        with tarfile.open(file) as tar:
            members = {member.name: tar.extractfile(member).read() for member in tar}
        if how == "changed":
            members["keys/secret"] = b"x" * 32
        if how == "missing":
            del members["keys/secret"]
        if how == "escaping":
            contents = json.loads(members["backup.json"])
            contents["files"]["../escaped"] = "0"
            members |= {"../escaped": b"x", "backup.json": json.dumps(contents).encode()}
        if how in ("more than the list", "of a running server"):
            name = "courses/more.py" if how == "more than the list" else "runtime/sockets.txt"
            members[name] = b"x"
            if how == "of a running server":
                contents = json.loads(members["backup.json"])
                contents["files"][name] = hashlib.sha256(b"x").hexdigest()
                members["backup.json"] = json.dumps(contents).encode()
        names = {
            "a file for a folder": "academy-data.txt/inner",
            "a strange name": "courses//x",
            "no name": ".",
        }
        if how in names:
            name = names[how]
            contents = json.loads(members["backup.json"])
            contents["files"][name] = hashlib.sha256(b"x").hexdigest()
            members |= {name: b"x", "backup.json": json.dumps(contents).encode()}
        if how == "deep list":
            members["backup.json"] = b"[" * 100_000
        if how == "list of lists":
            members["backup.json"] = b'{"files": {"academy-data.txt": ["a"]}}'
        if how == "not a data folder":
            members["backup.json"] = b'{"files": {}}'
        if how in ("without its mark", "a folder in the list"):
            contents = json.loads(members["backup.json"])
            if how == "without its mark":
                del members["academy-data.txt"], contents["files"]["academy-data.txt"]
            else:
                contents["files"]["courses/folder"] = hashlib.sha256(b"").hexdigest()
            members["backup.json"] = json.dumps(contents).encode()
        with tarfile.open(file, "w:gz") as tar:
            for name, content in members.items():
                info = tarfile.TarInfo(name)
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))
            if how == "twice":
                info = tarfile.TarInfo("keys/secret")
                info.size = 1
                tar.addfile(info, io.BytesIO(b"x"))
            if how == "a folder in the list":
                info = tarfile.TarInfo("courses/folder")
                info.type = tarfile.DIRTYPE
                tar.addfile(info)
            if how == "long head":
                info = tarfile.TarInfo("courses/" + "n" * 20_000_000)
                tar.addfile(info)
            if how == "link":
                info = tarfile.TarInfo("courses/link")
                info.type, info.linkname = tarfile.SYMTYPE, "/etc"
                tar.addfile(info)


@pytest.mark.parametrize(
    "how",
    [
        *("cut", "changed", "missing", "escaping", "not a data folder", "link"),
        *("more than the list", "of a running server", "a file for a folder", "a strange name", "deep list"),
        *("list of lists", "twice", "long head", "no name", "cut at its start", "scrambled"),
        *("without its mark", "a folder in the list"),
    ],
)
def test_a_backup_that_is_not_whole_is_not_restored(academy, filled, tmp_path, how):
    file = tmp_path / "inner" / "backup.tar.gz"
    academy("backup", file, "--data", filled)
    damage(file, how)
    shown = academy("restore", file, "--data", tmp_path / "inner" / "again")
    assert (shown.status, "is not a whole backup" in shown.err) == (1, True)
    assert sorted(path.name for path in (tmp_path / "inner").iterdir()) == ["backup.tar.gz"]
    assert not (tmp_path / "escaped").exists()


@pytest.mark.parametrize(
    "how", ["zip", "tar", "tar.xz", "tar.gz.gz", "other tar.gz", "text", "empty", "folder"]
)
def test_what_no_backup_command_has_made_is_told_with_what_one_looks_like(academy, filled, tmp_path, how):
    academy("backup", tmp_path / "b", "--data", filled)
    academy("backup", tmp_path / "b.tar.gz", "--data", filled)
    file = tmp_path / f"again.{how}"
    if how in ("zip", "tar", "tar.xz"):
        kind = {"tar.xz": "xztar"}.get(how, how)
        shutil.move(shutil.make_archive(str(tmp_path / "made"), kind, tmp_path / "b"), file)
    elif how == "folder":
        file.mkdir()
        (file / "holiday.txt").write_text("sun", "utf-8")
    elif how == "other tar.gz":
        repacked(tmp_path / "b" / "keys", file, "holiday")
    else:
        packed = gzip.compress((tmp_path / "b.tar.gz").read_bytes())
        file.write_bytes({"tar.gz.gz": packed, "text": b"name,email\n", "empty": b""}[how])
    shown = academy("restore", file, "--data", tmp_path / "restored")
    assert (shown.status, f"{file} is not a backup made by academy backup" in shown.err) == (1, True)
    assert "ends in .tar.gz, or a folder, and has backup.json in it" in shown.err
    assert not (tmp_path / "restored").exists()


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("academy.sqlite", "academy.sqlite is gone"),
        ("keys/secret", "secret is damaged"),
        ("academy-data.txt", "academy-data.txt is gone, which marks a data folder"),
    ],
)
def test_what_could_not_be_restored_is_not_backed_up_as_if_it_were_well(
    academy, filled, tmp_path, part, said
):
    (filled / "courses" / "my-course" / "nbgrader_config.py").write_text("", "utf-8")
    (filled / part).unlink()
    shown = academy("backup", tmp_path / "b.tar.gz", "--data", filled)
    assert (shown.status, said in shown.err) == (1, True)
    assert not (tmp_path / "b.tar.gz").exists()


def test_no_backup_there_is_a_sentence(academy, tmp_path):
    shown = academy("restore", tmp_path / "none.tar.gz", "--data", tmp_path / "again")
    assert (shown.status, shown.err) == (1, f"There is no backup at {tmp_path}/none.tar.gz.\n")


@pytest.mark.parametrize("name", ["ACADEMY_DATABASE", "ACADEMY_GRADEBOOK"])
def test_another_database_is_pointed_out(academy, filled, tmp_path, monkeypatch, name):
    monkeypatch.setenv(name, "postgresql+psycopg://kit@localhost/kit")
    shown = academy("backup", tmp_path / "b.tar.gz", "--data", filled)
    assert f"{name} is not in it" in shown.err


class Zeros(io.RawIOBase):
    """As many zeros as somebody wants."""

    def __init__(self, size):
        self.left = size

    def read(self, size=-1):
        taken = min(self.left, size)
        self.left -= taken
        return bytes(taken)


def refused(take, source, copy, why):
    """What is restored from is refused, and nothing of it is there."""
    copy.mkdir()
    with pytest.raises(DataError, match=why):
        take(source, copy)
    assert list(copy.iterdir()) == []


@pytest.mark.parametrize("listed", [True, False])
def test_a_bomb_is_refused_before_anything_is_written(academy, tmp_path, listed):
    file = tmp_path / "bomb.tar.gz"
    size = 300_000_000
    with gzip.open(file, "wb", compresslevel=1) as packed, tarfile.open(fileobj=packed, mode="w:") as tar:
        if listed:
            content = json.dumps({"files": {"academy-data.txt": "0", "zeros": "0"}}).encode()
            info = tarfile.TarInfo("backup.json")
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
        info = tarfile.TarInfo("zeros")
        info.size = size
        tar.addfile(info, Zeros(size))
    shown = academy("restore", file, "--data", tmp_path / "again")
    assert (shown.status, "would unpack to more than 200 times as much" in shown.err) == (1, True)
    assert not (tmp_path / "again").exists()
    refused(take_archive, file, tmp_path / "copy", "would unpack to more than 200 times as much")


def test_a_backup_that_does_not_fit_is_refused_before_anything_is_written(
    academy, filled, tmp_path, monkeypatch
):
    for name, take in (("b.tar.gz", take_archive), ("b", take_folder)):
        academy("backup", tmp_path / name, "--data", filled)
        usage = shutil.disk_usage(tmp_path)._replace(free=1000)
        monkeypatch.setattr(shutil, "disk_usage", lambda _place, usage=usage: usage)
        shown = academy("restore", tmp_path / name, "--data", tmp_path / "again")
        assert (shown.status, "There is no room for this backup" in shown.err) == (1, True)
        refused(take, tmp_path / name, tmp_path / f"copy of {name}", "There is no room for this backup")


def test_a_disk_that_fails_while_a_backup_is_restored_is_no_damage_of_the_backup(
    academy, filled, tmp_path, monkeypatch
):
    def full(_place):
        raise OSError(errno.ENOSPC, "No space left on device")

    academy("backup", tmp_path / "b.tar.gz", "--data", filled)
    monkeypatch.setattr(shutil, "disk_usage", full)
    shown = academy("restore", tmp_path / "b.tar.gz", "--data", tmp_path / "again")
    assert (shown.status, shown.err.startswith("There is no room left on the disk.")) == (1, True)


def test_no_more_comes_out_of_an_archive_than_was_agreed():
    file = _Bounded(io.BytesIO(b"x" * 20), 10)
    assert (file.read(4), file.seek(4, 1), file.tell(), file.read(2)) == (b"xxxx", 8, 8, b"xx")
    assert file.seek(10) == 10
    for more in (lambda: file.read(1), lambda: file.seek(11), lambda: _Bounded(io.BytesIO(), 10).read()):
        with pytest.raises(ValueError, match="more than a backup holds"):
            more()
    large = _Bounded(io.BytesIO(bytes(MOST_AT_ONCE + 1)), 2 * MOST_AT_ONCE)
    assert len(large.read(MOST_AT_ONCE)) == MOST_AT_ONCE
    large.seek(0)
    with pytest.raises(ValueError, match="more than a backup holds"):
        large.read(MOST_AT_ONCE + 1)


def repacked(folder, file, arcname):
    with tarfile.open(file, "w:gz") as tar:
        tar.add(folder, arcname)
    return file


def test_what_is_packed_otherwise_is_told_with_the_mend(academy, filled, tmp_path):
    academy("backup", tmp_path / "plain", "--data", filled)
    academy("backup", tmp_path / "plain.tar.gz", "--data", filled)
    again = tmp_path / "again"
    wrapped = academy("restore", repacked(tmp_path / "plain", tmp_path / "w.tgz", "plain"), "--data", again)
    assert "the backup lies in a folder of its own, plain. Unpack" in wrapped.err
    inner = academy(
        "restore", repacked(tmp_path / "plain.tar.gz", tmp_path / "n.tgz", "p.tar.gz"), "--data", again
    )
    assert "holds another archive, p.tar.gz" in inner.err
    (tmp_path / "outer").mkdir()
    (tmp_path / "plain").rename(tmp_path / "outer" / "plain")
    outer = academy("restore", tmp_path / "outer", "--data", again)
    assert "lies in a folder of its own, plain" in outer.err
    copied = academy("restore", filled, "--data", again)
    assert "is a copy of a data folder, not a backup" in copied.err
    assert {wrapped.status, inner.status, outer.status, copied.status} == {1}
    assert not again.exists()


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_folder_leads_nowhere_else(academy, filled, tmp_path, what):
    academy("backup", tmp_path / "b", "--data", filled)
    (tmp_path / "elsewhere").mkdir()
    moved = tmp_path / "b" / ("keys/secret" if what == "file" else "keys")
    shutil.move(moved, tmp_path / "elsewhere" / moved.name)
    moved.symlink_to(tmp_path / "elsewhere" / moved.name)
    shown = academy("restore", tmp_path / "b", "--data", tmp_path / "again")
    assert (shown.status, "is not a whole backup" in shown.err) == (1, True)
    assert not (tmp_path / "again").exists()
