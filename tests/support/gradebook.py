"""The gradebook of the small course, with points in it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

__all__ = ["SmallBook"]


class SmallBook:
    """A gradebook in which an idea can have three points by a check and four by a person."""

    def __init__(self, file: Path, empty: bytes) -> None:
        from nbgrader.api import Gradebook

        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(empty)
        self.url = f"sqlite:///{file}"
        with Gradebook(self.url, "small") as made:
            made.add_assignment("idea")
            made.add_notebook("idea", "idea")
            made.add_grade_cell("check", "idea", "idea", max_score=3, cell_type="code")
            made.add_task_cell("rubric", "idea", "idea", max_score=4, cell_type="markdown")

    def __call__(self, person: str, at: datetime, automatic: float, manual: float | None) -> None:
        """Keep points for what somebody handed in at a moment; without `manual` a person has not graded it yet."""
        from nbgrader.api import Gradebook

        with Gradebook(self.url, "small") as opened:
            opened.update_or_create_student(person)
            opened.update_or_create_submission("idea", person, timestamp=at.replace(tzinfo=None))
            check = opened.find_grade("check", "idea", "idea", person)
            check.auto_score, check.needs_manual_grade = automatic, False
            rubric = opened.find_grade("rubric", "idea", "idea", person)
            rubric.manual_score, rubric.needs_manual_grade = manual, manual is None
            opened.db.commit()
