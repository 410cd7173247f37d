"""Language tags: how they are written, what a language is called, which way it is written, which one is nearest.

Grammar and spelling are those of RFC 5646 (BCP 47), sections 2.1 and 2.1.1; looking for the nearest language follows
RFC 4647, section 3.4. Names, scripts and directions are those of Unicode's CLDR, as Babel has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.localedata import locale_identifiers

__all__ = [
    "LONGEST",
    "accepted",
    "canonical",
    "direction",
    "locale_of",
    "name",
    "nearest",
    "parents",
    "spelled",
]

LONGEST = 16
"""Characters of a tag for which the database of people has room."""

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
    r"(?P<extensions>(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*)"
    r"(?P<private>-x(?:-[a-z0-9]{1,8})+)?",
    re.ASCII | re.IGNORECASE,
)
"""A `langtag` of RFC 5646 in its canonical form, which has no extended subtag (`zh-yue` is `yue`)."""

_OLD = {"in": "id", "iw": "he", "ji": "yi", "jw": "jv", "mo": "ro"}
"""Two letters that mean a language no more, and their `Preferred-Value` in IANA's registry of subtags."""

_LEFTWARDS = frozenset(
    ["Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"]
)
"""Scripts that are written today and run from right to left, by Unicode's CLDR."""


def canonical(tag: object) -> str | None:
    """Return a tag with its capitals where BCP 47 has them (`pt-BR`, `zh-Hant`), or None if it is no tag."""
    found = _TAG.fullmatch(tag) if isinstance(tag, str) else None
    if found is None:
        return None
    variants = found["variants"].lower().split("-")[1:]
    singles = re.findall(r"-(\w)(?=-)", found["extensions"].lower())
    if len(set(variants)) < len(variants) or len(set(singles)) < len(singles):
        return None
    parts = [found["language"].lower()]
    parts += [found["script"].title()] if found["script"] else []
    parts += [found["region"].upper()] if found["region"] else []
    return "-".join([*parts, *variants]) + (found["extensions"] + (found["private"] or "")).lower()


def spelled(tag: str) -> str | None:
    """Return the nearest tag to what somebody wrote for a language, itself if it is one, None if nothing is near.

    It knows other spellings (`pt_br`, `en_GB.UTF-8`), what is no longer used (`iw`), extended subtags (`zh-yue`), a
    country in place of its language (`jp`), and names of languages (`Spanish`, `español`).
    """
    text = re.split(r"[.@]", tag.strip().replace("_", "-"))[0]
    while text and canonical(text) is None and "-" in text:
        extended = re.fullmatch(r"[a-z]{2,3}-([a-z]{3})(-.*)?", text, re.IGNORECASE | re.ASCII)
        text = f"{extended[1]}{extended[2] or ''}" if extended else text.rpartition("-")[0]
    found = canonical(text)
    if found is None:
        return _called(tag)
    language, dash, rest = found.partition("-")
    if language in _OLD:
        return f"{_OLD[language]}{dash}{rest}"
    if len(language) == 2 and language not in _languages("en"):  # no language has got two letters for years
        likely = get_global("likely_subtags").get(f"und_{language.upper()}")
        return likely.partition("_")[0] if likely and not rest else _called(tag)
    return found


@cache
def name(tag: str) -> str:
    """Return what a language is called in itself; the tag where CLDR has no name for it."""
    try:
        found = Locale.parse(_plain(tag), sep="-").get_display_name() or tag
    except (UnknownLocaleError, ValueError):
        own = next((_known(up) for up in parents(tag) if _known(up)), None)
        base = own.get_display_name() if own else None
        return f"{_large(base)} ({tag})" if base else tag
    return _large(found)


def direction(tag: str) -> str:
    """Return `rtl` for what is written from right to left, else `ltr`: by the tag's script, or the usual one."""
    if script := script_of(tag):
        return "rtl" if script in _LEFTWARDS else "ltr"
    known = _known(tag)
    return "rtl" if known is not None and known.text_direction == "rtl" else "ltr"


