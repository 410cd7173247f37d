"""Field type `table`: rows that people add."""

from __future__ import annotations

import re
from typing import Any

from academy.course.kinds.base import FieldKind, Question
from academy.course.kinds.choice import are_ids

__all__ = ["ROW_ID", "TableKind", "row_ids"]

ROW_ID = re.compile(r"r[a-z0-9]{1,16}")


def row_ids(value: object) -> list[str]:
    """Return the ids of a table's rows in order, each once, whatever the value is."""
    return (
        list(dict.fromkeys(row for row in value if isinstance(row, str))) if isinstance(value, list) else []
    )


class TableKind(FieldKind):
    """A table: its own value is the list of its rows' ids; each cell has a path of its own."""

    name = "table"
    keys = frozenset({"rows", "columns", "row_label", "add_label", "row_title"})
    needs = frozenset({"rows", "columns"})
    rows = True
    chosen_from = True

    def accepts(self, question: Question, value: Any) -> bool:
        """Whether it is a list of row ids."""
        return are_ids(value) and all(ROW_ID.fullmatch(item) for item in value)

    def typed(self, question: Question, value: object) -> list[str]:
        """Return the ids of the rows."""
        return row_ids(value)
