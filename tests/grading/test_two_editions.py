"""Two editions of one course in one data folder, graded in turns in one process: neither ever sees the other's."""

import json
import os
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace

import nbformat
import pytest

from academy.editions import Editions, load_edition
from academy.store.schema import Enrolment
from academy_grading.course_of import course_of, root_around
from academy_grading.sources.course_root import build_course
from tests.grading.classroom import Class
from tests.grading.conftest import set_up

EARLIER, LATER = {"goal": "Reach night workers"}, {"goal": "Reach day workers"}
STEPS = {"steps": ["r1", "r2", "r3"], "steps/r1/what": "Ask", "steps/r2/what": "Meet", "steps/r3/what": "Act"}


@dataclass
class Taken:
    """An edition: the class that takes it, and nbgrader's API on its course root."""

    people: Class
    api: SimpleNamespace

    @property
    def root(self):
        return self.people.root

    @property
    def students(self):
        with self.api.gradebook as book:
            return {student.id for student in book.students}

    @property
    def collected(self):
        return {folder.name for folder in (self.root / "submitted").iterdir()}

    def grade(self, person):
        assert self.api.collect("plan")["success"]
        done = self.api.autograde("plan", person)
        assert done["success"], done["log"]

    def points(self, person):
        with self.api.gradebook as book:
            notebook = book.find_submission_notebook("plan", "plan", person)
            return {
                grade.name: grade.auto_score for grade in notebook.grades if grade.name.startswith("check-")
            }

    def goal(self, person):
        file = self.root / "submitted" / person / "plan" / "answers.json"
        return json.loads(file.read_text("utf-8"))["answers"]["goal"]


@pytest.fixture
def second(small):
    """The class of the second edition, which begins a year later. Its course root is not built."""
    Editions(small.store).ensure(small.course)
    start = small.course.start + timedelta(days=365)
    Editions(small.store).new("second", small.course, start=start)
    return Class(small.data, load_edition(small.store, "second"), small.store)


@pytest.fixture
def both(small, second, empty_gradebook, monkeypatch):
    """Both editions, built and generated. One person is in both and writes something else in each."""
    first, other = (Taken(one, set_up(one, empty_gradebook, monkeypatch)) for one in (small, second))
    for edition in (first, other):
        assert edition.api.generate_assignment("plan")["success"]
    small.submit("p-first", "plan", EARLIER)
    small.submit("p-both", "plan", EARLIER)
    with small.store.write() as session:
        session.add(Enrolment(edition="second", person_id="p-both", role="participant", display_name="Both"))
    second.known.add("p-both")
    second.submit("p-both", "plan", LATER | STEPS)
    second.submit("p-second", "plan", LATER | STEPS)
    return first, other


def loader(root, kind):
    notebook = nbformat.read(root / kind / "plan" / "plan.ipynb", as_version=4)
    return next(cell.source for cell in notebook.cells if cell.metadata.nbgrader.grade_id == "loader")


def test_each_edition_has_a_course_root_and_a_gradebook_of_its_own(both, small):
    first, other = both
    assert first.root == small.data.path / "courses" / "small-course"
    assert other.root == small.data.path / "courses" / "second"
    for edition in both:
        assert edition.api.coursedir.db_url == f"sqlite:///{edition.root / 'gradebook.db'}"
        assert (edition.root / "gradebook.db").is_file()
    assert [edition.api.coursedir.course_id for edition in both] == ["small-course", "second"]


def test_the_cells_of_an_edition_ask_for_that_edition(both):
    first, other = both
    for kind in ("source", "release"):
        assert 'course="small-course", exercise="plan"' in loader(first.root, kind)
        assert 'course="second", exercise="plan"' in loader(other.root, kind)


