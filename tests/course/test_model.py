import pytest

from academy.course import load_course
from academy.course.form_spec import form_spec
from academy.course.kinds import KINDS
from academy.course.lint.whole import lint_course
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
        ("label: Story", "lable: Story", "fields.story.lable", "did you mean label"),
        ("label: Story", "label: Story, colour: red", "fields.story.colour", "not known"),
        ("words: [2, 4]", "words: [4, 2]", "fields.story", "least"),
        ("type: bool", "type: tickbox", "fields.agreed.type", "write one of"),
        ("options: colours, required", "options: colors, required", "colour.options", "no list colors"),
        ("range: [1, 5], ", "", "fields.rating", "needs range"),
        ("id: name, type: line", "id: name, type: line, rows: [1, 2]", "fields.name", "can't have rows"),
        ("id: name,", "id: story,", "the file", "story is there twice"),
        ("id: first-steps", "id: second-steps", "id", "first-steps"),
        ("levels: [a, b, c, d]", "levels: [a, b, c]", "rubric.clear.levels", "at least 4"),
        ("minutes: 60", "minutes: none", "minutes", "whole number"),
        ("title: First steps", "title: [First", "line 4, column 8", "never closed"),
        (
            "title: First steps",
            "title: \x07",
            "line 4, column 8",
            "nobody sees (U+0007), so this is not valid YAML.",
        ),
        ("range: [1, 5], ", "range: [1, 5.5], ", "fields.rating", "range of a scale must be whole numbers"),
        (
            "options: colours, choose",
            "options: [{id: red, label: Red}, {id: red, label: Rouge}], choose",
            "fields.several",
            "the option red is there twice",
        ),
        ("rows: [1, 2]", "rows: [1, 2]\n    row_title: whom", "fields.people", "not there: whom"),
        ("- {id: size", "- {id: who", "fields.people", "the column who is there twice"),
        ("id: name,", "id: Name,", "fields.Name.id", "write small letters, digits and hyphens, beginning"),
        ("{id: clear,", "{id: clear, comments: [a, b, c],", "rubric.clear", "four, or none"),
        (
            "rubric:\n",
            "rubric:\n  - {id: clear, label: Clear, levels: [a, b, c, d]}\n",
            "the file",
            "the criterion clear is there twice",
        ),
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


def test_a_table_in_a_table_is_refused(small):
    change(small, "{id: size, type: number,", "{id: size, type: table, rows: [1, 2], columns: [],")
    with pytest.raises(CourseError, match=r"fields\.people\.columns\.size"):
        load_course(small)


@pytest.mark.parametrize(
    ("content", "mend"),
    [
        (b"- first-steps", "exercise.yaml: write keys and values, such as “title: …”."),
        ("title: Fünf".encode("latin-1"), "this is not UTF-8 text. Save it with the encoding UTF-8."),
    ],
)
def test_a_file_that_holds_no_keys_or_no_text_is_said(small, content, mend):
    (small / "first-steps" / "exercise.yaml").write_bytes(content)
    with pytest.raises(CourseError) as error:
        load_course(small)
    assert str(error.value).endswith(mend)


def test_an_exercise_is_like_one_that_stands_by_itself(chained):
    file = chained / "diary-3" / "exercise.yaml"
    file.parent.mkdir()
    file.write_text("like: diary-2\nid: diary-3\nmodule: first\ntitle: Once more\nminutes: 20\n", "utf-8")
    with pytest.raises(CourseError) as error:
        load_course(chained)
    assert str(error.value) == f"{file}: like: diary-2 is like another itself; name diary-1 here."


@pytest.mark.parametrize(
    ("old", "new", "mend"),
    [
        ("end: 2026-04-03", "end: 2026-03-08", "the file: end must not be before start."),
        ("id: first-steps, title", "id: one, title", "the file: the id one is there twice."),
        ("languages: [en, ar]", "languages: []", "line 6, column 1: languages: write at least 1 here"),
        (
            "languages: [en, ar]",
            "languages: [en, pt_br]",
            "line 6, column 17: languages.2: write pt-BR instead of pt_br",
        ),
        (
            "languages: [en, ar]",
            "languages: [english]",
            "line 6, column 13: languages.1: write en instead of english",
        ),
        (
            "languages: [en, ar]",
            "languages: [en, xx]",
            "line 6, column 17: languages.2: xx is no tag of a language (BCP 47); write one",
        ),
        (
            "languages: [en, ar]",
            "languages: [en, ar, en]",
            "line 6, column 1: languages: the language en is there twice",
        ),
    ],
)
def test_a_mistake_in_a_course_is_said_with_its_place(small, old, new, mend):
    change(small, old, new, "course.yaml")
    with pytest.raises(CourseError) as error:
        load_course(small)
    assert f"course.yaml: {mend}" in str(error.value)


def test_a_course_may_last_a_day_and_knows_only_its_own_exercises(small):
    change(small, "end: 2026-04-03", "end: 2026-03-09", "course.yaml")
    course = load_course(small)
    assert course.start == course.end
    assert course.exercise("first-steps").id == "first-steps"
    with pytest.raises(KeyError, match="second-steps"):
        course.exercise("second-steps")


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


def test_files_of_a_translation_are_called_by_the_tag_of_the_language(small):
    change(small, "languages: [en, ar]", "languages: [en, pt-BR]", "course.yaml")
    (small / "pt-BR.yaml").write_text("title: Um pequeno curso\n", "utf-8")
    (small / "pt_BR.yaml").write_text("title: Nobody finds this\n", "utf-8")
    assert load_course(small, "pt-BR").title == "Um pequeno curso"
    said = [fault.text for fault in lint_course(small) if fault.file.name in ("pt-BR.yaml", "pt_BR.yaml")]
    assert "nobody finds this translation; call the file pt-BR.yaml." in said
