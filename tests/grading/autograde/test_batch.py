"""Autograding a whole class at once: the same as nbgrader does it, only faster; and whole, whatever happens."""

import json
import os
import random
import signal
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from types import SimpleNamespace

import pytest
from nbgrader.api import Gradebook, Student

from academy.course import load_course
from academy.data import DataFolder
from academy.errors import CourseError
from academy.store import open_store
from academy_grading.autograde.batch import autograde_all
from academy_grading.grades.database import gradebook_url
from tests.grading.classroom import Class
from tests.grading.cohort import LATE, api_of, config_of, files, said, varied
from tests.grading.conftest import write_course
from tests.support import postgres
from tests.support.databases import SERVER, copy_root

BY_KERNEL = ("p-wrong", "p-again", "p-late", "p-extra", "p-removed")
"""A kernel takes a second for each."""


@pytest.fixture(scope="module")
def cohort(tmp_path_factory, empty_gradebook):
    """One class, and the course root three times: graded in a batch, by nbgrader, and by nbgrader with its kernels."""
    place = tmp_path_factory.mktemp("cohort")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", os.environ["PATH"])
        folder = write_course(place)
        patch.setenv("ACADEMY_EXERCISES", str(folder.parent))
        data = DataFolder.create(place / "data")
        people = Class(data, load_course(folder), open_store(data.store_url))
        varied(people, empty_gradebook)
        people.store.close()
        roots = {name: place / name / "small-course" for name in ("batch", "stock", "kernel")}
        for root in roots.values():
            copy_root(people.root, root)
        outcome = autograde_all(config_of(roots["batch"]), "plan", runners=2)
        log = api_of(config_of(roots["stock"])).autograde("plan", "*", force=False)
        by_kernel = config_of(roots["kernel"])
        by_kernel.Autograde.autograde_preprocessors[0] = "nbgrader.preprocessors.Execute"
        for person in BY_KERNEL:
            api_of(by_kernel).autograde("plan", person, force=False)
        yield SimpleNamespace(outcome=outcome, log=log["log"], submitted=people.root / "submitted", **roots)


def test_everybody_is_graded_but_who_can_not_be(cohort):
    everybody = {folder.name for folder in cohort.submitted.iterdir()}
    assert set(cohort.outcome.graded) == everybody - {"p-zero-twice"}
    assert list(cohort.outcome.failed) == ["p-zero-twice"]


def test_the_gradebook_is_the_one_that_nbgrader_writes(cohort):
    assert said(cohort.batch) == said(cohort.stock)


def test_the_gradebook_is_the_one_that_nbgrader_writes_with_its_own_kernels(cohort):
    ours, theirs = said(cohort.batch), said(cohort.kernel)
    assert {name: ours[name] for name in BY_KERNEL} == {name: theirs[name] for name in BY_KERNEL}


def test_the_folders_are_the_ones_that_nbgrader_writes(cohort):
    assert files(cohort.batch) == files(cohort.stock)
    assert not (cohort.batch / "autograded" / ".batch").exists()


def test_checks_say_what_they_say_in_a_kernel(cohort):
    for person in ("p-wrong", "p-again", "p-late"):
        ours, theirs = (
            json.loads((root / "autograded" / person / "plan" / "plan.ipynb").read_text("utf-8"))["cells"]
            for root in (cohort.batch, cohort.kernel)
        )
        assert [cell.get("outputs") for cell in ours] == [cell.get("outputs") for cell in theirs]
        assert [cell["source"] for cell in ours] == [cell["source"] for cell in theirs]


def test_the_cohort_has_what_it_is_there_for(cohort):
    book = said(cohort.batch)
    scores = {name: row["score"] for name, row in book.items()}
    assert (scores["p-right"], scores["p-wrong"], scores["p-empty"]) == (5, 3, 0)
    assert {name for name, row in book.items() if row["penalty"]} == LATE
    assert book["p-again"]["grades"]["check-has-goal"]["manual_score"] == 1
    assert book["p-again"]["grades"]["check-has-goal"]["needs_manual_grade"]
    assert book["p-again"]["comments"]["criterion-clarity"]["comment"] == "Say who."
    assert book["p-changed"]["grades"]["check-steps"]["auto_score"] == 3
    assert book["p-points"]["score"] == 5


def test_a_code_cell_of_somebody_else_does_not_run_and_is_named(cohort):
    assert not list(cohort.batch.rglob("ran.txt")) + list(cohort.stock.rglob("ran.txt"))
    assert list(cohort.kernel.rglob("ran.txt"))  # which is why
    sentence = "p-extra: a code cell that is not of this exercise was not run: \"print('I ran')\"."
    assert any(remark.startswith(sentence) for remark in cohort.outcome.remarks)
    assert sentence in cohort.log


def test_a_check_that_was_taken_out_is_left_to_a_person(cohort):
    grade = said(cohort.batch)["p-removed"]["grades"]["check-steps"]
    assert (grade["auto_score"], grade["needs_manual_grade"]) == (None, True)
    assert "p-removed: check-steps is missing. Give its points by hand." in cohort.outcome.remarks


# -- whole, whatever happens

MIXED = ("p-right", "p-again", "p-late", "p-html", "p-files", "p-extra")


@pytest.fixture
def fresh(cohort, tmp_path):
    """Make a course root in which the class is not graded yet."""

    def make(name):
        return copy_root(cohort.submitted.parent, tmp_path / name / "small-course")

    return make


