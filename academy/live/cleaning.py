"""Cleans values that people send, and has the sentences for those that are refused."""

from __future__ import annotations

import unicodedata

import regex

from academy.course.webinar import LiveActivity
from academy.errors import StoreError
from academy.i18n import N_
from academy.words import count_characters, count_words, shows

__all__ = [
    "CHOOSE",
    "EMPTY",
    "HERE",
    "HOW_MANY",
    "LONG",
    "LONGEST_TEXT",
    "LONGEST_WORD",
    "PLACE",
    "RANK",
    "SHARE",
    "SIGNS",
    "STRANGE",
    "WORDS_A_PERSON",
    "clean",
    "first",
    "number",
    "written",
]

HERE = "here"
"""The one thing to place on a grid without options."""
LONGEST_TEXT, LONGEST_WORD = 600, 40
SIGNS = 4
"""A character that a person sees is made of so many code points on average at most."""
MOST_WORDS, WORDS_A_PERSON = 80, 3

CHOOSE = N_("Please choose one of the answers, then send again.")
HOW_MANY = N_("Please look again at how many you may choose, then send again.")
RANK = N_("Please give every line a place of its own, then send again.")
PLACE = N_("Please choose a place on both lines, then send again.")
SHARE = N_("Please share out all the points, then send again.")
EMPTY = N_("There is nothing written yet. Please write something, then send again.")
LONG = N_("This is too long. Please shorten it, then send again.")
STRANGE = N_("This answer does not belong to the question. Please open the page again.")

# Marks that turn the direction of everything after them have no place in a line that stands among others.
_TURNING = regex.compile(r"[\u202a-\u202e\u2066-\u2069]")
_BLANKS = regex.compile(r"[^\S\n]+")


def clean(given: object, lines: bool = True) -> str:
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


def written(activity: LiveActivity, given: object) -> str:
    """Return one text that somebody wrote, which may be empty. Raises StoreError if it is too long."""
    text = clean(given)
    most = activity.words.most if activity.words else MOST_WORDS
    if count_characters(text) > LONGEST_TEXT or count_words(text) > most:
        raise StoreError(LONG)
    return text


def first(values: list[str]) -> str | None:
    """Return the first value of a form's field, None if it has none."""
    return values[0] if values else None


def number(text: str) -> int | None:
    """Return the whole number of a form's field, None if it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else None
