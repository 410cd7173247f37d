import csv

import pytest

from academy.exports.moodle import Filled
from academy.peers.table import reviews_table
from academy_app.cli.commands.export import _report
from tests.peers.conftest import Class
from tests.peers.small import small_course
from tests.support.gradebook import SmallBook


@pytest.fixture
def group(data, tmp_path, monkeypatch):
    made = Class(small_course(tmp_path), f"sqlite:///{data / 'academy.sqlite'}")
    monkeypatch.setenv("ACADEMY_EXERCISES", str(tmp_path))
    for person in made.join("Amina", "Bao", "Carmen"):
        made.submit(person)
    yield made
    made.store.close()


def rows(file):
    with file.open(encoding="utf-8-sig", newline="") as content:
        return list(csv.DictReader(content))


def test_reviews_are_written_without_a_word_of_who_wrote_them(academy, data, group, tmp_path):
    people = [person.id for person in group.people.all()]
    for person in people:
        group.give(person, wish="=HYPERLINK(1) please, say more")
    file = tmp_path / "reviews.csv"
    shown = academy("export", "reviews", file, "--data", data)
    assert (shown.status, shown.out) == (0, f"Reviews written to {file}: 3.\n")
    found = rows(file)
    assert {row["wish"] for row in found} == {"'=HYPERLINK(1) please, say more"}
    text = file.read_text("utf-8-sig")
    assert not any(person in text for person in people)
    assert [row["review"] for row in found] == sorted(row["review"] for row in found)


def test_with_ids_a_facilitator_sees_who_wrote_what(academy, data, group, tmp_path):
    task = group.give(group.people.all()[0].id)
    file = tmp_path / "reviews.csv"
    academy("export", "reviews", file, "--data", data, "--with-ids")
    (row,) = rows(file)
    assert (row["reviewer"], row["author"]) == (task.reviewer, task.author)


def test_a_course_without_reviews_gives_an_empty_table(group):
    assert reviews_table(group.store, group.course).empty


def test_a_place_that_can_not_be_written_is_a_sentence(academy, data, group, tmp_path):
    shown = academy("export", "reviews", tmp_path / "none" / "reviews.csv", "--data", data)
    assert (shown.status, "can't be written" in shown.err) == (1, True)


MOODLE = """\
First name,Email address,Assignment: An idea (Real)
Amina,amina@example.org,-
"""


@pytest.fixture
def graded(data, group, empty_book):
    """A gradebook in which Amina has all her points."""
    amina = group.people.find("Amina").id
    at = group.answers.submissions("idea", amina)[-1].at
    SmallBook(data / "courses" / "small" / "gradebook.db", empty_book)(amina, at, 3, 4)
    with group.store.write() as session:
        from academy.store.schema import PersonPrivate

        session.add(PersonPrivate(person_id=amina, email="amina@example.org", full_name="Amina A"))
    return amina


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_grades_are_written_by_pseudonym(academy, data, graded, tmp_path, form):
    file = tmp_path / f"grades.{form}"
    shown = academy("export", "grades", file, "--format", form, "--data", data)
    assert (shown.status, shown.out) == (0, f"Results written to {file}: 3.\n")
    assert b"amina" not in file.read_bytes().lower()
    again = academy("export", "grades", file, "--format", form, "--data", data)
    assert (again.status, "is there already" in again.err) == (1, True)


def test_grades_of_one_exercise_are_written_without_those_of_others(academy, data, group, graded, tmp_path):
    ids = [exercise.id for exercise in group.course.exercises]
    assert len(ids) > 1
    for one in ids:
        academy("export", "grades", tmp_path / f"{one}.csv", "--exercise", one, "--data", data)
        assert {row["exercise"] for row in rows(tmp_path / f"{one}.csv")} == (
            {one} if one == "idea" else set()
        )


def test_names_stand_in_the_table_only_if_they_are_asked_for(academy, data, graded, tmp_path):
    file = tmp_path / "grades.csv"
    academy("export", "grades", file, "--names", "--no-feedback", "--data", data)
    found = {row["person"]: row for row in rows(file)}
    assert (found[graded]["name"], found[graded]["email"], found[graded]["score"]) == (
        "Amina A",
        "amina@example.org",
        "7.0",
    )
    assert "feedback" not in found[graded]