def test_editions_collected_and_graded_in_turns_have_their_own_people_and_never_the_others(both):
    first, other = both
    first.grade("p-first")
    assert (first.collected, first.students) == ({"p-first", "p-both"}, {"p-first"})
    assert not (other.root / "submitted").exists()
    other.grade("p-second")
    first.grade("p-both")
    other.grade("p-both")
    assert (first.collected, first.students) == ({"p-first", "p-both"}, {"p-first", "p-both"})
    assert (other.collected, other.students) == ({"p-second", "p-both"}, {"p-second", "p-both"})
    for person in ("p-first", "p-both"):
        assert first.goal(person) == EARLIER["goal"]
        assert first.points(person) == {"check-has-goal": 2, "check-steps": 0}
    for person in ("p-second", "p-both"):
        assert other.goal(person) == LATER["goal"]
        assert other.points(person) == {"check-has-goal": 2, "check-steps": 3}


def test_who_has_left_one_edition_is_still_collected_in_the_other(both, small):
    first, other = both
    with small.store.write() as session:
        session.get(Enrolment, ("small-course", "p-both")).active = False
    for edition in both:
        assert edition.api.collect("plan")["success"]
    assert (first.collected, other.collected) == ({"p-first"}, {"p-both", "p-second"})


def test_grading_two_editions_leaves_no_word_of_either_in_the_environment(both):
    before = dict(os.environ)
    for edition, person in zip(both, ("p-first", "p-second"), strict=True):
        edition.grade(person)
    assert dict(os.environ) == before


def test_setting_up_two_editions_leaves_no_word_of_either_in_the_environment(
    small, second, empty_gradebook, monkeypatch
):
    before = dict(os.environ)
    for edition in (small, second):
        set_up(edition, empty_gradebook, monkeypatch)
    after = dict(os.environ)
    before.pop("PATH"), after.pop("PATH")  # nbgrader calls `alembic` by its name
    assert after == before


def test_a_course_root_leads_to_its_course_by_what_is_noted_in_it(small, second, course_files, monkeypatch):
    for edition in (small, second):
        build_course(edition.data, edition.course)
    assert not (small.root / "course-id.txt").exists()
    assert (second.root / "course-id.txt").read_text("utf-8") == "small-course\n"
    monkeypatch.delenv("ACADEMY_EXERCISES")  # only what is noted leads there
    for edition, name in ((small, "small-course"), (second, "second")):
        noted = (edition.root / "course-folder.txt").read_text("utf-8")
        assert noted == f"{course_files.resolve()}\n"
        found = course_of(edition.root)
        assert (found.id, found.edition, found.folder) == ("small-course", name, course_files.resolve())
        assert {exercise.edition for exercise in found.exercises} == {name}


def test_an_id_leads_to_the_course_where_the_kit_looks_for_it_itself(second, course_files):
    build_course(second.data, second.course)
    (second.root / "course-folder.txt").unlink()
    found = course_of(second.root)
    assert (found.id, found.edition, found.folder) == ("small-course", "second", course_files.resolve())


def test_a_course_in_its_data_folder_is_found_by_all_its_editions_wherever_that_goes(
    small, second, course_files, tmp_path, monkeypatch
):
    for edition in (small, second):
        build_course(edition.data, edition.course)
    monkeypatch.delenv("ACADEMY_EXERCISES")
    small.store.close()
    moved = small.data.path.rename(tmp_path / "moved")
    own = moved / "exercises" / "small-course"
    own.parent.mkdir(exist_ok=True)
    course_files.rename(own)
    for name in ("small-course", "second"):
        found = course_of(moved / "courses" / name)
        assert (found.id, found.edition, found.folder) == ("small-course", name, own.resolve())


def test_a_submission_lies_in_the_root_of_its_edition_and_in_no_other(small, second):
    for edition in (small, second):
        build_course(edition.data, edition.course)
    place = second.root / "autograded" / "p-both" / "plan"
    assert root_around(place, "second") == second.root
    assert root_around(place, "small-course") is None


def test_the_exchange_knows_the_dates_of_the_edition_and_the_other_those_of_the_course(both, small, second):
    from academy_grading.exchange import List

    first, other = (List(coursedir=edition.api.coursedir, parent=edition.api) for edition in both)
    assert (first.course.start, first.course.end) == (date(2026, 1, 1), date(2026, 2, 1))
    assert (other.course.start, other.course.end) == (date(2027, 1, 1), date(2027, 2, 1))
    assert (first.course.edition, other.course.edition) == ("small-course", "second")
