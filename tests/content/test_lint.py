"""Every rule of the linter: a copy of the course, broken in one place, is told the file, the place and the mend."""

import pytest

from academy.course import load_course
from academy.course.lint import lint_course
from academy.course.translations import confirm

MAP = "context-map/exercise.yaml"
CHECKS = "context-map/checks.py"
CASES = "context-map/cases.yaml"
ARABIC = "context-map/ar.yaml"


def errors(draft):
    return [f for f in lint_course(draft.folder) if f.level == "error"]


def notes(draft):
    return [f for f in lint_course(draft.folder) if f.level == "note"]


def only(found, file, path, *words):
    """The one finding, at its place, with these words in its sentence."""
    assert [(f.file.name, f.path) for f in found] == [(file, path)], found
    sentence = found[0].text
    assert sentence.endswith(".")
    for word in words:
        assert word in sentence, sentence


def test_a_copy_of_the_flagship_course_has_no_finding_of_any_level(draft):
    assert lint_course(draft.folder) == []


def test_a_folder_without_a_course_is_said_to_be_one(tmp_path):
    only(lint_course(tmp_path), "course.yaml", "the file", "write course.yaml")


def test_malformed_yaml_is_told_with_its_line(draft):
    draft.write(MAP, 'id: context-map\ntitle: "Context map\nminutes: 70\n')
    found = errors(draft)
    assert found[0].file.name == "exercise.yaml"
    assert "line " in found[0].path
    assert "not valid YAML" in found[0].text


def test_two_malformed_files_are_both_told(draft):
    draft.write(MAP, "id: [")
    draft.write("ar.yaml", "title: [")
    assert {f.file.name for f in errors(draft)} == {"exercise.yaml", "ar.yaml"}


def test_a_file_that_is_no_mapping_is_told(draft):
    draft.write(CASES, "- name: alone\n")
    only(errors(draft), "cases.yaml", "the file", "keys and values")


def test_a_key_that_is_there_twice_is_told(draft):
    draft.replace(MAP, "minutes: 70", "minutes: 70\nminutes: 60")
    only(errors(draft), "exercise.yaml", "line 5", "minutes", "twice")


def test_an_unknown_key_is_told(draft):
    draft.replace(MAP, "minutes: 70", "minuts: 70")
    found = errors(draft)
    assert {(f.path, f.file.name) for f in found} == {
        ("minutes", "exercise.yaml"),
        ("minuts", "exercise.yaml"),
    }
    assert any("missing" in f.text for f in found)
    assert any("not known" in f.text for f in found)


def test_an_unknown_key_of_a_column_is_told_with_its_ids(draft):
    draft.replace(MAP, "words: [3, 20]", "word: [3, 20]")
    found = errors(draft)
    assert [f.path for f in found] == ["fields.map.columns.who.word"]


def test_an_unknown_list_is_told_with_the_one_that_was_meant(draft):
    draft.replace(MAP, "options: drivers", "options: driver")
    only(errors(draft), "exercise.yaml", "fields.map.driver.options", "did you mean drivers")


def test_a_double_field_is_told(draft):
    draft.replace(MAP, "- id: kind", "- id: who")
    found = errors(draft)
    assert any("who is there twice" in f.text for f in found)


def test_an_id_that_occurs_twice_in_the_course_is_told(draft):
    draft.replace("course.yaml", "id: journal-3", "id: journal-1")
    assert any("journal-1 is there twice" in f.text for f in errors(draft))


def test_minutes_that_do_not_add_up_are_told(draft):
    draft.replace("course.yaml", "title: Webinar boards, minutes: 75", "title: Webinar boards, minutes: 70")
    only(errors(draft), "course.yaml", "modules.transformation.minutes", "325", "330")


def test_a_week_that_is_too_full_is_told(draft):
    draft.replace("course.yaml", "minutes: 330", "minutes: 400")
    draft.replace("course.yaml", "title: Webinar boards, minutes: 75", "title: Webinar boards, minutes: 145")
    only(errors(draft), "course.yaml", "modules.transformation.minutes", "300 to 360", "400")


