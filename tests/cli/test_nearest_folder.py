"""Commands find the data folder from inside of it and from beside it, as git finds its repository."""

import json
import os
from pathlib import Path

import pytest

from academy.data import MARK, DataFolder, nearest_folder


class Owned:
    """What is known of a file, which belongs to somebody else here."""

    def __init__(self, known, owner):
        self.known, self.st_uid = known, owner

    def __getattr__(self, name):
        return getattr(self.known, name)


@pytest.fixture
def place(tmp_path):
    """A folder with a data folder beside other work, as the README makes it."""
    made = DataFolder.create(tmp_path / "academy-data").path
    (made / "courses" / "innovative-workers-education" / "source").mkdir(parents=True)
    (tmp_path / "drafts" / "deeper").mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize(
    "where",
    [
        ".",
        "academy-data",
        "academy-data/courses/innovative-workers-education",
        "academy-data/courses/innovative-workers-education/source",
        "drafts/deeper",
    ],
)
def test_a_command_finds_the_data_folder_upwards(academy, place, monkeypatch, where):
    monkeypatch.chdir(place / where)
    shown = academy("people", "add", "Nia")
    assert shown.status == 0
    assert "Nia" in academy("people", "list", "--data", place / "academy-data").out
    assert list(place.rglob(MARK)) == [place / "academy-data" / MARK], "no other folder was made"


def test_what_is_said_counts_more_than_where_one_is(academy, place, monkeypatch):
    other = DataFolder.create(place / "other").path
    academy("people", "add", "Nia", "--data", other)
    monkeypatch.chdir(place / "academy-data" / "courses")
    assert "Nia" in academy("people", "list", "--data", other).out
    monkeypatch.setenv("ACADEMY_DATA", str(other))
    assert "Nia" in academy("people", "list").out
    monkeypatch.delenv("ACADEMY_DATA")
    assert "Nia" not in academy("people", "list").out


def test_the_nearest_of_two_folders_is_taken(place):
    inner = DataFolder.create(place / "drafts" / "academy-data").path
    assert nearest_folder(place / "drafts" / "deeper") == inner
    assert nearest_folder(place) == place / "academy-data"


def test_a_place_that_cannot_be_looked_at_is_none_of_ours(tmp_path):
    assert nearest_folder(tmp_path / ("x" * 300)) == tmp_path / ("x" * 300) / "academy-data"


def test_without_any_the_sentence_names_the_place_where_one_would_be(academy, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shown = academy("people", "list")
    assert shown.status == 1
    assert f"{tmp_path}/academy-data is not an Academy Kit data folder" in shown.err


def test_somebody_elses_folder_is_not_taken(place, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert nearest_folder(place / "drafts") == place / "drafts" / "academy-data"


@pytest.mark.parametrize(
    ("asks", "called_by", "found"),
    [(0, "{owner}", True), (0, "{other}", False), (0, "", False), ("{other}", "{owner}", False)],
)
def test_whoever_calls_sudo_finds_their_own_folder(place, monkeypatch, asks, called_by, found):
    owner = 4711
    numbers = {"owner": owner, "other": owner + 1}
    folder = place / "academy-data"
    real = os.stat
    monkeypatch.setattr(os, "stat", lambda path, **given: Owned(real(path, **given), owner))
    monkeypatch.setattr(os, "geteuid", lambda: int(str(asks).format(**numbers)))
    monkeypatch.setenv("SUDO_UID", called_by.format(**numbers))
    assert (nearest_folder(place / "drafts") == folder) is found


def test_a_restore_does_not_go_looking_and_a_new_folder_is_not_made_inside_another(
    academy, place, monkeypatch
):
    academy("backup", place / "b.tar.gz", "--data", place / "academy-data")
    monkeypatch.chdir(place / "drafts")
    assert academy("restore", place / "b.tar.gz").status == 0
    assert (place / "drafts" / "academy-data" / MARK).is_file()
    monkeypatch.chdir(place / "academy-data" / "courses")
    refused = academy("restore", place / "b.tar.gz")
    assert (refused.status, "has data in it" in refused.err) == (1, True)


def test_inside_the_folder_of_a_course_that_course_is_meant(academy, place, monkeypatch, tmp_path):
    from academy.content import courses_root

    root = tmp_path / "exercises"
    root.mkdir()
    for name in ("innovative-workers-education", "another"):
        (root / name).mkdir()
        for file in courses_root().joinpath("innovative-workers-education").glob("*.yaml"):
            text = file.read_text("utf-8").replace("id: innovative-workers-education", f"id: {name}")
            (root / name / file.name).write_text(text, "utf-8")
    monkeypatch.setenv("ACADEMY_EXERCISES", str(root))
    seen = []
    for where in ("another", "innovative-workers-education"):
        (place / "academy-data" / "courses" / where / "source").mkdir(parents=True, exist_ok=True)
        monkeypatch.chdir(place / "academy-data" / "courses" / where / "source")
        seen.append(json.loads(academy("status", "--json").out)["course"])
    monkeypatch.chdir(place)
    assert seen == ["another", "innovative-workers-education"]
    assert "several courses" in academy("status", "--json").err
    assert Path.cwd() == place
