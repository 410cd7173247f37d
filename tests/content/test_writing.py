"""Looking at what people wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.course.writing import leftover, personal_data, plain, uses


def test_plain_text_has_no_case_accents_vowel_signs_or_stretching():
    assert plain("Évaluer") == "evaluer"
    assert plain("أَعْضَاؤُنا في النقابة") == plain("اعضاونا فى النقابه")
    assert plain("عمـــال") == "عمال"


def test_a_star_stands_for_any_letters():
    assert uses("They negotiated twice", ["negotiat*"])
    assert not uses("They met twice", ["negotiat*"])
    assert not uses("renegotiate", ["negotiat*"])


def test_a_word_is_found_whole_and_not_inside_another():
    assert not uses("A knowable outcome", ["know"])
    assert uses("To KNOW it", ["know"])


def test_several_words_are_a_phrase_whatever_stands_between_them():
    assert uses("It is: blah, blah!", ["blah blah"])
    assert not uses("blah and blah", ["blah blah"])


def test_arabic_words_are_found_behind_what_is_written_onto_them():
    assert uses("وبالعمال", ["عمال"])
    assert uses("للأعضاء", ["اعضاء"])
    assert not uses("معمالهم", ["عمال"])


def test_a_list_without_words_finds_nothing():
    assert not uses("anything", [])
    assert leftover("anything at all", []) == 3


def test_leftover_counts_what_is_not_in_the_list():
    assert leftover("All the members of our union", ["all", "the", "of", "our", "member*", "union"]) == 0
    assert leftover("All the night cleaners", ["all", "the"]) == 2


@pytest.mark.parametrize(
    "text",
    [
        "write to sami.k@example.org today",
        "+39 011 693 6111",
        "call 0044 20 7946 0958",
        "call 011-693-6111",
        "٠٧٩ ٥٥٥ ١٢٣٤",
        "passport AB1234567",
        "identity number 19850412345",
        "account DE89370400440532013000",
    ],
)
def test_what_looks_like_personal_data(text):
    assert personal_data(text)


@pytest.mark.parametrize(
    "text",
    [
        "41 of 120 members in 2024",
        "from 2019-2023 and 2019/2020",
        "on 12.03.2024 and 2024-03-12",
        "1 250 000 workers, 12.500.000 people",
        "ILO Convention C189, Recommendation 204, COVID19",
        "wage order 2026/14, article 3, paragraph 2",
        "between 5 and 6 in the morning, 3,75 an hour",
        "@union and #strike",
        "",
    ],
)
def test_what_does_not_look_like_personal_data(text):
    assert not personal_data(text)


@given(st.text(max_size=200))
def test_any_text_can_be_looked_at(text):
    personal_data(text)
    assert leftover(text, ["a*"]) >= 0
    assert plain(plain(text)) == plain(text)