def test_a_course_may_set_its_own_week(draft):
    draft.replace("course.yaml", "week_minutes: [300, 360]", "week_minutes: [60, 329]")
    assert len(errors(draft)) == 4


def test_an_activity_with_an_unknown_exercise_is_told(draft):
    draft.replace("course.yaml", "exercise: context-map", "exercise: contextmap")
    found = errors(draft)
    assert ("course.yaml", "modules.transformation.activities.context-map.exercise") in [
        (f.file.name, f.path) for f in found
    ]
    assert any("did you mean context-map" in f.text for f in found)
    assert any(f.file.name == "exercise.yaml" and "names this exercise" in f.text for f in found)


def test_an_exercise_and_its_activity_must_agree_about_the_minutes(draft):
    draft.replace(MAP, "minutes: 70", "minutes: 60")
    only(errors(draft), "course.yaml", "modules.transformation.activities.context-map.minutes", "60", "70")


def test_an_unknown_module_is_told(draft):
    draft.replace(MAP, "module: transformation", "module: transformations")
    only(errors(draft), "exercise.yaml", "module", "did you mean transformation")


def test_an_unknown_page_is_told(draft):
    draft.replace("course.yaml", "page: week-1-transformation", "page: week-1")
    only(errors(draft), "course.yaml", "modules.transformation.page", "week-1")


def test_an_exercise_in_a_folder_of_another_name_is_told(draft):
    draft.replace(MAP, "id: context-map", "id: contextmap")
    assert any("the name of the folder" in f.text for f in errors(draft))


NEW_FIELD = """
  - id: again
    type: {type}
    label: Look at it again
    {rest}

# Words"""


@pytest.mark.parametrize(
    ("kind", "rest", "path", "word"),
    [
        ("ref", "of: map.whom", "fields.again.of", "map.whom"),
        ("ref", "of: other-exercise.map", "fields.again.of", "other-exercise.map"),
        ("ref", "of: map\n    show: whom", "fields.again.show", "whom"),
        ("bool", "flows_to: [priorities.challenge]", "fields.again.flows_to", "priorities.challenge"),
        ("computed", "compute: sum", "fields.again.compute", "sum"),
    ],
)
def test_a_reference_to_nothing_is_told(draft, kind, rest, path, word):
    draft.replace(MAP, "\n# Words", NEW_FIELD.format(type=kind, rest=rest))
    only(errors(draft), "exercise.yaml", path, word)


@pytest.mark.parametrize("rest", ["of: map.who", "of: context-map.map.who", "of: map\n    show: who"])
def test_a_reference_to_a_field_is_fine(draft, rest):
    draft.replace(MAP, "\n# Words", NEW_FIELD.format(type="ref", rest=rest))
    assert errors(draft) == []


def test_a_rubric_without_four_levels_is_told(draft):
    draft.replace(MAP, "      - A need names a group, a change and what people will be able to do.\n", "")
    found = errors(draft)
    assert [f.path for f in found] == ["rubric.need.levels"]
    assert "4" in found[0].text


def test_a_check_without_a_hint_is_told(draft):
    draft.replace(CHECKS, 'hint="Which other changes touch your members?"', 'hint=" "')
    only(errors(draft), "checks.py", "four-drivers", "no hint")


def test_a_hint_that_is_no_question_is_told(draft):
    draft.replace(CHECKS, "Which other changes touch your members?", "Add more drivers.")
    only(errors(draft), "checks.py", "four-drivers", "not a question", "Add more drivers.")


def test_a_translated_hint_that_is_no_question_is_told(draft):
    draft.replace(ARABIC, "hint: أي صف لا يزال ينتظر جواباً؟", "hint: أكملوا الصفوف.")
    only(errors(draft), "ar.yaml", "checks.complete-rows.hint", "not a question")


