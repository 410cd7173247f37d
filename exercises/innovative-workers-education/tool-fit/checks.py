"""Whether route B fits the data that people have."""

from __future__ import annotations

from typing import Any

from academy.course import Exercise, Finding, Work, check, judging

Answers = dict[str, Any]


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
