"""What a people and access profile should have: 1 point for presence, 2 for coherence, 2 for access and ethics."""

from __future__ import annotations

from typing import Any

from academy.course import Exercise, Finding, check, judging, picture
from academy.pictures import Bar, Picture, bars

Answers = dict[str, Any]

SENSES = ("says", "thinks", "does", "feels")


# Presence


@check(
    "complete",
    points=1,
    title="Everything about the groups and their access",
    hint="Which answer about a group or its access is still missing?",
    fields=["groups", "access"],
    asks=False,
)
def complete(answers: Answers, exercise: Exercise) -> Finding:
    return judging.complete(exercise, answers, ["groups", "access"])


# Coherence


@check(
    "access-for-each",
    points=1,
    title="Each group has its access, once",
    hint="Is there a group whose access is missing, or one that is there twice?",
    fields=["access"],
)
def access_for_each(answers: Answers) -> Finding:
    groups = [row["_id"] for row in answers["groups"]]
    chosen = [row["group"] for row in answers["access"]]
    strange = [
        f"access/{row['_id']}/group"
        for n, row in enumerate(answers["access"])
        if row["group"] not in groups or row["group"] in chosen[:n]
    ]
    found = len(set(groups) & set(chosen))
    return Finding(0 if strange else found / len(groups) if groups else 0, strange)


@check(
    "own-words",
    points=1,
    title="Your own words, and a whole person",
    hint="Does a field still hold an example from the help, or say the same as another?",
    fields=["groups"],
)
def own_words(answers: Answers, exercise: Exercise) -> Finding:
    found = judging.own_words(exercise, answers, ["groups.day", *(f"groups.{name}" for name in SENSES)])
    return found if answers["groups"] else Finding(0)


# Access and ethics


@check(
    "usually-left-out",
    points=1,
    title="Somebody who is usually left out",
    hint="Who never comes to your courses, or is there a good reason to begin with others?",
    fields=["groups", "reason"],
)
def usually_left_out(answers: Answers) -> bool:
    named = any(set(row["left_out"]) - {"none"} for row in answers["groups"])
    return named or bool(answers["groups"] and answers["reason"])


@check(
    "no-personal-data",
    points=1,
    title="Nobody can be recognised",
    hint="Is every person put together from several, and is there no telephone number or address?",
    fields=["groups"],
)
def nobody_recognised(answers: Answers, exercise: Exercise) -> Finding:
    real = [f"groups/{row['_id']}/composite" for row in answers["groups"] if row["composite"] is not True]
    return Finding(0, real) if real else judging.no_personal_data(exercise, answers)


# Advice


@check(
    "none-alone",
    title="None of these, or one of them",
    hint='Does a group have one of these and "None of these" at the same time?',
    fields=["groups", "access"],
)
def none_alone(answers: Answers) -> Finding:
    lists = [("groups", row, "left_out") for row in answers["groups"]]
    lists += [("access", row, "devices") for row in answers["access"]]
    both = [
        f"{table}/{row['_id']}/{name}"
        for table, row, name in lists
        if "none" in row[name] and len(row[name]) > 1
    ]
    return judging.all_but(both, lists)


@check(
    "fits-together",
    title="Device, connection and data fit together",
    hint="Where do the megabytes come from, if there is no device or no internet?",
    fields=["access"],
)
def fits_together(answers: Answers) -> Finding:
    offline = [
        row
        for row in answers["access"]
        if row["link"] in ("none", "g2") or row["devices"] == ["none"] or row["shared"] == "no-device"
    ]
    odd = [f"access/{row['_id']}/data_budget" for row in offline if row["data_budget"]]
    return judging.all_but(odd, answers["access"])


@check(
    "really-free",
    title="Minutes that are really free",
    hint="More than four hours a week are rare: whom did you ask, and what did they do yesterday evening?",
    fields=["access"],
)
def really_free(answers: Answers) -> Finding:
    many = [f"access/{row['_id']}/minutes" for row in answers["access"] if (row["minutes"] or 0) > 240]
    return judging.all_but(many, answers["access"])


# What it looks like


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
