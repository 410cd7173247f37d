"""Where courses lie: of one's own in the data folder, the kit's beside it."""

import pytest

from academy.content import course_folder, course_folders, in_both_places, use_data
from academy.course import load_course

COURSE = """
id: {id}
title: A course
start: 2026-03-09
end: 2026-04-03
languages: [en]
modules:
  - {{id: week, title: A week, minutes: 30, week: false}}
"""


@pytest.fixture
def places(tmp_path, monkeypatch):
    """A data folder with one course, and the kit's with another."""
    monkeypatch.setenv("ACADEMY_EXERCISES", str(tmp_path / "kit"))
    monkeypatch.delenv("ACADEMY_DATA", raising=False)
    put(tmp_path / "kit" / "flagship")
    put(tmp_path / "data" / "exercises" / "ours")
    use_data(tmp_path / "data")
    return tmp_path


def put(folder):
    folder.mkdir(parents=True)
    (folder / "course.yaml").write_text(COURSE.format(id=folder.name), "utf-8")


def test_courses_of_ones_own_stand_beside_those_of_the_kit(places):
    assert course_folders() == {
        "flagship": places / "kit" / "flagship",
        "ours": places / "data" / "exercises" / "ours",
    }
    assert load_course("ours").folder == (places / "data" / "exercises" / "ours").resolve()


def test_a_process_that_is_started_finds_them_by_its_environment(places, monkeypatch):
    use_data(None)
    assert list(course_folders()) == ["flagship"]
    monkeypatch.setenv("ACADEMY_DATA", str(places / "data"))
    assert list(course_folders()) == ["flagship", "ours"]


def test_of_a_course_in_both_places_that_of_the_data_folder_counts(places):
    assert in_both_places() == {}
    own = places / "data" / "exercises" / "flagship"
    put(own)
    assert course_folder("flagship") == own == course_folders()["flagship"]
    assert in_both_places() == {"flagship": (own, places / "kit" / "flagship")}


def test_a_folder_that_happens_to_have_a_courses_name_is_not_taken_for_it(places, monkeypatch):
    (places / "ours").mkdir()
    monkeypatch.chdir(places)
    assert course_folder("ours") == places / "data" / "exercises" / "ours"
    assert course_folder(places / "kit" / "flagship") == places / "kit" / "flagship"
