"""The pictures of a results chain."""

from __future__ import annotations

from collections import Counter
from typing import Any

from academy import pictures
from academy.course import Exercise, Work, picture
from academy.i18n import listed
from academy.pictures import Picture

Answers = dict[str, Any]

STEPS = ("resources", "activities", "outputs", "union_result", "wider")


@picture("chain")
def draw_chain(answers: Answers, exercise: Exercise, work: Work) -> Picture | None:
    say = exercise.texts
    outcomes = listed((row["statement"] for row in work["canvas"]["outcomes"]), exercise.language, ";")
    rows = [
        (say["step_resources"], answers["resources"]),
        (say["step_activities"], answers["activities"]),
        (say["step_outputs"], answers["outputs"]),
        (say["step_outcomes"], outcomes),
        (say["step_union"], answers["union_result"]),
        (say["step_wider"], answers["wider"]),
    ]
    if not any(answers[step] for step in STEPS):
        return None
    done = sum(bool(text) for _, text in rows)
    return pictures.chain(
        [(label, text or "") for label, text in rows],
        sentence=say["chain_sentence"].format(done=done),
        head=[say["step"], say["says"]],
        rows=[(label, text or "–") for label, text in rows],
        language=exercise.language,
    )


@picture("levels")
def draw_levels(answers: Answers, exercise: Exercise) -> Picture | None:
    say, counts = exercise.texts, Counter(row["level"] for row in answers["indicators"] if row["level"])
    column = exercise.at("indicators/_/level")
    if not counts or column is None or column.options is None:
        return None
    rows = [(option.label, counts[option.id]) for option in column.options]
    return pictures.bars(
        rows,
        sentence=say["levels_sentence"].format(n=sum(counts.values()), kinds=len(counts)),
        head=[say["level"], say["count"]],
        rows=rows,
        language=exercise.language,
    )
