"""Text analysis for checks, in any language: word lists, and whether a text looks like personal data."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

import regex

__all__ = ["leftover", "personal_data", "plain", "uses"]

_WORD = regex.compile(r"[\p{L}\p{N}]+(?:['’ʼ\-‑][\p{L}\p{N}]+)*")
# In Arabic "and", then "with", "like", "for" or the mark of the future, then "the" are written onto the word.
_ARABIC_PREFIXES = (("و", "ف"), ("ب", "ل", "ك", "س"), ("ال", "ل"))

# Looked for from its sign on: a pattern that began with the letters before it would begin anew at each of them.
_EMAIL = regex.compile(r"(?<=[\p{L}\p{N}._%+\-])@[\p{L}\p{N}\-]++(?:\.[\p{L}\p{N}\-]++)+")
_DIGITS = regex.compile(
    r"(?<![\p{L}\p{N}.,/])(?P<plus>\+|00)?\p{Nd}(?:[ \u00a0\u202f().\-/]{0,2}\p{Nd}){5,18}(?![\p{L}\p{N}])"
)
_IDENTITY = regex.compile(r"\b(?=[\p{L}\p{Nd}]*\p{Nd}{5})\p{Lu}{1,4}\p{Nd}[\p{Lu}\p{Nd}]{5,30}\b")
_GROUPED = regex.compile(r"\p{Nd}{1,3}(?:[ \u00a0\u202f.]\p{Nd}{3})+")
_DATE = regex.compile(
    r"\p{Nd}{4}([\-/.])\p{Nd}{1,2}\1\p{Nd}{1,2}|\p{Nd}{1,2}([\-/. ])\p{Nd}{1,2}\2\p{Nd}{4}|\p{Nd}{4} ?[\-/] ?\p{Nd}{4}"
)


def plain(text: str) -> str:
    """Return the text in small letters, without accents, vowel signs and the stretching stroke of Arabic."""
    if text.isascii():  # which has none of them: most words are
        return text.lower()
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = "".join(c for c in letters if unicodedata.category(c) != "Mn" and c != "ـ")
    return kept.replace("ى", "ي").replace("ة", "ه")


def _forms(text: str) -> list[set[str]]:
    """Each word of a text in the forms under which a list may have it."""
    return [_bare(word) for word in _WORD.findall(plain(text))]


def _bare(word: str) -> set[str]:
    forms = {word}
    if word.isascii():
        return forms
    for prefixes in _ARABIC_PREFIXES:
        forms |= {
            f.removeprefix(p) for f in forms for p in prefixes if f.startswith(p) and len(f) > len(p) + 1
        }
    return forms


@cache
def _listed(words: tuple[str, ...]) -> tuple[regex.Pattern[str], list[str]]:
    """One pattern for the single words of a list, and its phrases between blanks."""
    listed = [plain(word) for word in words]
    single = "|".join(_glob(word) for word in listed if " " not in word)
    phrases = [f" {' '.join(_WORD.findall(word))} " for word in listed if " " in word]
    return regex.compile(single or r"(?!)"), phrases


def _glob(word: str) -> str:
    """A pattern in which `*` stands for anything. Each part is taken where it comes first; no other place is tried."""
    first, *others = (regex.escape(part) for part in word.split("*"))
    if not others:
        return first
    *middle, last = others
    return first + "".join(f"(?>.*?{part})" for part in middle if part) + ".*" + last


def uses(text: str, words: Iterable[str]) -> bool:
    """Whether the text uses one of the words. A word may hold `*` (`negotiat*`); several words are a phrase."""
    single, phrases = _listed(tuple(words))
    said = f" {' '.join(_WORD.findall(plain(text)))} "
    return any(phrase in said for phrase in phrases) or any(
        single.fullmatch(form) for forms in _forms(text) for form in forms
    )


def leftover(text: str, words: Iterable[str]) -> int:
    """Return how many words of the text are not in the list."""
    single, _ = _listed(tuple(words))
    return sum(not any(single.fullmatch(form) for form in forms) for forms in _forms(text))


def personal_data(text: str) -> bool:
    """Whether the text holds what looks like an e-mail address, a telephone number or an identity number.

    Years, dates and large numbers do not count. It cannot see names.
    """
    if _EMAIL.search(text) or _IDENTITY.search(text):
        return True
    for match in _DIGITS.finditer(text):
        found = match.group()
        if _GROUPED.fullmatch(found) or _DATE.fullmatch(found):
            continue
        digits = sum(c.isdigit() for c in found)
        if digits >= 9 or (digits >= 7 and (match["plus"] or found.startswith(("0", "٠", "۰")))):
            return True
    return False
