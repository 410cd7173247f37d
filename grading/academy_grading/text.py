"""Escapes participants' text so that Markdown and HTML show exactly these characters."""

from __future__ import annotations

import re

import regex

__all__ = ["mark", "plainly", "shown", "shown_sentence"]

# Letters, marks, digits and the space mean nothing in Markdown, HTML or LaTeX. Everything else becomes a number.
_MEANS_SOMETHING = regex.compile(r"[^\p{L}\p{M}\p{N} ]")
# Characters that nobody could see, or that turn the reading order of what stands around them.
_UNSEEN = regex.compile(r"[\p{Cc}\p{Cs}\p{Cn}\u202A-\u202E\u2066-\u2069]")
_ISOLATES = regex.compile(r"[\u2066-\u2069]")
_LINE = regex.compile(r"\r\n|[\n\r\u2028\u2029]")


def shown(text: str) -> str:
    """Return `text` as HTML that a Markdown renderer leaves alone and a reader sees character for character.

    Line ends become `<br>`; controls (NUL, right-to-left overrides …) become a visible `<mark>U+202E</mark>`. There
    is no line end in the result, so that it can stand inside a block of HTML.
    """
    return "<br>".join(_MEANS_SOMETHING.sub(_coded, line) for line in _LINE.split(text))


def shown_sentence(text: str) -> str:
    """Return a sentence of the kit or the course as `shown` does, without the isolates that it sets around numbers
    and names in right-to-left text: they are no participant's, and nobody needs to see them."""
    return shown(_ISOLATES.sub("", text))


def plainly(text: str) -> str:
    """Return `text` as `shown` does, but without any element: for words in a drawing."""
    return re.sub("<br>", " ", re.sub("</?mark>", "", shown(text)))


def mark(character: str) -> str:
    """Return a visible name for a character that can't be seen."""
    return f"<mark>U&#43;{ord(character):04X}</mark>"


def _coded(match: regex.Match[str]) -> str:
    character = match[0]
    if character != "\t" and _UNSEEN.match(character):
        return mark(character)
    return f"&#{ord(character)};"
