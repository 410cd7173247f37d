"""The gradebook as a pandas table, for notebooks of facilitators and evaluators."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from academy.course import Course, load_course
from academy.data import DataFolder, gradebook_url, nearest_folder
from academy.desk.grades import grades
from academy.desk.results import results
from academy.exports.grades import grade_rows
from academy.store import open_store

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["gradebook"]


def gradebook(
    course: Course | str, data_folder: DataFolder | str | os.PathLike[str] | None = None
) -> pd.DataFrame:
    """Return one row for each person and exercise that was handed in; people are pseudonyms.

    Columns: person, exercise, submission, at (UTC), automatic, manual, score, max (points, missing until nbgrader has
    them for this very submission), state, late, team, feedback (what the person can read). The data folder is the one
    given, that of `ACADEMY_DATA`, or the nearest one, where the notebook runs or above. Raises DataError or CourseError
    where there is none.
    """
    import pandas as pd

    chosen = course if isinstance(course, Course) else load_course(course)
    folder = data_folder or os.environ.get("ACADEMY_DATA") or nearest_folder()
    data = folder if isinstance(folder, DataFolder) else DataFolder.open(folder)
    store = open_store(data.store_url, ties=data.ties)
    try:
        head, rows = grade_rows(results(store, chosen, grades(gradebook_url(data, chosen.edition))))
    finally:
        store.close()
    frame = pd.DataFrame(rows, columns=head)
    numbers = ["automatic", "manual", "score", "max"]
    frame[numbers] = frame[numbers].astype("float64")
    frame["late"] = frame["late"].astype(bool)
    frame["at"] = pd.to_datetime(frame["at"], utc=True)
    return frame
