"""Correcting, merging, withdrawing and removing people from the command line, in the gradebook too."""

import json
import stat
import sys

import pytest
import sqlalchemy as sa
import typer
from nbgrader.api import Gradebook

from academy.data import DataFolder, gradebook_url
from academy.store import Edit
from academy.store.schema import ReviewRow
from tests.peers.conftest import Class
from tests.peers.small import small_course


@pytest.fixture
def group(data, tmp_path, monkeypatch):
    made = Class(small_course(tmp_path), f"sqlite:///{data / 'academy.sqlite'}")
    monkeypatch.setenv("ACADEMY_EXERCISES", str(tmp_path))
    yield made
    made.store.close()


@pytest.fixture
def graded(data, group, empty_book):
    """Nia is there twice; her second record has handed in an idea that is graded."""
    keep, other = group.join("Nia", "Nia Okoth")
    group.submit(other, "At the port")
    root = data / "courses" / "small"
    for step in ("submitted", "autograded"):
        (root / step / other / "idea").mkdir(parents=True)
        (root / step / other / "idea" / "idea.ipynb").write_text("{}", "utf-8")
    (root / "gradebook.db").write_bytes(empty_book)
    with Gradebook(gradebook_url(DataFolder.open(data), "small"), "small") as book:
        book.add_assignment("idea")
        book.add_notebook("idea", "idea")
        book.add_grade_cell("said", "idea", "idea", max_score=4, cell_type="code")
        book.add_student(other)
        book.add_submission("idea", other)
        grade = book.find_grade("said", "idea", "idea", other)
        grade.manual_score, grade.needs_manual_grade = 3, False
        book.db.commit()
    return keep, other


def points(data):
    with Gradebook(gradebook_url(DataFolder.open(data), "small"), "small") as book:
        return {one.student_id: one.score for one in book.assignment_submissions("idea")}


def test_a_person_is_corrected(academy, data, group):
    group.join("Nia")
    shown = academy(
        *("people", "change", "Nia", "--email", "nia@ex.org", "--full-name", "Nia Okoth"),
        *("--group", "Docks", "--group", "Ships", "--role", "mentor", "--data", data),
    )
    (person,) = group.people.all()
    assert (shown.status, person.role) == (0, "mentor")
    assert shown.out == f"Nia ({person.id}, mentor)\n  Nia Okoth  nia@ex.org  Docks, Ships\n"
    academy("people", "change", "Nia", "--group", "", "--data", data)
    assert group.people.private()[person.id].groups == ()
    nothing = academy("people", "change", "Nia", "--data", data)
    assert (nothing.status, "Say what to change" in nothing.err) == (1, True)


def test_who_is_merged_takes_points_and_folders_along(academy, data, group, graded):
    keep, other = graded
    shown = academy("people", "merge", keep, other, "--data", data)
    assert (shown.status, shown.err) == (0, "")
    assert f"Nia ({keep}) has now what {other} had" in shown.out
    assert "  Moved: idea\n" in shown.out
    assert points(data) == {keep: 3.0}
    root = data / "courses" / "small"
    assert (root / "submitted" / keep / "idea" / "idea.ipynb").is_file()
    assert not (root / "autograded" / other / "idea").exists()
    assert f"{other}  participant  Nia Okoth  (switched off)" in academy("people", "list", "--data", data).out


def test_reviews_that_can_not_go_with_their_writer_are_counted(academy, data, group):
    keep, other, bao = group.join("Nia", "Nia Okoth", "Bao")
    for person in (keep, other, bao):
        group.submit(person)
    for writer in (keep, other):
        assert group.give(writer)
    shown = academy("people", "merge", keep, other, "--answers", "keep", "--data", data)
    assert (shown.status, shown.err) == (0, "")
    left = group.store.rows(sa.select(ReviewRow.id).where(ReviewRow.reviewer_id == other))
    assert len(left) == 1
    assert f"  Reviews that stay with {other}: 2\n" in shown.out or f"{other}: 1\n" in shown.out
    assert f"  Answers of {keep} count; those of {other} stay with {other}: idea" in shown.out


