"""Grades out of the gradebook: as tables, and into Moodle's own files."""

import csv
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from academy.course import load_course
from academy.deadlines import Extensions
from academy.desk.grades import Grade, gradebook_mark, grades
from academy.desk.people import cohort
from academy.desk.results import results, said
from academy.desk.watch import CohortWatch
from academy.errors import PeopleError, StoreError
from academy.exports.grades import completion_rows, grade_rows, grades_csv, grades_json, grades_xlsx
from academy.exports.moodle import MoodleFile, people_by_email, people_by_list
from academy.people import Private
from academy.store import Feedback
from academy_grading.grades.database import be_patient
from tests.support.gradebook import SmallBook

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # of nbgrader's own making

HOSTILE = '=HYPERLINK("http://evil.example","x")'
DOCUMENT = {"comments": [{"text": HOSTILE}], "rubric": [], "points": 7}


@pytest.fixture
def book(group, empty_book):
    """The gradebook of the small course: `book(person, automatic, manual)` keeps points for a submission."""
    return SmallBook(group.data.course_root("small") / "gradebook.db", empty_book)


@pytest.fixture
def graded(group, book):
    """Amina has feedback, Bao waits for a person, Carmen was not collected, Dina has handed nothing in."""
    amina, bao, carmen, dina = group.join("Amina", "Bao", "Carmen", "Dina")
    book(amina, group.submit(amina).at, 3, 4)
    book(bao, group.submit(bao).at, 2, None)
    group.submit(carmen)
    Feedback(group.store, "small").release(amina, "idea", 1, DOCUMENT)
    group.graded = (amina, bao, carmen, dina)
    return results(group.store, group.course, grades(book.url))


def test_there_are_no_grades_before_there_is_a_gradebook(tmp_path):
    assert grades(f"sqlite:///{tmp_path / 'none.db'}") == {}
    (tmp_path / "begun.db").touch()
    assert grades(f"sqlite:///{tmp_path / 'begun.db'}") == {}


def test_a_gradebook_on_a_server_has_no_mark():
    assert gradebook_mark("postgresql://nobody@localhost/gradebook") is None


def test_points_are_those_that_nbgrader_itself_counts(group, book, graded):
    from nbgrader.api import Gradebook

    with Gradebook(book.url, "small") as opened:
        for (person, exercise), grade in grades(book.url).items():
            submission = opened.find_submission(exercise, person)
            assert (grade.score, grade.most) == (submission.score, submission.max_score)
            assert grade.whole == (not submission.needs_manual_grade)


@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
def test_while_nobody_else_may_read_the_desk_shows_what_it_read_before(group, book, graded, mode):
    be_patient()  # as where the same process grades: the desk does not wait a minute for all that
    now = [0.0]
    file = book.url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}")
    watch = CohortWatch(group.store, group.course, book.url, ticks=lambda: now[0])
    before = watch.grades
    assert before
    with closing(sqlite3.connect(file, isolation_level=None)) as alone:
        alone.execute("PRAGMA locking_mode = EXCLUSIVE")
        alone.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="can't be read just now"):
            grades(book.url, 0.01)
        now[0] = 61.0
        assert watch.look()
        assert watch.grades == before
        alone.execute("ROLLBACK")
    now[0] = 122.0
    book(group.graded[1], group.answers.submissions("idea", group.graded[1])[-1].at, 2, 3)
    assert watch.look()
    assert watch.grades[group.graded[1], "idea"].whole


def test_a_grade_is_of_a_submission_to_the_thousandth_of_a_second():
    at = datetime(2026, 3, 12, 9, tzinfo=UTC)
    grade = Grade(at, 3, 4, 7, 0)
    assert grade.is_of(at + timedelta(microseconds=999))
    assert grade.is_of(at - timedelta(microseconds=999))
    assert not grade.is_of(at + timedelta(milliseconds=1))
    assert not grade.is_of(None)
    assert not Grade(None, 3, 4, 7, 0).is_of(at)


def test_each_result_says_where_it_stands(group, graded):
    said = {one.person: (one.state, one.score, one.whole) for one in graded}
    amina, bao, carmen, _dina = group.graded
    assert said == {
        amina: ("feedback given", 7, True),
        bao: ("to grade", None, False),
        carmen: ("handed in", None, False),
    }


