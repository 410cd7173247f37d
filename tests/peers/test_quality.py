"""Questions before a review is sent."""

from hypothesis import given
from hypothesis import strategies as st

from academy.peers.quality import copied, questions, quotes

WORK = (
    "A study circle on the night shift. We meet at the gate at six and listen to one story of three minutes."
)
GOOD = {
    "star": "You begin where people are: “We meet at the gate at six”. That will bring those who never come.",
    "wish": "Say what a person does who missed the first meeting and hears of the circle only in May.",
}
TEXTS = ("star", "wish")


def asked(review, others=(), harsh=("stupid", "nonsense")):
    return [each.id for each in questions(review, TEXTS, ["star"], WORK, others, harsh)]


def test_a_considered_review_is_asked_nothing():
    assert asked(GOOD) == []


def test_an_empty_review_is_asked_nothing_yet():
    assert asked({}) == []


def test_two_words_are_too_few_to_help():
    assert asked(GOOD | {"wish": "More pictures"}) == ["short"]


def test_praise_without_a_quotation_is_asked_for_one():
    star = "I like the whole idea very much because it is so close to our own work."
    assert asked(GOOD | {"star": star}) == ["quote"]


def test_a_quotation_is_found_whatever_its_case_and_marks():
    assert quotes("You write: WE MEET at the gate!", WORK)
    assert not quotes("We will meet at noon", WORK)
    assert quotes("أعجبني «نلتقي عند بوّابة المصنع»", "نلتقي عند بوابة المصنع كل مساء")


def test_a_review_copied_from_another_is_noticed():
    assert asked(GOOD, others=[dict(GOOD)]) == ["copied"]
    assert (
        asked(GOOD, others=[{"star": "Something else altogether", "wish": "And not at all the same"}]) == []
    )


def test_harsh_words_are_a_question_and_personal_data_must_be_confirmed():
    found = questions(
        GOOD | {"wish": "This is nonsense, call Sami at +961 70 123 456 and he will tell you why."},
        TEXTS, ["star"], WORK, [], ["nonsense"],
    )  # fmt: skip
    assert [(each.id, each.confirm, each.fields) for each in found] == [
        ("personal", True, ("wish",)),
        ("harsh", False, ("wish",)),
    ]


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_can_be_looked_at(star, wish):
    for each in questions({"star": star, "wish": wish}, TEXTS, ["star"], WORK, [{"star": wish}], ["a*"]):
        assert set(each.fields) <= {"star", "wish"}


@given(st.text(max_size=200))
def test_likeness_is_mutual(text):
    assert copied(text, WORK) == copied(WORK, text)
