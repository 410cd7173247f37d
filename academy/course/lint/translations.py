"""Linter rules for translations: missing, stale and orphaned texts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from academy.course.files.yaml_files import course_files, read_yaml
from academy.course.lint.findings import Fault
from academy.course.model import Course

__all__ = ["RECORD", "TranslationState", "confirm", "overlay_faults", "paired", "parts", "states"]

RULE = object()
RECORD = "translated.yaml"
"""Beside the texts: from which original each translation was made."""

_HEAD = (
    "# Written by `academy check --confirm <language>`: the original from which each translation was made.\n"
)
_NAMES = ("label", "title", "name", "text")
_TEXTS = frozenset(
    {*_NAMES, "subtitle", "summary", "intro", "contact", "help", "placeholder", "row_label", "add_label"}
    | {"low", "high", "unit", "output", "hint", "levels", "comments"}
    | {"empty", "broken", "loose"}
    | {"prompt", "why", "notes", "least", "most"}
)
_NOT_TEXT = frozenset({"review", "id", "words", "signatories"})


@dataclass(frozen=True)
class TranslationState:
    """The state of one text: its path, and whether its translation is missing, stale, of nothing, or of no text."""

    path: str
    state: Literal["current", "missing", "stale", "unknown", "rule"]
    original: Any = None


def parts(course: Course) -> list[tuple[Path, dict[str, Any]]]:
    """Return the folders of a course that hold texts, each with its original: its own, the exercises', the webinars'.

    The texts of an exercise's checks, which stand in checks.py, are among those of the exercise.
    """
    found = [(course.folder, course_files(course.folder))]
    for exercise in course.exercises:
        raw = read_yaml(exercise.folder / "exercise.yaml")
        # What is taken over is translated where it stands.
        own = exercise.checks if not exercise.like or "checks" in raw else ()
        checks = [{"id": c.id, "title": c.title, "hint": c.hint} for c in own]
        found.append((exercise.folder, raw | {"checks": checks} if checks else raw))
    found += [(webinar.folder, read_yaml(webinar.folder / "live.yaml")) for webinar in course.webinars]
    return found


def states(folder: Path, raw: dict[str, Any], language: str) -> list[TranslationState]:
    """Return the state of each text in a language, in the order of the original."""
    file = folder / f"{language}.yaml"
    overlay = read_yaml(file) if file.is_file() else {}
    made_from = _record(folder).get(language) or {}
    found = []
    for path, text, said in [*paired(raw, overlay), *_rules(raw, overlay)]:
        if text is None:
            found.append(TranslationState(path, "unknown"))
        elif text is RULE:
            found.append(TranslationState(path, "rule"))
        elif said is None:
            found.append(TranslationState(path, "missing", text))
        else:
            current = made_from.get(path) == _digest(text)
            found.append(TranslationState(path, "current" if current else "stale", text))
    return found


def confirm(course: Course, language: str) -> int:
    """Record that all translations into a language agree with today's original. Returns how many had not yet."""
    return sum(_confirm(folder, raw, language) for folder, raw in parts(course))


def _confirm(folder: Path, raw: dict[str, Any], language: str) -> int:
    record = _record(folder)
    known = record.get(language) or {}
    compared = (s for s in states(folder, raw, language) if s.state in ("current", "stale"))
    digests = {item.path: _digest(item.original) for item in compared}
    if digests != known:
        record[language] = digests
        text = yaml.safe_dump(record, allow_unicode=True, sort_keys=True, width=200)
        (folder / RECORD).write_text(_HEAD + text, "utf-8")
    return sum(known.get(path) != digest for path, digest in digests.items())


def _record(folder: Path) -> dict[str, dict[str, str]]:
    file = folder / RECORD
    found = read_yaml(file) if file.is_file() else None
    return found if isinstance(found, dict) else {}


def _digest(text: Any) -> str:
    return hashlib.sha256(repr(text).encode()).hexdigest()[:10]


def paired(base: Any, overlay: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Walk over (path, original, translation); an original of None says that the translation is of nothing."""
    if isinstance(base, list):
        said, base = overlay if isinstance(overlay, dict) else {}, _by_id(base)
        for name, item in base.items():
            yield from paired(item, said.get(name), f"{path}.{name}")
        yield from ((f"{path}.{name}", None, said[name]) for name in said if name not in base)
        return
    if isinstance(base, dict) and isinstance(overlay, str):
        name = next((key for key in _NAMES if key in base), None)
        overlay = {name: overlay} if name else {}
    if not isinstance(base, dict):
        return
    overlay = overlay if isinstance(overlay, dict) else {}
    for key, value in base.items():
        place = f"{path}.{key}" if path else str(key)
        if key == "texts" and isinstance(value, dict):
            said = overlay.get(key) if isinstance(overlay.get(key), dict) else {}
            for name in {**value, **said}:
                yield f"{place}.{name}", value.get(name), said.get(name)
        elif key in _TEXTS and _is_text(value):
            yield place, value, overlay.get(key)
        elif key not in _NOT_TEXT:
            yield from paired(value, overlay.get(key), place)
    for key in overlay:
        if key not in base and not (path == "" and key == "words"):
            yield f"{path}.{key}" if path else str(key), None, overlay[key]


def _rules(base: Any, overlay: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Walk over what a translation says of things that are no texts, and that it would change."""
    if isinstance(base, list):
        for name, item in _by_id(base).items():
            if isinstance(overlay, dict) and name in overlay:
                yield from _rules(item, overlay[name], f"{path}.{name}")
        return
    if not isinstance(base, dict) or not isinstance(overlay, dict):
        return
    for key, value in base.items():
        place = f"{path}.{key}" if path else str(key)
        if key not in overlay or key == "texts" or (key == "words" and not path):
            continue
        if key in _TEXTS and (_is_text(value) or isinstance(value, str | None)):
            continue
        if key not in _NOT_TEXT and (isinstance(value, dict) or _has_ids(value)):
            yield from _rules(value, overlay[key], place)
        elif key != "signatories":
            yield place, RULE, overlay[key]


def _by_id(items: list[Any]) -> dict[str, Any]:
    return {item["id"]: item for item in items if isinstance(item, dict) and "id" in item}


def _has_ids(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) and "id" in item for item in value)


def overlay_faults(folder: Path) -> Iterator[Fault]:
    """Find translations whose word lists or checks are not written as those of the original."""
    raw = read_yaml(folder / "course.yaml")
    for language in raw["languages"][1:]:
        for file in sorted([*folder.glob(f"{language}.yaml"), *folder.glob(f"*/{language}.yaml")]):
            overlay = read_yaml(file)
            words, checks = overlay.get("words"), overlay.get("checks")
            lists = [*words.values()] if isinstance(words, dict) else []
            if words is not None and not (isinstance(words, dict) and all(map(_are_words, lists))):
                text = "write the word lists by their names, each with its words in brackets: stop_words: [a, the]."
                yield Fault(file, "words", text)
            if checks is not None and not isinstance(checks, dict):
                yield Fault(file, "checks", "write the checks by their ids, each with title and hint.")


def _are_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _is_text(value: Any) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(item, str) for item in value)
    return isinstance(value, str) and bool(value.strip())
