"""What a tool-fit matrix should have: 2 points for presence, 5 for coherence, 2 for access."""

from __future__ import annotations

from typing import Any

from academy.course import Exercise, Finding, Work, check, judging
from academy.course.writing import uses

Answers = dict[str, Any]

TOOLS = ("b", "c")


@check(
    "complete-matrix",
    points=2,
    title="At least one step and one group, looked at whole",
    hint="Which row still waits for an answer?",
    fields=["tools"],
    asks=False,
)
def complete_matrix(answers: Answers, exercise: Exercise) -> Finding:
    return judging.complete(exercise, answers, ["tools", "routes", "without"])


@check(
    "job-before-tool",
    points=2,
    title="The job is described without a tool",
    hint="What must people be able to do, hear, show or keep, if you leave out the name of every tool?",
    fields=["tools"],
)
def job_before_tool(answers: Answers, exercise: Exercise) -> Finding:
    jobs = [(f"tools/{row['_id']}/job", row["job"]) for row in answers["tools"] if row["job"]]
    weak = [path for path, text in jobs if uses(text, exercise.words["tools"])]
    return Finding(1 - len(weak) / len(jobs) if jobs else 0, weak)


@check(
    "none-weighed",
    points=2,
    title="Doing without a new tool was weighed for each step",
    hint="How would you do this step with what people have already, and what would be lost?",
    fields=["tools"],
)
def none_weighed(answers: Answers) -> Finding:
    rows = answers["tools"]
    weak = [f"tools/{row['_id']}/none" for row in rows if not row["none"] or not row["reason"]]
    return Finding(1 - len(weak) / len(rows) if rows else 0, weak)


@check(
    "a-way-out",
    points=1,
    title="There is a way out of every tool",
    hint="If this tool closes or gets dear, how do you get out, and what do you take along?",
    fields=["tools"],
)
def a_way_out(answers: Answers) -> Finding:
    """A matrix with no new tool needs no way out."""
    weak = [
        f"tools/{row['_id']}/exit"
        for row in answers["tools"]
        if row["decision"] is None or (row["decision"] in TOOLS and not row["exit"])
    ]
    return judging.all_but(weak, answers["tools"])


@check(
    "routes-for-all",
    points=1,
    title="Each group has a route with little data and one with none",
    hint="How does each group of your canvas take part with little data, and with no network at all?",
    fields=["routes"],
)
def routes_for_all(answers: Answers, exercise: Exercise, work: Work) -> float:
    groups = set(work["canvas"]["groups"])
    served = {row["group"] for row in answers["routes"] if row["low"] and row["offline"]}
    return len(served & groups) / len(groups) if groups else 0


@check(
    "route-b-fits",
    points=1,
    title="Route B fits the data that people have",
    hint="Your people said how much data they have: how could route B stay below half of it?",
    fields=["routes"],
)
def route_b_fits(answers: Answers, exercise: Exercise, work: Work) -> Finding:
    """No data at all always fits; the budget is that of the access profile in week 1."""
    budgets = {row["group"]: row["data_budget"] for row in work["people"]["access"]}
    dear = [
        f"routes/{row['_id']}/low_mb"
        for row in answers["routes"]
        if row["low_mb"] is None or row["low_mb"] > (budgets.get(row["group"]) or 0) / 2
    ]
    return judging.all_but(dear, answers["routes"])


@check(
    "own-words-no-names",
    title="Your own words, and no personal data",
    hint="Does a text still hold an example from the help, a stand-in, or somebody's number or address?",
)
def own_words_no_names(answers: Answers, exercise: Exercise) -> Finding:
    return judging.worst(judging.own_words(exercise, answers), judging.no_personal_data(exercise, answers))
