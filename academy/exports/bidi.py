"""Bidirectional text on paper: direction of each line, isolated marks, long words broken."""

from __future__ import annotations

import unicodedata

import regex

__all__ = ["breakable", "isolated", "reads", "reads_as"]

LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
ZERO_WIDTH_SPACE = "\u200b"

# What turns letters round until it is closed, and the isolate that does the same inside its own text alone.
_OPENS = {"\u202a": LRI, "\u202b": RLI, "\u202d": LRI, "\u202e": RLI, LRI: LRI, RLI: RLI, FSI: FSI}
_CLOSES = frozenset({"\u202c", PDI})
_TURNS = regex.compile("[\u202a-\u202e\u2066-\u2069]")
# The typesetter knows where these may be broken.
_KNOWN = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"


def reads(text: str, otherwise: str = "ltr") -> str:
    """Return `ltr` or `rtl` by the first letter that has a direction (UAX #9, P2), `otherwise` if there is none."""
    depth = 0
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        if kind in ("LRI", "RLI", "FSI"):
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif not depth and kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return otherwise


def reads_as(text: str, language_way: str) -> str:
    """Return which way words of the course are read: as its language, if they have any letter of it ("P1 السياق")."""
    wanted = ("L",) if language_way == "ltr" else ("R", "AL")
    own = any(unicodedata.bidirectional(sign) in wanted for sign in text)
    return language_way if own else reads(text, language_way)


def isolated(text: str) -> str:
    """Return a text in which nothing turns letters outside of its own line, or against their own way.

    Embeddings and overrides become isolates, and each is closed where its line ends; what closes nothing goes.
    """
    if not _TURNS.search(text):
        return text
    return "\n".join(_balanced(line) for line in text.split("\n"))


def _balanced(line: str) -> str:
    made, depth = [], 0
    for sign in line:
        if sign in _OPENS:
            made.append(_OPENS[sign])
            depth += 1
        elif sign not in _CLOSES:
            made.append(sign)
        elif depth:
            made.append(PDI)
            depth -= 1
    return "".join(made) + PDI * depth


def breakable(text: str, most: int) -> str:
    """Return a text whose words of more than so many letters may be broken anywhere, as a browser does."""
    long = regex.compile(rf"[^\s{_KNOWN}]{{{most + 1},}}")
    return long.sub(lambda word: ZERO_WIDTH_SPACE.join(regex.findall(r"\X", word[0])), text)
