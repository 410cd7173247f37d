"""Cost of an assignment: one hard rule, and soft rules that give way in a stated order."""

from __future__ import annotations

from dataclasses import dataclass

from academy.i18n import N_

__all__ = ["RULES", "Reviewer", "Rule", "broken_rules", "cost", "may_review"]

FARTHEST_HOURS = 6
"""Two people whose clocks differ by more than this hardly meet in working hours."""


@dataclass(frozen=True)
class Reviewer:
    """A person who gives reviews, and what the rules look at.

    `owner` is whose work is theirs: their team's or their own. What is not known (an empty organisation, no language)
    breaks no rule.
    """

    id: str
    owner: str = ""
    organisation: str = ""
    languages: frozenset[str] = frozenset()
    region: str = ""
    hours: float | None = None

    def __post_init__(self) -> None:
        if not self.owner:
            object.__setattr__(self, "owner", self.id)


@dataclass(frozen=True)
class Rule:
    """A soft rule: its name, its weight in the cost of a pair, and what is said where it was relaxed."""

    id: str
    weight: int
    relaxed: str


RULES = (
    Rule("organisation", 8, N_("They are of the same organisation.")),
    Rule("language", 4, N_("They share no language.")),
    Rule("region", 2, N_("They are of the same region.")),
    Rule("hours", 1, N_("Their clocks are far apart.")),
)
"""In the order in which they are held: the last gives way first. A weight outweighs all that come after it."""


def may_review(reviewer: Reviewer, author: str) -> bool:
    """The hard rule: nobody reviews their own or their team's work."""
    return author != reviewer.owner and author != reviewer.id


def broken_rules(reviewer: Reviewer, author: Reviewer) -> list[str]:
    """Return the ids of the soft rules that a pair breaks, the weightiest first."""
    found = []
    if reviewer.organisation and reviewer.organisation == author.organisation:
        found.append("organisation")
    if reviewer.languages and author.languages and not reviewer.languages & author.languages:
        found.append("language")
    if reviewer.region and reviewer.region == author.region:
        found.append("region")
    if reviewer.hours is not None and author.hours is not None:
        apart = abs(reviewer.hours - author.hours) % 24
        if min(apart, 24 - apart) > FARTHEST_HOURS:
            found.append("hours")
    return found


_WEIGHTS = {rule.id: rule.weight for rule in RULES}


def cost(reviewer: Reviewer, author: Reviewer) -> int:
    """Return the sum of the weights of the soft rules that a pair breaks."""
    return sum(_WEIGHTS[rule] for rule in broken_rules(reviewer, author))
