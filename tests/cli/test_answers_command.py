import json

import pytest

from academy.session import session_of
from academy.store import Answers
from academy_widgets.forms.offline_form import offline_form
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


NAMES = [
    "context-map (1).json",
    "context-map.answers 2.json",
    "context-map.answers.json.txt",
    "CONTEXT-MAP.JSON",
    "context-map.answers",
    "saved from a mail",
    "Amina Diallo_4711_file/context-map.answers.json",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_in_a_folder_is_taken_whatever_it_is_called(
    academy, data, folder, amina, saved, name, encoding
):
    (file,) = saved.iterdir()
    text = file.read_text("utf-8")
    file.unlink()
    (saved / name).parent.mkdir(exist_ok=True)
    (saved / name).write_text(text, encoding)
    shown = academy("answers", "import", saved, "--data", data)
    assert (shown.status, "Files taken: 1. Files not taken: 0." in shown.out) == (0, True)
    assert values(folder, amina) == {"map": ["r1"], "map/r1/who": "Crane drivers"}


def test_what_is_no_answers_file_is_named_and_not_passed_over_in_silence(academy, data, folder, saved):
    (saved / "holiday.jpg").write_bytes(b"\xff\xd8\xff")
    (saved / "broken (2).json").write_text("{", "utf-8")
    (saved / ".DS_Store").write_bytes(b"x")
    (saved / "moved away").symlink_to(saved / "nowhere")
    shown = academy("answers", "import", saved, "--data", data)
    assert "No answers files, and passed over: holiday.jpg, moved away\n" in shown.out
    assert "broken (2).json: This is not an answers file." in shown.err
    assert shown.out.endswith("Files taken: 1. Files not taken: 1.\n")


@pytest.mark.parametrize("content", [b"{" + b" " * 3_000_000, b'[1, {"a": ' + b"9" * 3_000_000])
def test_a_file_of_three_megabytes_is_told_to_be_too_large(academy, data, folder, tmp_path, content):
    file = tmp_path / "large.answers.json"
    file.write_bytes(content)
    shown = academy("answers", "import", file, "--data", data)
    assert (shown.status, "is too large for an answers file" in shown.err) == (1, True)


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 1_000_000,
        b'{"kind": "academy-answers", "format": 1' + b"9" * 400,
        b'{"a": ' + b"9" * 10_000 + b"}",
    ],
)
def test_a_file_that_no_form_saved_ends_as_a_sentence(academy, data, folder, tmp_path, content):
    file = tmp_path / "odd.answers.json"
    file.write_bytes(content)
    shown = academy("answers", "import", file, "--data", data)
    assert (shown.status, "unexpected" in shown.err) == (1, False)
    assert "answers file" in shown.err
