"""The reviews of a course as a table, for notebooks and spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from academy.course import Course
from academy.peers.board import reviews
from academy.peers.forms import REPLIES, REVIEWS
from academy.peers.rounds import Round
from academy.people.leaving import who_left
from academy.people.links import csv_safe
from academy.store import Store
from academy.store.review_states import DONE

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["reviews_table"]


def reviews_table(store: Store, course: Course, *, blind: bool = True) -> pd.DataFrame:
    """Return all sent reviews of a course, one in each row: the round, its fields, the replies, what was flagged.

    Those by and about people who have left the course are not among them. With `blind` there is nothing in it that
    says who wrote what: no pseudonym, no time, and rows in an order of their own. Texts are safe to open in a
    spreadsheet.
    """
    import pandas as pd

    rows: list[dict[str, object]] = []
    left = who_left(store, course.edition)
    for exercise in course.exercises:
        if exercise.review is None:
            continue
        round_ = Round(store, course, exercise)
        for line in reviews(round_):
            task = line.task
            if left & {task.reviewer, task.author}:
                continue
            row: dict[str, object] = {"round": exercise.id, "review": task.key, "state": task.state}
            if not blind:
                row |= {"reviewer": task.reviewer, "author": task.author}
            row |= {"version": task.submission, "expert": task.expert, "flagged": line.flagged}
            given = round_.answers.values_at(task.reviewer, exercise.id, task.rev)
            row |= _cells(given, f"{REVIEWS}/{task.row}/", "")
            if task.state == DONE:
                row |= _cells(
                    round_.answers.draft(task.author, exercise.id).values, f"{REPLIES}/{task.row}/", "reply "
                )
            rows.append(row)
    return pd.DataFrame(rows).sort_values(["round", "review"], ignore_index=True) if rows else pd.DataFrame()


def _cells(flat: dict[str, object], prefix: str, before: str) -> dict[str, object]:
    return {
        before + path.removeprefix(prefix): csv_safe(value) if isinstance(value, str) else value
        for path, value in flat.items()
        if path.startswith(prefix)
    }
