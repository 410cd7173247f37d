"""The exchange on the course store, through nbgrader's API as formgrader calls it."""

import json
import logging

import nbformat
import pytest
from nbgrader.exchange import ExchangeError
from nbgrader.utils import parse_utc

from academy.store import Releases
from academy_grading.exchange import FetchAssignment, List, Submit
from tests.grading.classroom import GOAL


def cell(file, name):
    notebook = nbformat.read(file, as_version=4)
    return next(cell for cell in notebook.cells if cell.metadata.nbgrader.grade_id == name)


# -- release and list


def test_releasing_opens_the_exercise_in_the_app_and_doing_it_again_changes_nothing(ready, small):
    assert ready.release_assignment("plan")["success"]
    at = Releases(small.store, "small-course").all()[0].at
    assert "open already" in ready.release_assignment("plan")["log"]
    assert Releases(small.store, "small-course").all()[0].at == at
    assert ready.get_released_assignments() == {"plan"}
    assert ready.get_assignment("plan")["status"] == "released"


def test_an_exercise_that_was_not_generated_is_not_released(nbgrader, small):
    result = nbgrader.release_assignment("plan")
    assert not result["success"]
    assert "nbgrader generate_assignment plan" in result["log"]
    assert not Releases(small.store, "small-course").is_open("plan")


def test_unreleasing_closes_the_exercise_and_keeps_the_answers(ready, small):
    ready.release_assignment("plan")
    small.submit("p-one", "plan", GOAL)
    assert ready.unrelease("plan")["success"]
    assert not Releases(small.store, "small-course").is_open("plan")
    assert small.answers.draft("p-one", "plan").values == GOAL


def test_the_list_of_submissions_says_which_are_collected(ready, small, one, caplog):
    small.submit("p-one", "plan", {"goal": "Reach day workers"})
    caplog.set_level(logging.INFO)
    lister = List(coursedir=ready.coursedir, parent=ready)
    lister.inbound = True
    (entry,) = lister.start()
    states = [info["said"].rsplit("(", 1)[1] for info in entry["submissions"]]
    assert states == ["collected)", "not collected yet)"]
    assert entry["student_id"] == "p-one"


def test_submissions_are_never_removed(ready, small, one):
    lister = List(coursedir=ready.coursedir, parent=ready)
    lister.inbound = lister.remove = True
    with pytest.raises(ExchangeError, match="Submissions are kept"):
        lister.start()
    assert len(small.answers.submissions("plan")) == 1


# -- collect


def test_a_collected_submission_is_three_files_written_by_us(one, small):
    assert sorted(file.name for file in one.iterdir()) == ["answers.json", "plan.ipynb", "timestamp.txt"]
    (submission,) = small.answers.submissions("plan")
    assert parse_utc((one / "timestamp.txt").read_text()) == submission.at.replace(tzinfo=None)
    document = json.loads((one / "answers.json").read_text())
    assert document["answers"] == GOAL
    assert document["submission"] == 1
    assert "Reach night workers" in cell(one / "plan.ipynb", "answers").source


def test_the_notebook_is_the_released_one_with_only_the_answers_filled_in(one, small):
    released = nbformat.read(small.root / "release" / "plan" / "plan.ipynb", as_version=4)
    collected = nbformat.read(one / "plan.ipynb", as_version=4)
    changed = [a.id for a, b in zip(released.cells, collected.cells, strict=True) if a.source != b.source]
    assert changed == ["answers"]


def test_who_never_submitted_is_not_there(ready, small, one):
    small.person("p-two")
    ready.collect("plan")
    assert [folder.name for folder in (small.root / "submitted").iterdir()] == ["p-one"]


def test_who_has_left_is_not_collected_and_who_came_back_is(ready, small):
    from academy.people import People
    from academy.people.leaving import readmit, withdraw

    people = People(small.store, small.data.secret)
    for person in ("p-one", "p-two"):
        small.submit(person, "plan", GOAL)
    withdraw(people, "p-two")
    ready.collect("plan")
    assert [folder.name for folder in (small.root / "submitted").iterdir()] == ["p-one"]
    readmit(people, "p-two")
    ready.collect("plan")
    assert {folder.name for folder in (small.root / "submitted").iterdir()} == {"p-one", "p-two"}


def test_a_draft_written_after_submitting_is_not_collected(ready, small):
    from academy.store import Edit

    small.submit("p-one", "plan", GOAL)
    small.answers.save("p-one", "plan", [Edit("later-edit", "goal", "Not yet submitted")])
    ready.collect("plan")
    source = cell(small.root / "submitted" / "p-one" / "plan" / "plan.ipynb", "answers").source
    assert "Not yet submitted" not in source


def test_what_was_collected_stays_until_update_is_asked_for(ready, small, one):
    small.submit("p-one", "plan", {"goal": "Reach day workers"})
    assert "Use --update" in ready.collect("plan", update=False)["log"]
    assert json.loads((one / "answers.json").read_text())["submission"] == 1
    ready.collect("plan", update=True)
    assert json.loads((one / "answers.json").read_text())["submission"] == 2
    assert "Reach day workers" in cell(one / "plan.ipynb", "answers").source


