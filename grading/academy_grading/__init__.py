"""The bridge to nbgrader: source notebooks, an exchange on the course store, and safe pages for graders.

`gradebook(course)` is the gradebook as a table of pandas.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from academy.course import Course
    from academy.data import DataFolder

__all__ = ["gradebook"]


def gradebook(
    course: Course | str, data_folder: DataFolder | str | os.PathLike[str] | None = None
) -> pd.DataFrame:
    """Return the gradebook of a course as a table: see `academy_grading.grades.table.gradebook`."""
    from academy_grading.grades.table import gradebook  # pandas takes its time

    return gradebook(course, data_folder)
