"""When two words are the same word: across case, width, vowel signs and articles, in any script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import regex

__all__ = ["normal", "stopped"]

# Vowel signs and cantillation of Hebrew and Arabic, and the stroke that stretches Arabic letters: a word is the same
# word with and without. The vowels of Indic scripts are signs too, but there they make another word.
_POINTS = regex.compile(
    r"[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0640]"
)
_INVISIBLE = regex.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_EDGES = regex.compile(r"^[^\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]+$")
_BLANKS = regex.compile(r"[\s_]+")
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه"})
_ARTICLE = regex.compile(r"^ال(?=\p{Script=Arabic}{3})")


@lru_cache(maxsize=20_000)
def normal(word: str) -> str:
    """Return the form under which a word is counted. A word of signs alone, such as an emoji, is counted as it is.

    Accents stay: in most languages that write them they make another word. What is one word after all, facilitators
    put together.
    """
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
    text = _BLANKS.sub(" ", _POINTS.sub("", _INVISIBLE.sub("", text)).translate(_ARABIC)).strip()
    bare = _EDGES.sub("", text)
    return (_ARTICLE.sub("", bare) or text)[:80]


def stopped(word: str, stop_words: Iterable[str]) -> bool:
    """Whether a word, in its normal form, is one of those that say nothing alone: “the”, “من”."""
    return word in _normals(tuple(stop_words))


@lru_cache(maxsize=16)
def _normals(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(normal(word) for word in words)
