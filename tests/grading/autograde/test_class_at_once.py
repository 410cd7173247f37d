"""`academy grade` and `academy feedback`: a class in one step, and what they tell."""

import contextlib
import shutil

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.preprocessors.base import NbGraderPreprocessor
from typer.testing import CliRunner

from academy.errors import CourseError
from academy.store import Feedback
from academy_app.cli.app import app
from academy_grading.autograde.batch import autograde_all
from academy_grading.autograde.fast_path import CheckedSubmission
from academy_grading.autograde.gradebook_writer import GradebookWriter
from academy_grading.config import STEPS
from academy_grading.grades.database import gradebook_url
from tests.grading.classroom import GOAL
from tests.grading.cohort import api_of, config_of, edit
from tests.grading.exchange.test_feedback_release import grade as by_hand
from tests.support.databases import SERVER


@pytest.fixture
def academy(small, ready, monkeypatch):
    """The command line on the small course."""
    monkeypatch.setenv("ACADEMY_LANG", "en")

    def run(*words, status=0):
        done = CliRunner().invoke(app, [*words, "--data", str(small.data.path), "--course", "small-course"])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == status, done.output
        return done.output

    return run


def pages(root):
    return {
        file.parent.parent.name: file.read_text("utf-8")
        for file in sorted(root.glob("feedback/*/plan/plan.html"))
    }


def test_one_step_collects_grades_and_says_what_is_left(academy, small):
    small.submit("p-one", "plan", GOAL)
    small.submit("p-two", "plan", {"goal": "Much"})
    said = academy("grade", "plan")
    assert "A plan: collected 2, graded 2, as before 0, not graded 0" in said
    assert "Wanting your judgement: 2. Open them with: academy lab (p-one, p-two)" in said
    assert "collected 0, graded 0, as before 2" in academy("grade", "--all")
    small.submit("p-two", "plan", {"goal": "Much more"})
    assert "collected 1, graded 1, as before 1" in academy("grade", "first")
    assert "collected 0, graded 2, as before 0" in academy("grade", "plan", "--again")


def test_feedback_goes_to_who_is_graded_to_the_end_and_once(academy, small):
    for person in ("p-one", "p-two"):
        small.submit(person, "plan", GOAL)
    academy("grade", "plan")
    by_hand(small, "p-one")
    small.submit("p-three", "plan", GOAL)
    said = academy("feedback", "plan")
    assert "A plan: feedback given 1, as before 0" in said
    assert "Wanting your judgement: 1. Open them with: academy lab (p-two)" in said
    rows = Feedback(small.store, "small-course").all("plan")
    assert [(row.person_id, row.document["points"], row.document["max_points"]) for row in rows] == [
        ("p-one", 8, 13)
    ]
    assert list(pages(small.root)) == ["p-one"]
    assert "feedback given 0, as before 1" in academy("feedback", "plan")
    by_hand(small, "p-one", clarity=1)
    assert "feedback given 1, as before 0" in academy("feedback", "plan")
    assert "6 of 13 points" in pages(small.root)["p-one"]


def test_who_submitted_again_gets_feedback_after_being_graded_again(academy, small):
    small.submit("p-one", "plan", GOAL)
    academy("grade", "plan")
    by_hand(small, "p-one")
    small.submit("p-one", "plan", {"goal": "Another"})
    config = config_of(small.root)
    assert api_of(config).collect("plan")["success"]
    assert "Submitted and not graded yet: p-one. Grade with: academy grade plan" in academy(
        "feedback", "plan"
    )
    assert "Wanting your judgement: 1" in academy("grade", "plan")
    assert "feedback given 0" in academy("feedback", "plan")


