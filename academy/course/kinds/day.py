"""Field type `date`: a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from academy.course.kinds.base import Box, FieldKind, Question, is_text
from academy.course.kinds.choice import SHORT
from academy.i18n import Translator

__all__ = ["DateKind"]


class DateKind(FieldKind):
    """A day as ISO 8601 writes it, `2026-03-09`."""

    name = "date"
    keys = frozenset({"earliest", "latest"})

    def spoiled(self, question: Question) -> list[str]:
        """Return a day long ago, and one far away."""
        return ["1900-01-01", "2999-12-31"]

    def accepts(self, question: Question, value: object) -> bool:
        """Whether it is a short text."""
        return is_text(value, SHORT)

    def typed(self, question: Question, value: object) -> Any:
        """Return the day as it was written, None if it is none."""
        return value if _day(value) else None

    def fault(self, question: Question, value: object, _: Translator) -> str | None:
        """Say if it is no day, or too early or too late."""
        found = _day(value)
        if found is None:
            return _("Please write a date, such as 2026-03-09.")
        if question.earliest and found < question.earliest:
            return _("Please choose a date from {date} on.").format(date=question.earliest.isoformat())
        if question.latest and found > question.latest:
            return _("Please choose a date up to {date}.").format(date=question.latest.isoformat())
        return None

    def box(self, question: Question) -> Box:
        """A calendar."""
        return "date"


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None