def batch(root, **options):
    options = {"people": MIXED, "runners": 1} | options
    return autograde_all(config_of(root), "plan", **options)


def test_who_is_graded_and_has_changed_nothing_is_left_alone(fresh):
    root = fresh("twice")
    assert batch(root).unchanged == []
    before = files(root)
    again = batch(root)
    assert (again.graded, again.unchanged) == ([], sorted(MIXED))
    assert files(root) == before
    assert sorted(batch(root, again=True).graded) == sorted(MIXED)


def test_who_submitted_again_is_graded_again(fresh):
    root = fresh("again")
    batch(root)
    (root / "submitted" / "p-right" / "plan" / "timestamp.txt").write_text("2026-01-03 00:00:00 UTC")
    assert batch(root).graded == ["p-right"]


def test_what_nbgrader_left_half_done_is_done(fresh):
    root = fresh("half")
    batch(root)
    with Gradebook(gradebook_url(root), "small-course") as book:
        for grade in book.find_submission_notebook("plan", "plan", "p-right").grades:
            grade.auto_score, grade.needs_manual_grade = None, True
        book.db.commit()
    assert batch(root).graded == ["p-right"]


def test_who_has_one_point_by_hand_is_not_graded_anew(fresh):
    root = fresh("one")
    batch(root)
    with Gradebook(gradebook_url(root), "small-course") as book:
        grades = book.find_submission_notebook("plan", "plan", "p-right").grades
        for grade in grades:
            grade.auto_score, grade.needs_manual_grade = None, True
        next(grade for grade in grades if grade.name == "criterion-clarity").manual_score = 3
        book.db.commit()
    assert "p-right" in batch(root).unchanged


def test_how_far_it_is_gets_told(fresh):
    told = []
    batch(fresh("told"), progress=lambda done, of: told.append((done, of)))
    assert told == [(done, 6) for done in range(7)]


def test_an_exercise_that_was_never_generated_is_told_in_a_sentence(fresh):
    root = fresh("never")
    (root / "submitted" / "p-right" / "plan").rename(root / "submitted" / "p-right" / "walk")
    (root / "submitted" / "p-right" / "walk" / "plan.ipynb").rename(
        root / "submitted" / "p-right" / "walk" / "walk.ipynb"
    )
    with pytest.raises(CourseError, match="nbgrader generate_assignment walk"):
        autograde_all(config_of(root), "walk")


def test_nothing_submitted_is_no_error(fresh):
    assert autograde_all(config_of(fresh("nothing")), "walk").graded == []


@pytest.mark.skipif(not SERVER, reason="in a file of SQLite nobody begins to write while another does")
@pytest.mark.parametrize("meet", ["student", "submission"])
def test_whom_formgrader_writes_down_at_the_same_moment_is_graded_all_the_same(fresh, cohort, meet):
    root = fresh("met")
    url = gradebook_url(root)
    with Gradebook(url, "small-course") as formgrader, ThreadPoolExecutor(1) as thread:
        if meet == "submission":
            formgrader.add_student("p-late")
            commit, formgrader.db.commit = formgrader.db.commit, formgrader.db.flush
            formgrader.add_submission("plan", "p-late")
            formgrader.db.commit = commit
        else:
            formgrader.db.add(Student(id="p-late"))
            formgrader.db.flush()
        result = thread.submit(batch, root, people=["p-late"])
        postgres.until_one_waits(url)
        formgrader.db.commit()
        assert result.result().graded == ["p-late"]
    assert said(root)["p-late"] == said(cohort.batch)["p-late"]


def in_a_process_that_dies(root, moment):
    """Grade in a process of its own, which is killed at its so-manieth step; return how many it took, if it lived."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        steps = 0

        def step(_frame, _event, _argument):
            nonlocal steps
            steps += 1
            if steps == moment:
                os.kill(os.getpid(), signal.SIGKILL)

        os.close(read)
        sys.setprofile(step)
        batch(root)
        sys.setprofile(None)
        os.write(write, str(steps).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        said = pipe.read()
    assert (os.waitpid(child, 0)[1] == 0) == bool(said)
    return int(said or 0)


def of_mixed(root):
    return {name: file for name, file in files(root).items() if name.split("/")[0] in MIXED}


def test_killed_at_any_moment_nobody_is_half_graded_and_the_next_run_finishes_the_rest(fresh, cohort):
    before, after = said(cohort.submitted.parent), said(cohort.batch)
    old, whole = of_mixed(cohort.submitted.parent), of_mixed(cohort.batch)
    steps = in_a_process_that_dies(fresh("lived"), 0)
    chance = random.Random(7)
    killed = 0
    for turn in range(3):
        root = fresh(f"killed-{turn}")
        for _ in range(3):
            killed += not in_a_process_that_dies(root, chance.randrange(steps // 3, steps))
            if not SERVER:
                with closing(sqlite3.connect(root / "gradebook.db")) as connection:
                    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            book = said(root)
            for person in set(MIXED) - {"p-extra"}:  # nbgrader itself writes this one cell by cell
                assert book.get(person) in (before.get(person), after[person])
            assert all(file in (whole[name], old.get(name)) for name, file in of_mixed(root).items())
        batch(root)
        book = said(root)
        assert {person: book[person] for person in MIXED} == {person: after[person] for person in MIXED}
        assert of_mixed(root) == whole
    assert killed > 4
