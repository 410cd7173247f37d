"""One row of a table of answers, as a form of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from academy.store import Answers, Draft, Edit, Saved, Submission
from academy.store.schema import Revision
from academy.store.values import Origin

__all__ = ["RowAnswers"]


class RowAnswers:
    """The answers of one row: `star` here is `reviews/r1/star` in the store.

    It has the methods of Answers that a form's desk uses. Sending the form calls `send` with the key and the revision
    that were sent.
    """

    def __init__(
        self, answers: Answers, table: str, row: str, send: Callable[[str, int], Submission]
    ) -> None:
        self.answers = answers
        self.send = send
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
        inside = (self._inside(part) for part in (saved.current, saved.overtaken, saved.rivals))
        return Saved(saved.accepted, saved.rev, *inside)

    def draft(self, person_id: str, exercise: str) -> Draft:
        """Return the newest value of each field of the row."""
        draft = self.answers.draft(person_id, exercise)
        return Draft(self._inside(draft.values), self._inside(draft.revs), draft.rev)

    def origins(self, revs: Collection[int]) -> dict[int, Origin]:
        """Return where revisions came from."""
        return self.answers.origins(revs)

    def values_at(self, person_id: str, exercise: str, rev: int) -> dict[str, Any]:
        """Return the fields of the row as they were at a revision."""
        return self._inside(self.answers.values_at(person_id, exercise, rev))

    def history(self, person_id: str, exercise: str, path: str | None = None) -> list[Revision]:
        """Return the revisions of a field of the row, oldest first."""
        return self.answers.history(person_id, exercise, None if path is None else self._prefix + path)

    def rows_ever(self, person_id: str, exercise: str, table: str) -> set[str]:
        """Return nothing: a row has no tables."""
        return set()

    def submitted(self, person_id: str, exercise: str, key: str) -> Submission | None:
        """Return nothing: sending twice is harmless."""
        return None

    def submissions(self, exercise: str, person_id: str | None = None) -> list[Submission]:
        """Return nothing: what was sent is told by the page around the form."""
        return []

    def submit(
        self,
        person_id: str,
        exercise: str,
        key: str,
        exercise_version: str,
        language: str = "",
        rev: int | None = None,
    ) -> Submission:
        """Send the row as it was at a revision."""
        return self.send(key, rev or 0)

    def _inside(self, values: dict[str, Any]) -> dict[str, Any]:
        length = len(self._prefix)
        return {path[length:]: value for path, value in values.items() if path.startswith(self._prefix)}
