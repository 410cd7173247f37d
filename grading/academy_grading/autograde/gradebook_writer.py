"""Writes grades: one database session, one short transaction for each submission."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from nbgrader.api import (
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from nbgrader.preprocessors import AssignLatePenalties

from academy_grading.autograde.fast_path import CheckedSubmission

__all__ = ["GradebookWriter", "open_gradebook_writer"]

_SUBMISSION: Any = SubmittedAssignment.__table__
_NOTEBOOK: Any = SubmittedNotebook.__table__
_GRADE: Any = Grade.__table__
_COMMENT: Any = Comment.__table__
_STUDENT: Any = Student.__table__
_COMMENTED = ("SolutionCell", "TaskCell")
_GRADED = ("GradeCell", "TaskCell")


class GradebookWriter:
    """Submissions of one assignment, which has one notebook."""

    def __init__(self, gradebook: Gradebook, assignment: str, late: AssignLatePenalties) -> None:
        self._gradebook: Any = gradebook
        self._engine: sa.Engine = gradebook.engine
        self._late: Any = late
        self._late.init_plugin()
        found = self._gradebook.find_assignment(assignment)
        (notebook,) = found.notebooks
        self.assignment, self._notebook, self._due = found.id, notebook.id, found.duedate
        cells: Any = self._gradebook.db.query(BaseCell).filter(BaseCell.notebook_id == notebook.id).all()
        self._grades: dict[str, str] = {
            cell.name: cell.id for cell in cells if type(cell).__name__ in _GRADED
        }
        self._most = {cell.name: float(cell.max_score) for cell in cells if type(cell).__name__ in _GRADED}
        self._checks = [cell.id for cell in cells if type(cell).__name__ == "GradeCell"]
        self._comments: dict[str, str] = {
            cell.name: cell.id for cell in cells if type(cell).__name__ in _COMMENTED
        }
        self._gradebook.db.commit()

    def known(self) -> dict[str, datetime | None]:
        """Return everybody whose submission is graded here, with its time.

        Not those with a check that nobody has given points to yet: nbgrader was stopped halfway, or a check was
        broken, which may be mended now. Unless a person has begun to grade it, who must not be asked again.
        """
        open_ = sa.and_(_GRADE.c.cell_id.in_(self._checks), _GRADE.c.auto_score.is_(None))
        by_hand = sa.func.count(_GRADE.c.manual_score)
        found = (
            sa.select(_SUBMISSION.c.student_id, _SUBMISSION.c.timestamp)
            .join(_NOTEBOOK, _NOTEBOOK.c.assignment_id == _SUBMISSION.c.id)
            .outerjoin(_GRADE, _GRADE.c.notebook_id == _NOTEBOOK.c.id)
            .where(_SUBMISSION.c.assignment_id == self.assignment)
            .group_by(_SUBMISSION.c.student_id, _SUBMISSION.c.timestamp)
            .having(sa.or_(by_hand > 0, sa.func.sum(sa.case((open_, 1), else_=0)) == 0))
        )
        with self._engine.connect() as connection:
            return {row.student_id: row.timestamp for row in connection.execute(found)}

    def save(
        self,
        person: str,
        timestamp: datetime | None,
        graded: CheckedSubmission,
        *,
        kept: bool = False,
        asked: Container[str] = (),
    ) -> None:
        """Write what nbgrader's autograde would write about one submission, all of it or nothing.

        `kept` says that it is the submission which people have judged already: they are asked again only about the
        cells in `asked`, about a check that gives other points now than those they changed, and about more points
        than there are.
        On PostgreSQL formgrader can write down the same student, and then the same submission, at this very moment.
        They are there when it is tried again.
        """
        for again in (True, True, False):
            try:
                self._save(person, timestamp, graded, asked if kept else None)
                return
            except sa.exc.IntegrityError:
                if not again:
                    raise

    def _save(
        self, person: str, timestamp: datetime | None, graded: CheckedSubmission, asked: Container[str] | None
    ) -> None:
        with self._engine.begin() as connection:
            submission, notebook = self._place(connection, person, timestamp)
            self._save_grades(connection, notebook, graded, asked)
            self._save_comments(connection, notebook, graded.comments)
            self._save_penalty(connection, person, submission, notebook)

    def _place(self, connection: sa.Connection, person: str, timestamp: datetime | None) -> tuple[str, str]:
        """The ids of a person's submission and of the notebook in it; made if they are not there."""
        values = {"timestamp": timestamp} if timestamp else {}
        mine = (_SUBMISSION.c.assignment_id == self.assignment) & (_SUBMISSION.c.student_id == person)
        # Writing first: from here on nobody else writes to a file of SQLite, and on PostgreSQL no other batch does so
        # about this person. What is read below is still so when we save.
        held = connection.execute(sa.update(_STUDENT).where(_STUDENT.c.id == person).values(id=person))
        if not held.rowcount:
            connection.execute(sa.insert(_STUDENT).values(id=person))
        submission = connection.execute(sa.select(_SUBMISSION.c.id).where(mine)).scalar()
        if submission is None:
            return self._new(connection, person, values)
        if values:
            connection.execute(sa.update(_SUBMISSION).where(_SUBMISSION.c.id == submission).values(values))
        of_it = (_NOTEBOOK.c.assignment_id == submission) & (_NOTEBOOK.c.notebook_id == self._notebook)
        return submission, str(connection.execute(sa.select(_NOTEBOOK.c.id).where(of_it)).scalar_one())

    def _new(self, connection: sa.Connection, person: str, values: Mapping[str, Any]) -> tuple[str, str]:
        submission, notebook = new_uuid(), new_uuid()
        about = {"id": submission, "assignment_id": self.assignment, "student_id": person, **values}
        connection.execute(sa.insert(_SUBMISSION).values(about))
        of_it = {"id": notebook, "assignment_id": submission, "notebook_id": self._notebook}
        connection.execute(sa.insert(_NOTEBOOK).values(of_it))
        for table, cells in ((_GRADE, self._grades), (_COMMENT, self._comments)):
            if cells:
                rows = [{"cell_id": cell, "notebook_id": notebook} for cell in cells.values()]
                connection.execute(sa.insert(table), rows)
        return submission, notebook

    def _save_grades(
        self,
        connection: sa.Connection,
        notebook: str,
        graded: CheckedSubmission,
        asked: Container[str] | None,
    ) -> None:
        rows = [
            {
                "of_notebook": notebook,
                "of_cell": cell,
                "score": graded.scores.get(name),
                "waits": name in graded.waits,
                "cleared": name in graded.cleared,
                "kept": asked is not None and name not in asked,
                "most": self._most.get(name, 0.0),
            }
            for name, cell in self._grades.items()
        ]
        cleared = sa.bindparam("cleared", type_=sa.Boolean)
        given = _GRADE.c.manual_score.is_not(None)
        score = sa.bindparam("score", type_=sa.Float)
        kept = sa.and_(
            sa.bindparam("kept", type_=sa.Boolean),
            _GRADE.c.auto_score.is_not_distinct_from(score),
            sa.or_(sa.not_(given), _GRADE.c.manual_score <= sa.bindparam("most", type_=sa.Float)),
        )
        asks = sa.or_(sa.bindparam("waits", type_=sa.Boolean), given)
        change = (
            sa.update(_GRADE)
            .where(_GRADE.c.notebook_id == sa.bindparam("of_notebook"))
            .where(_GRADE.c.cell_id == sa.bindparam("of_cell"))
            .values(
                auto_score=score,
                manual_score=sa.case((cleared, sa.null()), else_=_GRADE.c.manual_score),
                needs_manual_grade=sa.case(
                    (cleared, sa.false()), (sa.and_(kept, given), _GRADE.c.needs_manual_grade), else_=asks
                ),
            )
        )
        connection.execute(change, rows)

    def _save_comments(
        self, connection: sa.Connection, notebook: str, comments: Mapping[str, str | None]
    ) -> None:
        change = (
            sa.update(_COMMENT)
            .where(_COMMENT.c.notebook_id == sa.bindparam("of_notebook"))
            .where(_COMMENT.c.cell_id == sa.bindparam("of_cell"))
            .values(auto_comment=sa.bindparam("said"))
        )
        rows = [
            {"of_notebook": notebook, "of_cell": self._comments[name], "said": said}
            for name, said in comments.items()
            if name in self._comments
        ]
        if rows:
            connection.execute(change, rows)

    def _save_penalty(self, connection: sa.Connection, person: str, submission: str, notebook: str) -> None:
        penalty = None
        about = sa.select(_SUBMISSION.c.timestamp, _SUBMISSION.c.extension)
        timestamp, extension = connection.execute(about.where(_SUBMISSION.c.id == submission)).one()
        due = self._due + extension if self._due and extension else self._due
        if timestamp and due and timestamp > due:
            points: Any = SubmittedNotebook.score
            score = sa.select(points).where(_NOTEBOOK.c.id == notebook)
            found = float(connection.execute(score).scalar_one())
            late = (timestamp - due).total_seconds()
            penalty = self._late.plugin_inst.late_submission_penalty(person, found, late)
            if penalty is not None:  # as nbgrader does: never more than there is, and nothing is added
                penalty = min(max(penalty, 0), found)
        connection.execute(
            sa.update(_NOTEBOOK).where(_NOTEBOOK.c.id == notebook).values(late_submission_penalty=penalty)
        )


@contextmanager
def open_gradebook_writer(
    url: str, course: str, assignment: str, late: AssignLatePenalties
) -> Iterator[GradebookWriter]:
    """Open the gradebook for one command."""
    with Gradebook(url, course) as gradebook:
        yield GradebookWriter(gradebook, assignment, late)
