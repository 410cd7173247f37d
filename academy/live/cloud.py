"""Normalizes words for counting: case, width, vowel signs and articles, in any script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import regex

from academy.words import INVISIBLE

__all__ = ["normal", "stopped"]

# Vowel signs and cantillation of Hebrew and Arabic, and the stroke that stretches Arabic letters: a word is the same
# word with and without. The vowels of Indic scripts are signs too, but there they make another word.
_POINTS = regex.compile(
    r"[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0640]"
)
_EDGES = regex.compile(r"^[^\p{L}\p{M}\p{N}]+|(?<=[\p{L}\p{M}\p{N}])[^\p{L}\p{M}\p{N}]++$")
_BLANKS = regex.compile(r"[\s_]+")
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه"})
_ARTICLE = regex.compile(r"^ال(?=\p{Script=Arabic}{3})")
# Marks that keyboards curl or do not, and the hyphens that look alike.
_MARKS = str.maketrans(dict.fromkeys("‘’‛ʼʹ′`´", "'") | dict.fromkeys("‐‑‒–−", "-"))
# A sign may be asked for as a picture or as a letter of print; it is one sign. What is a picture only when asked is
# counted as asked.
_SIGNS = regex.compile(
    r"[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u200d\ufe0e\ufe0f\u20e3\U000e0020-\U000e007f]+"
)
_CHOOSERS = regex.compile(r"[\ufe0e\ufe0f]")
_PRINTED = regex.compile(r"(?:(?!\p{Emoji_Presentation})\p{Extended_Pictographic})(?!\p{Emoji_Modifier})")
_DOTLESS = frozenset({"tr", "az", "crh", "tt"})
"""Languages in which I and i are two letters, each with its own capital."""
_OF_THEIRS = regex.compile("[ıİğĞ]")
LONGEST, TURNS = 80, 5


@lru_cache(maxsize=20_000)
def normal(word: str, language: str = "") -> str:
    """Return the form under which a word is counted; what shows anything has one that is not empty.

    A word of signs alone, such as an emoji, is counted as it is. Accents stay: in most languages that write them they
    make another word. What is one word after all, facilitators put together. `language` is the course's: in Turkish
    and its sisters the capital of ı is I, that of i is İ. A word that has such letters is read so in any course.
    """
    for _ in range(TURNS):  # what one step takes away may lay open what an earlier one is for
        before, word = word, _turned(word, language)
        if word == before:
            break
    return word


def _turned(word: str, language: str) -> str:
    text = regex.sub(r"\s+", " ", unicodedata.normalize("NFC", word)).strip()
    signs = text.replace(" ", "")
    if _SIGNS.fullmatch(signs) and (bare := _CHOOSERS.sub("", signs)):
        return _PRINTED.sub("\\g<0>\ufe0f", bare)[:LONGEST]
    dotless = language.partition("-")[0] in _DOTLESS or bool(_OF_THEIRS.search(text))
    text = unicodedata.normalize("NFKC", text).translate(_MARKS)
    text = text.replace("I", "ı") if dotless else text
    text = unicodedata.normalize("NFKC", text.replace("İ", "i").casefold())
    for step in (_without_invisible, _without_points, _without_edges):
        text = step(text) or text
    return text[:LONGEST].strip() or text


def _without_invisible(text: str) -> str:
    return INVISIBLE.sub("", text)


def _without_points(text: str) -> str:
    return _BLANKS.sub(" ", _POINTS.sub("", text).translate(_ARABIC)).strip()


def _without_edges(text: str) -> str:
    return _ARTICLE.sub("", _EDGES.sub("", text))


def stopped(word: str, stop_words: Iterable[str], language: str = "") -> bool:
    """Whether a word, in its normal form, is one of those that say nothing alone: “the”, “من”."""
    return word in _normals(tuple(stop_words), language)


@lru_cache(maxsize=16)
def _normals(words: tuple[str, ...], language: str) -> frozenset[str]:
    return frozenset(normal(word, language) for word in words)
