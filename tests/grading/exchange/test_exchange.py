"""The exchange on the course store, through nbgrader's API as formgrader calls it."""

import json
import logging
import shutil

import nbformat
import pytest
from nbgrader.exchange import ExchangeError
from nbgrader.utils import parse_utc

from academy.store import Feedback, Releases
from academy_grading.exchange import FetchAssignment, List, Submit
from tests.grading.classroom import GOAL
from tests.grading.cohort import edit, named


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


def test_the_list_names_what_is_open_and_what_was_submitted_as_nbgrader_does(ready, small, caplog):
    caplog.set_level(logging.INFO)
    lister = List(coursedir=ready.coursedir, parent=ready)
    assert lister.start() == []
    lister.inbound = True
    assert lister.start() == []
    assert caplog.messages[-2:] == [
        "No exercise is open in the app.",
        "Nothing was submitted in the app yet.",
    ]
    ready.release_assignment("plan")
    at = [small.submit(person, "plan", GOAL).at for person in ("p-two", "p-one")][1]
    Feedback(small.store, "small-course").release("p-one", "plan", 1, {"points": 1})
    caplog.clear()
    lister.inbound = False
    place = f"{small.root}/release/./plan"
    (found,) = lister.start()
    assert (found["course_id"], found["assignment_id"], found["status"]) == (
        "small-course",
        "plan",
        "released",
    )
    assert found["path"] == place
    assert found["notebooks"] == [{"notebook_id": "plan", "path": f"{place}/plan.ipynb"}]
    lister.inbound = True
    one, two = lister.start()
    moment = at.strftime("%Y-%m-%d %H:%M:%S.%f UTC")
    assert [entry["student_id"] for entry in (one, two)] == ["p-one", "p-two"]
    assert (one["course_id"], one["assignment_id"], one["status"]) == ("small-course", "plan", "submitted")
    assert one["submissions"] == [
        {
            "course_id": "small-course",
            "student_id": "p-one",
            "assignment_id": "plan",
            "timestamp": moment,
            "status": "submitted",
            "path": str(small.root / "submitted" / "p-one" / "plan"),
            "notebooks": [],
            "has_exchange_feedback": True,
            "has_local_feedback": False,
            "feedback_updated": False,
            "local_feedback_path": None,
            "said": f"small-course p-one plan {moment} (feedback released)",
        }
    ]
    assert not two["submissions"][0]["has_exchange_feedback"]
    said = ["Open in the app:", "small-course plan", "Submitted in the app:", one["submissions"][0]["said"]]
    assert caplog.messages[-5:-1] == said
    ready.coursedir.student_id = "p-two"
    assert lister.start() == [two]
    ready.coursedir.assignment_id = "walk"
    assert lister.start() == []
    lister.inbound = False
    assert lister.start() == []


def test_a_copy_of_what_was_submitted_is_kept_nowhere_else(ready, small, one):
    lister = List(coursedir=ready.coursedir, parent=ready)
    ready.release_assignment("plan")
    lister.cached = True
    assert lister.start() == []
    lister.remove = True
    with pytest.raises(ExchangeError, match="Submissions are kept"):
        lister.start()


def test_removing_from_the_list_closes_what_is_meant_and_no_more(ready, small, caplog):
    caplog.set_level(logging.INFO)
    ready.release_assignment("plan")
    lister = List(coursedir=ready.coursedir, parent=ready)
    lister.remove = True
    ready.coursedir.assignment_id = "walk"
    assert lister.start() == []
    assert Releases(small.store, "small-course").is_open("plan")
    ready.coursedir.assignment_id = "pl*"
    assert [item["status"] for item in lister.start()] == ["removed"]
    assert not Releases(small.store, "small-course").is_open("plan")
    assert caplog.messages[-1] == "plan is closed now. The answers given so far are kept."


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

    people = People(small.store, small.data.secret, small.course.id)
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


def only_in_time(ready, due):
    """Let only what came before a moment count."""
    with ready.gradebook as gradebook:
        gradebook.update_or_create_assignment("plan", duedate=due and due.replace(tzinfo=None))
    ready.config.ExchangeCollect.before_duedate = True
    ready.exchange.update_config(ready.config)


