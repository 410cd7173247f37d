"""What the week of each group looks like."""

from __future__ import annotations

from typing import Any

from academy.course import Exercise, picture
from academy.pictures import Bar, Picture, bars

Answers = dict[str, Any]


@picture("week")
def week(answers: Answers, exercise: Exercise) -> Picture | None:
    """The minutes a week of each group, with its data in the table."""
    names = {row["_id"]: row["name"] for row in answers["groups"]}
    known = [
        (names[row["group"]], row["minutes"], row["data_budget"])
        for row in answers["access"]
        if names.get(row["group"]) and row["minutes"] is not None and row["data_budget"] is not None
    ]
    if not known:
        return None
    said = exercise.texts
    name, minutes, data = min(known, key=lambda one: (one[1], one[2]))
    sentence = said["one" if len(known) == 1 else "least"]
    return bars(
        [Bar(group, free, strong=group == name) for group, free, _ in known],
        sentence=sentence.format(name=name, minutes=f"{minutes:g}", data=f"{data:g}"),
        head=[said["group"], said["minutes"], said["data"]],
        rows=[[group, f"{free:g}", f"{megabytes:g}"] for group, free, megabytes in known],
        language=exercise.language,
    )