def test_the_pages_and_what_is_released_are_those_of_nbgraders_commands(academy, small):
    hostile = "<script>window.broken = 1</script> ![i](https://example.org/i.png) & \u202e"
    for person, language in (("p-one", "en"), ("p-two", "ar")):
        small.submit(person, "plan", {"goal": hostile, "town": hostile} | {"steps": ["r1"]}, language)
    academy("grade", "plan")
    for person in ("p-one", "p-two"):
        by_hand(small, person, clarity=2)
    with Gradebook(gradebook_url(small.root), "small-course") as book:
        book.find_submission_notebook("plan", "plan", "p-two").late_submission_penalty = 2
        book.find_comment("answers", "plan", "plan", "p-one").manual_comment = hostile
        book.db.commit()
    academy("feedback", "plan")
    ours = pages(small.root)
    released = [row.document for row in Feedback(small.store, "small-course").all("plan")]
    nbgrader = api_of(config_of(small.root))
    assert nbgrader.generate_feedback("plan")["success"]
    theirs = pages(small.root)
    assert list(ours) == ["p-one", "p-two"]
    for person, page in ours.items():
        assert str(BeautifulSoup(page, "html.parser")) == theirs[person]
        assert "<script>window" not in page
    assert "released already" in nbgrader.release_feedback("plan")["log"]
    assert [row.document for row in Feedback(small.store, "small-course").all("plan")] == released


def test_code_of_somebody_else_is_named_and_run_only_when_that_was_said(academy, small, one):
    edit(one / "plan.ipynb", lambda cells: cells.append(new_code_cell("open('ran.txt', 'w')")))
    assert "p-one: a code cell that is not of this exercise was not run" in academy("grade", "plan")
    assert not list(small.root.rglob("ran.txt"))
    assert "a kernel runs this submission" in academy("grade", "plan", "--again", "--kernel")
    assert list(small.root.rglob("ran.txt"))


def test_what_can_not_be_graded_is_named_and_the_rest_is_graded(academy, small, one):
    small.submit("p-two", "plan", GOAL)
    (one / "plan.ipynb").write_text("no notebook")
    said = academy("grade", "plan", status=1)
    assert "collected 1, graded 1, as before 0, not graded 1" in said
    assert "p-one could not be graded" in said
    assert "Delete the folder submitted/p-one/plan and grade again" in said
    shutil.rmtree(one)
    assert "collected 1, graded 1, as before 1, not graded 0" in academy("grade", "plan")


def grades_of(small, person="p-one"):
    with Gradebook(gradebook_url(small.root), "small-course") as book:
        rows = book.find_submission_notebook("plan", "plan", person).grades
        return {row.name: (row.auto_score, bool(row.needs_manual_grade)) for row in rows}


def test_a_check_that_can_not_run_is_left_to_a_person_in_a_class_at_once_too(small, one, course_files):
    checks = course_files / "plan" / "checks.py"
    checks.write_text(checks.read_text("utf-8").replace('bool(answers["goal"])', "1 / 0"), "utf-8")
    assert autograde_all(config_of(small.root), "plan").graded == ["p-one"]
    found = grades_of(small)
    assert (found["check-has-goal"], found["check-steps"]) == ((None, True), (0, False))
    assert (found["answers"], found["criterion-clarity"]) == ((0, False), (None, True))


def test_who_lacks_a_file_in_what_is_autograded_is_graded_again(small, one):
    config = config_of(small.root)
    there = small.root / "autograded" / "p-one" / "plan"
    for name in ("answers.json", "plan.ipynb"):
        assert autograde_all(config, "plan").graded == ["p-one"]
        (there / name).unlink()
    assert autograde_all(config, "plan").graded == ["p-one"]
    assert sorted(file.name for file in there.iterdir()) == ["answers.json", "plan.ipynb", "timestamp.txt"]
    assert autograde_all(config, "plan").unchanged == ["p-one"]


def test_who_is_excluded_is_not_graded(small, one):
    config = config_of(small.root)
    config.CourseDirectory.student_id_exclude = "p-two,p-one"
    assert autograde_all(config, "plan", people=["p-one"]).graded == []


