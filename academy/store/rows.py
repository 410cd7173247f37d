"""Merges the rows of a table that two devices changed at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from academy.store.values import Edit

__all__ = ["MOST_ROWS", "ids_of", "merge_rows", "strays"]

MOST_ROWS = 500
"""So many rows a table may have had in all. Forms ask for a few dozen."""


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


def strays(edits: Iterable[Edit], listed: Iterable[Edit], known: Callable[[str], set[str]]) -> set[str]:
    """Return the ids of edits that belong to no row: their row is in none of the lists that came or ever were.

    `listed` are edits among which lists of rows may be, `known(table)` the rows that were in a list before. A row that
    somebody else has removed meanwhile was in a list: what is written into it is kept. A list with more new rows than
    a table may have had is a stray itself.
    """
    came: dict[str, set[str]] = {}
    for edit in listed:
        if "/" not in edit.path and isinstance(edit.value, list):
            came.setdefault(edit.path, set()).update(ids_of(edit.value))
    rows: dict[str, set[str]] = {}
    found = set()
    for edit in edits:
        table, _, rest = edit.path.partition("/")
        if not rest and table not in came:
            continue
        if not rest:
            if table not in rows:
                rows[table] = known(table)
            there = rows[table]
            if len(came[table] | there) > MOST_ROWS and not came[table] <= there:
                found.add(edit.id)
            continue
        row = rest.partition("/")[0]
        if row in came.get(table, set()):
            continue
        if table not in rows:
            rows[table] = known(table)
        if row not in rows[table]:
            found.add(edit.id)
    return found


def ids_of(value: object) -> list[str]:
    """Return the row ids of a table's value, whatever it is."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
