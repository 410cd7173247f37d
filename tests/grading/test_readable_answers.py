"""What a grader reads of a participant's answers."""

import pytest
from bs4 import BeautifulSoup

from academy.content import courses_root
from academy.course import load_course
from academy.course.examples import read_example
from academy_grading.sources.readable_answers import counted_words, readable_answers
from tests.course.conftest import written

FULL = {
    "goal": "Reach the night shift",
    "town": "Turin",
    "way": "circle",
    "tools": ["phone", "paper"],
    "sure": 5,
    "people": "12,5",
    "begins": "2026-03-09",
    "agreed": False,
    "steps": ["r1", "r2"],
    "steps/r1/what": "Ask",
    "steps/r1/who": "Ana",
    "steps/r2/what": "Meet again",
}


def page(exercise, flat, language="en"):
    return BeautifulSoup(readable_answers(exercise, flat, language), "html.parser")


def under(soup, label):
    heading = next(tag for tag in soup.find_all("h3") if tag.get_text() == label)
    return heading.find_next_sibling()


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Your goal", "Reach the night shift"),
        ("Town", "Turin"),
        ("Way | of working", "A study circle"),
        ("Tools", "A phone, Paper"),
        ("How sure are you?", "5 of 5 (very)"),
        ("How many people?", "12.5 people"),
        ("When does it begin?", "2026-03-09"),
        ("Is it agreed?", "No"),
    ],
)
def test_answers_are_shown_with_labels_and_not_with_ids(exercise, label, said):
    assert under(page(exercise, FULL), label).get_text() == said


def test_an_address_is_read_as_it_was_typed(tmp_path):
    exercise = load_course(written(tmp_path)).exercise("first-steps")
    soup = page(exercise, {"office": "office@union.example"})
    assert under(soup, "Office").get_text() == "office@union.example"


def test_a_table_has_its_columns_labels_and_its_rows_in_order(exercise):
    rows = under(page(exercise, FULL), "Steps").find_all("tr")
    assert [cell.get_text() for cell in rows[0].find_all("th")] == ["What", "Who"]
    assert [cell.find("div").get_text() for cell in rows[1].find_all("td")] == ["Ask", "Ana"]
    assert [cell.find("div").get_text() for cell in rows[2].find_all("td")] == ["Meet again", "no answer"]


def test_a_wide_table_is_shown_row_by_row(course_files):
    file = course_files / "plan" / "exercise.yaml"
    wide = "".join(f"      - {{id: more-{n}, type: line, label: More {n}}}\n" for n in range(3))
    text = file.read_text()
    file.write_text(text.replace("rubric:\n", f"{wide}rubric:\n"))
    soup = page(load_course(course_files).exercise("plan"), FULL)
    assert [tag.get_text() for tag in soup.find_all("h4")] == ["Step 1", "Step 2"]
    first = soup.find("h4").find_next_sibling("table").find_all("tr")
    assert first[0].find("th").get_text() == "What"
    assert first[0].find("td").find("div").get_text() == "Ask"


def test_nothing_answered_shows_the_layout(exercise):
    soup = page(exercise, {}, "")
    assert [tag.get_text() for tag in soup.find_all("h3")] == [field.label for field in exercise.fields]
    assert len(soup.find_all(class_="academy-nothing")) == len(exercise.fields)


def test_words_and_language_are_said(exercise):
    note = page(exercise, FULL, "ar").find("p").get_text()
    assert "العربية" in note
    assert f"{counted_words(exercise, FULL)} words" in note
    assert counted_words(exercise, FULL) == 4 + 1 + 1 + 1 + 2


def test_each_text_has_its_own_direction(exercise):
    soup = page(exercise, {"goal": "هدفنا واضح"}, "ar")
    text = under(soup, "Your goal")
    assert text["dir"] == "auto"
    assert text.get_text() == "هدفنا واضح"
    assert soup.find("div")["dir"] == "ltr"


@pytest.mark.parametrize(
    ("path", "value", "seen"),
    [
        ("way", "<script>", "<script>"),
        ("people", "twelve <b>", "twelve <b>"),
        ("sure", {"a": "<i>"}, '{"a": "<i>"}'),
        ("tools", ["<u>", "x"], "<u>, x"),
        ("begins", "tomorrow", "tomorrow"),
    ],
)
def test_what_a_form_could_not_have_sent_is_seen_as_it_came(exercise, path, value, seen):
    soup = page(exercise, {path: value})
    assert under(soup, exercise.field(path).label).get_text() == seen
    assert not soup.find_all(["script", "b", "i", "u"])


def test_a_table_that_is_not_a_list_does_no_harm(exercise):
    assert under(page(exercise, {"steps": "<b>"}), "Steps").get_text() == "no answer"


def test_isolates_are_seen_where_a_participant_wrote_them_and_not_where_the_kit_did():
    exercise = load_course("innovative-workers-education", "ar").exercise("who-is-online")
    example = courses_root() / "innovative-workers-education" / "who-is-online" / "example.ar.yaml"
    soup = page(exercise, read_example(example), "ar")
    assert "المصدر" in soup.find("figure").find("p").get_text()
    assert "U+2068" not in soup.get_text()
    written = next(field for field in exercise.fields if field.type == "text")
    assert "aU+2068b" in page(exercise, {written.id: "a\u2068b"}, "ar").get_text()
