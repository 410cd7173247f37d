"""Preconditions of grading: sources, release and gradebook agree with the course, else a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from academy.data import DataFolder
from academy.errors import CourseError
from academy_grading.autograde.fast_path import UnmodifiedSubmission
from academy_grading.autograde.log_capture import last_word
from academy_grading.autograde.staging import Staging
from academy_grading.course_of import course_of
from academy_grading.grades.database import fits, has_gradebook
from academy_grading.sources.course_root import build_course
from academy_grading.sources.versions import (
    GradedVersions,
    VersionChange,
    changes,
    graded_by,
    judged_anew,
    version_of,
)

__all__ = ["Prepared", "prepare"]


@dataclass
class Prepared:
    """What was found and done."""

    graded: GradedVersions
    changes: list[VersionChange] = field(default_factory=list)
    anew: list[str] = field(default_factory=list)
    """Whose submissions were in the notebook as it was released before."""
    known: bool = True
    """Whether it is known by which version people were graded before."""
    lost: bool = False
    """Whether there was a gradebook once, and it is gone."""


def prepare(config: Config, exercise_id: str) -> Prepared:
    """Build and generate an exercise anew where its files have changed, and remember whom that leaves behind.

    Raises CourseError if cells would come or go where submissions exist, or if nbgrader can't generate it.
    """
    drafts = Staging(config, exercise_id)
    root = drafts.root
    graded_once = sorted(set(drafts.graded()) & set(drafts.people()))
    lost = bool(graded_once) and not has_gradebook(root)
    course = course_of(root)
    (source,) = build_course(DataFolder.open(root.parent.parent), course, [exercise_id])
    version, before = version_of(course.exercise(exercise_id)), graded_by(root, exercise_id)
    found = Prepared(before, changes(before.version, version), known=bool(before.version), lost=lost)
    where = drafts.directory
    if not _is_notebook(drafts.released()) or not fits(where.db_url, where.course_id, exercise_id, source):
        found.anew = _ordinary(drafts)
        _generate(config, exercise_id)
    if before.version != version:
        asked = before.asked | judged_anew(found.changes)
        found.graded = before.put(version=version, behind=frozenset(graded_once), asked=asked)
    return found


def _ordinary(drafts: Staging) -> list[str]:
    """Whose submission is the released notebook with answers in it, and not a letter else."""
    released = drafts.released()
    if not _is_notebook(released):
        return []
    notebook = UnmodifiedSubmission(released, nbformat.read(released, as_version=4))
    return [
        person
        for person in drafts.people()
        if drafts.is_simple(person)
        and notebook.answers(drafts.submitted(person) / f"{drafts.exercise}.ipynb") is not None
    ]


def _is_notebook(file: Path) -> bool:
    """Whether there is a notebook that can be read; raises OSError where something else is in its place."""
    if not file.parent.exists():
        return False
    try:
        nbformat.read(file, as_version=4)
    except FileNotFoundError:
        return False
    except OSError:
        raise
    except (
        Exception
    ):  # whatever stands in it instead of a notebook, nbformat has an error of its own for each
        return False
    return True


def _generate(config: Config, exercise_id: str) -> None:
    api: Any = NbGraderAPI(coursedir=CourseDirectory(config=config), config=config)
    result = api.generate_assignment(exercise_id)
    if not result["success"]:
        raise CourseError(f"{exercise_id} could not be generated: {last_word(result)}")
