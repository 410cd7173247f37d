"""Counts words and characters in any script, and tells whether a text shows anything."""

from __future__ import annotations

from functools import cache

import regex

__all__ = ["INVISIBLE", "count_characters", "count_words", "seen", "shows"]

# Scripts written without spaces between words, and the sound marks that Japanese shares between two of them.
UNSPACED = (
    r"\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}"
    r"\p{Script=Myanmar}\u30fc\uff70\uff9e\uff9f"
)


INVISIBLE = regex.compile(r"[\p{Default_Ignorable_Code_Point}\p{Cc}\u2800\ufff9-\ufffb--\s]", regex.V1)
"""Characters that show nothing by themselves (Unicode's default-ignorable ones among them) and are no blanks.

The page knows them by the same rule (`form/values/words.js`, `tests/data/blank.json`).
"""
_JOINERS = "\u200c\u200d"
_CHOOSERS = regex.compile(r"[\p{Variation_Selector}\U000e0020-\U000e007f]")
_VIRAMA = regex.compile(r"\p{Canonical_Combining_Class=Virama}")


def shows(text: str) -> bool:
    """Whether a text shows anything: what has only blanks and invisible characters is no name and no answer."""
    return any(not (char.isspace() or INVISIBLE.match(char)) for char in text)


def seen(text: str) -> str:
    """Return a text without what shows nothing.

    Joiners stay within words and after a virama, and what chooses a form stays behind the sign whose form it is: names
    and words are written with them.
    """
    kept: list[str] = []
    for place, char in enumerate(text):
        if not INVISIBLE.match(char) or _belongs(
            char, kept[-1] if kept else " ", text[place + 1 : place + 2]
        ):
            kept.append(char)
    return "".join(kept)


def _belongs(char: str, before: str, after: str) -> bool:
    """Whether an invisible character does something where it stands."""
    if before.isspace() or before in _JOINERS:
        return False
    if char in _JOINERS:
        joins = bool(after) and not after.isspace() and not INVISIBLE.match(after)
        return joins or bool(_VIRAMA.match(before))
    return bool(_CHOOSERS.match(char))


@cache
def _patterns() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    start = rf"[[\p{{L}}\p{{N}}]--[{UNSPACED}]]"
    # A point or comma belongs to a number only between digits; a soft hyphen or a joiner never ends a word.
    number = rf"[\p{{N}}--[{UNSPACED}]][.,\u066b\u066c](?=\p{{N}})"
    piece = rf"(?:{number}|[[\p{{L}}\p{{M}}\p{{N}}\u00ad\u200c\u200d]--[{UNSPACED}]])+"
    word = rf"(?={start}){piece}(?:['’ʼ\-‑](?={start}){piece})*"
    return (
        regex.compile(rf"(?P<run>[{UNSPACED}][{UNSPACED}\p{{M}}]*)|{word}", regex.V1),
        regex.compile(rf"[[{UNSPACED}]&&[\p{{L}}\p{{N}}]]", regex.V1),
    )


# What a person sees as one character: a letter with its marks, a picture with its colour or the one that is joined to
# it, a flag, a syllable of Korean, consonants of India that a virama joins. Extended grapheme clusters of UAX #29,
# said so that the oldest browser of the form can say it too.
_EXTEND = r"\p{M}\u0e33\u0eb3\u200c\u200d\uff9e\uff9f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
_CONSONANT = (
    r"\u0915-\u0939\u0958-\u095f\u0978-\u097f\u0995-\u09b9\u09dc\u09dd\u09df\u09f0\u09f1\u0a95-\u0ab9\u0af9"
    r"\u0b15-\u0b39\u0b5c\u0b5d\u0b5f\u0b71\u0c15-\u0c39\u0c58-\u0c5a\u0d15-\u0d3a"
)
_LINKS = r"\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d"


@cache
def _character() -> regex.Pattern[str]:
    vowels = r"[\u1160-\u11a7\ud7b0-\ud7c6]*[\u11a8-\u11ff\ud7cb-\ud7fb]*"
    return regex.compile(
        r"\r\n|[\r\n]"
        r"|\p{Regional_Indicator}{2}"
        rf"|(?:[\u1100-\u115f\ua960-\ua97c]+[\uac00-\ud7a3]?|[\uac00-\ud7a3]){vowels}[{_EXTEND}]*"
        rf"|\p{{Extended_Pictographic}}(?:[{_EXTEND}]*\u200d\p{{Extended_Pictographic}})*[{_EXTEND}]*"
        rf"|[{_CONSONANT}](?:\p{{M}}?[{_LINKS}]\u200d?[{_CONSONANT}])*[{_EXTEND}]*"
        rf"|.[{_EXTEND}]*",
        regex.V1 | regex.DOTALL,
    )


def count_characters(text: str) -> int:
    """Return the number of characters that a person sees in `text`, without blanks around it.

    An emoji of several code points, a letter with its marks and a line break count as one. The form counts by the same
    rule (`tests/data/character_counts.json`).
    """
    return sum(1 for _ in _character().finditer(text.strip()))


def count_words(text: str) -> int:
    """Return the number of words in `text`.

    A word is a run of letters, marks and digits; apostrophes and hyphens inside it and points or commas between
    digits join it. In scripts written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) two letters
    count as a word, rounded up for each run. The form counts by the same rule (`tests/data/word_counts.json`).
    """
    tokens, letters = _patterns()
    total = 0
    for match in tokens.finditer(text):
        run = match["run"]
        total += 1 if run is None else -(-len(letters.findall(run)) // 2)
    return total
