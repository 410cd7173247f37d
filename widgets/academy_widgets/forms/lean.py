"""A form's document without what is empty in it: the form takes that for granted, in a page as in a file."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["without_empty"]

EMPTY: tuple[object, ...] = ("", {}, [])


def without_empty(document: Mapping[str, object]) -> dict[str, object]:
    """Return the document without empty texts, lists and mappings. False and 0 stay."""
    return {name: value for name, value in document.items() if value not in EMPTY}
