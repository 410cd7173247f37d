"""Points and comments change only from what the grader has seen."""

import multiprocessing
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
import sqlalchemy as sa
from nbgrader.api import Gradebook

from academy_grading.formgrader.needs_grading import next_waiting, waiting_by_exercise
from academy_grading.grades import database, grade_writes
from academy_grading.grades.database import be_patient
from tests.support import postgres
from tests.support.databases import SERVER
from tests.support.patience import SECONDS

COURSE = "course"
CRITERIA = [f"criterion-{n}" for n in range(4)]


@pytest.fixture
def url(empty_gradebook, tmp_path):
    """A gradebook with one exercise of four criteria and a check, and the submissions of three people."""
    be_patient()
    shutil.copy(empty_gradebook, tmp_path / "gradebook.db")
    url = database.gradebook_url(tmp_path)
    with Gradebook(url, COURSE) as book:
        book.add_assignment("map")
        book.add_notebook("map", "map")
        for name in CRITERIA:
            book.add_task_cell(name, "map", "map", max_score=4, cell_type="markdown")
        book.add_grade_cell("check", "map", "map", max_score=2, cell_type="code")
        for person in ("p-a", "p-b", "p-c"):
            book.add_student(person)
            book.add_submission("map", person, timestamp=datetime(2026, 3, 1))
            book.find_grade("check", "map", "map", person).auto_score = 2
            book.find_grade("check", "map", "map", person).needs_manual_grade = False
        book.db.commit()
    return url


@pytest.fixture
def book(url):
    with Gradebook(url, COURSE) as book:
        yield book


def row(book, name=CRITERIA[0], person="p-a"):
    return book.find_grade(name, "map", "map", person)


def note(book, person="p-a"):
    return book.find_comment(CRITERIA[0], "map", "map", person)


def test_points_are_kept_and_the_version_changes(book):
    shown = grade_writes.grade(row(book))
    kept = grade_writes.save_grade(book, shown["id"], shown["version"], "2.5")
    assert (kept["manual_score"], kept["needs_manual_grade"]) == (2.5, False)
    assert kept["version"] != shown["version"]
    assert grade_writes.save_grade(book, shown["id"], kept["version"], None)["needs_manual_grade"]


def test_a_stale_page_is_refused_and_told_what_there_is_now(book):
    shown = grade_writes.grade(row(book))
    first = grade_writes.save_grade(book, shown["id"], shown["version"], 3)
    with pytest.raises(grade_writes.StaleError, match="Look at both and choose one") as refused:
        grade_writes.save_grade(book, shown["id"], shown["version"], 1)
    assert refused.value.now == first
    assert row(book).manual_score == 3
    assert grade_writes.save_grade(book, shown["id"], refused.value.now["version"], 1)["manual_score"] == 1


@pytest.mark.parametrize("seen", [None, "", 7, ["x"], "1.2"])
def test_who_has_seen_nothing_changes_nothing(book, seen):
    with pytest.raises(grade_writes.StaleError):
        grade_writes.save_grade(book, row(book).id, seen, 4)
    assert row(book).manual_score is None


def test_what_is_there_already_is_no_clash(book):
    shown = grade_writes.grade(row(book))
    grade_writes.save_grade(book, shown["id"], shown["version"], 3)
    assert grade_writes.save_grade(book, shown["id"], shown["version"], 3.0)["manual_score"] == 3


def test_a_work_that_was_handed_in_again_is_not_graded_from_the_old_page(book):
    shown = grade_writes.grade(row(book))
    row(book).notebook.assignment.timestamp = datetime(2026, 3, 2)
    book.db.commit()
    with pytest.raises(grade_writes.StaleError, match="newer version of this work"):
        grade_writes.save_grade(book, shown["id"], shown["version"], 3)


@pytest.mark.skipif(not SERVER, reason="in a file of SQLite nobody begins to write while another does")
def test_a_work_that_is_just_being_graded_again_is_not_graded_from_the_old_page(book, url):
    shown = grade_writes.grade(row(book))
    again = [
        "UPDATE submitted_assignment SET timestamp = '2026-03-02' WHERE id IN "
        f"(SELECT assignment_id FROM submitted_notebook WHERE id = '{row(book).notebook_id}')",
        f"UPDATE grade SET auto_score = NULL WHERE id = '{shown['id']}'",
    ]
    with Gradebook(url, COURSE) as grader, ThreadPoolExecutor(1) as thread:
        with sa.create_engine(url).begin() as batch:
            for statement in again:
                batch.exec_driver_sql(statement)
            kept = thread.submit(grade_writes.save_grade, grader, shown["id"], shown["version"], 3)
            postgres.until_one_waits(url)
        with pytest.raises(grade_writes.StaleError):
            kept.result()
    book.db.rollback()
    assert row(book).manual_score is None


def test_a_comment_of_a_colleague_is_not_overwritten(book):
    shown = grade_writes.comment(note(book))
    kept = grade_writes.save_comment(book, shown["id"], shown["version"], "Say <b>who</b>.\x00 \ud800")
    assert kept["manual_comment"] == "Say <b>who</b>. ?"
    with pytest.raises(grade_writes.StaleError) as refused:
        grade_writes.save_comment(book, shown["id"], shown["version"], "Mine.")
    assert refused.value.now["manual_comment"] == "Say <b>who</b>. ?"


