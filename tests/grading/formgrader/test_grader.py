"""The page to grade on: facilitators alone, the same gradebook as formgrader, and the same versions."""

import json
import shutil
from datetime import datetime

import nbformat
import pytest
import sqlalchemy as sa
from nbformat.v4 import new_output
from nbgrader.api import Gradebook

from academy.course import load_course
from academy.data import gradebook_url
from academy.people import People
from academy.people.leaving import readmit, withdraw
from academy.session import FOR_FACILITATORS, Session
from academy.store.schema import Enrolment, PersonRow
from academy_grading.grades import grade_writes
from academy_grading.sources.notebook import exercise_notebook
from academy_grading.sources.readable_answers import readable_answers
from academy_widgets.facilitator.grade_page import GradeController, GradePage
from tests.support import databases
from tests.support.hostile import seen

PEOPLE = ("p-one", "p-two")
CRITERIA = ("criterion-clarity", "criterion-reach")


@pytest.fixture
def graded(small, empty_gradebook):
    """Two works in the gradebook and in the course root, as autograding leaves them; the second is in Arabic."""
    small.root.mkdir(parents=True, exist_ok=True)
    shutil.copy(empty_gradebook, small.root / "gradebook.db")
    exercise = small.course.exercise("plan")
    with Gradebook(gradebook_url(small.data, "small-course"), "small-course") as book:
        book.add_assignment("plan")
        book.add_notebook("plan", "plan")
        book.add_grade_cell("answers", "plan", "plan", max_score=0, cell_type="markdown")
        book.add_solution_cell("answers", "plan", "plan")
        book.add_grade_cell("check-has-goal", "plan", "plan", max_score=2, cell_type="code")
        for name in CRITERIA:
            book.add_task_cell(name, "plan", "plan", max_score=4, cell_type="markdown")
        for person in PEOPLE:
            book.add_student(person)
            book.add_submission("plan", person, timestamp=datetime(2026, 1, 9))
            for grade in book.find_submission_notebook("plan", "plan", person).grades:
                if not grade.name.startswith("criterion"):
                    grade.auto_score, grade.needs_manual_grade = grade.max_score, False
        book.db.commit()
    for person, language in zip(PEOPLE, ("en", "ar"), strict=True):
        small.person(person, name=f"Name of {person}")
        notebook = exercise_notebook(exercise)
        for cell in notebook.cells:
            if cell.id == "answers":
                cell.source = readable_answers(exercise, {"goal": f"Goal of {person}"}, language)
            elif cell.id == "check-has-goal":
                cell.outputs = [new_output("stream", text="✔ A goal is written.\n")]
        folder = small.root / "autograded" / person / "plan"
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / "plan.ipynb")
        (folder / "answers.json").write_text(json.dumps({"language": language}))
    return small


@pytest.fixture
def session(graded):
    def sit(role="facilitator", language="en"):
        graded.known.add("somebody")
        with graded.store.write() as db:
            db.merge(PersonRow(id="somebody", display_name="Somebody"))
            db.flush()
            db.merge(
                Enrolment(edition=graded.course.id, person_id="somebody", role=role, display_name="Somebody")
            )
        course = load_course(graded.course.folder, language)
        return Session("somebody", role, "Somebody", language, None, course, graded.store, graded.data)

    return sit


@pytest.fixture
def desk(session):
    return GradeController(session())


def works(desk):
    return {work["who"]: work for work in desk.answer({"kind": "works", "id": "plan"})["works"]}


def work(desk, person="p-one"):
    return desk.answer({"kind": "work", "id": works(desk)[person]["id"]})["work"]


def points(desk, criterion, value):
    grade = criterion["grade"]
    return desk.answer({"kind": "points", "id": grade["id"], "version": grade["version"], "points": value})


def test_the_page_begins_with_what_waits(desk):
    assert desk.document() == {"exercises": [{"id": "plan", "title": "A plan", "works": 2, "waits": 2}]}
    assert {who: line["name"] for who, line in works(desk).items()} == {p: f"Name of {p}" for p in PEOPLE}


