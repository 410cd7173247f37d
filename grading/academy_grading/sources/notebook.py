"""Builds the nbgrader source notebook of an exercise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from academy.course import Check, Criterion, Exercise
from academy.errors import CourseError
from academy.i18n import N_, Translator, translator
from academy_grading.sources.readable_answers import readable_answers

__all__ = ["ANSWERS", "LEVELS", "check_id", "criterion_id", "exercise_notebook"]

ANSWERS = "answers"
"""The cell that holds a participant's answers."""
LEVELS = 4
_CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


def check_id(check: str) -> str:
    """Return the nbgrader id of a check's cell."""
    return f"check-{check}"


def criterion_id(criterion: str) -> str:
    """Return the nbgrader id of a criterion's cell."""
    return f"criterion-{criterion}"


def exercise_notebook(exercise: Exercise) -> NotebookNode:
    """Return the source notebook: the same exercise gives the same bytes.

    The answers' cell shows an empty sample; it is a solution cell worth 0 points, which gives the grader a place for
    an overall comment. Raises CourseError if an id is too long for a notebook cell.
    """
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    notebook: NotebookNode = new_notebook(cells=list(_cells(exercise)), metadata=metadata)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def _cells(exercise: Exercise) -> Iterator[NotebookNode]:
    gettext = translator(exercise.language)
    yield _markdown("introduction", _introduction(exercise, gettext))
    yield _code("loader", _loader(exercise))
    yield _markdown(ANSWERS, readable_answers(exercise, {}), grade=True, solution=True, points=0)
    if exercise.checks:
        yield _markdown("checks", f"## {gettext('Checks')}\n\n{gettext(_ABOUT_CHECKS)}")
    for check in exercise.checks:
        yield _code(check_id(check.id), _check(check), grade=True, points=check.points)
    if exercise.rubric:
        yield _markdown("rubric", f"## {gettext('Rubric')}\n\n{gettext(_ABOUT_RUBRIC)}")
    for criterion in exercise.rubric:
        yield _markdown(criterion_id(criterion.id), _criterion(criterion, gettext), task=True, points=LEVELS)


_ABOUT_CHECKS = N_(
    "The kit gives these points by itself. Change them where you see it differently: your number counts."
)
_ABOUT_RUBRIC = N_(
    "Read the answers and give each criterion a level from 1 to 4: the level is the number of points. Below each "
    "criterion there is room for a comment to the participant."
)
_HOW_TO_READ = N_(
    "Below come the participant's answers, exactly as they were written; then the checks, one sentence each; then the "
    "rubric, where your judgement is asked for. Participants do not see this page: they read points, levels and your "
    "comments in the course's app."
)


def _introduction(exercise: Exercise, gettext: Translator) -> str:
    parts = [f"# {exercise.title}", exercise.summary.strip()]
    if exercise.intro.strip():
        parts += [f"## {gettext('What was asked')}", exercise.intro.strip()]
    parts += [f"## {gettext('How to read this notebook')}", gettext(_HOW_TO_READ)]
    return "\n\n".join(part for part in parts if part)


def _loader(exercise: Exercise) -> str:
    return (
        "from academy_grading.sheet import open_sheet\n\n"
        f'sheet = open_sheet("answers.json", course="{exercise.edition}", exercise="{exercise.id}")'
    )


def _check(check: Check) -> str:
    title = " ".join(check.title.split())
    return f'# {title}\nsheet.check("{check.id}")'


def _criterion(criterion: Criterion, gettext: Translator) -> str:
    rows = [f"| {number} | {_cell(level)} |" for number, level in enumerate(criterion.levels, 1)]
    heading = f"| {gettext('Level')} | {gettext('What you see')} |"
    return "\n".join([f"### {criterion.label}", "", heading, "|:-:|:--|", *rows])


def _cell(text: str) -> str:
    """A text in a Markdown table: one line, with no bar of its own."""
    return " ".join(text.split()).replace("|", "&#124;")


def _markdown(name: str, source: str, **flags: object) -> NotebookNode:
    return _named(new_markdown_cell(source), name, flags)


def _code(name: str, source: str, **flags: object) -> NotebookNode:
    cell = _named(new_code_cell(source), name, flags)
    cell.metadata["jupyter"] = {"source_hidden": True}  # for whoever opens the notebook in JupyterLab
    return cell


def _named(cell: NotebookNode, name: str, flags: dict[str, object]) -> NotebookNode:
    if not _CELL_ID.fullmatch(name):
        raise CourseError(f"The id {name} is too long for a notebook: shorten it to 50 characters or less.")
    cell["id"] = name
    points = {"points": flags.pop("points")} if "points" in flags else {}
    kinds = {"grade": False, "solution": False, "task": False} | flags
    cell.metadata["nbgrader"] = {
        "schema_version": 3,
        "grade_id": name,
        "locked": not kinds["solution"],
        **kinds,
        **points,
    }
    return cell
