import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.course import load_course, nest, problems, run_checks
from academy.course.answers import number
from academy.course.fields import Column
from academy.course.values import acceptable

FULL = {
    "story": "We won it",
    "colour": "red",
    "several": ["blue"],
    "rating": 4,
    "share": "12,5",
    "day": "2026-03-09",
    "agreed": True,
    "people": ["ra"],
    "people/ra/who": "Amina",
    "people/ra/size": "1 200",
    "chosen": ["ra"],
}


OPTIONS = [{"id": one, "label": one} for one in "abc"]


def said(exercise, **changes):
    flat = {**FULL, **{key.replace("__", "/"): value for key, value in changes.items()}}
    return {problem.path: problem.text for problem in problems(exercise, flat)}


def test_answers_become_a_document_with_types(exercise):
    document = nest(exercise, FULL)
    assert document["share"] == 12.5
    assert document["people"] == [{"_id": "ra", "who": "Amina", "size": 1200}]
    assert document["chosen"] == ["ra"]


def test_what_is_missing_or_misshapen_is_none_in_the_document(exercise):
    document = nest(
        exercise, {"story": "  ", "rating": "x", "colour": "green", "day": "yesterday", "people": "no"}
    )
    assert document["story"] is document["rating"] is document["colour"] is document["day"] is None
    assert document["several"] == document["people"] == []


def test_a_whole_answer_has_no_problems(exercise):
    assert said(exercise) == {}


@pytest.mark.parametrize(
    ("changes", "path", "text"),
    [
        ({"story": None}, "story", "answer this"),
        ({"story": "One"}, "story", "1 of at least 2"),
        ({"story": "one two three four five"}, "story", "5 words"),
        ({"name": "x" * 11}, "name", "10 characters"),
        ({"colour": "green"}, "colour", "choose one"),
        ({"several": ["red", "blue"]}, "several", "at most 1"),
        ({"rating": 9}, "rating", "1 to 5"),
        ({"share": "a lot"}, "share", "12.5"),
        ({"share": 101}, "share", "0 to 100"),
        ({"day": "9 March"}, "day", "2026-03-09"),
        ({"day": "2025-12-31"}, "day", "from 2026-01-01"),
        ({"day": "2026-02-30"}, "day", "such as 2026-03-09"),
        ({"people": []}, "people", "at least 1"),
        ({"people": ["ra", "rb", "rc"]}, "people", "at most 2"),
        ({"people__ra__who": ""}, "people/ra/who", "answer this"),
    ],
)
def test_each_problem_is_a_sentence_at_its_field(exercise, changes, path, text):
    found = said(exercise, **changes)
    assert text in found[path]
    assert found[path].endswith(".")


def test_optional_fields_may_stay_empty(exercise):
    assert (
        said(exercise, name=None, several=None, rating=None, share="", day=None, agreed=None, chosen=None)
        == {}
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12", 12),
        ("12.5", 12.5),
        ("12,5", 12.5),
        ("1 200", 1200),
        ("1\u202f200,5", 1200.5),
        ("١٢", 12),
        ("١٢٫٥", 12.5),
        ("-3", -3),
        ("", None),
        ("twelve", None),
        ("1e5", None),
        ("1,200,300", 1200300),
        ("9" * 400, None),
        ("-" + "9" * 400 + ".5", None),
        (True, None),
        (None, None),
    ],
)
def test_numbers_are_read_as_people_type_them(typed, meant):
    assert number(typed) == meant


