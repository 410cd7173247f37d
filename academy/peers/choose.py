"""Assigns the next work to a reviewer who asks: the neediest that fits, so that nobody else is left short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from academy.peers.fit import Reviewer, broken_rules, cost, may_review
from academy.peers.match import complete

__all__ = ["ChosenWork", "RoundState", "choose"]

LARGEST_LOOK = 400
"""With more reviews than this still to come, one choice can't leave anybody short."""


@dataclass(frozen=True)
class ChosenWork:
    """An author for a reviewer, and the soft rules that had to give way."""

    author: str
    relaxed: tuple[str, ...] = ()


@dataclass
class RoundState:
    """A round at one moment.

    `authors` maps each author whose work waits to the person who stands for them in the soft rules; each reviewer
    gives `give` reviews and each author should get `get`. `given` holds, by reviewer, the authors they have reviewed
    or are reviewing; `passed` those they let go, which are offered again only when there is nothing else; `closed`
    those of whom a facilitator took out their review, which are not offered again. `gone` are reviewers who are not
    expected any more: nobody waits for them, and they may come back at any time.
    """

    authors: Mapping[str, Reviewer]
    reviewers: Mapping[str, Reviewer]
    give: int
    get: int
    given: dict[str, set[str]] = field(default_factory=dict)
    passed: dict[str, set[str]] = field(default_factory=dict)
    closed: dict[str, set[str]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    planned: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def loads(self) -> Counter[str]:
        """How many reviews each author has or is being given."""
        return Counter(author for authors in self.given.values() for author in authors)

    def had(self, reviewer: str) -> set[str]:
        """The authors who are not for a reviewer any more."""
        return self.given.get(reviewer, set()) | self.closed.get(reviewer, set())

    def needs(self, loads: Counter[str], get: int) -> dict[str, int]:
        """How many reviews each author lacks until everybody has `get`."""
        own = Counter(person.owner for person in self.reviewers.values())
        lacking = {a: min(get, len(self.reviewers) - own[a]) - loads[a] for a in self.authors}
        return {a: n for a, n in lacking.items() if n > 0}

    def gives(self) -> dict[str, int]:
        """How many reviews each reviewer gives in all."""
        others = {r: len(self.authors) - (p.owner in self.authors) for r, p in self.reviewers.items()}
        return {r: min(self.give, others[r]) for r in self.reviewers}

    def owes(self) -> dict[str, int]:
        """How many reviews each reviewer who is expected still gives."""
        left = {r: n - len(self.given.get(r, ())) for r, n in self.gives().items()}
        return {r: n for r, n in left.items() if n > 0 and r not in self.gone}

    def fair(self) -> int:
        """How many reviews there are for each author: `get`, or more where teams have many members."""
        return max(self.get, sum(self.gives().values()) // max(1, len(self.authors)))


def choose(state: RoundState, reviewer: str) -> ChosenWork | None:
    """Return the author for a reviewer who asks for the next one, or None if there is nobody left for them.

    Authors with the fewest reviews come first; among them those of the plan, then those that break the lightest soft
    rules. A choice that would take from another author a review that could still come is passed over.
    """
    person = state.reviewers[reviewer]
    loads = state.loads()
    mine = state.had(reviewer)
    passed, planned = state.passed.get(reviewer, set()), state.planned.get(reviewer, ())

    def rank(author: str) -> tuple[bool, int, bool, int, str]:
        weight = cost(person, state.authors[author])
        return author in passed, loads[author], author not in planned, weight, author

    open_ = (author for author in state.authors if author not in mine and may_review(person, author))
    ranked = sorted(open_, key=rank)
    if not ranked:
        return None
    look = _Look(state, reviewer, loads)
    author = next((author for author in ranked if look.leaves_nobody_short(author)), ranked[0])
    return ChosenWork(author, tuple(broken_rules(person, state.authors[author])))


class _Look:
    """A look ahead: whether everybody can still get a first review, then a second, and so on."""

    def __init__(self, state: RoundState, reviewer: str, loads: Counter[str]) -> None:
        self.state = state
        self.reviewer = reviewer
        self.owes = state.owes()
        needs = (state.needs(loads, get) for get in range(1, state.fair() + 1))
        self.rounds = [
            (each, self._can_come(each, self.owes, ""))
            for each in needs
            if 0 < sum(each.values()) <= LARGEST_LOOK
        ]

    def leaves_nobody_short(self, author: str) -> bool:
        """Whether as many of the reviews that are lacking can come with this choice as without it."""
        owes = dict(self.owes)
        if self.reviewer in owes:
            owes[self.reviewer] -= 1
        for needs, most in self.rounds:
            serves = author in needs
            after = {**needs, author: needs[author] - 1} if serves else needs
            if self._can_come(after, owes, author) + serves < most:
                return False
        return True

    def _can_come(self, needs: Mapping[str, int], owes: Mapping[str, int], chosen: str) -> int:
        state = self.state

        def fits(reviewer: str, author: str) -> bool:
            if not may_review(state.reviewers[reviewer], author):
                return False
            if reviewer == self.reviewer and author == chosen:
                return False
            return author not in state.had(reviewer)

        return sum(len(takers) for takers in complete(needs, owes, fits).values())
