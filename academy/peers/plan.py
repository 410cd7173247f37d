"""Plans a whole round: exactly balanced assignments, improved without losing the balance."""

from __future__ import annotations

import heapq
import random
from collections import Counter
from collections.abc import Mapping, Sequence

from academy.peers.fit import Reviewer, cost, may_review

__all__ = ["plan"]

MUTUAL = 3
"""What two people who review each other cost, beside the soft rules."""
MOST_TRIES = 200_000
TRIES_EACH = 40

Edges = list[tuple[int, int]]


def plan(reviewers: Sequence[Reviewer], k: int, seed: int | str = 0) -> dict[str, list[str]]:
    """Return, for each reviewer's id, the authors whose work they should review.

    Authors are the owners of the reviewers' work. Where everybody wrote alone each reviewer gives and each author
    gets min(k, n - 1) reviews: a circulant over a shuffled order, in which two people review each other only where
    n is too small to avoid it. Where teams wrote together each reviewer gives min(k, authors - 1), spread over the
    authors as evenly as the hard rule lets it be. Nobody reviews their own or their team's work, and no pair is
    there twice. Exchanging the authors of two reviewers keeps the balance, so the soft rules are served by such
    exchanges only. The same people, k and seed give the same plan.
    """
    chance = random.Random(f"{seed}")  # noqa: S311 – a fair shuffle that can be repeated, no secret
    people = sorted(reviewers, key=lambda person: person.id)
    chance.shuffle(people)
    authors = list(dict.fromkeys(person.owner for person in people))
    m = min(k, len(authors) - 1)
    if m < 1:
        return {person.id: [] for person in people}
    table = _Table(people, authors, chance)
    if len(authors) == len(people):
        table.fill(_circulant(len(people), m))
    else:
        table.fill(_dealt(people, authors, m))
        _levelled(table)
    table.improve()
    return {person.id: [authors[a] for a in table.of[r]] for r, person in enumerate(people)}


def _circulant(n: int, m: int) -> Edges:
    """Position i reviews the next m positions; while 2m < n nobody is reviewed by whom they review."""
    return [(i, (i + step) % n) for i in range(n) for step in range(1, m + 1)]


def _dealt(people: Sequence[Reviewer], authors: Sequence[str], m: int) -> Edges:
    """Give each reviewer in turn the m authors with the fewest reviewers so far, who are not their own."""
    places = {author: place for place, author in enumerate(authors)}
    team = Counter(person.owner for person in people)
    waiting = [(0, place) for place in range(len(authors))]
    edges: Edges = []
    for r in sorted(
        range(len(people)), key=lambda r: -team[people[r].owner]
    ):  # a big team has the least choice
        dealt: list[tuple[int, int]] = []
        own: list[tuple[int, int]] = []
        while len(dealt) < m:
            load, place = heapq.heappop(waiting)
            (own if place == places[people[r].owner] else dealt).append((load, place))
        edges += [(r, place) for _, place in dealt]
        for load, place in [*own, *((load + 1, place) for load, place in dealt)]:
            heapq.heappush(waiting, (load, place))
    return edges


def _levelled(table: _Table) -> None:
    """Move single reviews from authors with many to authors with two or more fewer, until no move helps."""
    load = Counter(a for mine in table.of for a in mine)
    moved = True
    while moved and max(load.values()) - min(load[a] for a in range(len(table.members))) > 1:
        moved = False
        for r, mine in enumerate(table.of):
            free = [b for b in range(len(table.members)) if b not in mine and b != table.own[r]]
            most = max(range(len(mine)), key=lambda i: load[mine[i]])
            least = min(free, key=lambda b: load[b], default=None)
            if least is not None and load[mine[most]] > load[least] + 1:
                load[mine[most]] -= 1
                load[least] += 1
                mine[most] = least
                moved = True


class _Table:
    """The edges of a plan, and exchanges between them."""

    def __init__(self, people: Sequence[Reviewer], authors: Sequence[str], chance: random.Random) -> None:
        self.people = people
        self.chance = chance
        places = {author: place for place, author in enumerate(authors)}
        self.own = [places[person.owner] for person in people]
        self.face: Mapping[int, Reviewer] = {
            place: person for person, place in zip(reversed(people), reversed(self.own), strict=True)
        }
        """Who stands for an author: of a team its first member."""
        self.members: list[list[int]] = [[] for _ in authors]
        for r, place in enumerate(self.own):
            self.members[place].append(r)
        self.of: list[list[int]] = [[] for _ in people]

    def fill(self, edges: Edges) -> None:
        """Take the edges of a balanced plan."""
        for r, a in edges:
            self.of[r].append(a)

    def improve(self) -> None:
        """Exchange authors between two reviewers as long as tries last and something is gained."""
        worth = [r for r in range(len(self.people)) if self._row(r) > 0]
        tries = min(MOST_TRIES, TRIES_EACH * len(self.people))
        while worth and tries > 0:
            r = self.chance.choice(worth)
            tries -= 1
            self._exchange(r, self.chance.randrange(len(self.people)))
            if not self._row(r):
                worth.remove(r)

    def _exchange(self, r: int, s: int) -> None:
        if r == s:
            return
        i = max(range(len(self.of[r])), key=lambda i: self._edge(r, self.of[r][i]))
        for j in range(len(self.of[s])):
            a, b = self.of[r][i], self.of[s][j]
            if b in self.of[r] or a in self.of[s] or not (self._fits(r, b) and self._fits(s, a)):
                continue
            before = self._edge(r, a) + self._edge(s, b)
            self.of[r][i], self.of[s][j] = b, a
            if self._edge(r, b) + self._edge(s, a) < before:
                return
            self.of[r][i], self.of[s][j] = a, b

    def _row(self, r: int) -> int:
        return sum(self._edge(r, a) for a in self.of[r])

    def _fits(self, r: int, a: int) -> bool:
        return a != self.own[r] and may_review(self.people[r], self.face[a].owner)

    def _edge(self, r: int, a: int) -> int:
        mutual = any(self.own[r] in self.of[other] for other in self.members[a])
        return cost(self.people[r], self.face[a]) + MUTUAL * mutual
