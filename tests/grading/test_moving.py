"""What nbgrader has of a person goes with them: to the record they keep, or away."""

import sqlite3
from contextlib import closing

import pytest
from nbgrader.api import Gradebook

from academy.data import gradebook_url
from academy_grading.grades.moving import STEPS, forget, move_work
from tests.support.databases import SERVER

EXERCISES = ("plan", "walk")


@pytest.fixture
def folders(small):
    """Nia's second record has work in two exercises; her first has one of them already."""

    def put(person, exercise):
        for step in STEPS:
            (small.root / step / person / exercise).mkdir(parents=True)
            (small.root / step / person / exercise / "whose.txt").write_text(person)

    put("p-other", "plan")
    put("p-other", "walk")
    put("p-keep", "walk")
    put("p-bao", "plan")

    def there():
        found = {file: file.read_text() for file in sorted(small.root.glob("*/*/*/whose.txt"))}
        steps = [
            {
                f"{file.parts[-3]}/{file.parts[-2]}": whose
                for file, whose in found.items()
                if step in file.parts
            }
            for step in STEPS
        ]
        assert steps[0] == steps[1] == steps[2]
        return steps[0]

    return there


def filled(small, empty_book, *people):
    (small.root / "gradebook.db").write_bytes(empty_book)
    with Gradebook(gradebook_url(small.data, "small-course"), "small-course") as book:
        for exercise in EXERCISES:
            book.add_assignment(exercise)
        for person in people:
            book.add_student(person)
            for exercise in EXERCISES:
                book.add_submission(exercise, person)


def submissions(small):
    with Gradebook(gradebook_url(small.data, "small-course"), "small-course") as book:
        return sorted(
            (row.student.id, name) for name in EXERCISES for row in book.assignment_submissions(name)
        )


STAYS = {"p-bao/plan": "p-bao", "p-keep/walk": "p-keep"}


def test_folders_go_to_who_is_kept_where_there_are_none_and_no_gradebook_is_made(small, folders):
    move_work(small.data, "small-course", "p-other", "p-keep", EXERCISES)
    assert folders() == STAYS | {"p-keep/plan": "p-other", "p-other/walk": "p-other"}
    forget(small.data, "small-course", "p-other")
    assert folders() == STAYS | {"p-keep/plan": "p-other"}
    assert not list(small.root.glob("gradebook.db*"))


def test_who_had_no_folder_gets_one_that_nobody_else_reads(small, folders):
    move_work(small.data, "small-course", "p-other", "p-new", ["plan", "talk"])
    assert folders() == STAYS | {"p-new/plan": "p-other", "p-other/walk": "p-other"}
    assert {(small.root / step / "p-new").stat().st_mode & 0o777 for step in STEPS} == {0o700}


@pytest.mark.skipif(bool(SERVER), reason="there a gradebook is no file")
def test_a_gradebook_with_nothing_in_it_stays_as_it_is(small, folders):
    (small.root / "gradebook.db").touch()
    move_work(small.data, "small-course", "p-other", "p-keep", ["plan"])
    forget(small.data, "small-course", "p-bao")
    with closing(sqlite3.connect(small.root / "gradebook.db")) as book:
        assert book.execute("SELECT name FROM sqlite_master").fetchall() == []
    assert folders() == {"p-keep/walk": "p-keep", "p-keep/plan": "p-other", "p-other/walk": "p-other"}


def test_of_the_gradebook_only_what_is_meant_goes_along_or_away(small, folders, empty_book):
    filled(small, empty_book, "p-other", "p-bao")
    move_work(small.data, "small-course", "p-other", "p-keep", ["plan"])
    theirs = [("p-bao", "plan"), ("p-bao", "walk")]
    assert submissions(small) == [*theirs, ("p-keep", "plan"), ("p-other", "walk")]
    move_work(small.data, "small-course", "p-bao", "p-keep", EXERCISES)
    assert submissions(small) == [theirs[0], ("p-keep", "plan"), ("p-keep", "walk"), ("p-other", "walk")]
    forget(small.data, "small-course", "p-nobody")
    forget(small.data, "small-course", "p-other")
    assert submissions(small) == [theirs[0], ("p-keep", "plan"), ("p-keep", "walk")]
