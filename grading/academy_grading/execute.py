"""Autograding: only cells of the stored source run, and what can't be judged is left to a person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat import NotebookNode, from_dict
from nbgrader import utils
from nbgrader.api import Gradebook
from nbgrader.preprocessors import SaveAutoGrades
from nbgrader.preprocessors.base import NbGraderPreprocessor
from traitlets import Float

from academy_grading.apart import run_apart

# Imported here so that the process that runs the cells has it already.
from academy_grading.sheet import open_sheet  # noqa: F401

__all__ = ["ExecuteStoredCells", "SaveGrades"]


class ExecuteStoredCells(NbGraderPreprocessor):
    """Run a code cell only if its source is, letter by letter, the one that the gradebook keeps as locked.

    In place of nbgrader's Execute, which starts a kernel for each submission and takes some ten times as long.
    """

    seconds = Float(30, help="How long all checks of one submission may take.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Fill in the outputs."""
        cells = self._stored(nb, _locked_sources(resources["nbgrader"]))
        folder = Path(resources["metadata"]["path"]).absolute()
        results = run_apart([cell.source for cell in cells], folder, self.seconds)
        for number, (cell, outputs) in enumerate(zip(cells, results, strict=True), 1):
            cell.outputs, cell.execution_count = [from_dict(output) for output in outputs], number
        return nb, resources

    def _stored(self, nb: NotebookNode, stored: dict[str, str]) -> list[NotebookNode]:
        cells = []
        for cell in nb.cells:
            if cell.cell_type != "code":
                continue
            cell.outputs, cell.execution_count = [], None
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            if utils.is_locked(cell) and name in stored and stored[name] == cell.source:
                cells.append(cell)
            else:
                self.log.warning("A code cell that is not of this exercise was not run (%s).", name)
        return cells


def _locked_sources(about: dict[str, str]) -> dict[str, str]:
    with Gradebook(about["db_url"]) as gradebook:
        notebook = gradebook.find_notebook(about["notebook"], about["assignment"])
        return {cell.name: cell.source for cell in notebook.source_cells if cell.locked}


class SaveGrades(SaveAutoGrades):
    """Save what the checks gave; ask a person about a check that could not be run, and about levels given before."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: Any, cell_index: int
    ) -> tuple[NotebookNode, Any]:
        """Ask for a level again: it judged what was graded before. nbgrader does so for checks, but not for tasks."""
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if utils.is_task(cell):
            grade = self._grade(cell)
            grade.needs_manual_grade = True
            self.gradebook.db.commit()
        return cell, resources

    def _grade(self, cell: NotebookNode) -> Any:
        name = cell.metadata["nbgrader"]["grade_id"]
        return self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)

    def _add_score(self, cell: NotebookNode, resources: Any) -> None:
        super()._add_score(cell, resources)
        grade = self._grade(cell)
        if utils.is_solution(cell) and not grade.max_score:
            # The answers themselves: there for reading and for an overall comment, worth no points.
            grade.auto_score, grade.manual_score, grade.needs_manual_grade = 0, None, False
        elif cell.cell_type == "code" and utils.has_failed(cell):
            # A broken check must not cost anybody points.
            grade.auto_score, grade.needs_manual_grade = None, True
        self.gradebook.db.commit()