def test_moodles_file_is_filled_and_another_grade_is_told_before_it_is_replaced(
    academy, data, graded, tmp_path
):
    exported, file = tmp_path / "moodle.csv", tmp_path / "filled.csv"
    exported.write_text(MOODLE, "utf-8")
    words = ("export", "grades", file, "--format", "moodle", "--from", exported, "--data", data)
    shown = academy(*words)
    assert shown.status == 0, shown.err
    assert "Grades written: 1. The same already: 0." in shown.out
    assert file.read_text("utf-8").splitlines()[1] == "Amina,amina@example.org,7"
    exported.write_text(MOODLE.replace("org,-", "org,5"), "utf-8")
    shown = academy(*words[:2], tmp_path / "second.csv", *words[3:])
    assert "stays (lines 2)" in shown.out
    assert (tmp_path / "second.csv").read_text("utf-8").splitlines()[1].endswith(",5")
    assert academy(*words, "--overwrite").status == 0
    assert file.read_text("utf-8").splitlines()[1].endswith(",7")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "--from"),
        (("--match", "ID number"), "--people"),
        (("--exercise", "nothing"), "no exercise nothing"),
    ],
)
def test_what_moodles_format_needs_is_told(academy, data, graded, tmp_path, more, said):
    exported = tmp_path / "moodle.csv"
    exported.write_text(MOODLE, "utf-8")
    given = ("--from", exported) if more else ()
    shown = academy(
        "export", "grades", tmp_path / "f.csv", "--format", "moodle", *given, *more, "--data", data
    )
    assert (shown.status, said in shown.err) == (1, True)
    assert not (tmp_path / "f.csv").exists()


def test_a_list_says_who_is_who_in_moodles_file(academy, data, group, graded, tmp_path):
    exported, people, file = (tmp_path / name for name in ("moodle.csv", "people.csv", "filled.csv"))
    exported.write_text("Username,ID number,Assignment: An idea (Real)\nami,A-7,-\nzoe,A-8,-\n", "utf-8")
    people.write_text(f"id,moodle\n{graded},A-7\n", "utf-8")
    words = ("export", "grades", file, "--format", "moodle", "--from", exported, "--data", data)
    shown = academy(*words, "--match", "ID number", "--people", people)
    assert (shown.status, shown.err) == (0, "")
    assert file.read_text("utf-8").splitlines()[1:] == ["ami,A-7,7", "zoe,A-8,-"]
    assert "Grades written: 1. The same already: 0.\n" in shown.out
    assert "People in Moodle's file whom the roster does not know: 1." in shown.out
    assert shown.out.endswith(f"Import {file} in Moodle.\n")


def test_what_was_not_written_is_told_with_its_number_and_its_mend():
    many = list(range(3, 24))
    said = Filled(written=1, same=2, kept=[2, 9], locked=many, unknown=4, unfinished=5, wordless=6)
    first = ["Exercises in Moodle's file: idea, plan", "Grades written: 1. The same already: 2."]
    assert _report(said, {"idea": 3, "plan": 4}) == [
        *first,
        "Another grade is there already, and stays (lines 2, 9). Replace them with --overwrite.",
        f"Moodle says that these grades can't be changed (lines {', '.join(map(str, many[:20]))} …).",
        "Feedback that has no column in Moodle's file, and was not written: 6. Export it with the column for "
        "feedback, or name that column with --comments.",
        "Not graded to the end, and not written: 5",
        "People in Moodle's file whom the roster does not know: 4. Import the roster with their addresses.",
    ]
    assert _report(Filled(written=1, same=2), {"idea": 3, "plan": 4}) == first
    (whole,) = _report(Filled(locked=many[:20]), {})[2:]
    assert "…" not in whole


def test_completion_is_written(academy, data, group, tmp_path):
    file = tmp_path / "completion.csv"
    shown = academy("export", "completion", file, "--data", data)
    assert (shown.status, shown.out) == (0, f"Participants written to {file}: 3.\n")
    assert {row["complete"] for row in rows(file)} <= {"yes", "no"}


@pytest.mark.parametrize("there", ["9" * 400, "-" + "9" * 400, "1e999", "NaN"])
def test_a_grade_of_hundreds_of_digits_in_moodles_file_is_another_grade(
    academy, data, graded, tmp_path, there
):
    exported, file = tmp_path / "moodle.csv", tmp_path / "filled.csv"
    exported.write_text(MOODLE.replace("org,-", f"org,{there}"), "utf-8")
    words = ("export", "grades", file, "--format", "moodle", "--from", exported, "--data", data)
    shown = academy(*words)
    assert (shown.status, "stays (lines 2)" in shown.out) == (0, True)
    assert academy(*words, "--overwrite").status == 0
    assert file.read_text("utf-8").splitlines()[1].endswith("org,7")
