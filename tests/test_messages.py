"""Every sentence of the interface can be said in every language."""

import re
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from academy.i18n import LANGUAGES, direction, known, plural, plural_forms, translator

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))
OTHERS = [language for language in LANGUAGES if language != "en"]


def catalogue(language):
    with (ROOT / "academy" / "locale" / language / "LC_MESSAGES" / "academy.po").open("rb") as file:
        return {message.id: message for message in read_po(file) if message.id}


def texts(string):
    """The forms of a sentence: one, or as many as its language has for numbers."""
    return (string,) if isinstance(string, str) else tuple(string)


@pytest.fixture(scope="module")
def sentences():
    import messages

    found = dict(messages.sentences())
    assert len(found) > 100
    return found


@pytest.mark.parametrize("language", OTHERS)
def test_each_sentence_has_a_translation(language, sentences):
    said = {id: message.string for id, message in catalogue(language).items() if not message.fuzzy}
    lacking = {text: place for text, place in sentences.items() if not all(texts(said.get(text) or ""))}
    assert lacking == {}, "run make messages and translate these"


@pytest.mark.parametrize("language", OTHERS)
def test_translations_keep_the_places_that_are_filled_in(language):
    places = re.compile(r"\{[a-z_]*\}")
    for id, message in catalogue(language).items():
        if isinstance(id, str):
            assert sorted(places.findall(id)) == sorted(places.findall(message.string)), id
            continue
        one, many = (set(places.findall(text)) for text in id)
        for form in message.string:  # one and two may be words
            assert one <= set(places.findall(form)) <= many, (id, form)


def test_a_sentence_about_a_number_has_every_form_of_its_language():
    assert plural("en")("1 word", "{n} words", 1) == "1 word"
    assert plural("en")("1 word", "{n} words", 0) == "{n} words"
    forms = [plural("ar")("1 word", "{n} words", n).format(n=n) for n in (0, 1, 2, 3, 11, 100)]
    assert forms == ["لا كلمات", "كلمة واحدة", "كلمتان", "3 كلمات", "11 كلمة", "100 كلمة"]


def test_scripts_choose_by_the_names_that_unicode_gives_to_forms():
    assert plural_forms("en", "1 word", "{n} words") == {"one": "1 word", "other": "{n} words"}
    arabic = plural_forms("ar", "1 word", "{n} words")
    assert set(arabic) == {"zero", "one", "two", "few", "many", "other"}
    assert arabic["two"] == "كلمتان"


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_left_that_nobody_says(language, sentences):
    assert set(catalogue(language)) <= set(sentences)


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_typed_on_a_keyboard_stays_as_it_is(language):
    typed = re.compile(r"academy (?:(?:people|join) )?[a-z]+|nbgrader [a-z]+_[a-z]+|--[a-z]+|[A-Z]+_[A-Z]+")
    for id, message in catalogue(language).items():
        for said, text in zip(texts(message.string), (*texts(id), *texts(id)[-1:] * 9), strict=False):
            assert sorted(typed.findall(text)) == sorted(typed.findall(said)), id


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_turns_the_reading_order_by_marks_that_nobody_sees(language):
    marks = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
    assert [
        id for id, message in catalogue(language).items() if marks.search("".join(texts(message.string)))
    ] == []


def test_sentences_are_found_wherever_they_are_said(tmp_path):
    import messages

    (tmp_path / "academy").mkdir()
    (tmp_path / "academy" / "page.py").write_text(
        """page = f"<p>{gettext('Inside.')}</p>" + self.gettext("By " "parts.") + self._()("Behind.")"""
        """ + gettext(variable)\n"""
    )
    found = dict(messages.sentences(tmp_path, ["academy"]))
    assert found == dict.fromkeys(("Inside.", "By parts.", "Behind."), "academy/page.py")


def test_a_language_without_a_catalogue_is_english():
    assert translator("xx")("Saved") == "\u2066Saved\u2069"
    assert known("xx") == "en"


def test_directions():
    found = {code: direction(code) for code in ("en", "ar", "ar-EG", "he", "fr", "xx", "", "a-b-c-d-e")}
    right_to_left = {code for code, way in found.items() if way == "rtl"}
    assert (right_to_left, set(found.values())) == ({"ar", "ar-EG", "he"}, {"ltr", "rtl"})
