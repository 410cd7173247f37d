"""What a follow-up plan should have: 1 point for presence, 3 for coherence, 2 for access and ethics."""

from __future__ import annotations

from typing import Any

from academy.course import Exercise, Finding, Work, check, judging

Answers = dict[str, Any]

FIELDS = ("actions", "pathway", "train_whom", "train_many", "train_when", "bring", "offer", "ask")

SPANS = ((7, 30), (60, 120), (150, 210))
"""Days after the end in which something should happen: within a month, about three months, about half a year."""
OFFLINE = {"meeting", "call", "sms", "paper", "radio"}


@check(
    "complete-follow-up",
    points=1,
    title="Actions, next steps and the multiplier plan are filled in",
    hint="Which part still waits for an answer?",
    fields=["actions"],
    asks=False,
)
def complete_follow_up(answers: Answers, exercise: Exercise) -> Finding:
    return judging.complete(exercise, answers, FIELDS)


@check(
    "spread",
    points=2,
    title="Something happens within a month, after about three months and after about half a year",
    hint="What happens within 30 days, what after about 90 and what after about 180?",
    fields=["actions"],
)
def spread(answers: Answers) -> float:
    days = [row["after_days"] for row in answers["actions"] if row["after_days"] is not None]
    return sum(any(first <= day <= last for day in days) for first, last in SPANS) / len(SPANS)


@check(
    "looks-at-an-indicator",
    points=1,
    title="One action looks at an indicator of your results chain",
    hint="Which indicator will you know only later, and when do you look?",
    fields=["actions"],
)
def looks_at_an_indicator(answers: Answers, exercise: Exercise, work: Work) -> bool:
    known = {row["_id"] for row in work["results-chain"]["indicators"]}
    return any(row["indicator"] in known for row in answers["actions"])


@check(
    "without-the-internet",
    points=1,
    title="One action needs no internet",
    hint="How do you reach those who have no data left at the end of the month?",
    fields=["actions"],
)
def without_the_internet(answers: Answers) -> bool:
    return any(row["channel"] in OFFLINE for row in answers["actions"])


@check(
    "no-personal-data",
    points=1,
    title="No personal data",
    hint="Is there a name, a telephone number or an e-mail address that you could leave out?",
    fields=["actions"],
)
def no_personal_data(answers: Answers, exercise: Exercise) -> Finding:
    return judging.no_personal_data(exercise, answers)


@check(
    "own-words",
    title="Your own words",
    hint="Does a text still hold an example from the help or a stand-in?",
    fields=["actions"],
)
def own(answers: Answers, exercise: Exercise) -> Finding:
    return judging.own_words(exercise, answers)
