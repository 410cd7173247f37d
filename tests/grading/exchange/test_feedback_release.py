"""Feedback from the gradebook to the app, and names in the gradebook."""

import csv
import logging
import shutil

import pytest
from nbgrader.api import Gradebook
from nbgrader.plugins.export import CsvExportPlugin

from academy.documents.feedback import FEEDBACK
from academy.store import EditionSettings, Feedback
from academy_grading.exchange import FetchFeedback
from academy_grading.grades.database import gradebook_url
from tests.grading.classroom import GOAL


def grade(small, person, **points):
    """Give points as formgrader does."""
    with Gradebook(gradebook_url(small.root), "small-course") as gradebook:
        for name in ("clarity", "reach"):
            row = gradebook.find_grade(f"criterion-{name}", "plan", "plan", person)
            row.manual_score, row.needs_manual_grade = points.get(name, 3), False
        gradebook.find_comment("criterion-clarity", "plan", "plan", person).manual_comment = "Say <b>who</b>."
        gradebook.find_comment("answers", "plan", "plan", person).manual_comment = "Good start."
        gradebook.db.commit()


def judge(ready, small, person="p-one", **points):
    assert ready.autograde("plan", person)["success"]
    grade(small, person, **points)
    assert ready.generate_feedback("plan")["success"]
    return ready.release_feedback("plan")


# -- feedback


def test_feedback_has_points_reasons_levels_and_comments(ready, small, one):
    assert judge(ready, small, clarity=4, reach=2)["success"]
    texts = {
        "has-goal": {"title": "A goal is written", "hint": "What do you want to reach?"},
        "steps": {"title": "Three steps", "hint": "What comes next?"},
    }
    row = Feedback(small.store, "small-course").latest("p-one", "plan")
    assert row.submission == 1
    assert FEEDBACK.check(row.document) == row.document
    assert row.document == {
        "points": 8,
        "max_points": 13,
        "checks": [
            {"id": "has-goal", "earned": 2, "points": 2} | texts["has-goal"],
            {"id": "steps", "earned": 0, "points": 3} | texts["steps"],
        ],
        "rubric": [
            {"id": "clarity", "score": 4, "points": 4, "comment": "Say <b>who</b>."},
            {"id": "reach", "score": 2, "points": 4, "comment": ""},
        ],
        "comments": [{"cell": "answers", "text": "Good start."}],
        "submission": 1,
    }


def test_feedback_is_released_once_and_again_only_when_grades_changed(ready, small, one):
    judge(ready, small)
    assert "released already" in ready.release_feedback("plan")["log"]
    assert len(Feedback(small.store, "small-course").all("plan")) == 1
    grade(small, "p-one", clarity=1)
    ready.release_feedback("plan")
    rows = Feedback(small.store, "small-course").all("plan")
    assert [row.document["rubric"][0]["score"] for row in rows] == [3, 1]


def test_nobody_gets_feedback_before_a_person_has_judged(ready, small, one):
    ready.autograde("plan", "p-one")
    ready.generate_feedback("plan")
    assert "still to be given" in ready.release_feedback("plan")["log"]
    assert Feedback(small.store, "small-course").latest("p-one", "plan") is None


def test_feedback_that_was_not_generated_is_not_released(ready, small, one):
    ready.autograde("plan", "p-one")
    grade(small, "p-one")
    assert "generate_feedback plan" in ready.release_feedback("plan")["log"]
    assert Feedback(small.store, "small-course").latest("p-one", "plan") is None


@pytest.mark.parametrize("lacks", ["folder", "number", "points"])
def test_who_is_not_autograded_gets_no_feedback_and_the_others_do(ready, small, one, lacks):
    small.submit("p-two", "plan", GOAL)
    ready.collect("plan")
    assert ready.autograde("plan", "p-two")["success"]
    folder = small.root / "autograded" / "p-two"
    grade(small, "p-two")
    assert judge(ready, small)["success"]
    if lacks == "folder":
        shutil.rmtree(folder)
    elif lacks == "number":
        (folder / "plan" / "answers.json").unlink()
    else:
        with Gradebook(gradebook_url(small.root), "small-course") as gradebook:
            gradebook.remove_student("p-two")
    grade(small, "p-one", clarity=1)
    log = ready.release_feedback("plan")["log"]
    assert "p-two: not autograded, so there is nothing to release." in log
    assert "p-one: released feedback on submission 1." in log