def test_points_that_nobody_gave_yet_are_empty_and_not_nothing_in_every_file(group, book, graded):
    bao = group.graded[1]
    head, rows = grade_rows(graded)
    (row,) = (dict(zip(head, each, strict=True)) for each in rows if each[0] == bao)
    assert (row["automatic"], row["manual"], row["score"], row["max"]) == (2, None, None, 7)
    (line,) = (
        each
        for each in csv.DictReader(io.StringIO(grades_csv(head, rows).decode("utf-8-sig")))
        if each["person"] == bao
    )
    assert (line["automatic"], line["manual"], line["score"]) == ("2.0", "", "")
    (said,) = (each for each in json.loads(grades_json(head, rows)) if each["person"] == bao)
    assert (said["manual"], said["score"]) == (None, None)


def test_nbgraders_own_export_has_no_nothing_for_who_is_not_graded(group, book, graded, tmp_path):
    from nbgrader.api import Gradebook

    from academy_grading.grades.export import EmptyUntilGraded

    with Gradebook(book.url, "small") as opened:
        opened.add_student("p-nothing")
        plugin = EmptyUntilGraded()
        plugin.to = str(tmp_path / "grades.csv")
        plugin.export(opened)
    with (tmp_path / "grades.csv").open(newline="") as file:
        said = {row["student_id"]: (row["raw_score"], row["score"]) for row in csv.DictReader(file)}
    amina, bao = group.graded[:2]
    assert said == {amina: ("7.0", "7.0"), bao: ("", ""), "p-nothing": ("", "")}


def test_a_check_that_could_not_be_run_leaves_its_points_empty(group, book, graded):
    book(group.graded[1], group.answers.submissions("idea", group.graded[1])[-1].at, None, 3)
    found = results(group.store, group.course, grades(book.url))
    (one,) = (each for each in found if each.person == group.graded[1])
    assert (one.automatic, one.manual, one.score) == (None, 3, None)


def test_points_of_an_earlier_submission_are_not_those_of_a_newer_one(group, book, graded):
    amina = group.graded[0]
    group.submit(amina, "A better one")
    (one,) = (r for r in results(group.store, group.course, grades(book.url)) if r.person == amina)
    assert (one.state, one.score, one.submission) == ("handed in", None, 2)


def test_late_is_what_was_first_handed_in_after_the_end_with_all_days_given(group, graded, book):
    assert all(one.late for one in graded), "the week of the course was over long ago"
    then = datetime(2026, 3, 14, tzinfo=UTC)
    extensions = Extensions(group.store, group.course, lambda: then)
    days = (datetime.now(UTC) - datetime(2026, 3, 15, tzinfo=UTC)).days + 2
    for _ in range(days // 60 + 1):
        extensions.give("week", 60, "f-desk", person=group.graded[0])
    again = results(group.store, group.course, grades(book.url))
    assert [one.late for one in again] == [False, True, True]


def test_the_members_of_a_team_all_have_its_result(group, book):
    amina, bao = group.join("Amina", "Bao")
    team = group.teams.make("Dockers", [amina, bao])
    book(team.id, group.submit(team.id).at, 3, 2)
    found = results(group.store, group.course, grades(book.url))
    assert [(one.person, one.score, one.team) for one in found] == [(amina, 5, team.id), (bao, 5, team.id)]


def test_feedback_is_read_as_the_words_of_each_level_and_then_the_comments():
    course = load_course("innovative-workers-education")
    exercise = course.exercise("context-map")
    first, second, third, *_ = exercise.rubric
    rubric = [
        {"id": first.id, "score": 1, "comment": " Say  who\nit hits. "},
        {"id": second.id, "score": 4.0},
        {"id": third.id, "score": 5, "comment": "Beyond all levels"},
        {"id": third.id, "score": 0},
        {"id": third.id, "score": None, "comment": ""},
        {"id": "gone", "score": 2, "comment": "Of a criterion that was taken out"},
    ]
    document = {"rubric": rubric, "comments": [{"text": " Well done. "}, {"text": " "}, {}]}
    assert said(exercise, document).split("\n") == [
        f"{first.label}: {first.levels[0]} Say who it hits.",
        f"{second.label}: {second.levels[3]}",
        f"{third.label} Beyond all levels",
        "Well done.",
    ]
    assert said(exercise, {}) == ""


def test_a_table_has_pseudonyms_and_no_cell_that_runs(graded):
    head, rows = grade_rows(graded)
    text = grades_csv(head, rows).decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text)))
    assert "Amina" not in text
    assert table[0]["feedback"] == f"'{HOSTILE}"
    assert (table[0]["score"], table[0]["late"], table[2]["score"]) == ("7.0", "yes", "")
    assert json.loads(grades_json(head, rows))[0]["feedback"] == HOSTILE
    assert "feedback" not in grade_rows(graded, feedback=False)[0]


