"""One reader of numbers for the form, the form in a file, the server and what comes in files."""

import json
from pathlib import Path

import pytest

from academy.course import load_course, nest, problems
from academy.course.answers import number
from academy.course.fields import Column
from academy.numbers import formatted, machine_number, readings
from academy.words import count_characters

DATA = Path(__file__).parents[1] / "data"
WHOLE = Column(id="learners", type="number", label="Learners", step=1, range=[1, 100_000])
ANY = Column(id="cost", type="number", label="Cost")


@pytest.mark.parametrize(("text", "meant"), json.loads((DATA / "numbers.json").read_text("utf-8")))
def test_a_text_is_read_as_the_numbers_that_it_can_mean(text, meant):
    assert list(readings(text)) == meant


@pytest.mark.parametrize("case", json.loads((DATA / "character_counts.json").read_text("utf-8")))
def test_characters_are_those_that_a_person_sees(case):
    assert count_characters(case["text"]) == case["characters"]


def test_what_can_be_two_numbers_is_none_unless_only_one_fits_the_steps():
    assert number("12,500", ANY) is None
    assert number("12,500", WHOLE) == 12500
    assert number("١٬٢٠٠", WHOLE) == 1200
    assert number(1.2, WHOLE) == 1.2  # it is asked about, and not made another number
    assert number(True, ANY) is None


@pytest.fixture(scope="module")
def plan():
    return load_course("innovative-workers-education").exercise("pilot-plan")


@pytest.mark.parametrize(
    ("typed", "said", "kept"),
    [
        (1.2, "Please write a whole number, such as 12.", 1.2),
        ("1.2", "Please write a whole number, such as 12.", 1.2),
        ("1,200", None, 1200),
        ("１２", None, 12),
        ("– 5", "Please write a number from", -5),
        (12, None, 12),
    ],
)
def test_learners_are_whole(plan, typed, said, kept):
    found = {problem.path: problem.text for problem in problems(plan, {"learners": typed})}.get("learners")
    assert (found is None) if said is None else found.startswith(said)
    assert nest(plan, {"learners": typed})["learners"] == kept


def test_two_readings_are_both_named(plan):
    paths = {"costs": ["r1"], "costs/r1/amount": "12,500"}
    text = {problem.path: problem.text for problem in problems(plan, paths)}["costs/r1/amount"]
    assert "12.5 or as 12500" in text


def test_cells_of_a_machine_have_no_signs_between_thousands_before_three_decimals():
    assert machine_number("85.000") == 85
    assert machine_number("-12,500") == -12.5
    assert machine_number("1,250.00") == 1250
    assert machine_number("good") is None


def test_shown_numbers_can_be_read_in_one_way_only():
    assert formatted(12500, "en") == "12\u00a0500"
    assert formatted(1234567.25, "en") == "1\u00a0234\u00a0567.25"
    assert formatted(1234567.25, "es") == "1\u00a0234\u00a0567,25"
    assert formatted(12500.5, "en", 2) == "12\u00a0500.50"
    assert formatted(0.1, "en") == "0.1"
    assert formatted(1e15, "en") == "1" + 5 * "\u00a0000"
    # within text from right to left the parts would change places
    assert formatted(-12500, "ar") == "\u2066\u221212\u00a0500\u2069"