@cache
def script_of(tag: str) -> str:
    """Return the letters of a language (`Latn`): those in its tag, or that CLDR expects; empty where nobody knows."""
    parts = tag.split("-")
    if len(parts) > 1 and re.fullmatch(r"[A-Za-z]{4}", parts[1]):
        return parts[1]
    likely = get_global("likely_subtags")
    country = next((part for part in parts[1:3] if re.fullmatch(r"[A-Z]{2}|[0-9]{3}", part)), "")
    found = likely.get(f"{parts[0]}_{country}") or likely.get(parts[0]) or ""
    return next((part for part in found.split("_") if len(part) == 4 and part.isalpha()), "")


@cache
def locale_of(tag: str, default: str = "en") -> Locale:
    """Return how a language writes dates and counts: its own locale, that of the nearest language, or `default`'s."""
    return next(
        (found for each in (_plain(tag), *parents(tag)) if (found := _known(each))), None
    ) or Locale.parse(default)


def parents(tag: str) -> Iterator[str]:
    """Give the tags that say less than this one and are read by the same people, the nearest first.

    `sr-Latn-RS` gives `sr-Latn` and not `sr`, which is written in other letters.
    """
    above = get_global("parent_exceptions").get(tag.replace("-", "_"))
    if above:
        yield above.replace("_", "-")
    script = script_of(tag)
    while "-" in tag:
        tag = tag.rpartition("-")[0]
        tag = tag[:-2] if re.search(r"-\w$", tag) else tag  # one letter begins what was cut off
        if script_of(tag) == script:
            yield tag


def nearest(tag: str, offered: Iterable[str]) -> str | None:
    """Return the offered language that somebody can read who asks for `tag`, or None.

    It is the same one, one that says less (`pt` for `pt-BR`), or, written in the same letters, that of another
    country (`pt-BR` for `pt-PT`).
    """
    wanted, those = canonical(tag), list(offered)
    if wanted is None:
        return None
    for each in (wanted, *parents(wanted)):
        if each in those:
            return each
    language, script = wanted.partition("-")[0], script_of(wanted)
    return next(
        (one for one in those if one.partition("-")[0] == language and script_of(one) == script), None
    )


def accepted(header: str, offered: Iterable[str]) -> str | None:
    """Return the language that fits best what a browser asks for with `Accept-Language` (RFC 9110, 12.5.4)."""
    those, asked = list(offered), []
    for place, part in enumerate(header.split(",")[:20]):
        tag, _, weight = part.partition(";")
        found = re.fullmatch(r"\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*", weight)
        if liking := float(found[1]) if found else 1.0:
            asked.append((-liking, place, tag.strip()))
    return next((fits for _liking, _place, tag in sorted(asked) if (fits := nearest(tag, those))), None)


def _plain(tag: str) -> str:
    """A tag without extensions and what is private: no locale is called by them."""
    return re.split(r"-\w-", tag)[0]


@cache
def _known(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def _large(text: str) -> str:
    """A name with a capital, as it stands in a list. (Georgian has large letters, but none at the beginning.)"""
    return text[:1].title() + text[1:]


@cache
def _languages(tag: str) -> dict[str, str]:
    return {code: called.casefold() for code, called in Locale.parse(tag).languages.items()}


def _called(text: str) -> str | None:
    """The language with this name, or nearly, in English or in itself."""
    wanted = text.strip().casefold()
    known = {called: code for code, called in _languages("en").items()}
    for code in locale_identifiers():
        if "_" not in code and wanted not in known:
            own = Locale.parse(code).get_display_name()
            known |= {own.casefold(): code} if own else {}
    close = get_close_matches(wanted, known, 1, 0.8)
    return canonical(known[close[0]].replace("_", "-")) if close else None
