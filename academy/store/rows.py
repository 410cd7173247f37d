"""The rows of a table that two devices changed at once."""

from __future__ import annotations

from typing import Any

__all__ = ["ids_of", "merge_rows"]


def merge_rows(base: list[str], theirs: list[str], ours: list[str]) -> list[str]:
    """Merge two orders of rows that both came from `base`: our order, with the rows they added and removed.

    A row that they added stands behind the row it stood behind in their order.
    """
    removed = set(base) - set(theirs)
    merged = [row for row in ours if row not in removed]
    for place, row in enumerate(theirs):
        if row in base or row in merged:
            continue
        before = next((merged.index(other) for other in reversed(theirs[:place]) if other in merged), -1)
        merged.insert(before + 1, row)
    return merged


def ids_of(value: Any) -> list[str]:
    """Return the row ids of a table's value, whatever it is."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
