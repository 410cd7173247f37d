"""The interface in the person's language: gettext catalogues and writing direction."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from functools import cache
from pathlib import Path

__all__ = ["DEFAULT_LANGUAGE", "LANGUAGES", "N_", "Translator", "direction", "known", "translator"]

DEFAULT_LANGUAGE = "en"
LANGUAGES = {"en": "English", "ar": "العربية"}
"""Languages with a catalogue, each by its own name."""

Translator = Callable[[str], str]
_LOCALE = Path(__file__).with_name("locale")
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def N_(sentence: str) -> str:  # noqa: N802 - gettext's own name
    """Mark a sentence that is translated later, where the reader is known."""
    return sentence


@cache
def translator(language: str) -> Translator:
    """Return the function that says an English sentence in `language` (English itself where no translation is)."""
    return gettext.translation("academy", _LOCALE, [language], fallback=True).gettext


def direction(language: str) -> str:
    """Return `rtl` for languages written from right to left, else `ltr`."""
    return "rtl" if language.split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"


def known(language: str | None, default: str = DEFAULT_LANGUAGE) -> str:
    """Return `language` if there is a catalogue for it, else `default`."""
    return language if language in LANGUAGES else default
