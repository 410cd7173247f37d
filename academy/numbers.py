"""Parses numbers as people type them, and formats them for a language."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import regex

from academy.i18n import direction
from academy.languages import locale_of

__all__ = ["formatted", "machine_number", "readings"]

Number = float | int
LONGEST = 40

# Marks of direction say nothing about a number; blanks, apostrophes and the Arabic thousands sign stand between groups.
_UNSEEN = regex.compile(r"[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_BETWEEN = regex.compile(r"[\s'’ʼ＇_\u066c]")
_SIGN = regex.compile(r"(?:([+＋])|([-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]))?\s*")
_ALIKE = str.maketrans({"\u066b": "٫", "．": ".", "，": ",", "،": ","})
# 1 234 567, and 12 34 567 as in India.
_GROUPS = regex.compile(r"\d{1,3}(?:G\d{3})+|\d{1,2}(?:G\d{2})+G\d{3}")


def readings(text: str) -> tuple[Number, ...]:
    """Return what a text can mean as a number: nothing, one number, or two, the smaller first.

    Digits are those of any script; a minus may be any dash, with a blank after it. A comma or a point is for decimals
    or between thousands. `12,500` may be both: twelve and a half, or twelve thousand five hundred. The form reads by
    the same rule (`tests/data/numbers.json`).
    """
    seen = _UNSEEN.sub("", text).strip()
    if len(seen) > LONGEST:
        return ()  # hundreds of digits: no amount of anything
    sign = _SIGN.match(seen)
    minus = "-" if sign and sign[2] else ""
    rest = seen[sign.end() :] if sign else seen
    plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in rest.translate(_ALIKE))
    found = [_value(f"{minus}{one}") for one in _plain(plain)]
    return tuple(sorted(dict.fromkeys(found)))


def machine_number(text: str) -> Number | None:
    """Return the number in a cell that a machine wrote, which puts no signs between thousands before three decimals."""
    return min(readings(text), key=abs, default=None)


def _plain(text: str) -> list[str]:
    """The readings of a text without sign, each written as Python writes numbers."""
    text = _BETWEEN.sub("G", text)
    marks = regex.sub(r"[^.,٫]", "", text)
    if not regex.fullmatch(r"[\dG.,٫]+", text) or "٫" in marks[:-1]:
        return []
    if not marks:
        return _whole(text)
    last = marks[-1]
    whole, _, decimals = text.rpartition(last)
    if marks.count(last) > 1:  # the same sign more than once stands between thousands
        return _whole(text.replace(last, "G")) if set(marks) == {last} and "G" not in text else []
    others = set(marks[:-1])
    if len(others) > 1 or (others and "G" in text) or not regex.fullmatch(r"\d*", decimals):
        return []
    for other in others:
        whole = whole.replace(other, "G")
    as_decimal = [f"{one}.{decimals or '0'}" for one in _whole(whole)]
    if not whole and decimals:
        as_decimal = [f"0.{decimals}"]
    both = last != "٫" and not others and "G" not in text and len(decimals) == 3
    if both and regex.fullmatch(r"[1-9]\d{0,2}", whole):
        return [*as_decimal, whole + decimals]
    return as_decimal


def _whole(text: str) -> list[str]:
    """A whole number, in one piece or in groups."""
    fits = regex.fullmatch(r"\d+", text) or _GROUPS.fullmatch(text)
    return [text.replace("G", "")] if fits else []


def _value(plain: str) -> Number:
    value = float(plain)
    return int(plain) if "." not in plain else value


def formatted(value: Number, language: str, digits: int | None = None) -> str:
    """Return a number as it stands in a sentence: no-break spaces between thousands, its parts kept in their order.

    `digits` are those after the decimal sign; without it there are as many as the number has.
    """
    text = f"{value:,.{digits}f}" if digits is not None else _written(value)
    signs = locale_of(language).number_symbols.get("latn", {})
    sign = "," if signs.get("decimal") == "," else "."
    shown = "\u00a0".join(part.replace(".", sign) for part in text.split(",")).replace("-", "\u2212")
    return f"\u2066{shown}\u2069" if direction(language) == "rtl" else shown


def _written(value: Number) -> str:
    """All digits of a number, never as a power of ten."""
    text = f"{Decimal(repr(value)):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
