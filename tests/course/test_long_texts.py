"""Whatever people write is looked at once, not once for each of its letters."""

import time

import pytest

from academy.course.writing import leftover, personal_data, uses
from academy.live.cloud import normal
from academy.live.prose import prose_html
from academy_widgets.forms.offline_form import _plain

LONG = 20_000
TEXTS = [
    "a" * LONG + "@",
    "a." * LONG + "@x",
    "a@" * LONG,
    "a@" + "b." * LONG + "@",
    "1" * LONG + "@",
    "A1" * LONG,
    "1-" * LONG,
    "(1 " * LONG,
    "a'" * LONG + "@",
    "**a " * LONG,
    "*a " * LONG,
    "* a" * LONG,
    "a" + "!" * LONG + "a" + "!" * LONG + "a",
    "\n " * LONG + "a",
    "a" * LONG + "b",
]
LOOKS = {
    "personal data": personal_data,
    "words with stars": lambda text: uses(text, ["negotiat*", "*a*a*a*c", "two words"]),
    "words left over": lambda text: leftover(text, ["a*b*c*d", "*x"]),
    "a word": normal,
    "prose": prose_html,
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("text", TEXTS, ids=lambda text: repr(text[:4]))
def test_a_long_text_is_looked_at_once(look, text):
    began = time.process_time()
    LOOKS[look](text)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("write to nia.okoth+kit@docks.example.org", True),
        ("nia@ex.org", True),
        ("(nia@例え.jp)", True),
        ("@nia on the notice board.", False),
        ("nia@home", False),
        ("a @ b.org", False),
        ("two@@signs.org", False),
    ],
)
def test_addresses_are_still_seen(text, found):
    assert personal_data(text) is found


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("negotiat*", "They negotiated.", True),
        ("*union*", "subunions", True),
        ("un*n*s", "unions", True),
        ("un*n*s", "union", False),
        ("*a*b", "xaxbb", True),
        ("a*a", "a", False),
        ("a*a", "aa", True),
        ("*", "anything", True),
    ],
)
def test_stars_stand_for_anything(word, text, found):
    assert uses(text, [word]) is found


def test_bold_and_italics_are_still_seen():
    assert (
        prose_html("**a *b* c** and *d*")
        == '<p dir="auto"><strong>a <em>b</em> c</strong> and <em>d</em></p>'
    )
    assert prose_html("2 * 3 ** 4 * 5") == '<p dir="auto">2 * 3 ** 4 * 5</p>'
    assert _plain("**a** *b*") == "a b"
