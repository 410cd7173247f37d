"""Counting words in any script."""

from __future__ import annotations

from functools import cache

import regex

__all__ = ["count_words"]

# Scripts written without spaces between words, and the sound marks that Japanese shares between two of them.
UNSPACED = (
    r"\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}"
    r"\p{Script=Myanmar}\u30fc\uff70\uff9e\uff9f"
)


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
