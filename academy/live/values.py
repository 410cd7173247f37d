"""What an answer may be: each kind's value, checked and brought into one form before it is kept.

    choice      "option"                       multi, quiz   ["option", …] in the order of the options
    scale       3                              ranking       ["first", "second", …], every option once
    text        ["what they wrote"]            words         ["word", …]
    place       {"option": [x, y], …}          cards         {"column": "text", …}
    questions   {"asked": {"id": "text"}, "for": ["id", …]}

A grid without options has one thing to place, called `here`. What people send to `questions` is one step of it:
{"ask": "text"}, {"for": "id"} or {"unfor": "id"}.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import regex

from academy.course.webinar import GRID, LiveActivity
from academy.errors import StoreError
from academy.i18n import N_
from academy.words import count_characters, count_words, shows

__all__ = ["HERE", "LONGEST_TEXT", "LONGEST_WORD", "canonical", "clean"]

HERE = "here"
LONGEST_TEXT, LONGEST_WORD = 600, 40
SIGNS = 4
"""A character that a person sees is made of so many code points on average at most."""
MOST_WORDS, WORDS_A_PERSON = 80, 3

CHOOSE = N_("Please choose one of the answers, then send again.")
HOW_MANY = N_("Please look again at how many you may choose, then send again.")
RANK = N_("Please give every line a place of its own, then send again.")
PLACE = N_("Please choose a place on both lines, then send again.")
EMPTY = N_("There is nothing written yet. Please write something, then send again.")
LONG = N_("This is too long. Please shorten it, then send again.")
STRANGE = N_("This answer does not belong to the question. Please open the page again.")

# Marks that turn the direction of everything after them have no place in a line that stands among others.
_TURNING = regex.compile(r"[\u202a-\u202e\u2066-\u2069]")
_BLANKS = regex.compile(r"[^\S\n]+")


def canonical(activity: LiveActivity, given: Any) -> Any:
    """Return an answer in the form in which it is kept. Raises StoreError with what to do."""
    return _READERS[activity.kind](activity, given)


def clean(given: Any, lines: bool = True) -> str:
    """Return what a person wrote without control characters and needless blanks, on one line or on several.

    Where nothing of it would be seen that is nothing.
    """
    if not isinstance(given, str):
        raise StoreError(STRANGE)
    if len(given) > SIGNS * LONGEST_TEXT:
        raise StoreError(LONG)
    text = given.encode("utf-8", "replace").decode("utf-8")
    text = _TURNING.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n")))
    kept = "".join(c if c == "\n" or unicodedata.category(c) != "Cc" else " " for c in text)
    if not lines:
        kept = kept.replace("\n", " ")
    tidied = regex.sub(
        r"\n{3,}", "\n\n", "\n".join(_BLANKS.sub(" ", line).strip() for line in kept.split("\n"))
    ).strip()
    return tidied if shows(tidied) else ""


def _written(activity: LiveActivity, given: Any) -> str:
    text = clean(given)
    most = activity.words.most if activity.words else MOST_WORDS
    if count_characters(text) > LONGEST_TEXT or count_words(text) > most:
        raise StoreError(LONG)
    return text


def _choice(activity: LiveActivity, given: Any) -> Any:
    chosen = given[0] if isinstance(given, list) and len(given) == 1 else given
    if not isinstance(chosen, str) or chosen not in activity.option_ids:
        raise StoreError(CHOOSE)
    return chosen


def _several(activity: LiveActivity, given: Any) -> Any:
    chosen = given if isinstance(given, list) else [given]
    if any(not isinstance(item, str) or item not in activity.option_ids for item in chosen):
        raise StoreError(CHOOSE)
    kept = [option for option in activity.option_ids if option in chosen]
    least, most = activity.chooses
    if not least <= len(kept) <= most:
        raise StoreError(HOW_MANY)
    return kept


def _scale(activity: LiveActivity, given: Any) -> Any:
    step = int(given) if isinstance(given, str) and given.isascii() and given.isdecimal() else given
    if isinstance(step, bool) or not isinstance(step, int) or step not in activity.scale.steps:
        raise StoreError(CHOOSE)
    return step


def _ranking(activity: LiveActivity, given: Any) -> Any:
    if not isinstance(given, list) or any(not isinstance(item, str) for item in given):
        raise StoreError(RANK)
    if sorted(given) != sorted(activity.option_ids):
        raise StoreError(RANK)
    return given


def _text(activity: LiveActivity, given: Any) -> Any:
    text = _written(activity, given[0] if isinstance(given, list) and len(given) == 1 else given)
    if not text:
        raise StoreError(EMPTY)
    return [text]


def _words(activity: LiveActivity, given: Any) -> Any:
    most = activity.words.most if activity.words else WORDS_A_PERSON
    if not isinstance(given, list) or len(given) > 2 * most:
        raise StoreError(STRANGE)
    words = [word for word in (clean(item, lines=False) for item in given) if word]
    if not words:
        raise StoreError(EMPTY)
    long = [word for word in words if max(count_characters(word), len(word) / SIGNS) > LONGEST_WORD]
    if len(words) > most or long:
        raise StoreError(LONG)
    return words


def _place(activity: LiveActivity, given: Any) -> Any:
    things = activity.option_ids or [HERE]
    if not isinstance(given, dict) or not set(given) <= set(things):
        raise StoreError(PLACE)
    places = {}
    for thing in things:
        place = given.get(thing)
        if not isinstance(place, list) or len(place) != 2:
            raise StoreError(PLACE)
        if any(isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= GRID for n in place):
            raise StoreError(PLACE)
        places[thing] = place
    return places


def _cards(activity: LiveActivity, given: Any) -> Any:
    columns = [column.id for column in activity.columns]
    if not isinstance(given, dict) or not set(given) <= set(columns):
        raise StoreError(STRANGE)
    cards = {column: _written(activity, given[column]) for column in columns if column in given}
    kept = {column: text for column, text in cards.items() if text}
    if not kept:
        raise StoreError(EMPTY)
    return kept


def _question(activity: LiveActivity, given: Any) -> Any:
    if isinstance(given, dict) and len(given) == 1:
        ((step, value),) = given.items()
        if step == "ask":
            text = _written(activity, value)
            if not text:
                raise StoreError(EMPTY)
            return {"ask": text}
        if step in ("for", "unfor") and isinstance(value, str) and 0 < len(value) <= 40:
            return {step: value}
    raise StoreError(STRANGE)


_READERS: dict[str, Callable[[LiveActivity, Any], Any]] = {
    "choice": _choice,
    "multi": _several,
    "quiz": _several,
    "scale": _scale,
    "ranking": _ranking,
    "text": _text,
    "words": _words,
    "place": _place,
    "cards": _cards,
    "questions": _question,
}
