import pytest

from academy.course import load_course
from academy.course.form_spec import form_spec
from academy.course.kinds import KINDS
from academy.errors import CourseError


def change(folder, old, new, file="first-steps/exercise.yaml"):
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_the_small_course_has_a_field_of_every_kind(exercise):
    assert {field.type for field in exercise.fields} == set(KINDS)


def test_the_form_gets_what_it_renders_and_no_more(exercise):
    spec = {field["id"]: field for field in form_spec(exercise)["fields"]}
    assert spec["story"] == {
        "id": "story",
        "type": "text",
        "label": "Story",
        "required": True,
        "words": [2, 4],
    }
    assert spec["colour"]["options"] == [{"id": "red", "label": "Red"}, {"id": "blue", "label": "Blue"}]
    assert spec["rating"]["range"] == [1, 5]
    assert spec["people"]["rows"] == [1, 2]
    assert [column["id"] for column in spec["people"]["columns"]] == ["who", "size"]


def test_a_translation_changes_texts_and_nothing_else(small):
    english = load_course(small).exercise("first-steps")
    arabic = load_course(small, "ar").exercise("first-steps")
    assert arabic.title == "الخطوات الأولى"
    assert arabic.field("colour").options[0].label == "أحمر"
    assert arabic.field("colour").options[1].label == "Blue"
    assert arabic.checks[0].hint == "ماذا حدث؟"
    assert [f.id for f in arabic.fields] == [f.id for f in english.fields]
    assert arabic.version == english.version


def test_the_version_changes_with_fields_and_checks_only(small):
    before = load_course(small).exercise("first-steps").version
    (small / "first-steps" / "ar.yaml").write_text("title: بداية", "utf-8")
    assert load_course(small).exercise("first-steps").version == before
    change(small, "points=2", "points=3", "first-steps/checks.py")
    assert load_course(small).exercise("first-steps").version != before


@pytest.mark.parametrize(
    ("old", "new", "place", "mend"),
    [
        ("label: Story", "lable: Story", "fields.story.label", "missing"),
        ("label: Story", "label: Story, colour: red", "fields.story.colour", "not known"),
        ("words: [2, 4]", "words: [4, 2]", "fields.story", "least"),
        ("type: bool", "type: tickbox", "fields.agreed.type", "write one of"),
        ("options: colours, required", "options: colors, required", "colour.options", "no list colors"),
        ("range: [1, 5], ", "", "fields.rating", "needs range"),
        ("id: name, type: line", "id: name, type: line, rows: [1, 2]", "fields.name", "can't have rows"),
        ("id: name,", "id: story,", "the file", "story is there twice"),
        ("id: first-steps", "id: second-steps", "id", "first-steps"),
        ("levels: [a, b, c, d]", "levels: [a, b, c]", "rubric.clear.levels", "at least 4"),
        ("minutes: 60", "minutes: none", "minutes", "integer"),
        ("title: First steps", "title: [First", "line", "YAML"),
    ],
)
def test_a_mistake_in_an_exercise_is_said_with_file_and_place(small, old, new, place, mend):
    change(small, old, new)
    with pytest.raises(CourseError) as error:
        load_course(small)
    text = str(error.value)
    assert "first-steps/exercise.yaml" in text
    assert place in text
    assert mend in text


def test_checks_that_do_not_load_are_said(small):
    change(small, "def has_story", "def has story", "first-steps/checks.py")
    with pytest.raises(CourseError, match=r"checks\.py.*SyntaxError"):
        load_course(small)


def test_a_course_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CourseError, match=r"course\.yaml"):
        load_course(tmp_path / "nothing")


def test_the_flagship_loads_in_its_languages():
    for language in ("en", "ar"):
        course = load_course("innovative-workers-education", language)
        assert course.code == "A9719407"
        assert course.has("context-map")
        assert sum(module.week for module in course.modules) == 4