def test_points_that_are_not_positive_are_told(draft):
    draft.replace(CHECKS, "points=3", "points=-3")
    found = errors(draft)
    assert ("checks.py", "complete-rows") in [(f.file.name, f.path) for f in found]
    assert any("points must be positive, not -3" in f.text for f in found)


def test_checks_that_give_no_points_at_all_are_told(draft):
    text = (draft.folder / CHECKS).read_text("utf-8")
    for points in (1, 2, 3):
        text = text.replace(f"    points={points},\n", "")
    draft.write(CHECKS, text)
    assert any(f.path == "points" and "no points at all" in f.text for f in errors(draft))


def test_two_checks_of_one_id_are_told(draft):
    draft.replace(CHECKS, '"evidence-kinds"', '"four-drivers"')
    assert any("two checks of this id" in f.text for f in errors(draft))


def test_a_check_about_an_unknown_field_is_told(draft):
    draft.replace(CHECKS, 'fields=["map"]', 'fields=["mop"]')
    only(errors(draft), "checks.py", "complete-rows", "mop", "did you mean map")


def test_checks_that_cannot_be_loaded_are_told(draft):
    draft.replace(CHECKS, "DRIVERS = 4", "DRIVERS = four")
    only(errors(draft), "checks.py", "the file", "four")


def test_a_check_that_stops_with_an_error_is_told(draft):
    draft.replace(
        CHECKS, 'return len(j.values(answers, "map.driver")) / DRIVERS', 'return 1 / len(answers["map"])'
    )
    found = errors(draft)
    assert ("checks.py", "four-drivers") in [(f.file.name, f.path) for f in found]
    assert any("ZeroDivisionError" in f.text for f in found)


def test_an_empty_form_that_earns_points_is_told(draft):
    draft.replace(CHECKS, 'return len(j.values(answers, "map.urgency")) > 1', "return True")
    found = errors(draft)
    assert ("checks.py", "priorities-show") in {(f.file.name, f.path) for f in found}


def test_an_exercise_without_cases_has_untested_checks(draft):
    draft.remove(CASES)
    found = errors(draft)
    assert len(found) == 20
    assert all("add one, so that the check is tested" in f.text for f in found)


def test_a_check_without_a_missing_case_is_told(draft):
    draft.replace(CASES, "misses: all", "misses: []")
    draft.replace(
        CASES,
        "    change: {map.*.urgency: 5}\n    misses: [priorities-show]",
        "    change: {map.*.urgency: 5}",
    )
    draft.replace(CASES, "threat-and-opening, priorities-show]", "threat-and-opening]")
    only(errors(draft), "cases.yaml", "cases", "priorities-show", "misses")


def test_a_case_that_fails_is_told(draft):
    draft.replace(CHECKS, "DRIVERS = 4", "DRIVERS = 3")
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
    draft.replace(CHECKS, "Which other changes touch your members?", "What else touches your members?")
    only(notes(draft), "ar.yaml", "checks.four-drivers.hint", "has changed")


def test_confirming_a_language_clears_its_stale_notes_and_nothing_else(draft):
    draft.replace(MAP, "label: Who is hit first?", "label: Who feels it first?")
    draft.replace(ARABIC, "summary: اربطوا", "# summary: اربطوا")
    assert confirm(load_course(draft.folder), "ar") == 1
    only(notes(draft), "ar.yaml", "summary", "missing")
    assert confirm(load_course(draft.folder), "ar") == 0


def test_a_translation_of_nothing_is_told(draft):
    draft.replace(ARABIC, "      who:\n", "      whom:\n")
    found = lint_course(draft.folder)
    assert [(f.level, f.path) for f in found if f.level == "error"] == [("error", "fields.map.columns.whom")]


def test_a_file_of_a_language_that_the_course_does_not_have_is_a_note(draft):
    draft.write("fr.yaml", "title: Académie\n")
    only(notes(draft), "fr.yaml", "the file", "languages in course.yaml")