def test_feedback_stays_with_the_submission_that_was_graded(ready, small, one):
    judge(ready, small, clarity=2)
    small.submit("p-one", "plan", {"steps": ["r1", "r2", "r3"]})
    ready.release_feedback("plan")
    assert Feedback(small.store, "small-course").latest("p-one", "plan").submission == 1
    ready.collect("plan")
    ready.autograde("plan", "p-one")
    log = ready.release_feedback("plan")["log"]
    assert "earlier submission" in log
    ready.generate_feedback("plan")
    assert "still to be given" in ready.release_feedback("plan")["log"]
    assert judge(ready, small, clarity=4)["success"]
    rows = Feedback(small.store, "small-course").all("plan")
    assert [(row.submission, row.document["rubric"][0]["score"]) for row in rows] == [(1, 2), (2, 4)]
    assert rows[1].document["checks"][1]["earned"] == 3


def test_released_feedback_can_be_written_to_files(small, nbgrader, tmp_path, caplog):
    caplog.set_level(logging.INFO)
    nbgrader.coursedir.assignment_id = "plan"
    fetch = FetchFeedback(
        coursedir=nbgrader.coursedir, parent=nbgrader, assignment_dir=str(tmp_path / "here")
    )
    fetch.start()
    assert caplog.messages[-1] == "No feedback on plan was released yet."
    assert not (tmp_path / "here").exists()
    for person in ("p-one", "p-two"):
        small.person(person)
        Feedback(small.store, "small-course").release(person, "plan", 2, {"said": f"{person} é"})
    Feedback(small.store, "small-course").release("p-one", "walk", 1, {})
    nbgrader.coursedir.student_id = "p-o*"
    for _ in range(2):
        fetch.start()
    (file,) = (tmp_path / "here").rglob("*.*")
    assert file == tmp_path / "here" / "plan" / "feedback" / "p-one" / "submission-2.json"
    assert file.read_text("utf-8") == '{\n "said": "p-one é"\n}\n'
    assert caplog.messages[-1] == f"Wrote {file}"


# -- names


def student(ready, person):
    with ready.gradebook as gradebook:
        row = gradebook.find_student(person)
        return row.last_name, row.first_name, row.email


def test_nbgrader_sees_ids_and_no_names(ready, small):
    small.person("p-one", name="Amina Diallo")
    small.submit("p-one", "plan", GOAL)
    ready.collect("plan")
    ready.autograde("plan", "p-one")
    assert student(ready, "p-one") == (None, None, None)
    for file in (small.root / "submitted").rglob("*"):
        assert not file.is_file() or "Amina" not in file.read_text()


def test_names_come_and_go_with_the_setting(ready, small):
    small.person("p-one", name="Amina <b>Diallo</b>")
    small.submit("p-one", "plan", GOAL)
    EditionSettings(small.store, small.course.id).set("grading.show_names", True)
    ready.collect("plan")
    ready.autograde("plan", "p-one")
    assert student(ready, "p-one") == ("Amina <b>Diallo</b>", "p-one", None)
    EditionSettings(small.store, small.course.id).set("grading.show_names", False)
    ready.collect("plan")
    assert student(ready, "p-one") == (None, None, None)


def test_names_go_from_everybody_also_from_those_who_were_not_collected_again(ready, small):
    for person in ("p-one", "p-two"):
        small.person(person, name=f"Name of {person}")
        small.submit(person, "plan", GOAL)
    EditionSettings(small.store, small.course.id).set("grading.show_names", True)
    ready.collect("plan")
    assert student(ready, "p-one")[0] == "Name of p-one"
    EditionSettings(small.store, small.course.id).set("grading.show_names", False)
    ready.coursedir.student_id = "p-two"
    ready.collect("plan")
    assert student(ready, "p-one") == student(ready, "p-two") == (None, None, None)


def test_a_name_is_one_cell_and_no_formula_in_an_export(ready, small, tmp_path):
    small.person("p-one", name='=HYPERLINK("http://x.example","A"), ,,100')
    small.submit("p-one", "plan", GOAL)
    EditionSettings(small.store, small.course.id).set("grading.show_names", True)
    ready.collect("plan")
    with ready.gradebook as gradebook:
        CsvExportPlugin(to=str(tmp_path / "grades.csv")).export(gradebook)
    header, row = csv.reader((tmp_path / "grades.csv").read_text("utf-8").splitlines())
    cells = dict(zip(header, row, strict=True))
    assert cells["last_name"] == "'=HYPERLINK('http://x.example' 'A') 100"
    assert (cells["first_name"], cells["raw_score"]) == ("p-one", "0.0")
