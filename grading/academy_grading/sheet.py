"""API of the cells in a grading notebook: a participant's answers and the exercise's checks."""

from __future__ import annotations

import contextlib
import io
import json
import sys
import warnings
from pathlib import Path

from academy.course import CheckResult, Exercise, Work, load_course, nest
from academy.errors import AcademyError, DataError
from academy.i18n import translator
from academy_grading.course_of import course_of, root_around

__all__ = ["AnswerSheet", "CheckError", "NoSheet", "open_sheet"]


class CheckError(AcademyError):
    """A check could not be run; a person has to look."""


class NothingToCheckError(CheckError):
    """The notebook is a source: there are no answers in it, and nothing is wrong with it."""

    def __init__(self, exercise: str) -> None:
        self.lines = (  # `nbgrader validate` cuts lines that are longer
            f"This is no fault: it is the source of {exercise}, without answers.",
            "nbgrader validate can't tell anything about it.",
            "To look the exercise over, run: academy check",
            "To try it, hand it in as a participant and run: academy grade",
        )
        super().__init__("\n".join(self.lines))

    def _render_traceback_(self) -> list[str]:
        """What IPython shows: where in the code it was said helps nobody."""
        return list(self.lines)


class AnswerSheet:
    """Answers of one participant, with the checks of the exercise.

    `work` has the participant's other exercises, as they were when this one was submitted.
    """

    def __init__(self, exercise: Exercise, answers: dict[str, object], work: Work | None = None) -> None:
        self.exercise = exercise
        self.answers = nest(exercise, answers)
        self.work = (work or Work(None)).having(exercise, answers)

    def check(self, check_id: str) -> float:
        """Print the check's sentence and return its points, from 0 to the check's maximum.

        Nothing goes to stderr: nbgrader would take the points away for it. Raises CheckError if the check
        itself is broken.
        """
        result = self._run(check_id)
        sys.stdout.write(self._sentence(result) + "\n")
        return min(float(result.earned), float(result.points))  # `earned` is rounded

    def _run(self, check_id: str) -> CheckResult:
        check = next((check for check in self.exercise.checks if check.id == check_id), None)
        if check is None:
            raise CheckError(f"The exercise has no check {check_id} any more.")
        with contextlib.redirect_stderr(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                result: CheckResult = check.run(self.exercise, self.answers, self.work)
            except Exception as error:
                reason = f"{type(error).__name__}: {error}"
                raise CheckError(f"The check {check_id} could not be run ({reason}).") from None
        return result

    def _sentence(self, result: CheckResult) -> str:
        gettext = translator(self.exercise.language)
        if result.passed:
            return gettext("✔ {title}.").format(title=result.title)
        return gettext("✘ {title}: not yet. {hint}").format(title=result.title, hint=result.hint)


class NoSheet:
    """In place of answers where there are none to be had: in the source of an exercise, and as it is released."""

    def __init__(self, exercise: str) -> None:
        self.exercise = exercise

    def check(self, check_id: str) -> float:
        """Say why nothing can be checked. Raises NothingToCheckError."""
        raise NothingToCheckError(self.exercise)


def open_sheet(file: str, *, course: str, exercise: str) -> AnswerSheet | NoSheet:
    """Read the answers beside the notebook, for an exercise of an edition, `course`.

    Raises AcademyError with a sentence if they can't be read.
    """
    if not Path(file).exists() and Path(file).absolute().parent.parent.name in ("source", "release"):
        return NoSheet(exercise)
    try:
        document = json.loads(Path(file).read_text("utf-8"))
        answers, others = document["answers"], document.get("work", {})
        if not all(isinstance(part, dict) for part in (answers, others, *others.values())):
            raise TypeError
    except FileNotFoundError:
        raise DataError(f"{file} is missing. Collect the submission again.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DataError(f"{file} can't be read. Collect the submission again.") from None
    root = root_around(Path(file).absolute().parent, course)
    loaded = load_course(course) if root is None else course_of(root)
    work = Work(loaded, lambda other: others.get(other, {}))
    return AnswerSheet(loaded.exercise(exercise), answers, work)
