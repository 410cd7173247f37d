"""Students that formgrader lists and counts: the people of the course who have not left."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, cast

from nbgrader.apps import NbGraderAPI

from academy.data import DataFolder
from academy.errors import AcademyError
from academy.people.leaving import who_left
from academy.private_names import is_tested
from academy.store import open_store
from academy_grading.formgrader.needs_grading import waiting

__all__ = ["PresentPeople", "left_of"]

_SCORES = ("score", "code_score", "written_score", "task_score")


def left_of(root: str) -> set[str]:
    """Return who has left the edition of a course root; nobody where that lies in no data folder."""
    with suppress(AcademyError):
        data = DataFolder.open(Path(root).parent.parent)
        with closing(open_store(data.store_url, migrate=False, ties=data.ties)) as store:
            return who_left(store, Path(root).name)
    return set()


class PresentPeople(NbGraderAPI):
    """What formgrader's tables ask nbgrader, without the people in `left`.

    Only what lists and counts people differs. Whoever has the address of a submission finds it as before, and
    commands do what they are told to do.
    """

    left: Collection[str] = ()

    def get_submitted_students(self, assignment_id: str) -> set[str]:
        """Who has submitted."""
        found: set[str] = cast(Any, super()).get_submitted_students(assignment_id)
        return found.difference(self.left)

    def get_students(self) -> list[dict[str, object]]:
        """Everybody."""
        return self._present(cast(Any, super()).get_students(), "id")

    def get_submissions(self, assignment_id: str) -> list[dict[str, object]]:
        """The submissions of an exercise."""
        return self._present(cast(Any, super()).get_submissions(assignment_id))

    def get_notebook_submissions(self, assignment_id: str, notebook_id: str) -> list[dict[str, object]]:
        """The submissions of a notebook."""
        return self._present(cast(Any, super()).get_notebook_submissions(assignment_id, notebook_id))

    def get_assignment(self, assignment_id: str, released: object = None) -> dict[str, object] | None:
        """An exercise, with how many submitted it and how they did."""
        found: dict[str, object] | None = cast(Any, super()).get_assignment(assignment_id, released)
        if found and found["id"] and self.left:
            with self.gradebook as gradebook:
                found |= _means(self._present(gradebook.submission_dicts(assignment_id)))
        return found

    def get_notebooks(self, assignment_id: str) -> list[dict[str, Any]]:
        """The notebooks of an exercise, with how many submitted them and how they did."""
        found: list[dict[str, Any]] = cast(Any, super()).get_notebooks(assignment_id)
        for one in found:
            if one["id"] and self.left:
                with self.gradebook as gradebook:
                    rows = self._present(gradebook.notebook_submission_dicts(one["name"], assignment_id))
                    ungraded = waiting(gradebook, assignment_id, one["name"], self.left)
                one |= _means(rows)
                one |= {"num_submissions": len(rows), "needs_manual_grade": bool(ungraded)}
        return found

    def _filter_existing_notebooks(self, assignment_id: str, notebooks: Iterable[Any]) -> list[Any]:
        """What one steps through."""
        if is_tested("formgrader-steps"):
            notebooks = [one for one in notebooks if one.student.id not in self.left]
        found: list[Any] = cast(Any, super())._filter_existing_notebooks(assignment_id, notebooks)
        return found

    def _present(self, rows: list[dict[str, object]], who: str = "student") -> list[dict[str, object]]:
        return [row for row in rows if row[who] not in self.left]


def _means(rows: list[dict[str, Any]]) -> dict[str, float]:
    """Means of points as nbgrader has them: of those who submitted, 0 if nobody did."""
    return {f"average_{name}": sum(row[name] or 0.0 for row in rows) / max(len(rows), 1) for name in _SCORES}
