"""The map of urgency and power."""

from __future__ import annotations

from typing import Any

from academy.course import Exercise, Work, picture
from academy.course import judging as j
from academy.i18n import listed
from academy.pictures import Axis, Picture, Point, scatter

Answers = dict[str, Any]


@picture("urgency-power")
def urgency_power(answers: Answers, exercise: Exercise, work: Work) -> Picture | None:
    columns = {column.id: column for column in exercise.field("map").columns}
    rows = [(n, row) for n, row in enumerate(answers["map"], 1) if row["urgency"] and row["power"]]
    if not rows:
        return None

    def called(row: dict[str, Any]) -> str:
        return columns["driver"].option_label(row["driver"]) if row["driver"] else "–"

    both = [(n, row) for n, row in rows if j.reaches(row, work, urgency="urgent", power="in_power")]
    names = listed((f"{n} {called(row)}" for n, row in both), exercise.language)
    said = exercise.texts["both"].format(names=names) if both else exercise.texts["none"]
    urgency, power = columns["urgency"], columns["power"]
    return scatter(
        [Point(row["urgency"], row["power"], str(n), (n, row) in both) for n, row in rows],
        x=Axis(exercise.texts["urgency"], urgency.low, urgency.high),
        y=Axis(exercise.texts["power"], power.low, power.high),
        sentence=f"{exercise.texts['map_of'].format(count=len(rows))} {said}",
        head=[
            exercise.texts["number"],
            columns["driver"].label,
            exercise.texts["urgency"],
            exercise.texts["power"],
        ],
        rows=[[n, called(row), row["urgency"], row["power"]] for n, row in rows],
        language=exercise.language,
    )