def test_a_submission_to_an_earlier_version_of_the_exercise_is_said(ready, small):
    ready.release_assignment("plan")
    small.submit("p-one", "plan", GOAL)
    assert "earlier version" not in ready.collect("plan", update=True)["log"]
    small.answers.submit("p-one", "plan", "made-before-the-change", "0123456789abcdef", "en")
    log = ready.collect("plan", update=True)["log"]
    assert "p-one: submission 2 answers an earlier version of plan" in log


def test_collecting_again_without_a_newer_submission_touches_nothing(ready, one):
    before = (one / "plan.ipynb").stat()
    ready.collect("plan", update=True)
    assert (one / "plan.ipynb").stat() == before


def test_a_folder_that_collect_did_not_write_is_replaced_on_update(ready, one):
    (one / "timestamp.txt").write_text("soon")
    (one / "academy.py").write_text("here = True")
    assert ready.collect("plan", update=True)["success"]
    assert sorted(file.name for file in one.iterdir()) == ["answers.json", "plan.ipynb", "timestamp.txt"]


def test_before_the_due_date_the_last_submission_in_time_counts(ready, small, monkeypatch):
    first = small.submit("p-one", "plan", GOAL)
    small.submit("p-one", "plan", {"goal": "Too late"})
    late = small.submit("p-two", "plan", {"goal": "Only late"})
    with ready.gradebook as gradebook:
        gradebook.update_or_create_assignment("plan", duedate=first.at.replace(tzinfo=None))
    ready.config.ExchangeCollect.before_duedate = True
    ready.exchange.update_config(ready.config)
    assert ready.collect("plan")["success"]
    numbers = {
        person: json.loads((small.root / "submitted" / person / "plan" / "answers.json").read_text())[
            "submission"
        ]
        for person in ("p-one", "p-two")
    }
    assert numbers == {"p-one": 1, "p-two": late.number}


def test_an_exercise_of_no_course_is_named(ready):
    result = ready.collect("plans")
    assert not result["success"]
    assert "plans is not ready" in result["log"]


def test_a_command_that_can_not_work_ends_with_a_sentence_and_no_traceback(
    ready, small, monkeypatch, caplog, capsys
):
    from nbgrader.apps import ReleaseAssignmentApp

    monkeypatch.chdir(small.root)
    app = ReleaseAssignmentApp(parent=None)
    app.initialize(["plans"])
    with pytest.raises(SystemExit):
        app.start()
    said = caplog.text + "".join(capsys.readouterr())
    assert "plans is not ready to be released. Run: academy build" in said
    assert "Traceback" not in said


def test_a_course_root_outside_a_data_folder_is_said(ready, small):
    (small.data.path / "academy-data.txt").unlink()
    result = ready.collect("plan")
    assert "marks a data folder" in result["log"]


# -- grading


def test_points_come_from_the_checks_and_the_rest_waits_for_a_person(ready, small, one):
    assert ready.autograde("plan", "p-one")["success"]
    with ready.gradebook as gradebook:
        grades = {g.name: g for g in gradebook.find_submission_notebook("plan", "plan", "p-one").grades}
        scores = {name: (g.auto_score, g.needs_manual_grade) for name, g in grades.items()}
    assert scores["check-has-goal"] == (2, False)
    assert scores["check-steps"] == (0, False)
    assert scores["answers"] == (0, False)
    assert scores["criterion-clarity"] == (None, True)


def test_a_check_that_can_not_run_is_left_to_a_person(ready, small, one, course_files):
    checks = course_files / "plan" / "checks.py"
    checks.write_text(checks.read_text().replace('bool(answers["goal"])', "1 / 0"))
    assert ready.autograde("plan", "p-one")["success"]
    with ready.gradebook as gradebook:
        row = gradebook.find_grade("check-has-goal", "plan", "plan", "p-one")
        assert (row.auto_score, row.needs_manual_grade) == (None, True)


def test_code_that_somebody_put_into_a_submission_does_not_run(ready, small, one):
    file = one / "plan.ipynb"
    notebook = nbformat.read(file, as_version=4)
    extra = nbformat.v4.new_code_cell("2.0")
    notebook.cells[5].source = "1.5"  # a check of one's own in the place of the real one
    notebook.cells.insert(2, extra)
    nbformat.write(notebook, file)
    (one / "academy_grading.py").write_text("raise SystemExit")
    result = ready.autograde("plan", "p-one")
    assert result["success"], result
    file = small.root / "autograded" / "p-one" / "plan" / "plan.ipynb"
    ran = [c for c in nbformat.read(file, as_version=4).cells if c.cell_type == "code" and c.execution_count]
    assert [c.metadata.nbgrader.grade_id for c in ran] == ["loader", "check-has-goal", "check-steps"]
    assert ran[2].source == cell(small.root / "source" / "plan" / "plan.ipynb", "check-steps").source


@pytest.mark.parametrize(("kind", "said"), [(FetchAssignment, "in the app"), (Submit, "submit in the app")])
def test_what_participants_do_in_the_app_is_said_in_a_sentence(ready, kind, said):
    with pytest.raises(ExchangeError, match=said):
        kind(coursedir=ready.coursedir, parent=ready).start()
