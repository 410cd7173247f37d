"""Names of built front-end files, with and without their hashes."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from academy.errors import DataError

__all__ = ["STATIC", "file", "manifest", "text"]

STATIC = Path(__file__).with_name("static")


@cache
def manifest() -> dict[str, str]:
    """Return the hashed file name of each built file, by plain name (`form.js`)."""
    path = STATIC / "manifest.json"
    if not path.is_file():
        raise DataError("The pages have not been built yet. Run: make install")
    names: dict[str, str] = json.loads(path.read_text("utf-8"))
    return names


def file(name: str) -> Path:
    """Return the path of a built file by its plain name."""
    return STATIC / manifest()[name]


@cache
def text(name: str) -> str:
    """Return the content of a built file by its plain name."""
    return file(name).read_text("utf-8")