def test_whose_answers_count_is_asked_where_both_have_written(academy, data, group, graded):
    keep, other = graded
    group.answers.save(keep, "idea", [Edit("edit-0001", "what", "Mine")])
    asked = academy("people", "merge", keep, other, "--data", data)
    assert (asked.status, "Both have written in: idea." in asked.err) == (1, True)
    assert points(data) == {other: 3.0}
    shown = academy("people", "merge", keep, other, "--answers", "other", "--data", data)
    assert f"Answers of {other} count, handed in again where they were: idea" in shown.out
    assert group.answers.draft(keep, "idea").values["what"] == "At the port"
    assert points(data) == {other: 3.0}, "the points are those of another submission"


def test_who_withdraws_is_in_no_count_and_comes_back(academy, data, group, graded):
    keep, other = graded

    def counted():
        shown = academy("status", "--data", data).out
        return "Participants: 2" in shown, "submitted by 1, graded 1 of 1 collected" in shown

    assert counted() == (True, True)
    gone = academy("people", "withdraw", other, "--data", data)
    assert f"academy people readmit {other}" in gone.out
    assert counted() == (False, False)
    assert (
        f"They still count. If they have left the course: academy people withdraw {keep}"
        in academy("people", "revoke", keep, "--data", data).out
    )
    assert "Nia Okoth" not in academy("people", "links", "--data", data).out
    back = academy("people", "readmit", other, "--data", data)
    assert (back.status, "is in the course again" in back.out) == (0, True)
    assert counted() == (True, True)


def test_everything_about_one_person_is_written_into_a_file_for_them(academy, data, group, graded, tmp_path):
    keep, other = graded
    academy("people", "change", other, "--email", "nia@ex.org", "--data", data)
    group.submit(keep, "In the canteen")
    shown = academy("people", "export", other, tmp_path / "nia.json", "--data", data)
    assert (shown.status, f"Everything about Nia Okoth ({other}) is in" in shown.out) == (0, True)
    file = tmp_path / "nia.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    found = json.loads(file.read_text("utf-8"))
    assert (found["person"]["id"], found["person"]["email"]) == (other, "nia@ex.org")
    assert [row["value"] for row in found["answers"]] == ["At the port"]
    (grade,) = found["grades"]
    assert (grade["exercise"], grade["automatic"] + grade["manual"], grade["most"]) == ("idea", 3.0, 4.0)
    assert keep not in file.read_text("utf-8")
    nobody = academy("people", "export", "p-nobody", tmp_path / "none.json", "--data", data)
    assert (nobody.status, (tmp_path / "none.json").exists()) == (1, False)


def test_who_has_left_is_not_added_by_a_roster(academy, data, group, tmp_path):
    person = group.people.add("Nia", email="nia@ex.org", full_name="Nia Okoth").person
    academy("people", "withdraw", person.id, "--data", data)
    file = tmp_path / "roster.csv"
    file.write_text("name,email\nNia Okoth,nia@ex.org\n", "utf-8")
    shown = academy("people", "import", file, "--data", data)
    assert f"academy people readmit {person.id}" in shown.out
    assert len(group.people.all()) == 1


def test_what_becomes_of_answers_is_said_and_chosen_before_anybody_is_removed(
    academy, data, group, graded, monkeypatch
):
    _keep, other = graded
    asked = academy("people", "remove", other, "--data", data)
    assert asked.status == 1
    assert "exercises written in: 1, submissions: 1" in asked.err
    assert "--answers keep, or --answers delete" in asked.err
    unasked = academy("people", "remove", other, "--answers", "delete", "--data", data)
    assert (unasked.status, "Say --yes" in unasked.err) == (1, True)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    asked_once_more = []

    def no(question, *, abort):
        asked_once_more.append(question)
        raise typer.Abort if abort else AssertionError

    monkeypatch.setattr(typer, "confirm", no)
    assert academy("people", "remove", other, "--answers", "delete", "--data", data).status == 1
    assert f"Remove Nia Okoth ({other}) for good? exercises written in: 1" in asked_once_more[0]
    assert group.people.get(other) is not None
    done = academy("people", "remove", other, "--answers", "delete", "--yes", "--data", data)
    assert (done.status, "Backups made before still have it" in done.out) == (0, True)
    assert group.people.get(other) is None
    assert points(data) == {}
    assert not list((data / "courses" / "small").rglob(f"*{other}*"))


def test_answers_can_stay_without_a_name(academy, data, group, graded):
    _keep, other = graded
    shown = academy("people", "remove", other, "--answers", "keep", "--yes", "--data", data)
    assert f"Their answers stay under {other}, with nobody's name." in shown.out
    assert points(data) == {other: 3.0}
    assert group.people.get(other).display_name == "Former participant"
