"""Merges the answers of a file with those that were written meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from academy.course import Exercise
from academy.session import Session
from academy.store import Answers, Edit
from academy.store.rows import strays
from academy.store.schema import Revision, utc_now

__all__ = ["Merge", "kept_anew"]


@dataclass(frozen=True)
class Merge:
    """How many answers of a file are shown now, were there already, or are older than what is shown."""

    new: int
    known: int
    older: int


def kept_anew(
    session: Session, exercise: Exercise, edits: Sequence[Edit], device: str, *, dry_run: bool
) -> Merge:
    """Add the answers as revisions, each once however often its file comes; newest counts for each field.

    With `dry_run` only say what would happen. Raises StoreError, and keeps nothing, if the store refuses.
    """
    owner = session.owner(exercise)
    answers = Answers(session.store, session.course.edition, author=session.person_id)
    history = answers.history(owner, exercise.id)
    there = {row.edit_id for row in history}
    lost = strays(edits, edits, lambda table: answers.rows_ever(owner, exercise.id, table))
    fresh = [edit for edit in edits if edit.id not in there and edit.id not in lost]
    tables = [field.id for field in exercise.fields if field.is_table]
    shown: dict[str, object] = {}
    if not dry_run and fresh:
        saved = answers.save(owner, exercise.id, fresh, device, tables)
        shown = {path: current.value for path, current in saved.current.items()}
    else:
        shown = {edit.path: _newest(edit, history) for edit in fresh}
    older = [edit for edit in fresh if edit.path not in tables and shown[edit.path] != edit.value]
    return Merge(len(fresh) - len(older), len(edits) - len(fresh), len(older))


def _newest(edit: Edit, history: list[Revision]) -> Any:
    """What would be shown at an answer's place if it came now."""
    rows = [row for row in history if row.path == edit.path]
    newest = max(rows, key=lambda row: (row.edited_at, row.id), default=None)
    typed = utc_now() - timedelta(milliseconds=edit.age_ms)
    return (
        edit.value if newest is None or newest.id <= edit.base or typed >= newest.edited_at else newest.value
    )
