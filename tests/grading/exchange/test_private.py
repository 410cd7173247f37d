"""What people write for themselves alone never reaches the desk of a grader."""

import json

import pytest

from academy.course import load_course
from academy.data import DataFolder
from academy.errors import CourseError
from academy.store import open_store
from tests.course.chained import write
from tests.grading.classroom import Class
from tests.grading.conftest import set_up

SECRET = "I cried on the bus"


@pytest.fixture
def chain(tmp_path, monkeypatch):
    folder = write(tmp_path / "exercises")
    with (folder / "diary-1" / "exercise.yaml").open("a") as file:
        file.write("personal: true\nprivate: true\n")
    monkeypatch.setenv("ACADEMY_EXERCISES", str(folder.parent))
    data = DataFolder.create(tmp_path / "data")
    store = open_store(data.store_url)
    found = Class(data, load_course(folder), store)
    found.submit("p-one", "diary-1", {"happened": SECRET})
    found.submit("p-one", "diary-2", {"happened": SECRET})
    found.submit("p-one", "groups", {"union": "Lantern Bay"})
    yield found
    store.close()


@pytest.fixture
def api(chain, empty_gradebook, monkeypatch):
    return set_up(chain, empty_gradebook, monkeypatch)


def test_an_exercise_like_a_private_one_is_private(chain):
    assert chain.course.exercise("diary-2").private


def test_no_source_is_made_of_a_private_exercise(api, chain):
    from academy_grading.sources.course_root import build_course

    assert sorted(folder.name for folder in (chain.root / "source").iterdir()) == ["groups", "plan"]
    with pytest.raises(CourseError, match="diary-1 is private"):
        build_course(chain.data, chain.course, ["diary-1"])


def test_private_answers_are_not_collected_by_themselves(api, chain):
    (chain.root / "release" / "diary-1").mkdir(parents=True)
    result = api.collect("diary-1")
    assert not result["success"]
    assert "is private" in result["log"]


def test_private_answers_do_not_come_along_with_another_submission(api, chain):
    assert api.generate_assignment("groups")["success"]
    assert api.collect("groups")["success"]
    files = list((chain.root / "submitted").rglob("*.*"))
    assert files
    assert all(SECRET not in file.read_text("utf-8") for file in files)
    document = json.loads((chain.root / "submitted" / "p-one" / "groups" / "answers.json").read_text("utf-8"))
    assert document["work"] == {}


def test_the_list_of_what_came_in_does_not_name_them(api, chain):
    from academy_grading.exchange.listing import List

    found = List(coursedir=api.coursedir, config=api.config, inbound=True).start()
    assert {entry["assignment_id"] for entry in found} == {"groups"}
