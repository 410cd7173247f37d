"""Translation of the interface: gettext catalogues, plural forms, writing direction.

A course may be in any language; the interface speaks those that it has a catalogue of. Where a course's language has
none, what the interface says is in the nearest one (`interface`), and stands between Unicode's isolates, so that it
reads in its own direction wherever it comes to stand; pages also say there which language it is (`academy.spoken`).
"""

from __future__ import annotations

import gettext
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import ParamSpec

from academy import languages

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "N_",
    "Translator",
    "direction",
    "foreign",
    "interface",
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
P = ParamSpec("P")
Translator = Callable[[str], str]
Plural = Callable[[str, str, int], str]
_LOCALE = Path(__file__).with_name("locale")


def _catalogues() -> Iterator[str]:
    """The languages of the folder of catalogues, which are called as gettext calls them (`pt_BR`)."""
    for folder in sorted(_LOCALE.iterdir()):
        tag = languages.canonical(folder.name.replace("_", "-"))
        if tag and any((folder / "LC_MESSAGES").glob("academy.[mp]o")):
            yield tag


LANGUAGES = {tag: languages.name(tag) for tag in (DEFAULT_LANGUAGE, *_catalogues())}
"""Languages with a catalogue, each by its own name."""


def N_(sentence: str) -> str:  # noqa: N802 - gettext's own name
    """Mark a sentence that is translated later, where the reader is known."""
    return sentence


def interface(language: str) -> str:
    """Return the language of the interface for a course's language: the nearest with a catalogue, or English."""
    return next(
        (tag for tag in (language, *languages.parents(language)) if tag in LANGUAGES), DEFAULT_LANGUAGE
    )


@cache
def foreign(language: str) -> str:
    """Return the language of the interface where a reader has to be told of it, else nothing.

    What is said in `pt` needs no mark in `pt-BR`: it is the same language in the same letters.
    """
    said = interface(language)
    return "" if said == language or said in languages.parents(language) else said


@cache
def translator(language: str) -> Translator:
    """Return the function that says an English sentence in `language`, or in the nearest that the interface has."""
    return _framing(_catalogue(interface(language)).gettext, foreign(language))


@cache
def plural(language: str) -> Plural:
    """Return the function that says how many: of an English sentence for one, one for more, and the number.

    The place of the number is filled in by who asks.
    """
    return _framing(_catalogue(interface(language)).ngettext, foreign(language))


def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("academy", _LOCALE, [language.replace("-", "_")], fallback=True)


def _framing(say: Callable[P, str], language: str) -> Callable[P, str]:
    """Let a function say its sentences between isolates, if they are in a language of their own."""
    if not language:
        return say
    begin = "\u2067" if direction(language) == "rtl" else "\u2066"
    return lambda *given, **more: f"{begin}{said}\u2069" if (said := say(*given, **more)) else said


def plural_forms(language: str, one: str, many: str) -> dict[str, str]:
    """Return a sentence about a number in each form that the interface's language has, by the names of Unicode's CLDR.

    Arabic has six (`zero one two few many other`), English two; `Intl.PluralRules` chooses by the same names.
    """
    rule, counted = languages.locale_of(interface(language)).plural_form, plural(language)
    samples: dict[str, int] = {}
    for number in range(101):
        samples.setdefault(rule(number), number)
    return {form: counted(one, many, number) for form, number in samples.items()} | {
        "other": counted(one, many, samples.get("other", 0))
    }


@cache
def direction(language: str) -> str:
    """Return `rtl` for languages written from right to left, else `ltr`; by Unicode's CLDR."""
    return languages.direction(language)


def listed(items: Iterable[str | None], language: str, sign: str = ",") -> str:
    """Return items in one line with the comma (or semicolon) of a language between them; empty ones are left out."""
    if languages.script_of(language) == "Arab":
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
    _, said = translator(language), interface(language)
    return lambda sentence: spoken(_(sentence), said)


def spoken(text: str, language: str) -> Sentence:
    """Return a sentence that a course says in `language`, such as its checks'."""
    found = Sentence(text)
    found.language = language
    return found


def known(language: str | None, default: str = DEFAULT_LANGUAGE) -> str:
    """Return `language` if there is a catalogue for it, else `default`."""
    return language if language in LANGUAGES else default
