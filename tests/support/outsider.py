"""A course of other people, in Spanish, that lies in a data folder and not in the kit."""

from __future__ import annotations

import shutil
from pathlib import Path

__all__ = ["OUTSIDER", "drop_in"]

OUTSIDER = "cuidar-sin-enfermar"
COURSE = Path(__file__).parents[1] / "outsider" / OUTSIDER


def drop_in(data: Path) -> Path:
    """Put the course into a data folder, as its authors would, and return its folder."""
    return Path(
        shutil.copytree(COURSE, data / "exercises" / OUTSIDER, ignore=shutil.ignore_patterns("__pycache__"))
    )
