"""The same for checks, cases, examples, pages and translations."""

import pytest
import yaml

from academy.course import load_course
from academy.course.lint.translations import RECORD, confirm
from academy.course.lint.whole import lint_course
from tests.content.linted import errors, notes, only

MAP = "context-map/exercise.yaml"
CHECKS = "context-map/checks.py"
CASES = "context-map/cases.yaml"
ARABIC = "context-map/ar.yaml"
IN_CODE = """

@check(
    "four-drivers",
    points=3,
    title="At least four different drivers",
    hint="Which other changes touch your members?",
    fields=["map"],
)
def four_drivers(answers: Answers) -> float:
    return len(j.values(answers, "map.driver")) / 4
"""


@pytest.fixture
def coded(draft):
    """A draft in which one check stands in checks.py, in its old place among the others."""
    draft.replace(CHECKS, "import Exercise, Work, picture", "import Exercise, Work, check, picture")
    draft.write(CHECKS, (draft.folder / CHECKS).read_text("utf-8") + IN_CODE)
    text = (draft.folder / MAP).read_text("utf-8")
    before, after = (
        text.index("    points: 3\n    title: At least four"),
        text.index("  - id: evidence-kinds"),
    )
    draft.write(MAP, text[:before] + text[after:])
    return draft


def test_a_rubric_without_four_levels_is_told(draft):
    draft.replace(MAP, "      - A need names a group, a change and what people will be able to do.\n", "")
    found = errors(draft)
    assert [f.path for f in found] == ["rubric.need.levels"]
    assert "4" in found[0].text


def test_a_check_may_stand_in_code_among_declared_ones(coded):
    assert errors(coded) == []
    assert [check.id for check in load_course(coded.folder).exercise("context-map").checks][:4] == [
        "complete-rows",
        "enough-words",
        "four-drivers",
        "evidence-kinds",
    ]


def test_a_check_of_which_code_is_placed_that_is_not_there_is_told(coded):
    coded.replace(CHECKS, '"four-drivers"', '"five-drivers"')
    only(errors(coded), "exercise.yaml", "checks.four-drivers", "checks.py has no check four-drivers")


def test_a_check_without_a_hint_is_told(draft):
    draft.replace(MAP, "hint: Which other changes touch your members?", 'hint: " "')
    only(errors(draft), "exercise.yaml", "checks.four-drivers", "no hint")


def test_a_check_in_code_without_a_hint_is_told(coded):
    coded.replace(CHECKS, 'hint="Which other changes touch your members?"', 'hint=" "')
    only(errors(coded), "checks.py", "four-drivers", "no hint")


def test_a_hint_that_is_no_question_is_told(draft):
    draft.replace(MAP, "Which other changes touch your members?", "Add more drivers.")
    only(errors(draft), "exercise.yaml", "checks.four-drivers", "not a question", "Add more drivers.")


def test_a_translated_hint_that_is_no_question_is_told(draft):
    draft.replace(ARABIC, "hint: أي صف لا يزال ينتظر جواباً؟", "hint: أكملوا الصفوف.")
    only(errors(draft), "ar.yaml", "checks.complete-rows.hint", "not a question")


def test_points_that_are_not_positive_are_told(draft):
    draft.replace(MAP, "  - id: complete-rows\n    points: 3", "  - id: complete-rows\n    points: -3")
    found = errors(draft)
    assert {(f.file.name, f.path) for f in found} == {("exercise.yaml", "checks.complete-rows.points")}
    assert all("of at least 0, not -3" in f.text for f in found)


def test_points_in_code_that_are_not_positive_are_told(coded):
    coded.replace(CHECKS, "points=3", "points=-3")
    found = errors(coded)
    assert ("checks.py", "four-drivers") in [(f.file.name, f.path) for f in found]
    assert any("points must be positive, not -3" in f.text for f in found)


def test_checks_that_give_no_points_at_all_are_told(draft):
    text = (draft.folder / MAP).read_text("utf-8")
    for points in (1, 2, 3):
        text = text.replace(f"    points: {points}\n", "")
    draft.write(MAP, text)
    assert any(f.path == "points" and "no points at all" in f.text for f in errors(draft))


