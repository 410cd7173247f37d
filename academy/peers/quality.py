"""Advice before a review is sent. Only personal data must be confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import regex

from academy.course.writing import personal_data, plain, uses
from academy.i18n import N_
from academy.words import count_words

__all__ = ["Help", "copied", "questions", "quotes"]

SHORT = 8
"""Fewer words than this seldom help anybody."""
QUOTE = 3
"""So many words in a row, the same as in the work, are a quotation."""
ALIKE = 0.6
"""From this share of common word triples on a review looks like another one."""
_WORD = regex.compile(r"[\p{L}\p{N}]+")

TOO_SHORT = N_("Could you say a little more, so that the author knows what you mean?")
NO_QUOTE = N_("Which words of the work do you mean? A short quotation shows that you have read it closely.")
COPIED = N_("This is much like another review of yours. What is special about this work?")
HARSH = N_("How would you like to read this about your own work? Could it be said so that it helps?")
PERSONAL = N_(
    "There seems to be a telephone number, an e-mail address or an identity number here. Please take it out, or "
    "confirm below that it may be shared."
)


@dataclass(frozen=True)
class Help:
    """A question to the reviewer, and the fields it is about. `confirm` says that it must be answered."""

    id: str
    text: str
    fields: tuple[str, ...]
    confirm: bool = False


def questions(
    review: Mapping[str, object],
    texts: Sequence[str],
    quoting: Iterable[str],
    work: str,
    others: Iterable[Mapping[str, object]],
    harsh: Iterable[str],
) -> list[Help]:
    """Return what to ask about a review (`texts` are its fields with text), the gravest first."""
    said = {name: str(review[name]) for name in texts if review.get(name)}
    found = [
        Help("personal", PERSONAL, _where(said, personal_data), confirm=True),
        Help("harsh", HARSH, _where(said, lambda text: uses(text, harsh))),
        Help("short", TOO_SHORT, _where(said, lambda text: count_words(text) < SHORT)),
    ]
    wanted = [name for name in quoting if name in said]
    if wanted and work and not any(quotes(said[name], work) for name in wanted):
        found.append(Help("quote", NO_QUOTE, tuple(wanted)))
    joined = " ".join(said.values())
    if any(copied(joined, " ".join(str(other.get(name) or "") for name in texts)) for other in others):
        found.append(Help("copied", COPIED, tuple(said)))
    return [each for each in found if each.fields]


def quotes(text: str, work: str) -> bool:
    """Whether a text repeats some words in a row of the work."""
    there = _runs(work, QUOTE)
    return bool(there & _runs(text, QUOTE))


def copied(text: str, other: str) -> bool:
    """Whether two texts share most of the word triples of the shorter one (the overlap coefficient)."""
    mine, theirs = _runs(text, 3), _runs(other, 3)
    smaller = min(len(mine), len(theirs))
    return smaller >= SHORT and len(mine & theirs) / smaller >= ALIKE


def _where(said: Mapping[str, str], strange: Any) -> tuple[str, ...]:
    return tuple(name for name, text in said.items() if strange(text))


def _runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = _WORD.findall(plain(text))
    return {tuple(words[place : place + length]) for place in range(len(words) - length + 1)}
