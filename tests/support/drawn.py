"""Drawings as somebody looked at them: a change of any place, size or dash shows here, and in the diff of a change.

`pytest --draw-anew` writes those that changed; look at them before they are committed.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["DRAWN", "as_drawn"]

DRAWN = Path(__file__).parents[1] / "drawn"


def as_drawn(name: str, text: str, *, anew: bool) -> bool:
    """Return whether a drawing is, element by element, as it stands in the file of its name."""
    lines = text.replace("><", ">\n<") + "\n" if name.endswith(".svg") else text
    file = DRAWN / name
    if anew:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(lines, "utf-8")
    return file.is_file() and file.read_text("utf-8") == lines
