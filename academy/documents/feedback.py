"""Feedback on one submission: what the gradebook says, as a participant reads it."""

from __future__ import annotations

from pydantic import with_config
from typing_extensions import TypedDict

from academy.documents.base import CLOSED, Document

__all__ = ["FEEDBACK", "CheckFeedback", "CommentFeedback", "CriterionFeedback", "FeedbackDocument"]


@with_config(CLOSED)
class CheckFeedback(TypedDict):
    """A check: what it gave, of how many points, and its texts as they were when it was graded."""

    id: str
    earned: float
    points: float
    title: str
    hint: str


@with_config(CLOSED)
class CriterionFeedback(TypedDict):
    """A criterion of the rubric: the level that was given, of how many, and a comment."""

    id: str
    score: float
    points: float
    comment: str


@with_config(CLOSED)
class CommentFeedback(TypedDict):
    """A comment on a cell of the notebook: on the whole, or on a check."""

    cell: str
    text: str


@with_config(CLOSED)
class FeedbackDocument(TypedDict):
    """Points, checks, levels and comments of the submission with the number `submission`."""

    points: float
    max_points: float
    checks: list[CheckFeedback]
    rubric: list[CriterionFeedback]
    comments: list[CommentFeedback]
    submission: int


FEEDBACK: Document[FeedbackDocument] = Document("feedback", 1, FeedbackDocument)
"""It has no key for its version: what was released before there were others is version 1."""
