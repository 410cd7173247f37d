"""Whether the answer begins with what is true."""

from __future__ import annotations

from typing import Any

import regex

from academy.course import check
from academy.course.writing import plain

Answers = dict[str, Any]

SAME = 0.6
"""From this share of a sentence's longer words on, the answer begins by saying the claim again."""
LONG = 4


@check(
    "truth-first",
    points=1,
    title="The answer begins with what is true",
    hint="Your answer begins by saying the claim again: what is true, in one sentence, to put there instead?",
    fields=["reply"],
)
def truth_first(answers: Answers) -> bool:
    """The first sentence of the answer does not repeat most of the claim, unless the claim is true."""
    if not (answers["claim"] and answers["reply"]):
        return False
    first = _long_words(regex.split(r"[.!?؟。]", answers["reply"].strip())[0])
    again = _long_words(answers["claim"])
    return answers["verdict"] == "true" or not first or len(first & again) / len(first) < SAME


def _long_words(text: str) -> set[str]:
    return {word for word in regex.findall(r"[\p{L}\p{N}]+", plain(text)) if len(word) >= LONG}
