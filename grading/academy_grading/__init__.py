"""The bridge to nbgrader: source notebooks, an exchange on the course store, and safe pages for graders.

`gradebook(course)` is the gradebook as a table of pandas.
"""

from typing import Any


def __getattr__(name: str) -> Any:
    """Load the gradebook when it is asked for: nbgrader takes its time."""
    if name != "gradebook":
        raise AttributeError(f"academy_grading has no {name}")
    from importlib import import_module

    return import_module("academy_grading.gradebook")
