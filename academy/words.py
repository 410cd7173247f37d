"""Words in any script: how many there are, and whether a text shows anything at all."""

from __future__ import annotations

from functools import cache

import regex

__all__ = ["INVISIBLE", "count_words", "seen", "shows"]

# Scripts written without spaces between words, and the sound marks that Japanese shares between two of them.
UNSPACED = (
    r"\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}"
    r"\p{Script=Myanmar}\u30fc\uff70\uff9e\uff9f"
)


INVISIBLE = regex.compile(r"[\p{Default_Ignorable_Code_Point}\p{Cc}\u2800\ufff9-\ufffb--\s]", regex.V1)
"""Characters that show nothing by themselves (Unicode's default-ignorable ones among them) and are no blanks.

The page knows them by the same rule (`form/words.js`, `tests/data/blank.json`).
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
