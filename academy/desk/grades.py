"""Reads nbgrader's gradebook in one query, without nbgrader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from academy.errors import StoreError
from academy.i18n import N_

__all__ = ["Grade", "Grades", "gradebook_mark", "grades"]

BUSY = N_("The gradebook can't be read just now. Please try again in a moment.")

# What a person gave goes before what a check gave, as nbgrader itself counts.
_QUERY = sa.text("""
SELECT assignment.name, submitted_assignment.student_id, submitted_assignment.timestamp,
       sum(CASE WHEN grade_cells.cell_type = 'code'
           THEN coalesce(grade.manual_score, grade.auto_score, 0) + coalesce(grade.extra_credit, 0) ELSE 0 END),
       sum(CASE WHEN grade_cells.cell_type = 'code'
           THEN 0 ELSE coalesce(grade.manual_score, grade.auto_score, 0) + coalesce(grade.extra_credit, 0) END),
       sum(coalesce(grade_cells.max_score, task_cells.max_score, 0)),
       sum(CASE WHEN grade.needs_manual_grade THEN 1 ELSE 0 END),
       sum(CASE WHEN grade_cells.cell_type = 'code' AND (grade.needs_manual_grade
                OR coalesce(grade.manual_score, grade.auto_score) IS NULL) THEN 1 ELSE 0 END),
       sum(CASE WHEN coalesce(grade_cells.cell_type, '') <> 'code' AND (grade.needs_manual_grade
                OR coalesce(grade.manual_score, grade.auto_score) IS NULL) THEN 1 ELSE 0 END)
FROM submitted_assignment
JOIN assignment ON assignment.id = submitted_assignment.assignment_id
JOIN submitted_notebook ON submitted_notebook.assignment_id = submitted_assignment.id
JOIN grade ON grade.notebook_id = submitted_notebook.id
LEFT JOIN grade_cells ON grade_cells.id = grade.cell_id
LEFT JOIN task_cells ON task_cells.id = grade.cell_id
GROUP BY assignment.name, submitted_assignment.student_id, submitted_assignment.timestamp
""")


@dataclass(frozen=True)
class Grade:
    """What a submission has earned so far: by the checks, by hand, of how many points, and how much waits for a person.

    `checks_wait` and `people_wait` are how many points of either kind are not given yet.
    """

    at: datetime | None
    automatic: float
    manual: float
    most: float
    waiting: int
    checks_wait: int = 0
    people_wait: int = 0

    @property
    def score(self) -> float:
        """All points."""
        return self.automatic + self.manual

    def is_of(self, submitted_at: datetime | None) -> bool:
        """Whether it is about what was handed in at a moment: nbgrader keeps that moment to the microsecond."""
        at = self.at
        return (
            at is not None and submitted_at is not None and abs((at - submitted_at).total_seconds()) < 0.001
        )

    @property
    def whole(self) -> bool:
        """Whether nothing in it waits for a person."""
        return not self.waiting


Grades = Mapping[tuple[str, str], Grade]
"""By person or team, and exercise."""


def grades(url: str, patience: float = 20.0) -> Grades:
    """Return what is in the gradebook; nothing if there is none yet.

    Raises StoreError if it can't be read within so many seconds: somebody may be writing.
    """
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file():
        return {}
    waiting = {"connect_args": {"timeout": patience}} if parsed.get_backend_name() == "sqlite" else {}
    engine = sa.create_engine(url, **waiting)
    try:
        with engine.connect() as connection:
            return {
                (student, name): Grade(
                    _moment(at), float(auto), float(manual), float(most or 0), *map(int, waits)
                )
                for name, student, at, auto, manual, most, *waits in connection.execute(_QUERY)
            }
    except DatabaseError as error:
        if "no such table" in str(error) or "does not exist" in str(error):
            return {}  # it is being made just now
        raise StoreError(BUSY) from error
    finally:
        engine.dispose()


def gradebook_mark(url: str) -> Any:
    """Return something that changes whenever the gradebook may have changed, without opening it where it is a file."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return None
    found = []
    for end in ("", "-wal", "-journal"):
        file = Path(f"{parsed.database}{end}")
        found.append((file.stat().st_mtime_ns, file.stat().st_size) if file.exists() else None)
    return tuple(found)


def _moment(at: object) -> datetime | None:
    """A time of nbgrader: UTC without saying so."""
    if isinstance(at, str):
        at = datetime.fromisoformat(at)
    return at.replace(tzinfo=UTC) if isinstance(at, datetime) else None
