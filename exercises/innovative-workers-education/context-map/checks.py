"""What a context map should have: 5 points for presence, 10 for coherence, 5 for access and ethics."""

from __future__ import annotations

from typing import Any

from academy.course import Exercise, Finding, Work, check, picture
from academy.course import judging as j
from academy.i18n import listed
from academy.pictures import Axis, Picture, Point, scatter

Answers = dict[str, Any]

WORDS = (150, 900)
DRIVERS = 4


# Presence


@check(
    "complete-rows",
    points=3,
    title="At least five complete rows",
    hint="Which row still waits for an answer?",
    fields=["map"],
    asks=False,
)
def complete_rows(answers: Answers, exercise: Exercise) -> Finding:
    return j.complete(exercise, answers, ["map"])


@check(
    "enough-words",
    points=2,
    title="Enough to read, and not too much",
    hint="Could a colleague from another union follow your rows, in 150 to 900 words altogether?",
    fields=["map"],
    asks=False,
)
def enough_words(answers: Answers, exercise: Exercise) -> bool:
    return j.words_between(exercise, answers, *WORDS)


# Coherence


@check(
    "four-drivers",
    points=3,
    title="At least four different drivers",
    hint="Which other changes touch your members?",
    fields=["map"],
)
def four_drivers(answers: Answers) -> float:
    return len(j.values(answers, "map.driver")) / DRIVERS


@check(
    "evidence-kinds",
    points=2,
    title="At least two kinds of evidence",
    hint="What else could show it: a number, a document, what a member told you?",
    fields=["map"],
)
def evidence_kinds(answers: Answers) -> float:
    return len(j.values(answers, "map.kind")) / 2


@check(
    "threat-and-opening",
    points=2,
    title="A threat and an opening",
    hint="Which of these changes threatens you, and which one could your union use?",
    fields=["map"],
)
def threat_and_opening(answers: Answers) -> float:
    return len(j.values(answers, "map.direction")) / 2


@check(
    "need-in-action",
    points=2,
    title="Each learning need says what people will be able to do",
    hint='What will people be able to do that you could see or hear, instead of "know" or "understand"?',
    fields=["map"],
)
def need_in_action(answers: Answers, exercise: Exercise) -> Finding:
    return j.each(j.texts(exercise, answers, ["map.need"]), lambda text: j.in_action(exercise, text))


@check(
    "priorities-show",
    points=1,
    title="The urgency differs, so that priorities show",
    hint="If you could act on only one of these changes this year, which one would wait?",
    fields=["map"],
)
def priorities_show(answers: Answers) -> bool:
    return len(j.values(answers, "map.urgency")) > 1


# Access and ethics


@check(
    "specific-people",
    points=2,
    title="Each row names a group",
    hint="Who exactly is hit first: which work, which place, which age or contract?",
    fields=["map"],
)
def specific_people(answers: Answers, exercise: Exercise) -> Finding:
    return j.each(j.texts(exercise, answers, ["map.who"]), lambda text: j.specific(exercise, text))


@check(
    "own-words",
    points=1,
    title="Your own words",
    hint="Does a row still hold an example from the help, a stand-in text or a copy of another row?",
    fields=["map"],
)
def own_words(answers: Answers, exercise: Exercise) -> Finding:
    return j.own_words(exercise, answers, different=["map.change"])


@check(
    "no-personal-data",
    points=2,
    title="No personal data",
    hint="Is there a telephone number, an e-mail address or an identity number that you could leave out?",
    fields=["map"],
)
def no_personal_data(answers: Answers, exercise: Exercise) -> Finding:
    return j.no_personal_data(exercise, answers)


# Pictures


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
