"""Translation of the command line, by the language of the terminal."""

from __future__ import annotations

import os

from academy.i18n import known, plural, translator

__all__ = ["_", "_n", "language"]


def language() -> str:
    """Return the language to speak: ACADEMY_LANG, or the one of the terminal if the kit speaks it."""
    for name in ("ACADEMY_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if chosen := os.environ.get(name):
            return known(chosen.replace("-", "_").split("_")[0].split(".")[0].lower())
    return known(None)


def _(sentence: str) -> str:
    return translator(language())(sentence)


def _n(one: str, many: str, number: int) -> str:
    return plural(language())(one, many, number)