def test_a_work_has_answers_levels_sentences_and_words_in_the_writers_language(desk):
    found = work(desk, "p-two")
    assert "Goal of p-two" in seen(found["answers"])
    assert (found["lang"], found["dir"]) == ("ar", "rtl")
    assert [criterion["label"] for criterion in found["criteria"]] == ["Clarity", "Reach"]
    levels = found["criteria"][0]["levels"]
    assert [(level["points"], level["text"]) for level in levels][:2] == [
        (1, "Vague."),
        (2, "Getting there."),
    ]
    assert levels[0]["comments"] == ["خطوة تالية: Getting there."]
    assert [check["said"] for check in found["checks"]] == ["✔ A goal is written."]


def test_what_is_given_here_is_in_formgrader_and_the_other_way_round(desk, graded):
    first = work(desk)["criteria"][0]
    assert points(desk, first, "3")["now"]["manual_score"] == 3
    with Gradebook(gradebook_url(graded.data, "small-course"), "small-course") as book:
        grade = book.find_grade("criterion-clarity", "plan", "plan", "p-one")
        assert (grade.manual_score, grade.needs_manual_grade) == (3, False)
        grade_writes.save_grade(book, grade.id, grade_writes.grade(grade)["version"], 1)
    assert work(desk)["criteria"][0]["grade"]["manual_score"] == 1
    stale = points(desk, first, "4")
    assert (stale["kind"], stale["now"]["manual_score"]) == ("stale", 1)
    assert "Somebody else changed this" in stale["text"]


def test_comments_have_versions_too(desk):
    note = work(desk)["whole"]
    sent = {"kind": "comment", "id": note["id"], "version": note["version"]}
    assert (
        desk.answer(sent | {"text": "A <b>good</b> start."})["now"]["manual_comment"]
        == "A <b>good</b> start."
    )
    assert desk.answer(sent | {"text": "Another."})["kind"] == "stale"


GONE = "This work is not there any more. Open the list again."


@pytest.mark.parametrize(
    "message",
    [
        {"kind": "points", "id": "nobody", "version": "", "points": 1},
        {"kind": "comment", "id": "nobody", "version": "", "text": "x"},
        {"kind": "work", "id": "nobody"},
        {"kind": "works", "id": "walk"},
        {"kind": "next", "id": "walk"},
    ],
)
def test_what_is_not_there_any_more_is_said(desk, message):
    assert desk.answer(message | {"ask": 5}) == {"ask": 5, "kind": "not-done", "text": GONE}


@pytest.mark.parametrize("content", [None, "no notebook"])
def test_a_work_whose_notebook_can_not_be_read_says_what_to_do(desk, graded, content):
    file = graded.root / "autograded" / "p-one" / "plan" / "plan.ipynb"
    file.unlink() if content is None else file.write_text(content)
    said = desk.answer({"kind": "work", "id": works(desk)["p-one"]["id"]})
    assert said["text"] == "This work was not autograded yet. Autograde it first."
    assert work(desk, "p-two")["who"] == "p-two"


@pytest.mark.skipif(bool(databases.SERVER), reason="there a gradebook is no file")
def test_an_error_of_ours_is_a_sentence_and_is_written_into_the_log(desk, graded, caplog):
    with sa.create_engine(gradebook_url(graded.data, "small-course")).begin() as book:
        book.execute(sa.text("ALTER TABLE assignment RENAME COLUMN name TO gone"))
    text = "Something went wrong on the server. Please try again in a moment."
    assert desk.answer({"kind": "exercises", "ask": 3}) == {"ask": 3, "kind": "not-done", "text": text}
    assert "Grading: exercises failed." in caplog.text
    assert desk.answer({"kind": "walk", "ask": "3"}) == {"ask": 0, "kind": "not-done", "text": text}


def test_the_next_is_found_until_all_is_given(desk):
    line = works(desk)
    after = {"kind": "next", "id": "plan", "after": line["p-one"]["id"]}
    assert desk.answer(after)["id"] == line["p-two"]["id"]
    for person in PEOPLE:
        for criterion in work(desk, person)["criteria"]:
            assert points(desk, criterion, 2)["kind"] == "kept"
    assert desk.answer(after)["id"] is None
    assert not any(line["waits"] for line in works(desk).values())