def test_two_checks_of_one_id_are_told(draft, coded):
    coded.replace(CHECKS, '"four-drivers"', '"evidence-kinds"')
    coded.replace(MAP, "  - id: four-drivers\n", "")
    assert {f.file.name for f in errors(coded) if "two checks of this id" in f.text} == {
        "exercise.yaml",
        "checks.py",
    }


def test_a_check_about_an_unknown_field_is_told(draft):
    draft.replace(MAP, "    places: [map]\n", "    places: [mop]\n")
    only(errors(draft), "exercise.yaml", "checks.complete-rows", "mop", "did you mean map")


def test_checks_that_cannot_be_loaded_are_told(coded):
    coded.replace(CHECKS, "Answers = dict", "DRIVERS = four\nAnswers = dict")
    only(errors(coded), "checks.py", "line 12", "four")


def test_a_check_that_stops_with_an_error_is_told(coded):
    coded.replace(CHECKS, 'return len(j.values(answers, "map.driver")) / 4', 'return 1 / len(answers["map"])')
    found = errors(coded)
    assert ("checks.py", "four-drivers") in [(f.file.name, f.path) for f in found]
    assert any("ZeroDivisionError" in f.text for f in found)


def test_an_empty_form_that_earns_points_is_told(draft):
    draft.replace(
        MAP,
        "wants: {kind: different, of: [map.urgency], at_least: 2, whole: true}",
        "wants: {kind: rows, of: map, at_most: 3, where: {urgency: [5]}}",
    )
    found = errors(draft)
    assert ("exercise.yaml", "checks.priorities-show") in {(f.file.name, f.path) for f in found}


def test_a_check_in_code_without_cases_is_untested_and_a_declared_one_proves_itself(coded):
    coded.remove(CASES)
    found = errors(coded)
    assert [f.text.partition(";")[0] for f in found] == [
        "no case passes the check four-drivers",
        "no case misses the check four-drivers",
    ]


def test_a_declared_check_that_can_not_fail_is_told(draft):
    draft.remove(CASES)
    draft.replace(MAP, "of: [map.who], that: {specific: true}", "of: [map.who], that: {not: {uses: zebras}}")
    draft.replace(MAP, "\nwords:\n", "\nwords:\n  zebras: []\n")
    only(errors(draft), "exercise.yaml", "checks.specific-people.wants", "can't be missed", "what it wants")


def test_a_declared_check_that_the_example_does_not_pass_is_told(draft):
    draft.remove(CASES)
    draft.replace(MAP, "of: [map.driver], at_least: 4", "of: [map.driver], at_least: 40")
    found = errors(draft)
    assert {f.file.name for f in found} == {"example.yaml", "example.ar.yaml"}
    assert all("does not pass the check four-drivers" in f.text for f in found)


def test_a_check_in_code_without_a_missing_case_is_told(coded):
    text = (coded.folder / CASES).read_text("utf-8").replace("misses: all", "misses: []")
    coded.write(CASES, text.replace("four-drivers", "complete-rows"))
    found = [f for f in errors(coded) if f.path == "cases"]
    only(found, "cases.yaml", "cases", "four-drivers", "misses")


def test_a_case_that_fails_is_told(draft):
    draft.replace(MAP, "of: [map.driver], at_least: 4", "of: [map.driver], at_least: 3")
    only(errors(draft), "cases.yaml", "cases.three drivers.four-drivers", "should miss")


def test_a_case_with_other_points_is_told(draft):
    draft.replace(CASES, "points: 20", "points: 19")
    only(errors(draft), "cases.yaml", "cases.the worked example.points", "20", "19")


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("passes: all\n    points: 20", "passes: [four-driver]\n    points: 20", "four-driver"),
        ("start: example\n", "start: exampel\n", "exampel.yaml"),
        ("keep: {map: 1}", "keep: {mop: 1}", "mop"),
        ("change: {map.6.direction: null}", "change: {map.7.direction: null}", "row 7"),
        ("change: {map.6.direction: null}", "change: {map.6: null}", "table.row.column"),
        ("change: {map.6.direction: null}", "change: {map.6.directions: null}", "directions"),
        ("answers: {map: []}", "answers: {mop: []}", "mop"),
        ("answers: {map: []}", "answers: {map: 3}", "a list of keys and values"),
        ("answers: {map: []}", "answer: {map: []}", "not known"),
    ],
)
def test_a_case_that_can_not_be_made_is_told(draft, old, new, word):
    draft.replace(CASES, old, new)
    found = [f for f in errors(draft) if f.file.name == "cases.yaml"]
    assert any(word in f.text for f in found), found


