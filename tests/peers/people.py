"""Invented cohorts for tests and benchmarks of peer review."""

from __future__ import annotations

import random
from collections.abc import Iterator

from hypothesis import strategies as st

from academy.peers import Reviewer, RoundState, choose, plan

LANGUAGES = ("en", "fr", "es", "ar", "pt")
REGIONS = ("africa", "arab", "asia", "europe", "americas")


def person(number: int, chance: random.Random, team: str = "", organisation: str | None = None) -> Reviewer:
    return Reviewer(
        f"p-{number:06}",
        owner=team,
        organisation=f"union-{chance.randrange(20)}" if organisation is None else organisation,
        languages=frozenset(chance.sample(LANGUAGES, chance.randint(1, 3))),
        region=chance.choice(REGIONS),
        hours=chance.choice((-6, -3, 0, 1, 2, 5.5, 8, 12)),
    )


def alone(n: int, seed: int = 0) -> list[Reviewer]:
    """People who all write alone."""
    chance = random.Random(seed)
    return [person(number, chance) for number in range(n)]


@st.composite
def cohorts(draw: st.DrawFn, most: int = 60) -> list[Reviewer]:
    """People alone and in teams of up to five; sometimes one organisation is the majority."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    sizes = draw(st.lists(st.integers(1, 5) if draw(st.booleans()) else st.just(1), max_size=most))
    majority = draw(st.booleans())
    people: list[Reviewer] = []
    for team, size in enumerate(sizes):
        for _ in range(size):
            owner = f"t-{team:04}" if size > 1 else ""
            organisation = "the big one" if majority and chance.random() < 0.7 else None
            people.append(person(len(people), chance, owner, organisation))
    return people[:most]


def state_of(people: list[Reviewer], k: int, seed: int = 0) -> RoundState:
    """A round at its beginning."""
    authors = {person.owner: person for person in reversed(people)}
    return RoundState(authors, {person.id: person for person in people}, k, k, planned=plan(people, k, seed))


def pulls(
    state: RoundState, chance: random.Random, comes: set[str] | None = None
) -> Iterator[tuple[str, str]]:
    """Let reviewers ask in any order until everybody who comes has given what they owe; gives (reviewer, author)."""
    while todo := sorted(r for r in state.owes() if comes is None or r in comes):
        reviewer = chance.choice(todo)
        choice = choose(state, reviewer)
        assert choice is not None
        state.given.setdefault(reviewer, set()).add(choice.author)
        yield reviewer, choice.author
