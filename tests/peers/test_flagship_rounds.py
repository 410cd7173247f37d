"""The rounds of the flagship course, as people meet them."""

import pytest

from academy.course import load_course, nest, problems
from academy.course.examples import example_work
from academy.course.form_spec import form_spec
from academy.peers.forms import REVIEWS, reply_form, review_form

COURSE = load_course("innovative-workers-education")
ROUNDS = [exercise for exercise in COURSE.exercises if exercise.review]


def test_every_module_has_its_round():
    assert [exercise.module for exercise in ROUNDS] == [
        "transformation",
        "pedagogies",
        "digital-and-ai",
        "evaluation-and-scaling",
    ]


@pytest.mark.parametrize("language", COURSE.languages)
@pytest.mark.parametrize("round_", ROUNDS, ids=lambda exercise: exercise.id)
def test_a_review_is_a_form_of_its_own_that_the_worked_review_fills(round_, language):
    there = load_course(COURSE.folder, language).exercise(round_.id)
    form = review_form(there)
    assert [field.id for field in form.fields] == [column.id for column in there.field(REVIEWS).columns]
    row = {k: v for k, v in example_work(COURSE)[round_.id][REVIEWS][0].items() if k != "_id"}
    assert problems(form, row) == []
    assert nest(form, row)
    assert form_spec(form)["fields"]


@pytest.mark.parametrize("round_", ROUNDS, ids=lambda exercise: exercise.id)
def test_every_wish_and_every_question_can_be_answered(round_):
    row = example_work(COURSE)[round_.id][REVIEWS][0]
    form = reply_form(round_, row)
    assert round_.review.wishes or round_.review.questions
    for wish in round_.review.wishes:
        assert [option.id for option in form.field(f"{wish}_answer").options] == [
            "accept",
            "adapt",
            "decline",
        ]
    for question in round_.review.questions:
        assert form.field(f"{question}_answer") is None
        assert form.field(f"{question}_why").type == "text"


def test_what_a_reviewer_asks_is_answered_in_ones_own_words_and_not_taken_up_or_left():
    asked = {
        round_.id: [
            (field.id, field.type)
            for field in reply_form(round_, example_work(COURSE)[round_.id][REVIEWS][0]).fields
            if field.required
        ]
        for round_ in ROUNDS
    }
    assert asked["compare-reviews"] == [("question_why", "text")]
    assert asked["plan-reviews"] == [
        ("unclear_why", "text"),
        ("risk_answer", "choice"),
        ("risk_why", "text"),
    ]
