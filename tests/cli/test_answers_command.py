import json

import pytest

from academy.offline import offline_form
from academy.session import session_of
from academy.store import Answers
from tests.support.offline import answers_file

COURSE = "innovative-workers-education"


@pytest.fixture
def amina(folder):
    return folder.people.add("Amina").person.id


@pytest.fixture
def saved(folder, amina, tmp_path):
    """A folder with the answers file that Amina sent."""
    session = session_of(amina, folder.data, folder.store, COURSE)
    file = answers_file(
        offline_form(session, session.course.exercise("context-map")),
        {"map": ["r1"], "map/r1/who": "Crane drivers", "map/r1/shoe": "42"},
    )
    sent = tmp_path / "sent"
    sent.mkdir()
    (sent / f"context-map-{amina}.answers.json").write_text(json.dumps(file), "utf-8")
    return sent


def values(folder, person):
    return Answers(folder.store, COURSE).draft(person, "context-map").values


def test_files_are_taken_once_and_told(academy, data, folder, amina, saved):
    shown = academy("answers", "import", saved, "--data", data)
    assert shown.status == 0
    assert "(Context map · Amina): Answers taken: 2. Left out because they do not fit" in shown.out
    assert "    map/r1/shoe: 42\n" in shown.out
    assert shown.out.endswith("Files taken: 1. Files not taken: 0.\n")
    assert values(folder, amina) == {"map": ["r1"], "map/r1/who": "Crane drivers"}
    assert "Already here from before: 2." in academy("answers", "import", saved, "--data", data).out


def test_a_dry_run_keeps_nothing(academy, data, folder, amina, saved):
    shown = academy("answers", "import", saved, "--dry-run", "--data", data)
    assert "Answers that would be taken: 2." in shown.out
    assert values(folder, amina) == {}


def test_a_file_that_is_none_is_told_and_the_others_are_taken(academy, data, folder, amina, saved):
    other = saved / "holiday.jpg"
    other.write_bytes(b"\xff\xd8\xff")
    file = next(saved.glob("*.json"))
    shown = academy("answers", "import", other, file, "--data", data)
    assert shown.status == 1
    assert shown.err.startswith(f"{other}: This is not an answers file.")
    assert shown.out.endswith("Files taken: 1. Files not taken: 1.\n")
    assert values(folder, amina)["map"] == ["r1"]


def test_a_file_that_is_not_there_is_a_sentence(academy, data, folder, tmp_path):
    shown = academy("answers", "import", tmp_path / "none.answers.json", "--data", data)
    assert (shown.status, "Traceback" in shown.err) == (1, False)
    assert "none.answers.json" in shown.err
