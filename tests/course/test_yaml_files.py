"""Reading YAML: once where many ask, with sentences for whatever does not parse, and with the places of what does."""

import pytest

from academy.course.files.yaml_files import read_once, read_yaml
from academy.course.mistakes.places import nodes_of, spot, steps_of
from academy.errors import CourseError


@pytest.fixture
def file(tmp_path):
    return tmp_path / "course.yaml"


def test_a_file_is_parsed_once_and_each_reader_may_change_what_it_gets(file):
    file.write_text("lists: {colours: [red]}", "utf-8")
    with read_once():
        first = read_yaml(file)
        file.write_text("lists: [", "utf-8")
        first["lists"]["colours"].append("blue")
        with read_once():  # who looks at a whole course, and loads it on the way
            assert read_yaml(file) == {"lists": {"colours": ["red"]}}
        assert read_yaml(file) == {"lists": {"colours": ["red"]}}
    with pytest.raises(
        CourseError, match=r"course\.yaml: line 1, column 8: the bracket \[ here is never closed"
    ):
        read_yaml(file)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x [*x]", "this is nested too deep, or in itself. Write it with fewer brackets."),
        ("a: " + "[" * 100_000, "this is nested too deep, or in itself. Write it with fewer brackets."),
        (
            "a: !!int x",
            "line 1, column 4: this is no number that can be read. Write one, or put the text between quotes.",
        ),
        (
            "a: [1, 2\nb: 3",
            "line 1, column 4: the bracket [ here is never closed. Write ] at the end, and commas",
        ),
        ("a: [b]]", "line 1, column 7: there is one ] too many. Take it out."),
        (
            "a: {{x}}",
            'line 1, column 5: brackets can\'t stand here. Put the text between quotes, such as label: "{…}".',
        ),
        (
            "a: 1\n---\nb: 2",
            "line 2, column 1: a line of --- or ... ends the file, and more follows. Take that line out.",
        ),
        ('a: "C:\\Users"', "line 1, column 9: in double quotes a backslash begins a sign of its own."),
        (
            "words: [x #y, z]\n",
            "line 1, column 11: what stands behind # is not read: it is taken for a comment.",
        ),
        (
            "a: 1\nfoo\nb: 2",
            "line 2, column 1: this line has no key. Write “key: text”, such as “title: Context map”.",
        ),
        (
            "<<: 3",
            "line 1, column 5: << takes over what has a name: write <<: *name, and &name where that stands",
        ),
    ],
)
def test_what_does_not_parse_is_said_in_words_of_our_own(file, text, said):
    file.write_text(text, "utf-8")
    with pytest.raises(CourseError) as error:
        read_yaml(file)
    assert str(error.value).startswith(f"{file}: {said}")


@pytest.mark.parametrize(
    ("path", "line", "column", "whole"),
    [
        ("title", 1, 1, True),
        ("fields.story.label", 4, 5, True),
        ("fields.2", 5, 5, True),
        ("fields.people.who", 6, 15, True),
        ("fields.people.columns.who.label", 6, 26, True),
        ("fields.story.words", 3, 5, False),
        ("fields.nothing.words", 2, 1, False),
    ],
)
def test_a_place_is_found_by_keys_ids_and_numbers(file, path, line, column, whole):
    file.write_text(
        "title: Hello\n"
        "fields:\n"
        "  - id: story\n"
        "    label: Story\n"
        "  - id: people\n"
        "    columns: [{ id: who, label: Who}]\n",
        "utf-8",
    )
    found = spot(nodes_of(file), steps_of(path))
    assert (found.line, found.column, found.whole) == (line, column, whole)


def test_a_place_in_answers_counts_rows_from_one(file):
    file.write_text("answers:\n  map:\n    - {who: a}\n    - {who: b}\n", "utf-8")
    found = spot(nodes_of(file), steps_of("map/r2/who"))
    assert (found.line, found.column, found.written) == (4, 8, "b")
    assert spot(nodes_of(file), ["nothing"]) is None
