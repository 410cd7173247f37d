"""Registry of field types: each has all that the engine knows of it in one class.

A new kind is a class here, a line in `KINDS`, a line in `academy_grading.sources.readable_answers` (how a grader reads
it), and in the browser a module in `js/form/fields/` with lines in its `kinds.js`.
"""

from __future__ import annotations

from academy.course.kinds.base import FieldKind, Question, blank
from academy.course.kinds.choice import ChoiceKind, MultiKind
from academy.course.kinds.day import DateKind
from academy.course.kinds.elsewhere import ComputedKind, RefKind
from academy.course.kinds.email import EmailKind
from academy.course.kinds.number import NumberKind, ScaleKind
from academy.course.kinds.table import TableKind, row_ids
from academy.course.kinds.text import LineKind, TextKind
from academy.course.kinds.tick import BoolKind

__all__ = ["KINDS", "FieldKind", "NumberKind", "Question", "blank", "row_ids"]

KINDS: dict[str, FieldKind] = {
    kind.name: kind
    for kind in (
        TextKind(),
        LineKind(),
        ChoiceKind(),
        MultiKind(),
        ScaleKind(),
        NumberKind(),
        DateKind(),
        TableKind(),
        BoolKind(),
        RefKind(),
        ComputedKind(),
        EmailKind(),
    )
}
