"""One row of a table of answers, seen as a form of its own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from academy.store import Answers, Draft, Edit, Saved
from academy.store.schema import Revision

__all__ = ["RowAnswers"]


class RowAnswers:
    """The answers of one row: `star` here is `reviews/r1/star` in the store. Everything else stays as it is there.

    It has the methods of Answers that a form's desk uses for a draft.
    """

    def __init__(self, answers: Answers, table: str, row: str) -> None:
        self.answers = answers
        self.table = table
        self.row = row
        self._prefix = f"{table}/{row}/"

    def save(
        self,
        person_id: str,
        exercise: str,
        edits: Sequence[Edit],
        device: str = "",
        tables: Collection[str] = (),
    ) -> Saved:
        """Commit edits of the row."""
        sent = [replace(edit, path=self._prefix + edit.path) for edit in edits]
        saved = self.answers.save(person_id, exercise, sent, device, tables)
        return Saved(saved.accepted, saved.rev, self._inside(saved.current), self._inside(saved.overtaken))

    def draft(self, person_id: str, exercise: str) -> Draft:
        """Return the newest value of each field of the row."""
        draft = self.answers.draft(person_id, exercise)
        return Draft(self._inside(draft.values), self._inside(draft.revs), draft.rev)

    def values_at(self, person_id: str, exercise: str, rev: int) -> dict[str, Any]:
        """Return the fields of the row as they were at a revision."""
        return self._inside(self.answers.values_at(person_id, exercise, rev))

    def history(self, person_id: str, exercise: str, path: str | None = None) -> list[Revision]:
        """Return the revisions of a field of the row, oldest first."""
        return self.answers.history(person_id, exercise, None if path is None else self._prefix + path)

    def _inside(self, values: dict[str, Any]) -> dict[str, Any]:
        length = len(self._prefix)
        return {path[length:]: value for path, value in values.items() if path.startswith(self._prefix)}