def test_a_workbook_has_texts_and_numbers_and_no_formula(graded):
    head, rows = grade_rows(graded, {})
    rows[1][-1] = "a\x00b" + "x" * 40_000
    with zipfile.ZipFile(io.BytesIO(grades_xlsx(head, rows, "A [small]: course?"))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert "=HYPERLINK(" in strings
    assert "\x00" not in strings


def test_completion_says_who_has_handed_in_what(group, graded):
    head, rows = completion_rows(
        group.course, cohort(group.store, group.course), {group.graded[0]: Private("a@x.org")}
    )
    by_person = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    amina, dina = by_person[group.graded[0]], by_person[group.graded[3]]
    assert (amina["email"], amina["idea"][:4], amina["handed_in"], amina["of"]) == ("a@x.org", "2026", 1, 2)
    assert (dina["idea"], dina["complete"]) == ("", False)


# -- Moodle --

EXPORT = """\
First name,Last name,ID number,Email address,Assignment: An idea (Real),Assignment: An idea (Feedback),\
Course total (Real)
Amina,=cmd,7,Amina@Example.org,-,-,-
Bao,B,8,bao@example.org,-,,-
Eve,E,9,eve@example.org,12.00,,12.00
"""
WORKSHEET = """\
Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last modified (grade),\
Feedback comments
Participant 1,Amina A,amina@example.org,Submitted,{grade},"{most}",{changeable},-,{feedback}
Participant 2,Bao B,bao@example.org,Submitted,,"{most}",Yes,-,
"""


@pytest.fixture
def known(group, graded):
    return people_by_email({group.graded[0]: "amina@example.org", group.graded[1]: "bao@example.org"})


def worksheet(grade="", most="7.00", changeable="Yes", feedback=""):
    text = WORKSHEET.format(grade=grade, most=most, changeable=changeable, feedback=feedback)
    return MoodleFile(text.encode(), str)


def filled(sheet):
    return list(csv.DictReader(io.StringIO(sheet.content().decode()), delimiter=sheet.separator))


def test_the_export_of_moodles_gradebook_is_filled(group, graded, known):
    sheet = MoodleFile(EXPORT.encode(), str)
    columns = sheet.columns(group.course, None)
    said = sheet.fill(graded, known, columns)
    amina, bao, eve = filled(sheet)
    assert amina["Assignment: An idea (Real)"] == "7"
    assert amina["Assignment: An idea (Feedback)"] == HOSTILE, "Moodle runs no formulas"
    assert amina["Last name"] == "=cmd"
    assert amina["Email address"] == "Amina@Example.org"
    assert amina["Course total (Real)"] == "-"
    assert bao["Assignment: An idea (Real)"] == "-", "nobody has judged it yet"
    assert eve["Assignment: An idea (Real)"] == "12.00"
    assert (said.written, said.unfinished, said.unknown) == (1, 1, 1)


def test_people_can_be_told_apart_by_another_column_and_a_list(group, graded):
    listed = people_by_list(f"id,number\n{group.graded[0]},7\n".encode(), group.graded, str)
    sheet = MoodleFile(EXPORT.encode(), str, "ID number")
    assert sheet.fill(graded, listed, sheet.columns(group.course, None)).written == 1


@pytest.mark.parametrize("text", ["id,number\np-nobody,7\n", "{0},7,x\n", "{0},7\n{1},7\n"])
def test_a_list_of_people_that_is_not_clear_is_refused(group, graded, text):
    with pytest.raises(PeopleError):
        people_by_list(text.format(*group.graded).encode(), group.graded, str)


def test_the_worksheet_of_one_assignment_is_filled_and_needs_to_know_which(group, graded, known):
    sheet = worksheet()
    with pytest.raises(PeopleError, match="--exercise"):
        sheet.columns(group.course, None)
    sheet.fill(graded, known, sheet.columns(group.course, "idea"))
    amina, bao = filled(sheet)
    assert (amina["Grade"], amina["Feedback comments"]) == ("7", HOSTILE)
    assert (bao["Grade"], bao["Feedback comments"]) == ("", "")


def test_another_grade_stays_unless_it_is_to_be_overwritten(group, graded, known):
    sheet = worksheet("5.00", feedback="By hand")
    said = sheet.fill(graded, known, {"idea": 4})
    assert said.kept == [2]
    assert (filled(sheet)[0]["Grade"], filled(sheet)[0]["Feedback comments"]) == ("5.00", "By hand")
    assert sheet.fill(graded, known, {"idea": 4}, overwrite=True).written == 1
    assert filled(sheet)[0]["Grade"] == "7"


def test_filling_twice_changes_nothing_the_second_time(group, graded, known):
    sheet = worksheet()
    sheet.fill(graded, known, {"idea": 4})
    once = sheet.content()
    again = MoodleFile(once, str)
    assert again.fill(graded, known, {"idea": 4}).same == 1
    assert again.content() == once


def test_feedback_never_goes_without_its_grade(group, graded, known):
    for sheet in (worksheet(changeable="No"), worksheet("5.00")):
        sheet.fill(graded, known, {"idea": 4})
        assert filled(sheet)[0]["Feedback comments"] == ""
    sheet = worksheet()
    sheet.fill(graded, known, {"idea": 4}, feedback=False)
    assert (filled(sheet)[0]["Grade"], filled(sheet)[0]["Feedback comments"]) == ("7", "")


def test_other_most_points_in_moodle_are_told_or_reckoned_with(group, graded, known):
    with pytest.raises(PeopleError, match="--scale"):
        worksheet(most="100.00").fill(graded, known, {"idea": 4})
    sheet = worksheet(most="100,00")
    sheet.fill([one for one in graded if one.person == group.graded[0]], known, {"idea": 4}, scale=True)
    assert filled(sheet)[0]["Grade"] == "100"


def test_a_file_with_decimal_commas_and_semicolons_gets_them_back(group, graded, known, book):
    bao = group.graded[1]
    book(bao, group.submit(bao).at, 2.5, 3)
    text = EXPORT.replace(",", ";").replace("12.00", "12,00")
    sheet = MoodleFile(text.encode(), str)
    sheet.fill(results(group.store, group.course, grades(book.url)), known, sheet.columns(group.course, None))
    assert filled(sheet)[1]["Assignment: An idea (Real)"] == "5,5"


@pytest.mark.parametrize(
    ("text", "match", "said"),
    [
        ("Name,Grade\nAmina,\n", None, "e-mail"),
        (EXPORT, "Number", "no column Number"),
        (EXPORT.replace("An idea", "Another idea of it"), None, "No column"),
        (EXPORT.replace("Course total (Real)", "Quiz: An idea (Real)"), None, "Two columns"),
        ("", None, "empty"),
    ],
)
def test_a_file_that_cannot_be_filled_is_refused_with_a_sentence(group, graded, text, match, said):
    with pytest.raises(PeopleError, match=said):
        MoodleFile(text.encode(), str, match).columns(group.course, None)


def test_a_percentage_is_no_column_of_points(group):
    text = EXPORT.replace("Course total (Real)", "Assignment: An idea (Percentage)")
    assert MoodleFile(text.encode(), str).columns(group.course, None) == {"idea": 4}


def test_the_table_for_notebooks(group, graded, monkeypatch):
    import academy_grading

    frame = academy_grading.gradebook(group.course, group.data)
    assert list(frame.columns[:4]) == ["person", "exercise", "submission", "at"]
    assert frame.set_index("person").loc[group.graded[0], "score"] == 7
    assert frame["max"].isna().sum() == 1
    assert str(frame["at"].dtype).endswith("UTC]")
    monkeypatch.setenv("ACADEMY_DATA", str(group.data.path))
    assert len(academy_grading.gradebook(group.course)) == 3
