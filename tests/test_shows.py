"""What shows nothing is no name and no answer; what joins letters stays where it joins them."""

import json
from pathlib import Path

import pytest

from academy.course.answers import blank
from academy.people.names import clean_name
from academy.words import seen, shows

CASES = json.loads((Path(__file__).parent / "data" / "blank.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case["text"]))
def test_what_shows_nothing_is_no_answer(case):
    assert shows(case["text"]) is case["shows"]
    assert blank(case["text"]) is not case["shows"]
    if not case["shows"]:
        assert clean_name(case["text"]) == ""
        assert seen(case["text"]).strip() == ""


@pytest.mark.parametrize(
    "text",
    [
        "علی\u200cرضا",
        "क्\u200dष",
        "❤️\u200d🔥",
        "葛\U000e0100城",
        "അവന്\u200d",
        "🏴\U000e0067\U000e0062\U000e007f",
        "ক্\u200d",
    ],
    ids=ascii,
)
def test_joiners_and_choosers_stay_within_words(text):
    assert seen(text) == text
    assert seen(f"\u200b{text}\ufeff \u200d\u200d") == f"{text} "


def test_names_keep_their_joiners_and_lose_what_shows_nothing():
    assert clean_name("علی\u200cرضا") == "علی\u200cرضا"
    assert clean_name("\u200cA\u200bna\u3164\u2800 \u202eB") == "Ana B"
