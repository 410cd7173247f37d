"""Translation of the interface: gettext catalogues, plural forms, writing direction."""

from __future__ import annotations

import gettext
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "N_",
    "Translator",
    "direction",
    "isolated",
    "known",
    "listed",
    "plural",
    "plural_forms",
    "sentences",
    "spoken",
    "translator",
]

DEFAULT_LANGUAGE = "en"
LANGUAGES = {"en": "English", "ar": "العربية"}
"""Languages with a catalogue, each by its own name."""

Translator = Callable[[str], str]
Plural = Callable[[str, str, int], str]
_LOCALE = Path(__file__).with_name("locale")
_ARABIC_COMMA = frozenset({"ar", "fa", "ps", "sd", "ug", "ur"})


def N_(sentence: str) -> str:  # noqa: N802 - gettext's own name
    """Mark a sentence that is translated later, where the reader is known."""
    return sentence


@cache
def translator(language: str) -> Translator:
    """Return the function that says an English sentence in `language` (English itself where no translation is)."""
    return gettext.translation("academy", _LOCALE, [language], fallback=True).gettext


@cache
def plural(language: str) -> Plural:
    """Return the function that says how many: of an English sentence for one, one for more, and the number.

    The place of the number is filled in by who asks.
    """
    return gettext.translation("academy", _LOCALE, [language], fallback=True).ngettext


def plural_forms(language: str, one: str, many: str) -> dict[str, str]:
    """Return a sentence about a number in each form that a language has, by the names of Unicode's CLDR.

    Arabic has six (`zero one two few many other`), English two; `Intl.PluralRules` chooses by the same names.
    """
    rule, counted = Locale.parse(language, sep="-").plural_form, plural(language)
    samples: dict[str, int] = {}
    for number in range(101):
        samples.setdefault(rule(number), number)
    return {form: counted(one, many, number) for form, number in samples.items()} | {
        "other": counted(one, many, samples.get("other", 0))
    }


@cache
def direction(language: str) -> str:
    """Return `rtl` for languages written from right to left, else `ltr`; by Unicode's CLDR."""
    try:
        return "rtl" if Locale.parse(language, sep="-").text_direction == "rtl" else "ltr"
    except (UnknownLocaleError, ValueError):
        return "ltr"


def listed(items: Iterable[str | None], language: str, sign: str = ",") -> str:
    """Return items in one line with the comma (or semicolon) of a language between them; empty ones are left out."""
    if language.split("-")[0].lower() in _ARABIC_COMMA:
        sign = {",": "،", ";": "؛"}[sign]
    return f"{sign} ".join(item for item in items if item)


def isolated(text: str, language: str) -> str:
    """Return a text so that it leaves the order of a sentence around it alone, whatever its own direction.

    Only what has letters of the other direction needs it (Unicode's FSI and PDI; they are not seen).
    """
    others = ("L",) if direction(language) == "rtl" else ("R", "AL")
    turns = any(unicodedata.bidirectional(character) in others for character in text)
    return f"\u2068{text}\u2069" if turns else text


class Sentence(str):
    """A sentence for a page: what people wrote stands isolated in it."""

    language: str

    def format(self, *args: object, **values: object) -> str:
        """Fill the places; plain texts are isolated."""
        whole = {name: isolated(v, self.language) if type(v) is str else v for name, v in values.items()}
        return super().format(*args, **whole)


def sentences(language: str) -> Callable[[str], Sentence]:
    """Return the function that says sentences in the templates of pages in `language`."""
    _ = translator(language)
    return lambda sentence: spoken(_(sentence), language)


def spoken(text: str, language: str) -> Sentence:
    """Return a sentence that a course says in `language`, such as its checks'."""
    found = Sentence(text)
    found.language = language
    return found


def known(language: str | None, default: str = DEFAULT_LANGUAGE) -> str:
    """Return `language` if there is a catalogue for it, else `default`."""
    return language if language in LANGUAGES else default
