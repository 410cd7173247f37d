"""The sentences that the front end says, in the person's language."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from academy.i18n import translator

__all__ = [
    "desk_texts",
    "form_texts",
    "grade_texts",
    "offline_texts",
    "page_texts",
    "paper_texts",
    "play_texts",
    "present_texts",
]

_SCRIPTS = Path(__file__).with_name("js")


@cache
def form_texts(language: str) -> dict[str, str]:
    """Return the form's sentences by key."""
    return _texts("form", language)


@cache
def page_texts(language: str) -> dict[str, str]:
    """Return the page's sentences by key."""
    return _texts("page", language)


@cache
def offline_texts(language: str) -> dict[str, str]:
    """Return what the form says otherwise, or besides, where it is a file."""
    return _texts("form/offline", language)


@cache
def paper_texts(language: str) -> dict[str, str]:
    """Return what stands only on paper."""
    return _texts("form/paper", language)


@cache
def play_texts(language: str) -> dict[str, str]:
    """Return the sentences of the player of sample units by key."""
    return _texts("play", language)


@cache
def desk_texts(language: str) -> dict[str, str]:
    """Return the sentences of the facilitators' desk by key."""
    return _texts("desk", language)


@cache
def grade_texts(language: str) -> dict[str, str]:
    """Return the sentences of the page to grade on by key."""
    return _texts("grade", language)


@cache
def present_texts(language: str) -> dict[str, str]:
    """Return the sentences of the presenter's page by key."""
    return _texts("present", language)


def _texts(part: str, language: str) -> dict[str, str]:
    english: dict[str, str] = json.loads((_SCRIPTS / part / "texts.json").read_text("utf-8"))
    say = translator(language)
    return {key: say(sentence) for key, sentence in english.items()}
