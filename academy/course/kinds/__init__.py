"""The kinds of fields: each has all that the engine knows of it in one place.

A new kind is a class here, a line in `KINDS`, a line in `academy_grading.sources.readable_answers` (how a grader reads
it), and in the browser a module in `js/form/fields/` with a line in its `index.js`.
"""

from __future__ import annotations

from academy.course.kinds.base import Kind, Question, blank
from academy.course.kinds.choice import Choice, Multi
from academy.course.kinds.day import Date
from academy.course.kinds.elsewhere import Computed, Ref
from academy.course.kinds.email import Email
from academy.course.kinds.number import Number, Scale
from academy.course.kinds.table import Table, row_ids
from academy.course.kinds.text import Line, Text
from academy.course.kinds.tick import Bool

__all__ = ["KINDS", "Kind", "Number", "Question", "blank", "row_ids"]

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Text(),
        Line(),
        Choice(),
        Multi(),
        Scale(),
        Number(),
        Date(),
        Table(),
        Bool(),
        Ref(),
        Computed(),
        Email(),
    )
}
