"""Puts the texts of a translation, and the word lists of all languages, into what a course's files say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from academy.course.files.yaml_files import mapping

__all__ = ["overlay_of", "translate", "words_of_all"]


def translate(base: Any, overlay: Any) -> Any:
    """Return `base` with the texts of `overlay`, which mirrors it by keys and ids. Nothing is added."""
    if isinstance(base, list) and isinstance(overlay, dict):
        return [
            translate(item, overlay[item["id"]])
            if isinstance(item, dict) and item.get("id") in overlay
            else item
            for item in base
        ]
    if isinstance(base, dict) and isinstance(overlay, dict):
        return {
            key: translate(value, overlay[key]) if key in overlay else value for key, value in base.items()
        }
    if isinstance(base, dict):
        name = next((key for key in ("label", "title", "name", "text") if key in base), None)
        return {**base, name: overlay} if name and isinstance(overlay, str) else base
    return overlay


def overlay_of(folder: Path, language: str, languages: list[str]) -> dict[str, Any]:
    """Return what a folder's translation says; nothing for the language it was written in, or where there is none."""
    file = folder / f"{language}.yaml"
    return mapping(file) if language != languages[0] and file.is_file() else {}


def words_of_all(folder: Path, original: dict[str, list[str]], languages: list[str]) -> dict[str, list[str]]:
    """The word lists of a file and of its translations together."""
    words: dict[str, list[str]] = {}
    translated = (overlay_of(folder, language, languages).get("words") for language in languages[1:])
    for lists in (original, *translated):
        for name, items in (lists or {}).items():
            words[name] = [*words.get(name, []), *items]
    return words