def test_before_the_due_date_the_last_submission_in_time_counts(ready, small):
    first = [small.submit("p-one", "plan", {"goal": goal}) for goal in ("Early", "Just in time")][1]
    small.submit("p-one", "plan", {"goal": "Too late"})
    late = [small.submit("p-two", "plan", {"goal": goal}) for goal in ("Late", "Later")][1]
    only_in_time(ready, first.at)
    assert ready.collect("plan")["success"]
    numbers = {
        person: json.loads((small.root / "submitted" / person / "plan" / "answers.json").read_text())[
            "submission"
        ]
        for person in ("p-one", "p-two")
    }
    assert numbers == {"p-one": 2, "p-two": late.number}


def test_before_the_due_date_what_came_in_time_takes_the_place_of_what_was_late(ready, small, one):
    only_in_time(ready, small.answers.submissions("plan")[0].at)
    small.submit("p-one", "plan", {"goal": "Too late"})
    before = (one / "plan.ipynb").stat()
    assert "submission 1 is collected already." in ready.collect("plan", update=False)["log"]
    assert (one / "plan.ipynb").stat() == before
    document = json.loads((one / "answers.json").read_text())
    (one / "answers.json").write_text(json.dumps(document | {"submission": 2}))
    assert "p-one: collected submission 1." in ready.collect("plan", update=False)["log"]


@pytest.mark.parametrize("known", [True, False])
def test_without_a_due_date_the_newest_submission_counts(ready, small, known):
    small.submit("p-one", "plan", GOAL)
    small.submit("p-one", "plan", {"goal": "Reach day workers"})
    only_in_time(ready, None)
    if not known:
        with ready.gradebook as gradebook:
            gradebook.remove_assignment("plan")
    assert ready.collect("plan")["success"]
    folder = small.root / "submitted" / "p-one" / "plan"
    assert json.loads((folder / "answers.json").read_text())["submission"] == 2


def test_who_is_asked_for_or_excluded_is_so_to_the_letter(ready, small):
    for person in ("p-one", "P-one", "p-two", "p-three"):
        small.submit(person, "plan", GOAL)
    ready.coursedir.student_id_exclude = "p-two,p-three"
    ready.collect("plan")
    there = small.root / "submitted"
    assert sorted(folder.name for folder in there.iterdir()) == ["P-one", "p-one"]
    shutil.rmtree(there)
    ready.coursedir.student_id = "p-*"
    ready.collect("plan")
    assert [folder.name for folder in there.iterdir()] == ["p-one"]


def test_an_exercise_of_no_course_is_named(ready, small):
    result = ready.collect("plans")
    assert not result["success"]
    assert (
        "plans is not ready to be released. Run: academy build, then nbgrader generate_assignment"
        in result["log"]
    )
    for step in ("source", "release"):
        shutil.copytree(small.root / step / "plan", small.root / step / "plans")
    assert "Run: nbgrader generate_assignment plans" in ready.release_assignment("plans")["log"]
    (small.root / "release" / "plans" / "plan.ipynb").rename(small.root / "release" / "plans" / "plans.ipynb")
    result = ready.release_assignment("plans")
    assert not result["success"]
    assert "small-course has no exercise plans. It has: plan." in result["log"]


def test_a_released_notebook_without_a_place_for_the_answers_is_refused(ready, small):
    small.submit("p-one", "plan", GOAL)
    edit(small.root / "release" / "plan" / "plan.ipynb", lambda cells: cells.remove(named(cells, "answers")))
    result = ready.collect("plan")
    assert not result["success"]
    assert "release/plan has no place for the answers. Run: academy build, then" in result["log"]
    assert "nbgrader generate_assignment --force plan" in result["log"]


@pytest.mark.parametrize("person", ["..", "a/b", "-x", "x" * 65, "p\n"])
def test_a_person_whose_id_would_lead_elsewhere_is_not_collected(ready, small, person):
    small.submit(person, "plan", GOAL)
    result = ready.collect("plan")
    assert not result["success"]
    assert f"{person!r} can't be the name of a folder, so it can't be graded." in result["log"]
    assert not (small.root / "submitted").exists()


def test_the_longest_id_there_is_can_be_the_name_of_a_folder(ready, small):
    small.submit("p" + "x_.-" * 15 + "yz0", "plan", GOAL)
    assert ready.collect("plan")["success"]


def test_a_file_in_the_place_of_a_folder_is_named(ready, small):
    small.submit("p-one", "plan", GOAL)
    (small.root / "submitted").write_text("x")
    result = ready.collect("plan")
    assert not result["success"]
    assert f"{small.root / 'submitted' / 'p-one'} can't be used: Not a directory." in result["log"]


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