def test_the_work_of_who_has_left_waits_for_nobody(desk, graded):
    people = People(graded.store, b"s" * 32, graded.course.id)
    withdraw(people, "p-one")
    assert desk.document()["exercises"] == [{"id": "plan", "title": "A plan", "works": 1, "waits": 1}]
    theirs = works(desk)["p-two"]
    assert list(works(desk)) == ["p-two"]
    found = [desk.answer({"kind": "next", "id": "plan", "after": after}) for after in ("", theirs["id"])]
    assert [one["id"] for one in found] == [theirs["id"]] * 2
    readmit(people, "p-one")
    assert set(works(desk)) == {"p-one", "p-two"}


def test_a_facilitator_reads_it_in_their_language(session):
    refused = GradeController(session(language="ar")).answer({"kind": "work", "id": "nobody"})
    assert refused["text"] == "لم يعد هذا العمل موجوداً. افتحوا القائمة من جديد."


MESSAGES = ("exercises", "works", "work", "next", "points", "comment")


def sent(found, kind):
    """A message that would work for a facilitator."""
    grade, note = found["criteria"][0]["grade"], found["whole"]
    about = {"works": "plan", "next": "plan", "points": grade["id"], "comment": note["id"]}
    version = note["version"] if kind == "comment" else grade["version"]
    more = {"points": 4, "text": "Mine.", "version": version, "role": "facilitator"}
    return {"kind": kind, "ask": 7, "id": about.get(kind, found["id"]), **more}


@pytest.mark.parametrize("kind", MESSAGES)
@pytest.mark.parametrize("role", ["participant", "mentor"])
def test_nobody_but_a_facilitator_is_answered(session, at_page, role, kind):
    found = work(GradeController(session()))
    at_page(session(role))
    page = GradePage.for_current()
    assert page.doc == {"refused": FOR_FACILITATORS}
    replies = []
    page.send = replies.append
    page._answer(page, sent(found, kind), [])
    assert replies == [{"ask": 7, "kind": "not-done", "text": FOR_FACILITATORS}]
    assert work(GradeController(session()))["criteria"][0]["grade"]["manual_score"] is None


def test_who_is_a_facilitator_no_more_is_answered_no_more(session, desk):
    found = work(desk)
    session("participant")
    assert desk.answer(sent(found, "points"))["text"] == FOR_FACILITATORS


@pytest.mark.parametrize("kind", MESSAGES)
def test_without_anybody_signed_in_nothing_is_answered(desk, at_page, kind):
    found = work(desk)
    at_page(None)
    page = GradePage.for_current()
    replies = []
    page.send = replies.append
    page._answer(page, sent(found, kind), [])
    assert (set(page.doc), replies) == ({"refused"}, [])


@pytest.mark.parametrize(
    "content",
    [{}, {"kind": 7}, {"kind": "work", "id": ["x"]}, {"kind": "works", "id": "../x"}, {"kind": "next"}],
)
def test_a_message_that_no_page_of_ours_sends_does_nothing(desk, content):
    assert desk.answer([content]) is None
    assert desk.answer(content)["kind"] == "not-done"


@pytest.mark.skipif(bool(databases.SERVER), reason="a database is there before there is anything in it")
def test_before_anything_was_autograded_the_page_says_what_to_do(small, session, monkeypatch):
    (small.root / "gradebook.db").unlink()
    assert "Collect and autograde" in GradeController(session()).document()["refused"]
    assert not (small.root / "gradebook.db").exists()


@pytest.mark.skipif(bool(databases.SERVER), reason="this is about a file")
def test_a_damaged_gradebook_is_said_to_be_when_the_page_opens_and_when_it_asks(small, session):
    (small.root / "gradebook.db").write_bytes(b"no database" * 500)
    desk = GradeController(session())
    assert "The gradebook is damaged" in desk.document()["refused"]
    for kind in ("exercises", "works", "work", "next"):
        assert "The gradebook is damaged" in desk.answer({"kind": kind, "id": "plan"})["text"]
