"""Display names: clean, short, unique."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from academy.words import seen

__all__ = ["LONGEST", "clean_name", "clean_text", "display_name_of", "name_key", "numbered", "without_number"]

LONGEST = 60
_JOINERS = "\u200c\u200d"  # they change how Persian and Indic names are written
_NO_INITIALS = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA")  # one sign can be the whole family name
_NUMBER = re.compile(r" \(\d+\)$")


def clean_text(text: str, longest: int) -> str:
    """Return `text` in NFC on one line, without control, direction and invisible characters, cut short."""
    kept = []
    for char in seen(unicodedata.normalize("NFC", text)):
        category = unicodedata.category(char)
        if char.isspace() or category in ("Zl", "Zp"):
            kept.append(" ")
        elif char in _JOINERS or not category.startswith("C"):
            kept.append(char)
    clean = " ".join("".join(kept).split()).strip(_JOINERS + " ")
    return _cut(unicodedata.normalize("NFC", clean), longest)


def clean_name(text: str) -> str:
    """Return a display name of at most 60 characters, or "" if nothing is left that reads as a name."""
    name = clean_text(text, LONGEST)
    return name if any(unicodedata.category(char)[0] in "LN" for char in name) else ""


def display_name_of(first: str, last: str = "", full: str = "") -> str:
    """Return what other participants see of a name: the first name and the initial of the last.

    A name in one piece is split at its first and last word. Scripts in which one sign can be a whole
    family name get no initial.
    """
    words = clean_text(full, 200).split()
    if words:
        first, last = words[0], words[-1] if len(words) > 1 else ""
    first, last = clean_name(first), clean_text(last, 200)
    initial = _first_letter(last)
    if not first:
        return clean_name(last)
    if not initial:
        return first
    return f"{_cut(first, LONGEST - len(initial) - 2)} {initial}."


def name_key(name: str) -> str:
    """Return a key under which names that look the same are the same."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def numbered(name: str, taken: Collection[str]) -> str:
    """Return `name`, with the lowest free number if its key is taken: `Maria S. (2)`."""
    if name_key(name) not in taken:
        return name
    number = 2
    while True:
        suffix = f" ({number})"
        candidate = _cut(name, LONGEST - len(suffix)) + suffix
        if name_key(candidate) not in taken:
            return candidate
        number += 1


def without_number(name: str) -> str:
    """Return a display name without the number that tells it from its namesakes."""
    return _NUMBER.sub("", name)


def _first_letter(text: str) -> str:
    """The first letter with its marks, as a capital; empty where an initial would say too much."""
    for position, char in enumerate(text):
        if char.isalpha():
            if unicodedata.name(char, "").startswith(_NO_INITIALS):
                return ""
            end = position + 1
            while end < len(text) and end - position < 4 and unicodedata.category(text[end]).startswith("M"):
                end += 1
            capital = char.upper()
            return (capital if len(capital) == 1 else char) + text[position + 1 : end]
    return ""


def _cut(text: str, longest: int) -> str:
    """Cut without parting a letter from its marks."""
    if len(text) <= longest:
        return text
    end = longest
    while end > 0 and (unicodedata.category(text[end]).startswith("M") or text[end] in _JOINERS):
        end -= 1
    return text[: end or longest].strip(_JOINERS + " ")
