"""The profile of the seven areas, and the check that something is done where it is hardest."""

from __future__ import annotations

from typing import Any

from academy import pictures
from academy.course import Exercise, check, picture
from academy.i18n import listed
from academy.pictures import Picture

Answers = dict[str, Any]

AREAS = ("strategy", "credibility", "support", "advantage", "transfer", "fit", "funding")
WORTH = {"easier": 1, "neutral": 0, "harder": -1}


def profile(answers: Answers) -> dict[str, int]:
    """Each area that was answered, from -2 (both statements make it harder) to 2 (both make it easier)."""
    said = {area: [answers[f"{area}_{n}"] for n in (1, 2)] for area in AREAS}
    return {area: sum(WORTH[s] for s in both) for area, both in said.items() if all(s in WORTH for s in both)}


@check(
    "act-on-the-hardest",
    points=1,
    title="An action begins where it is hardest",
    hint="Which action would change something in the area where it is hardest?",
    fields=["actions"],
)
def act_on_the_hardest(answers: Answers) -> bool:
    found = profile(answers)
    hardest = {area for area, worth in found.items() if worth == min(found.values())}
    return any(row["what"] and row["area"] in hardest for row in answers["actions"])


@picture("profile")
def draw_profile(answers: Answers, exercise: Exercise) -> Picture | None:
    say, found = exercise.texts, profile(answers)
    if not found:
        return None
    hard = [
        say[f"area_{area}"] for area, worth in found.items() if worth < 0 and worth == min(found.values())
    ]
    return pictures.profile(
        [(say[f"area_{area}"], found.get(area)) for area in AREAS],
        ends=(say["harder"], say["easier"]),
        least=-2,
        most=2,
        language=exercise.language,
        sentence=say["hardest"].format(areas=listed(hard, exercise.language)) if hard else say["all_easy"],
        head=[say["area"], say["scale"]],
        rows=[(say[f"area_{area}"], found.get(area, "–")) for area in AREAS],
    )
