import re

from hypothesis import given
from hypothesis import strategies as st

from academy.people.codes import ALPHABET, Keys, new_id, normalise_code, show_code

codes = st.text(ALPHABET, min_size=8, max_size=8)


@given(codes)
def test_a_shown_code_is_read_back(code):
    assert normalise_code(show_code(code)) == code


@given(codes, st.data())
def test_how_a_code_is_typed_does_not_matter(code, data):
    typed = ""
    for char in code:
        twins = {"0": "0Oo٠０", "1": "1IiLl١"}.get(char, char + char.lower())
        typed += data.draw(st.sampled_from(twins)) + data.draw(
            st.sampled_from(["", " ", "-", "–", "\u200f", "\u00a0"])
        )
    assert normalise_code(typed) == code


@given(st.text())
def test_what_is_read_as_a_code_is_one(text):
    code = normalise_code(text)
    assert code is None or (len(code) == 8 and set(code) <= set(ALPHABET))


def test_a_code_with_a_letter_outside_the_alphabet_is_none():
    assert normalise_code("7K3M-9QUA") is None


@given(st.binary(min_size=32, max_size=32), st.integers(1, 1000))
def test_derived_codes_fit_their_shape_and_differ_by_generation(secret, generation):
    keys = Keys(secret)
    assert normalise_code(keys.code("p-7k3m9q", generation)) == keys.code("p-7k3m9q", generation)
    assert re.fullmatch(r"[0-9a-hjkmnp-tv-z]{26}", keys.link_token("p-7k3m9q", generation))
    assert keys.link_token("p-7k3m9q", generation) != keys.link_token("p-7k3m9q", generation + 1)
    assert keys.code("p-7k3m9q", generation) != keys.code("p-7k3m9q", generation + 1)


def test_another_secret_makes_other_codes_and_digests():
    one, other = Keys(b"1" * 32), Keys(b"2" * 32)
    assert one.code("p-7k3m9q", 1) != other.code("p-7k3m9q", 1)
    assert one.digest("code", "7K3M9QXA") != other.digest("code", "7K3M9QXA")


def test_pseudonyms_are_short_and_say_the_role():
    assert all(re.fullmatch(r"p-[0-9a-hjkmnp-tv-z]{6}", new_id("p")) for _ in range(200))
