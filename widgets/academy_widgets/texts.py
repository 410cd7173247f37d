"""Sentences of the front end in a person's language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from academy.course.kinds import KINDS
from academy.i18n import plural_forms, translator

__all__ = [
    "desk_texts",
    "form_texts",
    "grade_texts",
    "offline_texts",
    "paper_texts",
    "play_texts",
    "present_texts",
    "said_by",
]

_SCRIPTS = Path(__file__).with_name("js")

ONLY_FOR: dict[str, tuple[str, ...]] = {f"{kind}_": (kind,) for kind in KINDS} | {
    "add_row": ("table",),
    "as_table": ("pictures",),
    "chars_": ("chars",),
    "choose": ("choice", "ref"),
    "chosen_": ("multi", "ref"),
    "clear_choice": ("choice", "ref", "scale"),
    "fill_first": ("ref",),
    "gone": ("ref",),
    "move_": ("table",),
    "no_rows": ("table",),
    "remove": ("table",),
    "row": ("ref", "table"),
    "undo": ("table",),
    "words_": ("words",),
}
"""Sentences of the form, by how their keys begin, of which only forms with one of these have a use.

A key that begins with the name of a kind of field is about that kind."""


@cache
def form_texts(language: str) -> dict[str, str]:
    """Return the form's sentences by key."""
    return _texts("form", language)


def said_by(specs: Iterable[Mapping[str, Any]], texts: Mapping[str, str]) -> dict[str, str]:
    """Return those of the form's sentences that forms of these specs can come to say.

    A page and a file carry no others: on a weak line each costs time.
    """
    has: set[str] = set()
    for spec in specs:
        has |= {"pictures"} if spec.get("pictures") else set()
        for field in spec.get("fields", ()):
            for part in (field, *field.get("columns", ())):
                has |= {part["type"], *part}
    idle = tuple(start for start, those in ONLY_FOR.items() if has.isdisjoint(those))
    return {key: text for key, text in texts.items() if not key.startswith(idle)}


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
    """The sentences of a part. One about a number is there in each form of the language, `key_one`, `key_few` …"""
    english: dict[str, str | dict[str, str]] = json.loads((_SCRIPTS / part / "texts.json").read_text("utf-8"))
    gettext = translator(language)
    said: dict[str, str] = {}
    for key, text in english.items():
        if isinstance(text, str):
            said[key] = gettext(text)
        else:
            forms = plural_forms(language, text["one"], text["other"])
            said |= {f"{key}_{form}": sentence for form, sentence in forms.items()}
    return said
