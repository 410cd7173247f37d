"""Laws of counting words, whatever the script."""

from hypothesis import given
from hypothesis import strategies as st

from academy.words import count_words

TEXT = st.text(max_size=80)
SCRIPTS = st.text(
    st.sampled_from(
        "abzéßñ کتابعمل नमस्ते কথা 工作权利 かなカナー ไทยงาน ລາວ ភាសា မြန်မာ 한국어 አማርኛ 0129٣٤ '’-.,،؛؟!?…\u200c\u0301"
    ),
    max_size=60,
)
SPACES = st.text(st.sampled_from(" \t\n\u00a0\u2003\u3000"), min_size=1, max_size=4)


@given(st.one_of(TEXT, SCRIPTS), st.one_of(TEXT, SCRIPTS), SPACES)
def test_two_texts_with_a_space_between_them_have_the_words_of_both(one, other, space):
    assert count_words(one + space + other) == count_words(one) + count_words(other)


@given(st.one_of(TEXT, SCRIPTS))
def test_there_are_never_more_words_than_characters(text):
    assert 0 <= count_words(text) <= len("".join(text.split()))


@given(SCRIPTS, SPACES, SPACES)
def test_space_around_a_text_is_no_word(text, before, after):
    assert count_words(before + text + after) == count_words(text)


@given(st.lists(st.sampled_from(["work", "droits", "عمل", "права", "work's", "co-operative", "3,5", "عُمّال"])))
def test_words_with_spaces_between_them_count_one_each(words):
    assert count_words(" ".join(words)) == len(words)


@given(st.integers(1, 40), st.sampled_from("工ไກက"))
def test_in_scripts_without_spaces_two_letters_count_as_one_word(length, letter):
    assert count_words(letter * length) == -(-length // 2)


@given(st.text(st.sampled_from(' .,;:!?…—()[]{}<>«»"“”•*#@/\\|+=&%$€✊😀\n\t'), max_size=40))
def test_signs_and_pictures_are_no_words(text):
    assert count_words(text) == 0
