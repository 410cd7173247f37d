"""In which order files are given to workers: a long one at the end would keep one of them while the others are idle."""

from __future__ import annotations

from pathlib import Path

__all__ = ["LONGEST", "ROOMS", "place"]

TESTS = Path(__file__).parents[1]
LONGEST = (
    "browser/test_road.py",
    "browser/test_whole_course.py",
    "browser/test_nothing_is_lost.py",
    "browser/test_accessibility.py",
    "page/test_page_line.py",
    "browser/test_sleeping.py",
    "grading/test_road_to_feedback.py",
    "browser/test_presenting.py",
    "kernels/test_soak.py",
    "page/test_page_served.py",
)
"""Files that take longest, a minute and more; `--durations` says which these are."""
ROOMS = ("browser", "grading", "page", "server", "demo", "widgets", "cli", "kernels", "peers")
"""Rooms whose files take longest."""


def place(file: Path) -> int:
    """When a file is begun, from 0 for the first."""
    name = file.relative_to(TESTS)
    if name.as_posix() in LONGEST:
        return LONGEST.index(name.as_posix())
    return len(LONGEST) + (ROOMS.index(name.parts[0]) if name.parts[0] in ROOMS else len(ROOMS))