@pytest.mark.parametrize(
    ("asked", "right", "wrong", "text"),
    [
        ({"type": "date", "latest": "2026-04-03"}, "2026-04-03", "2026-04-04", "a date up to 2026-04-03"),
        ({"type": "date", "earliest": "2026-04-03"}, "2026-04-03", "2026-04-02", "from 2026-04-03 on"),
        ({"type": "number", "range": [0.5, 3], "step": 0.5}, 1.5, 1.2, "in steps of 0.5."),
        ({"type": "number", "range": [1, 10], "step": 3}, 7, 6, "in steps of 3."),
        ({"type": "number", "step": 1}, 6, 6.5, "a whole number, such as 12."),
        ({"type": "number", "range": [0.25, 3]}, 0.25, 0.24, "a number from 0.25 to 3."),
        ({"type": "number", "range": [0.25, 3]}, 3, 3.01, "a number from 0.25 to 3."),
        ({"type": "scale", "range": [2, 4]}, 3, 2.5, "a whole number, such as 12."),
        (
            {"type": "multi", "options": OPTIONS, "choose": [2, 3]},
            ["a", "b"],
            ["a"],
            "at least 2; you chose 1.",
        ),
        ({"type": "line", "chars": 3}, "abc", "abcd", "shorten this to 3 characters; it has 4."),
        ({"type": "text", "words": [2, 3]}, "a b", "a", "a little more: 1 of at least 2 words."),
        ({"type": "text", "words": [2, 3]}, "a b c", "a b c d", "4 words, and at most 3 fit."),
        ({"type": "text"}, "a", 5, "Please write this as text."),
        ({"type": "email"}, "a@b.example", "a@b", "not an e-mail address yet"),
    ],
)
def test_each_limit_lets_through_what_lies_on_it(asked, right, wrong, text):
    question = Column.model_validate({"id": "asked", "label": "Asked", **asked})
    assert question.kind.fault(question, right, str) is None
    said = question.kind.fault(question, wrong, str)
    assert text in said
    assert said.endswith(".")


def test_a_table_that_must_have_a_row_says_so_where_it_names_no_number(exercise):
    (small,) = (field for field in exercise.fields if field.id == "people")
    free = small.model_copy(update={"rows": [0, 2]})
    asking = exercise.model_copy(update={"fields": [free]})
    assert [p.text for p in problems(asking, {})] == ["Please add at least one row."]
    assert (
        problems(asking.model_copy(update={"fields": [free.model_copy(update={"required": False})]}), {})
        == []
    )


def test_checks_give_shares_of_their_points_and_name_their_places(exercise):
    results = {
        result.id: result for result in run_checks(exercise, nest(exercise, FULL | {"people/ra/size": ""}))
    }
    assert results["has-story"].passed
    assert results["two-people"].earned == 2
    assert not results["two-people"].passed
    assert results["sized"].fields == ("people/ra/size",)
    assert exercise.points == 6


def test_only_fields_of_the_exercise_can_be_written(exercise):
    assert acceptable(exercise, "story", "text")
    assert acceptable(exercise, "people/ra1b/who", "Amina")
    for path in (
        "other",
        "total",
        "people/ra/other",
        "people/RA/who",
        "people/ra",
        "story/ra/who",
        "",
        "people/ra/who/x",
    ):
        assert not acceptable(exercise, path, "text")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("story", ["a"]),
        ("story", "x" * 20_001),
        ("agreed", "yes"),
        ("several", "red"),
        ("several", [{"a": 1}]),
        ("people", ["../x"]),
        ("people", ["r1"] * 300),
        ("share", True),
        ("rating", {"a": 1}),
        ("chosen", "r1"),
    ],
)
def test_values_that_no_field_could_send_are_kept_out(exercise, path, value):
    assert not acceptable(exercise, path, value)


@given(
    st.dictionaries(
        st.sampled_from([*FULL, "people/rx/who"]), st.one_of(st.none(), st.text(), st.lists(st.text()))
    )
)
def test_whatever_was_stored_can_be_read_and_judged(flat):
    exercise = EXERCISE[0]
    document = nest(exercise, flat)
    run_checks(exercise, document)
    assert all(problem.text for problem in problems(exercise, flat))


EXERCISE = []


@pytest.fixture(autouse=True)
def _keep(exercise):
    EXERCISE[:] = [exercise]


def test_what_people_wrote_stands_isolated_in_the_sentences_of_a_courses_checks():
    gettext = load_course("innovative-workers-education", "ar").exercise("people").texts
    key, sentence = next((key, text) for key, text in gettext.items() if "{name}" in text)
    values = dict.fromkeys(re.findall(r"\{(\w+)", sentence), "3") | {"name": "Night crew"}
    assert "\u2068Night crew\u2069" in gettext[key].format(**values)
