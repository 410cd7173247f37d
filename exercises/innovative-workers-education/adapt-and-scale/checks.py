"""What an adapt and scale check should have: 2 points for presence, 4 for coherence, 1 for access."""

from __future__ import annotations

from typing import Any

from academy import pictures
from academy.course import Exercise, Finding, check, judging, picture
from academy.course.judging import all_but
from academy.i18n import listed
from academy.pictures import Picture

Answers = dict[str, Any]

AREAS = ("strategy", "credibility", "support", "advantage", "transfer", "fit", "funding")
WORTH = {"easier": 1, "neutral": 0, "harder": -1}


def profile(answers: Answers) -> dict[str, int]:
    """Each area that was answered, from -2 (both statements make it harder) to 2 (both make it easier)."""
    said = {area: [answers[f"{area}_{n}"] for n in (1, 2)] for area in AREAS}
    return {area: sum(WORTH[s] for s in both) for area, both in said.items() if all(s in WORTH for s in both)}


# Presence


@check(
    "complete-check",
    points=2,
    title="Core, places, the seven areas, actions and path are filled in",
    hint="Which part still waits for an answer?",
    fields=["adapt"],
    asks=False,
)
def complete_check(answers: Answers, exercise: Exercise) -> Finding:
    said = [f"{area}_{n}" for area in AREAS for n in (1, 2)]
    return judging.complete(exercise, answers, ["core", "adapt", *said, "actions", "path", "path_why"])


# Coherence


@check(
    "core-kept",
    points=2,
    title="Each place keeps part of the core, and each core part is kept somewhere",
    hint="Is a part that nobody keeps really core, and what is left of it in a place that keeps none?",
    fields=["adapt"],
)
def core_kept(answers: Answers) -> Finding:
    core = [row["_id"] for row in answers["core"]]
    kept = {part for row in answers["adapt"] for part in row["keep"]}
    bare = [f"adapt/{row['_id']}/keep" for row in answers["adapt"] if not set(row["keep"]) & set(core)]
    lost = [f"core/{part}/part" for part in core if part not in kept]
    return all_but([*bare, *lost], core if answers["adapt"] else [])


@check(
    "honest-profile",
    points=1,
    title="The profile shows easy and hard places",
    hint="Who would say no to one of these statements, and have you asked?",
    fields=["strategy_1"],
)
def honest_profile(answers: Answers) -> bool:
    said = [answers[f"{area}_{n}"] for area in AREAS for n in (1, 2)]
    return None not in said and len(set(said)) > 1


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


# Access and ethics


@check(
    "fewer-means",
    points=1,
    title="One place has fewer means than you",
    hint="Which union has fewer means than yours, and what would be left of it there?",
    fields=["adapt"],
)
def fewer_means(answers: Answers) -> bool:
    return any(row["means"] == "fewer" and row["least"] for row in answers["adapt"])


@check(
    "no-personal-data",
    title="No personal data",
    hint="Is there a telephone number, an e-mail address or an identity number that you could leave out?",
    fields=["adapt"],
)
def no_personal_data(answers: Answers, exercise: Exercise) -> Finding:
    return judging.no_personal_data(exercise, answers)


@check(
    "own-words",
    title="Your own words",
    hint="Does a text still hold an example from the help or a stand-in?",
    fields=["adapt"],
)
def own(answers: Answers, exercise: Exercise) -> Finding:
    return judging.own_words(exercise, answers)


# Pictures


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
