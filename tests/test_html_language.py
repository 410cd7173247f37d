"""What the interface says in a language of its own is said to be in it."""

import pytest
from jinja2.utils import markupsafe

from academy.html_language import with_language
from academy.i18n import foreign, interface, plural_forms, sentences, translator

SAID = '<span lang="en" dir="ltr">'


@pytest.mark.parametrize(
    ("tag", "spoken", "told"),
    [
        ("en", "en", ""),
        ("ar", "ar", ""),
        ("ar-EG", "ar", ""),
        ("en-GB", "en", ""),
        ("ar-Latn", "en", "en"),
        ("pt-BR", "en", "en"),
        ("ur", "en", "en"),
        ("tok", "en", "en"),
    ],
)
def test_the_interface_speaks_the_nearest_language_that_it_has(tag, spoken, told):
    assert (interface(tag), foreign(tag)) == (spoken, told)


def test_what_is_said_in_another_language_stands_between_isolates():
    assert translator("ur")("Saved") == "\u2066Saved\u2069"
    assert translator("ar-EG")("Saved") == translator("ar")("Saved") != "Saved"
    assert plural_forms("ru", "1 word", "{n} words") == {
        "one": "\u20661 word\u2069",
        "other": "\u2066{n} words\u2069",
    }


def test_a_page_says_which_language_its_interface_speaks():
    page = "<p>اردو \u2066Saved <b>now</b>\u2069 اردو</p>"
    assert with_language(page, "ur") == f"<p>اردو {SAID}\u2066Saved <b>now</b>\u2069</span> اردو</p>"
    assert with_language(page, "ar") == page


def test_what_a_template_made_stays_html():

    assert (
        with_language(markupsafe.Markup("<p>\u2066Saved\u2069</p>"), "ur")
        == f"<p>{SAID}\u2066Saved\u2069</span></p>"
    )


def test_nothing_is_said_twice_when_a_part_of_a_page_comes_ready():
    once = with_language("<p>\u2066Saved\u2069 \u2066Sent\u2069</p>", "ur")
    assert with_language(once, "ur") == once
    assert once.count(SAID) == 2


@pytest.mark.parametrize(
    "part",
    [
        "<title>\u2066Saved\u2069</title>",
        '<input placeholder="\u2066Saved\u2069">',
        "<textarea>\u2066Saved\u2069</textarea>",
        "<option>\u2066Saved\u2069</option>",
        "<script>say('\u2066Saved\u2069')</script>",
        "<svg><text>\u2066Saved\u2069</text></svg>",
        "<!-- \u2066Saved\u2069 -->",
        "<td>\u2066\u22121\u00a0200,5\u2069</td>",
        "<p>\u2068Amina\u2069</p>",
    ],
)
def test_what_can_hold_no_elements_and_what_is_no_sentence_stays(part):
    assert with_language(part, "ur") == part


def test_names_stay_isolated_in_a_sentence_of_the_interface():
    said = str(sentences("ur")("Welcome, {name}").format(name="آمنہ"))
    assert with_language(said, "ur") == f"{SAID}\u2066Welcome, \u2068آمنہ\u2069\u2069</span>"
