"""`nbgrader release_feedback`: give participants what the gradebook says, in the app."""

from __future__ import annotations

from functools import cached_property

from nbgrader.api import Gradebook, MissingEntry, SubmittedNotebook
from nbgrader.exchange.abc import ExchangeReleaseFeedback

from academy.course import Exercise
from academy.documents.feedback import CheckFeedback, CriterionFeedback, FeedbackDocument
from academy.store import Feedback
from academy.store.schema import FeedbackRow
from academy_grading.exchange.base import StoreExchange
from academy_grading.exchange.collect import submission_number
from academy_grading.grades.grade_queries import NotebookGrades
from academy_grading.sources.notebook import LEVELS, check_id, criterion_id

__all__ = ["ReleaseFeedback", "feedback_document"]


class ReleaseFeedback(StoreExchange, ExchangeReleaseFeedback):
    """Put feedback into the store for each person whose feedback was generated and who is graded to the end.

    The document comes from the gradebook, not from nbgrader's page. It is pinned to the submission that was graded.
    Releasing again what did not change does nothing; changed grades make a newer document.
    """

    def copy_files(self) -> None:
        """Release what is ready, and say what is not and why."""
        folders = sorted(self.root.glob(f"{self.coursedir.feedback_directory}/*/{self.exercise_id}"))
        people = [folder.parent.name for folder in folders if self.wants(folder.parent.name)]
        if not people:
            self.log.warning(
                "There is no feedback to release. Run first: nbgrader generate_feedback %s", self.exercise_id
            )
            return
        exercise = self.exercise
        with Gradebook(self.coursedir.db_url, self.course_id) as gradebook:
            for person in people:
                self._release(gradebook, exercise, person)

    def _release(self, gradebook: Gradebook, exercise: Exercise, person: str) -> None:
        graded = self.folder(self.coursedir.autograded_directory, person)
        number = submission_number(graded)
        notebook = self._graded(gradebook, person)
        if number is None or notebook is None:
            self.log.warning("%s: not autograded, so there is nothing to release.", person)
        elif submission_number(self.folder(self.coursedir.feedback_directory, person)) != number:
            self.log.warning(
                "%s: the feedback is about an earlier submission. Run again: nbgrader generate_feedback %s",
                person,
                exercise.id,
            )
        elif notebook.needs_manual_grade:
            self.log.warning("%s: some points are still to be given in formgrader. Not released.", person)
        else:
            self._put(person, number, feedback_document(exercise, notebook, number))

    def _graded(self, gradebook: Gradebook, person: str) -> SubmittedNotebook | None:
        try:
            return gradebook.find_submission_notebook(self.exercise_id, self.exercise_id, person)
        except MissingEntry:
            return None

    def _put(self, person: str, number: int, document: FeedbackDocument) -> None:
        if self.put(person, number, document):
            self.log.info("%s: released feedback on submission %s.", person, number)
        else:
            self.log.info("%s: feedback on submission %s was released already.", person, number)

    def put(self, person: str, number: int, document: FeedbackDocument) -> bool:
        """Give a person the feedback on one submission. Returns False if exactly this is already there."""
        return Feedback(self.store, self.course_id).release(person, self.exercise_id, number, document)

    def is_released(self, person: str, number: int, document: FeedbackDocument) -> bool:
        """Whether exactly this is the newest that the person was given."""
        row = self._newest.get(person)
        return row is not None and row.submission == number and row.document == document

    @cached_property
    def _newest(self) -> dict[str, FeedbackRow]:
        return {row.person_id: row for row in Feedback(self.store, self.course_id).all(self.exercise_id)}


def feedback_document(
    exercise: Exercise, notebook: SubmittedNotebook | NotebookGrades, number: int
) -> FeedbackDocument:
    """Return what a participant gets to read about one graded submission: points, checks, levels, comments."""
    grades = {grade.name: grade for grade in notebook.grades}
    comments = {comment.name: (comment.comment or "").strip() for comment in notebook.comments}
    checks: list[CheckFeedback] = []
    rubric: list[CriterionFeedback] = []
    for check in exercise.checks:
        if grade := grades.get(check_id(check.id)):
            checks.append(
                {
                    "id": check.id,
                    "earned": grade.score,
                    "points": grade.max_score,
                    "title": check.title,
                    "hint": check.hint,
                }
            )
    for criterion in exercise.rubric:
        name = criterion_id(criterion.id)
        if grade := grades.get(name):
            said = comments.pop(name, "")
            rubric.append({"id": criterion.id, "score": grade.score, "points": LEVELS, "comment": said})
    return {
        "points": notebook.score or 0.0,
        "max_points": notebook.max_score or 0.0,
        "checks": checks,
        "rubric": rubric,
        "comments": [{"cell": cell, "text": text} for cell, text in sorted(comments.items()) if text],
        "submission": number,
    }
