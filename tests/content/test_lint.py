"""Every rule of the linter: a copy of the course, broken in one place, is told the file, the place and the mend."""

import pytest

from academy.course.lint.whole import lint_course
from tests.content.linted import errors, only

MAP = "context-map/exercise.yaml"
CASES = "context-map/cases.yaml"


def test_a_copy_of_the_flagship_course_has_no_finding_of_any_level(draft):
    assert lint_course(draft.folder) == []


def test_a_folder_without_a_course_is_said_to_be_one(tmp_path):
    only(lint_course(tmp_path), "course.yaml", "the file", "write course.yaml")


def test_malformed_yaml_is_told_with_its_line(draft):
    draft.write(MAP, 'id: context-map\ntitle: "Context map\nminutes: 70\n')
    found = errors(draft)
    assert found[0].file.name == "exercise.yaml"
    assert "line " in found[0].path
    assert (found[0].line, found[0].column) == (2, 8)
    assert "never closed" in found[0].text


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


def test_a_key_that_is_there_twice_in_a_part_of_a_file_is_told(draft):
    draft.replace(MAP, "options: drivers", "options: drivers\n        options: drivers")
    only(errors(draft), "exercise.yaml", "line 50", "options", "twice")


def test_an_unknown_key_is_told(draft):
    draft.replace(MAP, "minutes: 70", "minuts: 70")
    only(errors(draft), "exercise.yaml", "minuts", "not known", "did you mean minutes")


def test_a_key_that_is_filled_in_by_the_kit_is_not_known_in_a_file(draft):
    draft.replace(MAP, "minutes: 70", "minutes: 70\nversion: '3'")
    only(errors(draft), "exercise.yaml", "version", "not known")


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
    only(
        errors(draft), "course.yaml", "modules.transformation.minutes", "60 to 329", "The same at modules.ped"
    )


def test_an_activity_with_an_unknown_exercise_is_told(draft):
    draft.replace("course.yaml", "exercise: context-map", "exercise: contextmap")
    place = "modules.transformation.activities.context-map.exercise"
    only(errors(draft), "course.yaml", place, "did you mean context-map")


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
