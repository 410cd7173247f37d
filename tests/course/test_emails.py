"""What is taken for an e-mail address; tests/js/emails.test.mjs asks the form the same."""

import json
from pathlib import Path

import pytest

from academy.course import load_course
from academy.course.problems import problems

CASES = json.loads((Path(__file__).parents[1] / "data" / "emails.json").read_text("utf-8"))
UNCLEAR = "This is not an e-mail address yet. It looks like office@union.example."


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_an_address_is_told_from_what_is_none(case, small):
    exercise = load_course(small).exercise("first-steps")
    said = [found.text for found in problems(exercise, {"office": case["text"]}) if found.path == "office"]
    assert said == ([] if case["address"] else [UNCLEAR])


def test_an_address_is_kept_as_it_was_typed_and_no_longer_than_one_can_be(small):
    field = load_course(small).exercise("first-steps").field("office")
    assert field.kind.typed(field, " Office@Union.example") == " Office@Union.example"
    assert field.kind.typed(field, "\u200b ") is None
    assert field.kind.accepts(field, "a@" + "b" * 252)
    assert not field.kind.accepts(field, "a@" + "b" * 253)
