"""What takes thought in priorities and a need statement, and their picture."""

from __future__ import annotations

from typing import Any

from academy.course import Exercise, Finding, Work, check, judging, picture
from academy.course.writing import leftover, plain
from academy.pictures import Axis, Picture, Point, scatter
from academy.words import count_words

Answers = dict[str, Any]

SIDES = ("swot_strengths", "swot_weaknesses", "swot_opportunities", "swot_threats")
REASON = 30
"""A change that is not urgent can come first with a reason of so many words."""


# Coherence


@check(
    "urgent-or-reason",
    points=2,
    title="Each priority is another change of your map, and urgent",
    hint="Is it urgent on your map, and if not: what makes you begin here all the same?",
    fields=["priorities"],
)
def urgent_or_reason(answers: Answers, exercise: Exercise, work: Work) -> Finding:
    rows = answers["priorities"]
    chosen = [row["row"] for row in rows]

    def good(row: dict[str, Any]) -> bool:
        found = work.row("context-map.map", row["row"])
        again = row["row"] in chosen[: rows.index(row)]
        reason = count_words(row["why"] or "") >= REASON
        return found is not None and not again and (judging.reaches(found, work, urgency="urgent") or reason)

    return judging.share(rows, good, "priorities", "row")


@check(
    "four-sides",
    points=1,
    title="Four different sides",
    hint="What is still missing inside or outside, and does a line stand in two lists?",
    fields=list(SIDES),
)
def four_sides(answers: Answers) -> Finding:
    lines = [
        (f"{side}/{row['_id']}/item", plain(row["item"]))
        for side in SIDES
        for row in answers[side]
        if row["item"]
    ]
    said = [text for _, text in lines]
    doubled = [path for path, text in lines if said.count(text) > 1]
    filled = sum(len([row for row in answers[side] if row["item"]]) > 1 for side in SIDES)
    return Finding(0 if doubled else filled / len(SIDES), doubled)


@check(
    "need-names-group",
    points=1,
    title="The need names the group you chose",
    hint="Whose need is it, in the words in which you named the group?",
    fields=["need"],
)
def need_names_group(answers: Answers, exercise: Exercise, work: Work) -> bool:
    need, name = answers["need"], work.label("people.groups", answers["need_group"], "name")
    if not need or not name:
        return False
    own = [word for word in plain(name).split() if len(word) > 2 and judging.specific(exercise, word)]
    return leftover(need, own) < leftover(need, [])


# What it looks like


@picture("urgency-power")
def urgency_power(answers: Answers, exercise: Exercise, work: Work) -> Picture | None:
    """The changes of the map by urgency and power; as there, what is both stands out, and what was chosen is marked."""
    rows = [row for row in work.rows("context-map.map") if row["urgency"] and row["power"]]
    if not rows:
        return None
    said, chosen = exercise.texts, [row["row"] for row in answers["priorities"]]
    both = [row for row in rows if judging.reaches(row, work, urgency="urgent", power="in_power")]
    numbers = {row["_id"]: n for n, row in enumerate(work.rows("context-map.map"), 1)}
    picked = [row for row in rows if row["_id"] in chosen]
    names = f" ({', '.join(str(numbers[row['_id']]) for row in both)})" if both else ""
    return scatter(
        [Point(r["urgency"], r["power"], str(numbers[r["_id"]]), r in both, r in picked) for r in rows],
        x=Axis(said["urgency"]),
        y=Axis(said["power"]),
        sentence=said["sentence"].format(n=len(both), all=len(rows), names=names, chosen=len(picked)),
        head=[said["change"], said["urgency"], said["power"], said["chosen"]],
        rows=[
            [
                f"{numbers[r['_id']]} {work.label('context-map.map', r['_id'], 'change')}",
                r["urgency"],
                r["power"],
                said["yes" if r in picked else "no"],
            ]
            for r in rows
        ],
        language=exercise.language,
    )
