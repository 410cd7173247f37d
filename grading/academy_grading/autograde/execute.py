"""Executes a submission for nbgrader: only cells of the stored source run; unjudged cells are left to a person."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from nbformat import NotebookNode, from_dict
from nbgrader import utils
from nbgrader.api import Gradebook
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import Execute, SaveAutoGrades
from nbgrader.preprocessors.base import NbGraderPreprocessor
from traitlets import Bool, Float, Integer

from academy.content import course_folder
from academy.course import load_course
from academy_grading.autograde.checks_client import shared_checks_client
from academy_grading.autograde.checks_process import Job
from academy_grading.sources.versions import graded_by, version_of

__all__ = ["ExecuteStoredCells", "SaveGrades", "judged", "refusal"]


class ExecuteStoredCells(NbGraderPreprocessor):
    """Run a code cell only if its source is, letter by letter, the one that the gradebook keeps as locked.

    In place of nbgrader's Execute, which starts a kernel for each submission and takes some ten times as long.
    A submission with any other code cell is named in a sentence, and that cell is not run, unless the facilitator
    lets nbgrader's own kernel have it.
    """

    seconds = Float(30, help="How long all checks of one submission may take.").tag(config=True)
    memory = Integer(1024, help="How much memory, in MB, all checks of one submission may take.").tag(
        config=True
    )
    kernel_for_others = Bool(
        False,
        help="Let nbgrader's own kernel run whole submissions that have code cells of somebody else's. They can do "
        "on this machine whatever you can do.",
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Fill in the outputs."""
        about = resources["nbgrader"]
        self._refuse_other_version(about["assignment"])
        ours, others = _parted(nb, _locked_sources(about))
        if others and self.kernel_for_others:
            self.log.warning(
                "%s: a kernel runs this submission, with code that is not of this exercise.", about["student"]
            )
            result: tuple[NotebookNode, Any] = Execute(parent=self.parent).preprocess(nb, resources)
            return result
        for cell in others:
            self.log.warning("%s", refusal(about["student"], cell.source))
        results = shared_checks_client().run(
            self.job([cell.source for cell in ours], resources["metadata"]["path"])
        )
        for number, (cell, outputs) in enumerate(zip(ours, results, strict=True), 1):
            cell.outputs, cell.execution_count = [from_dict(output) for output in outputs], number
        return nb, resources

    def _refuse_other_version(self, exercise: str) -> None:
        """Refuse to grade one by checks that have changed since the others were graded."""
        place = self.config.CourseDirectory
        graded = graded_by(Path(place["root"]), exercise)
        if graded.version:
            course = load_course(place["course_id"])
            if course.has(exercise) and graded.version != version_of(course.exercise(exercise)):
                said = (
                    f"{exercise} has changed since it was last graded. {GRADE_ALL.format(exercise=exercise)}"
                )
                self.log.error(said)
                raise NbGraderException(said)

    def job(self, sources: list[str], folder: str | os.PathLike[str]) -> Job:
        """Return what is to be run for one submission."""
        return Job(
            sources,
            os.fspath(Path(folder).absolute()),
            self.seconds,
            self.memory,
            self.config.CourseDirectory["course_id"],
            os.fspath(course_folder(self.config.CourseDirectory["course_id"]).parent),
        )


GRADE_ALL = "Grade everybody by one version with: academy grade {exercise}"


def refusal(person: str, source: str) -> str:
    """Return the sentence that names a cell which was not run."""
    line = next((line.strip() for line in source.splitlines() if line.strip()), "")
    shown = line if len(line) <= 60 else f"{line[:60]}…"
    return (
        f"{person}: a code cell that is not of this exercise was not run: {shown!r}. Look at the submission."
    )


def _parted(nb: NotebookNode, stored: dict[str, str]) -> tuple[list[NotebookNode], list[NotebookNode]]:
    """The code cells that are stored as they are here, and those that are not."""
    ours: list[NotebookNode] = []
    others: list[NotebookNode] = []
    for cell in nb.cells:
        if cell.cell_type != "code":
            continue
        cell.outputs, cell.execution_count = [], None
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        same = utils.is_locked(cell) and name in stored and stored[name] == cell.source
        (ours if same else others).append(cell)
    return ours, others


def _locked_sources(about: dict[str, str]) -> dict[str, str]:
    with Gradebook(about["db_url"]) as gradebook:
        notebook = gradebook.find_notebook(about["notebook"], about["assignment"])
        return {cell.name: cell.source for cell in notebook.source_cells if cell.locked}


def judged(cell: NotebookNode, log: Any = None) -> tuple[float | None, bool]:
    """Return the points that a graded cell gets by itself, and whether a person has to look in any case."""
    score, most = utils.determine_grade(cell, log)
    if utils.is_solution(cell) and not most:
        # The answers themselves: there for reading and for an overall comment, worth no points.
        return 0, False
    if cell.cell_type == "code" and utils.has_failed(cell):
        # A broken check must not cost anybody points.
        return None, True
    return score, score is None


class SaveGrades(SaveAutoGrades):
    """Save what the checks gave.

    A person is asked about a check that could not be run or is missing, and about levels given before.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Save them; then see to the cells that the submission does not have, which nbgrader leaves as they were."""
        nb, resources = super().preprocess(nb, resources)
        there = {
            cell.metadata["nbgrader"]["grade_id"]
            for cell in nb.cells
            if utils.is_grade(cell) or utils.is_task(cell)
        }
        with Gradebook(self.db_url) as gradebook:
            notebook = gradebook.find_submission_notebook(
                self.notebook_id, self.assignment_id, self.student_id
            )
            for grade in [grade for grade in notebook.grades if grade.name not in there]:
                grade.auto_score, grade.needs_manual_grade = None, True
                self.log.warning("%s: %s is missing. Give its points by hand.", self.student_id, grade.name)
            gradebook.db.commit()
        return nb, resources

    def preprocess_cell(
        self, cell: NotebookNode, resources: Any, cell_index: int
    ) -> tuple[NotebookNode, Any]:
        """Ask for a level again: it judged what was graded before. nbgrader does so for checks, but not for tasks."""
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if utils.is_grade(cell):
            self._save_score(cell)
        if utils.is_task(cell):
            grade = self._grade(cell)
            grade.needs_manual_grade = True
            self.gradebook.db.commit()
        return cell, resources

    def _grade(self, cell: NotebookNode) -> Any:
        name = cell.metadata["nbgrader"]["grade_id"]
        return self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)

    def _save_score(self, cell: NotebookNode) -> None:
        grade = self._grade(cell)
        if utils.is_solution(cell) and not grade.max_score:
            grade.auto_score, grade.manual_score, grade.needs_manual_grade = 0, None, False
        else:
            grade.auto_score, waits = judged(cell)
            grade.needs_manual_grade = waits or grade.manual_score is not None
        self.gradebook.db.commit()