def test_an_example_that_does_not_pass_is_told(draft):
    draft.replace(
        "context-map/example.yaml",
        "who: Young cleaners under thirty who get all their work through an app",
        "who: All the members",
    )
    found = [f for f in errors(draft) if f.file.name == "example.yaml"]
    only(found, "example.yaml", "answers", "specific-people", "map/r1/who")


def test_an_example_that_could_not_be_submitted_is_told(draft):
    draft.replace("context-map/example.ar.yaml", "      urgency: 5\n", "      urgency: 6\n")
    assert ("example.ar.yaml", "map/r1/urgency") in [(f.file.name, f.path) for f in errors(draft)]


def test_an_exercise_without_an_example_is_told(draft):
    draft.remove("context-map/example.yaml")
    assert ("example.yaml", "the file") in [(f.file.name, f.path) for f in errors(draft)]


def test_a_page_with_an_unknown_exercise_is_told(draft):
    file = draft.notebooks / "week-1-transformation.ipynb"
    file.write_text(
        file.read_text("utf-8").replace('feedback(\\"context-map', 'feedback(\\"context-mop'), "utf-8"
    )
    only(
        errors(draft), "week-1-transformation.ipynb", "cell context-map-feedback", "did you mean context-map"
    )


def test_a_page_that_is_no_notebook_is_told(draft):
    (draft.notebooks / "home.ipynb").write_text("{", "utf-8")
    only(errors(draft), "home.ipynb", "the file", "not a notebook")


def test_a_missing_translation_is_a_note(draft):
    draft.replace(ARABIC, "summary: اربطوا", "# summary: اربطوا")
    assert errors(draft) == []
    only(notes(draft), "ar.yaml", "summary", "missing")


def test_a_missing_file_of_a_language_is_one_note(draft):
    draft.remove(ARABIC)
    found = notes(draft)
    only(found, "ar.yaml", "the file", "no translation yet")


def test_a_translation_is_stale_when_its_original_has_changed(draft):
    draft.replace(MAP, "label: Who is hit first?", "label: Who feels it first?")
    only(notes(draft), "ar.yaml", "fields.map.columns.who.label", "has changed")


def test_a_translated_check_is_stale_when_its_hint_has_changed(draft):
    draft.replace(MAP, "Which other changes touch your members?", "What else touches your members?")
    only(notes(draft), "ar.yaml", "checks.four-drivers.hint", "has changed")


def test_confirming_a_language_clears_its_stale_notes_and_nothing_else(draft):
    draft.replace(MAP, "label: Who is hit first?", "label: Who feels it first?")
    draft.replace(ARABIC, "summary: اربطوا", "# summary: اربطوا")
    assert confirm(load_course(draft.folder), "ar") == 1
    only(notes(draft), "ar.yaml", "summary", "missing")
    assert confirm(load_course(draft.folder), "ar") == 0
    for file in draft.folder.rglob(RECORD):
        text = file.read_text("utf-8")
        record = yaml.safe_load(text)
        assert list(record["ar"]) == sorted(record["ar"])
        assert max(len(line) for line in text.splitlines()) < 200


def test_a_translation_of_nothing_is_told(draft):
    draft.replace(ARABIC, "      who:\n", "      whom:\n")
    found = lint_course(draft.folder)
    assert [(f.level, f.path) for f in found if f.level == "error"] == [("error", "fields.map.columns.whom")]


def test_a_file_of_a_language_that_the_course_does_not_have_is_a_note(draft):
    draft.write("fr.yaml", "title: Académie\n")
    only(notes(draft), "fr.yaml", "the file", "languages in course.yaml")
