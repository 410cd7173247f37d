"""Who has left is in no table of formgrader and in none of its counts."""

import pytest

from academy.people import People
from academy.people.leaving import withdraw
from academy_grading.formgrader.people import PresentPeople, left_of
from tests.grading.classroom import GOAL
from tests.grading.exchange.test_feedback_release import grade

STEPS = {"steps": ["r1", "r2", "r3"]}


@pytest.fixture
def present(ready, small):
    """Two people are autograded; the second has all points, and the first waits for somebody to judge."""
    small.submit("p-one", "plan", GOAL)
    small.submit("p-two", "plan", GOAL | STEPS)
    assert ready.collect("plan")["success"]
    for person in ("p-one", "p-two"):
        assert ready.autograde("plan", person)["success"]
    grade(small, "p-two", clarity=4, reach=4)
    return PresentPeople(coursedir=ready.coursedir, config=ready.config)


def counted(api):
    (notebook,), assignment = api.get_notebooks("plan"), api.get_assignment("plan")
    names = [f"average_{kind}" for kind in ("score", "code_score", "written_score", "task_score")]
    means = [notebook[name] for name in names]
    assert [assignment[name] for name in names] == means
    assert assignment["num_submissions"] == notebook["num_submissions"]
    return notebook["num_submissions"], notebook["needs_manual_grade"], means


def test_who_has_left_is_counted_nowhere(present):
    assert counted(present) == (2, True, [7.5, 3.5, 0, 4])
    present.left = {"p-one"}
    assert counted(present) == (1, False, [13, 5, 0, 8])
    assert present.get_submitted_students("plan") == {"p-two"}
    assert [row["id"] for row in present.get_students()] == ["p-two"]
    assert [row["student"] for row in present.get_submissions("plan")] == ["p-two"]
    assert [row["student"] for row in present.get_notebook_submissions("plan", "plan")] == ["p-two"]
    with present.gradebook as gradebook:
        steps = present._filter_existing_notebooks("plan", gradebook.notebook_submissions("plan", "plan"))
        assert [one.student.id for one in steps] == ["p-two"], "nobody steps to who has left"
    present.left = {"p-two"}
    assert counted(present) == (1, True, [2, 2, 0, 0])
    present.left = {"p-one", "p-two"}
    assert counted(present) == (0, False, [0, 0, 0, 0])


def test_who_has_left_is_read_from_the_data_folder_where_there_is_one(small, tmp_path):
    small.person("p-one")
    assert left_of(str(small.root)) == set()
    withdraw(People(small.store, small.data.secret, small.course.id), "p-one")
    assert left_of(str(small.root)) == {"p-one"}
    assert left_of(str(tmp_path / "courses" / "small-course")) == set()
