"""Exporter for `nbgrader export`: points that nobody has given yet are empty, not 0."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, cast

from nbgrader.plugins import CsvExportPlugin

__all__ = ["EmptyUntilGraded"]

POINTS = ("raw_score", "late_submission_penalty", "score")


class EmptyUntilGraded(CsvExportPlugin):
    """Writes what nbgrader writes, but no 0 for who has handed in nothing or is not graded to the end."""

    def export(self, gradebook: Any) -> None:
        """Write the file, then empty what is no grade."""
        cast(Any, super()).export(gradebook)
        file = Path(cast(Any, self).to or "grades.csv")
        graded = {
            (assignment.name, submission.student.id)
            for assignment in gradebook.assignments
            for submission in assignment.submissions
            if not submission.needs_manual_grade
        }
        with file.open(newline="", encoding="utf-8") as source:
            rows = list(csv.reader(source))
        head, *rest = rows
        places = [head.index(name) for name in POINTS]
        for row in rest:
            if (row[head.index("assignment")], row[head.index("student_id")]) not in graded:
                for place in places:
                    row[place] = ""
        with file.open("w", newline="", encoding="utf-8") as target:
            csv.writer(target, lineterminator="\n").writerows(rows)