@pytest.mark.parametrize("unusual", ["hook before", "hook after", "own steps", "own repairs", "no release"])
def test_what_a_facilitator_has_set_up_otherwise_goes_nbgraders_own_way_to_the_same_points(
    small, one, unusual
):
    config, seen = config_of(small.root), []
    if unusual == "hook before":
        config.Autograde.pre_convert_hook = lambda **about: seen.append(about["student"])
    elif unusual == "hook after":
        config.Autograde.post_convert_hook = lambda **about: seen.append(about["student"])
    elif unusual == "own steps":
        config.Autograde.autograde_preprocessors = [*STEPS, watching(seen)]
    elif unusual == "own repairs":
        usual = Autograde.sanitize_preprocessors.default_args[0]
        config.Autograde.sanitize_preprocessors = [*usual, watching(seen)]
    else:
        shutil.rmtree(small.root / "release")
        seen.append("p-one")
    told = []
    outcome = autograde_all(config, "plan", progress=lambda *so_far: told.append(so_far))
    assert (outcome.graded, outcome.failed, told) == (["p-one"], {}, [(0, 1), (1, 1)])
    assert seen == ["p-one"]
    assert (grades_of(small)["check-has-goal"], grades_of(small)["check-steps"]) == ((2, False), (0, False))


def watching(seen):
    """A step of nbgrader that only looks on."""

    class Watching(NbGraderPreprocessor):
        def preprocess(self, nb, resources):
            seen.append(resources["nbgrader"]["student"])
            return nb, resources

    return Watching


@pytest.mark.skipif(bool(SERVER), reason="there two really write at once")
@pytest.mark.parametrize("clashes", [2, 3])
def test_a_row_that_somebody_writes_at_the_same_moment_is_tried_for_twice_more(small, one, clashes):
    turns = iter([True] * clashes)
    with Gradebook(gradebook_url(small.root), "small-course") as book:
        sa.event.listen(
            book.engine,
            "connect",
            lambda connection, _: connection.create_function("clash", 0, lambda: next(turns, False)),
        )
        book.engine.dispose()
        with book.engine.begin() as connection:
            connection.exec_driver_sql(
                "CREATE TRIGGER clash BEFORE INSERT ON student WHEN clash() BEGIN SELECT RAISE(ABORT, ''); END"
            )
        writer = GradebookWriter(book, "plan", AssignLatePenalties())
        with contextlib.nullcontext() if clashes < 3 else pytest.raises(sa.exc.IntegrityError):
            writer.save("p-one", None, CheckedSubmission("", {"check-has-goal": 2}))
        assert [student.id for student in book.students] == (["p-one"] if clashes < 3 else [])


def test_names_are_said_where_graders_see_names(academy, small):
    small.person("p-one", name="Amina Diallo")
    small.submit("p-one", "plan", GOAL)
    CliRunner().invoke(app, ["names", "on", "--data", str(small.data.path)])
    assert "(Amina Diallo p-one)" in academy("grade", "plan")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["grade"], "Say which exercises, or --all"),
        (["grade", "--all"], "Nobody has submitted anything yet."),
        (["grade", "walk"], "There is no exercise or module walk. There are: first, plan"),
    ],
)
def test_what_can_not_be_done_is_a_sentence(academy, words, sentence):
    with pytest.raises(CourseError, match=sentence):
        academy(*words)


def test_an_exercise_that_nobody_has_submitted_is_no_error(academy):
    assert "Nobody has submitted this yet." in academy("grade", "plan")
    assert "feedback given 0" in academy("feedback", "plan")


def test_a_failed_generate_assignment_leaves_the_release_as_it_was(ready, small, one):
    before = {file.name: file.read_bytes() for file in (small.root / "release" / "plan").iterdir()}
    source = small.root / "source" / "plan" / "plan.ipynb"
    source.write_text(source.read_text("utf-8").replace("check-steps", "check-leaps"), "utf-8")
    assert ready.autograde("plan", "p-one")["success"]
    done = ready.generate_assignment("plan", force=True)
    assert not done["success"]
    assert "new: check-leaps; gone: check-steps" in done["log"]
    assert {file.name: file.read_bytes() for file in (small.root / "release" / "plan").iterdir()} == before


def test_who_reads_the_gradebook_waits_for_nobody_who_writes(ready, small, one):
    assert ready.autograde("plan", "p-one")["success"]
    url = gradebook_url(small.root)
    at_once = "SET lock_timeout = '1ms'" if SERVER else "PRAGMA busy_timeout = 0"
    with sa.create_engine(url).connect() as writer, Gradebook(url, "small-course") as book:
        writer.exec_driver_sql("UPDATE grade SET auto_score = 99")
        book.db.connection().exec_driver_sql(at_once)
        assert book.find_grade("check-has-goal", "plan", "plan", "p-one").auto_score == 2
