"""Says in a sentence what a model refuses, and what to write instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any, NamedTuple

import regex

from academy.course.mistakes.places import Spot
from academy.course.mistakes.values import CURLY, ODD_SPACE, ODD_SPACES, quoted
from academy.course.rules import RULES
from academy.course.writing import plain

__all__ = ["UNKNOWN_KEY", "Given", "mend", "slug"]

FEW = 15
"""So many keys are named where one of them belongs."""
UNKNOWN_KEY = "this key is not known; check its spelling or take it out."
_DATES = ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact")
_WHOLE = ("int_parsing", "int_type", "int_from_float", "int_parsing_size")
_NUMBER = ("float_parsing", "float_type", "finite_number")
_KEYS = ("dict_type", "model_type", "mapping_type")
_RULE = ("union_tag_not_found", "union_tag_invalid", "model_attributes_type")
_BOUNDS = {
    "greater_than": ("above", "gt"),
    "greater_than_equal": ("of at least", "ge"),
    "less_than": ("below", "lt"),
    "less_than_equal": ("of at most", "le"),
}


class Given(NamedTuple):
    """An error of the model, where it stands in the file, and what stands beside it."""

    item: Any
    place: Spot | None
    beside: Mapping[Any, Any] = {}

    @property
    def value(self) -> Any:
        """What was given."""
        return self.item["input"]

    @property
    def written(self) -> str:
        """What was given as it stands in the file: `no`, not False."""
        if self.place and self.place.whole and self.place.written:
            return self.place.written
        return str(self.value).lower() if isinstance(self.value, bool) else str(self.value)


def slug(text: str) -> str:
    """Return the id that a text would have: `Home Town` is `home-town`. One of no Latin letters has an example's."""
    words = regex.sub(r"[^a-z0-9]+", "-", plain(regex.sub(r"(?<=[a-z])(?=[A-Z])", "-", text))).strip("-")
    return words if regex.match("[a-z]", words) else f"a-{words}" if words else "context-map"


def mend(given: Given, meant: str = "", known: Sequence[str] = ()) -> str:
    """Return the sentence; `meant` is the key that was misspelt, `known` are those that there may be."""
    kind, value, context = given.item["type"], given.value, given.item.get("ctx", {})
    if kind == "missing":
        return f"this is missing; write it{_as_in_the_example(given)}."
    if kind == "extra_forbidden":
        return _unknown(given, meant, known)
    if value is None and kind not in ("value_error", "literal_error"):
        return "nothing stands here. Write something, or take the key out; what stands behind # is not read."
    if kind == "string_pattern_mismatch":
        return f"write small letters, digits and hyphens, beginning with a letter: {slug(str(value))}, not {value}."
    if kind in _RULE:
        return _no_rule(value)
    if kind == "literal_error":
        return f"write one of {context['expected']}{_near(value, context['expected'])}."
    if kind == "string_type":
        return _no_text(given)
    if kind in ("bool_parsing", "bool_type"):
        return f"write true (for yes) or false (for no), not {given.written}."
    if kind in _DATES:
        return f"write the day as year-month-day, such as 2026-03-09, not {given.written}."
    if kind in (*_WHOLE, *_NUMBER):
        which = "a whole number" if kind in _WHOLE else "a number"
        return f"write {which} and nothing else, such as 60{'' if _is_large(value) else f', not {given.written}'}."
    if kind in _BOUNDS:
        word, key = _BOUNDS[kind]
        return f"write a number {word} {context[key]:g}, not {given.written}."
    if kind == "list_type":
        return (
            "write a list: each thing on a line of its own that begins with “- ”, or [one, two] in brackets."
        )
    if kind in _KEYS:
        return "write keys and values here, such as “id: …”, each on a line of its own."
    if kind == "invalid_key":
        return "this key is no text for YAML. Put it between quotes."
    return _size_or_own(kind, context, value, str(given.item["msg"]))


def _size_or_own(kind: str, context: Mapping[str, Any], value: Any, message: str) -> str:
    if kind in ("too_short", "too_long"):
        least = kind == "too_short"
        number = context["min_length" if least else "max_length"]
        there = len(value) if isinstance(value, list | dict) else 0
        return f"write at {'least' if least else 'most'} {number} here; there {'is' if there == 1 else 'are'} {there}."
    if kind == "string_too_short":
        return "nothing stands here. Write a text."
    if kind == "string_too_long":
        return f"write at most {context['max_length']} characters; there are {len(value)}."
    said = message.removeprefix("Value error, ").rstrip(".")
    if said.startswith("write one of "):
        said += _near(value, said)
    return said + "."


def _is_large(value: Any) -> bool:
    return isinstance(value, list | dict) or len(str(value)) > 60


def _near(value: Any, expected: str) -> str:
    """What may have been meant among the words that are allowed."""
    close = get_close_matches(str(value).strip(CURLY + " ").lower(), regex.findall(r"'([^']+)'", expected), 1)
    return f"; did you mean {close[0]}" if close else ""


def _no_rule(value: Any) -> str:
    """Something else where a rule of a check belongs."""
    if not isinstance(value, dict):
        example = RULES[value].example if isinstance(value, str) and value in RULES else "{kind: own_words}"
        return f"write what the check wants with its kind and keys, such as {example}."
    said = value.get("kind")
    if said is None:
        return f"say which kind of rule it is; write kind: and one of {', '.join(RULES)}."
    near = get_close_matches(str(said), RULES, 1)
    there = f"did you mean {near[0]}." if near else f"write one of {', '.join(RULES)}."
    return f"there is no kind of rule {said}; {there}"


def _as_in_the_example(given: Given) -> str:
    """How a rule is written that lacks a key."""
    kind = given.beside.get("kind")
    is_rule = kind in RULES and given.item["loc"][-2:-1] == (kind,)
    return f", such as in {RULES[str(kind)].example}" if is_rule else ""


def _unknown(given: Given, meant: str, known: Sequence[str]) -> str:
    key = str(given.item["loc"][-1]) if given.item["loc"] else ""
    if given.place and given.place.flow and given.value is None and given.place.written == "":
        before = next(
            (name for name in reversed([*given.beside]) if isinstance(given.beside[name], str)), "label"
        )
        names = [*given.beside]
        if key in names and names.index(key):
            before = names[names.index(key) - 1]
        text = quoted(f"{_as_written(given.beside.get(before))}, {key}")
        return f"between {{ }} a comma ends a text. Put the text between quotes: {before}: {text}."
    if ODD_SPACE.search(key):
        return ODD_SPACES
    if key.startswith("-"):
        return f"a space is missing after the hyphen. Write “- {key.lstrip('-')}: …”."
    if meant:
        return f"this key is not known; did you mean {meant}."
    return (
        f"this key is not known; there may be {', '.join(known)}." if 0 < len(known) <= FEW else UNKNOWN_KEY
    )


def _as_written(value: Any) -> str:
    return {True: "Yes", False: "No"}.get(value, "") if isinstance(value, bool) else str(value or "")


def _no_text(given: Given) -> str:
    """Something else where a text belongs."""
    value, written = given.value, given.written
    if isinstance(value, bool):
        said = f"YAML reads {written} as {'true' if value else 'false'}"
    elif isinstance(value, int | float):
        said = f"YAML reads {written} as a number"
    elif isinstance(value, date):
        said = f"YAML reads {written} as a date"
    else:
        return "write one text here, not a list and not keys. A text that begins with a bracket stands between quotes."
    return f'{said}, and a text belongs here. Put it between quotes: "{written}".'
