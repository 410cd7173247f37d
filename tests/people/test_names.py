import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.people.names import LONGEST, clean_name, display_name_of, name_key, numbered


@given(st.text())
def test_a_clean_name_is_short_safe_and_stays_as_it_is(text):
    name = clean_name(text)
    assert len(name) <= LONGEST
    assert clean_name(name) == name
    assert name == name.strip()
    assert unicodedata.is_normalized("NFC", name)
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") for c in name)
    assert not any(
        unicodedata.bidirectional(c) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
        for c in name
    )


def test_direction_marks_cannot_turn_a_name_around():
    assert clean_name("Ana\u202egnp.exe") == "Anagnp.exe"


def test_a_name_without_a_letter_or_number_is_none():
    assert clean_name(" \u200b … \u3164 ") == ""


def test_persian_names_keep_their_joiners():
    assert clean_name("علی\u200cرضا") == "علی\u200cرضا"


def test_a_cut_name_keeps_its_marks_together():
    name = clean_name("क" * 59 + "षि" + "क")
    assert len(name) <= LONGEST
    assert not name.endswith("ष")


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("Maria", "Silva", "Maria S."),
        ("Ana Maria", "de Souza", "Ana Maria D."),
        ("Björk", "", "Björk"),
        ("", "Sukarno", "Sukarno"),
        ("محمد", "علي", "محمد ع."),
        ("小明", "王", "小明"),
        ("Josef", "ß", "Josef ß."),
        ("Ana", "x\u0301y", "Ana X\u0301."),
        ("Ana", "x" + "\u0301" * 9, "Ana X\u0301\u0301\u0301."),
        ("Ana", "'t Hooft", "Ana T."),
        ("Ana", "…", "Ana"),
    ],
)
def test_others_see_the_first_name_and_an_initial(first, last, shown):
    assert display_name_of(first, last) == shown


def test_a_name_in_one_piece_is_split_at_its_ends():
    assert display_name_of("", full="Maria da Silva Santos") == "Maria S."
    assert display_name_of("", full="Pelé") == "Pelé"


@given(st.text(), st.text())
def test_a_display_name_is_always_a_clean_name(first, last):
    name = display_name_of(first, last)
    assert name == clean_name(name)


@given(st.lists(st.sampled_from(["Maria", "MARIA", "Ｍaria", "M" * 60, "Maria (2)"]), max_size=12))
def test_numbered_names_are_all_different(wanted):
    taken = set()
    for name in wanted:
        given_name = numbered(name, taken)
        assert name_key(given_name) not in taken
        assert len(given_name) <= LONGEST
        taken.add(name_key(given_name))


def test_the_second_of_a_name_gets_a_number():
    assert numbered("maria s.", {name_key("Maria S.")}) == "maria s. (2)"
