"""Guards `nbgrader generate_assignment`: validates the cells before anything is deleted."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from nbconvert.exporters import NotebookExporter
from nbgrader.converters.base import NbGraderException

from academy_grading.grades.database import said_cell_change

__all__ = ["CarefulNotebookExporter"]


class CarefulNotebookExporter(NotebookExporter):
    """nbgrader's exporter, which refuses a notebook whose cells no longer fit the submissions.

    `generate_assignment` makes its exporter once it knows the notebooks and before it removes the old release: there
    is no other seam that early.
    """

    def __init__(self, **kwargs: Any) -> None:
        converter: Any = kwargs.get("parent")
        directory: Any = getattr(converter, "coursedir", None)
        for notebooks in getattr(converter, "assignments", {}).values():
            said = said_cell_change(
                directory.db_url, directory.course_id, directory.assignment_id, map(Path, notebooks)
            )
            if said:
                converter.log.error(said)
                raise NbGraderException(said)
        cast(Any, super()).__init__(**kwargs)
