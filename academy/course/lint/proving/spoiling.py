"""Makes from a worked example what declared checks have to miss: answers emptied, and answers spoiled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from academy.course.fields import Column
from academy.course.kinds import row_ids
from academy.course.model import Exercise

__all__ = ["spoiled"]

Flat = dict[str, Any]
PERSONAL = "+961 70 123 456"


def spoiled(exercise: Exercise, flat: Flat) -> Iterator[tuple[bool, Flat]]:
    """Return the answers with one thing after the other spoiled or emptied, and whether it was emptied."""
    for worse in _everywhere(exercise, flat):
        yield False, worse
    for field in exercise.fields:
        rows = row_ids(flat.get(field.id)) if field.is_table else []
        if field.is_table:
            yield True, flat | {field.id: []}
            yield False, flat | {field.id: rows[:1]}
        for part in field.columns or [field]:
            paths = [f"{field.id}/{row}/{part.id}" for row in rows] if field.is_table else [field.id]
            for value in _worthless(exercise, part):
                yield False, flat | dict.fromkeys(paths, value)
            yield True, flat | dict.fromkeys(paths)
            if rows:
                yield False, flat | dict.fromkeys(paths, flat.get(paths[0]))
                yield True, flat | {paths[0]: None}


def _everywhere(exercise: Exercise, flat: Flat) -> Iterator[Flat]:
    """Everything in the form spoiled at once, as often as there is another way for some of it."""
    ways = {path: _worthless(exercise, part) for path in flat if (part := exercise.at(path))}
    for n in range(max(map(len, ways.values()), default=0)):
        yield flat | {path: values[min(n, len(values) - 1)] for path, values in ways.items() if values}


def _worthless(exercise: Exercise, part: Column) -> list[Any]:
    """Return answers that can be given to a part and are worth little: of texts, what the word lists are about."""
    if not part.asked:
        return []
    if part.kind.written:
        return [PERSONAL, *(words[0].replace("*", "") for words in exercise.words.values() if words)]
    return part.kind.spoiled(part)