def test_points_beyond_a_page_that_does_not_show_them_stay(book):
    shown = grade_writes.grade(row(book))
    kept = grade_writes.save_grade(book, shown["id"], shown["version"], 3, extra=1)
    assert grade_writes.save_grade(book, shown["id"], kept["version"], 2)["extra_credit"] == 1


@pytest.mark.parametrize("points", ["many", "nan", "inf", True, {}, []])
def test_points_are_numbers(book, points):
    shown = grade_writes.grade(row(book))
    with pytest.raises(grade_writes.MarkError, match="Points are a number"):
        grade_writes.save_grade(book, shown["id"], shown["version"], points)


@pytest.mark.parametrize("points", [99, 4.01, -1, "40"])
def test_more_points_than_there_are_are_asked_about_and_never_cut(book, points):
    shown = grade_writes.grade(row(book))
    with pytest.raises(grade_writes.MarkError, match="Which number did you mean"):
        grade_writes.save_grade(book, shown["id"], shown["version"], points)
    assert grade_writes.grade(row(book)) == shown


@pytest.mark.parametrize("points", [0, 4, "2.5"])
def test_points_from_nothing_to_the_most_are_kept(book, points):
    shown = grade_writes.grade(row(book))
    assert grade_writes.save_grade(book, shown["id"], shown["version"], points)["manual_score"] == float(
        points
    )


@pytest.mark.parametrize(
    ("text", "said"), [(7, "A comment is a text"), ("x" * 20_001, "too long to be kept. Shorten it")]
)
def test_a_comment_is_a_text_of_some_length(book, text, said):
    shown = grade_writes.comment(note(book))
    with pytest.raises(grade_writes.MarkError, match=said):
        grade_writes.save_comment(book, shown["id"], shown["version"], text)
    kept = grade_writes.save_comment(book, shown["id"], shown["version"], "x" * 20_000)
    assert len(kept["manual_comment"]) == 20_000


@pytest.mark.parametrize("nothing", [None, "", "\x00"])
def test_a_comment_that_is_there_already_is_no_clash_and_one_can_be_taken_back(book, nothing):
    shown = grade_writes.comment(note(book))
    assert grade_writes.save_comment(book, shown["id"], "of an old page", nothing) == shown
    kept = grade_writes.save_comment(book, shown["id"], shown["version"], "Say who.")
    assert grade_writes.save_comment(book, shown["id"], shown["version"], "Say who.") == kept
    with pytest.raises(grade_writes.StaleError):
        grade_writes.save_comment(book, shown["id"], shown["version"], nothing)
    assert grade_writes.save_comment(book, shown["id"], kept["version"], nothing)["manual_comment"] is None


def test_points_that_are_taken_back_wait_for_a_person_only_where_no_check_gave_any(book):
    for name, waits in ((CRITERIA[0], True), ("check", False)):
        shown = grade_writes.grade(row(book, name))
        kept = grade_writes.save_grade(book, shown["id"], shown["version"], 1)
        assert (kept["manual_score"], kept["needs_manual_grade"]) == (1, False)
        back = grade_writes.save_grade(book, shown["id"], kept["version"], "")
        assert (back["manual_score"], back["needs_manual_grade"]) == (None, waits)


def test_the_next_that_waits_is_found_round_and_round(book):
    ids = sorted(row(book, person=person).notebook.id for person in ("p-a", "p-b", "p-c"))
    assert waiting_by_exercise(book) == {"map": 3}
    assert [next_waiting(book, "map", "map", key) for key in ids] == [ids[1], ids[2], ids[0]]
    for person in ("p-a", "p-b", "p-c"):
        for name in CRITERIA:
            shown = grade_writes.grade(row(book, name, person))
            grade_writes.save_grade(book, shown["id"], shown["version"], 3)
    assert next_waiting(book, "map", "map", ids[0]) is None
    assert waiting_by_exercise(book) == {}


def grade_everything(url, who, begin, found):
    """A grader in a process of their own: gives each criterion of everybody points and adds a word to one comment."""
    be_patient()
    refused = 0
    with Gradebook(url, COURSE) as book:
        begin.wait(SECONDS)
        for _ in range(10):
            while True:
                shown = grade_writes.comment(note(book))
                text = f"{shown['manual_comment'] or ''}{who}"
                try:
                    grade_writes.save_comment(book, shown["id"], shown["version"], text)
                    break
                except grade_writes.StaleError:
                    refused += 1
        mine = grade_writes.grade(row(book, CRITERIA[who], "p-b"))
        grade_writes.save_grade(book, mine["id"], mine["version"], who)
    found.put(refused)


def test_three_graders_at_once_lose_nothing(url, book):
    spawn = multiprocessing.get_context("spawn")
    begin, found = spawn.Barrier(3), spawn.Queue()
    graders = [spawn.Process(target=grade_everything, args=(url, who, begin, found)) for who in range(3)]
    for grader in graders:
        grader.start()
    for grader in graders:
        grader.join(120)
    assert [grader.exitcode for grader in graders] == [0] * 3
    book.db.rollback()
    said = note(book).manual_comment
    assert [said.count(str(who)) for who in range(3)] == [10] * 3
    assert [row(book, name, "p-b").manual_score for name in CRITERIA[:3]] == [0, 1, 2]
