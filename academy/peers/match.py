"""Feasibility of a round (bipartite matching): whether everybody can still get their reviews.

Augmenting paths as in Kuhn's method for bipartite matching, with capacities on both sides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

__all__ = ["complete"]

Pairs = dict[str, set[str]]


def complete(
    needs: Mapping[str, int],
    gives: Mapping[str, int],
    fits: Callable[[str, str], bool],
) -> Pairs:
    """Return as many pairs as there can be: for each author the reviewers who could fill their needs.

    `needs` are reviews that authors still lack, `gives` reviews that reviewers still owe; `fits(reviewer, author)`
    says whether the two may be paired (each pair at most once).
    """
    left = dict(gives)
    takers: Pairs = {author: set() for author in needs}
    given: dict[str, set[str]] = {reviewer: set() for reviewer in gives}

    def pair(author: str, reviewer: str) -> None:
        takers[author].add(reviewer)
        given[reviewer].add(author)

    def place(author: str, seen: set[str]) -> bool:
        """Find one more reviewer for an author, moving others' reviewers where that helps."""
        for reviewer in gives:
            if left[reviewer] > 0 and reviewer not in takers[author] and fits(reviewer, author):
                left[reviewer] -= 1
                pair(author, reviewer)
                return True
        for reviewer in gives:
            if reviewer in seen or reviewer in takers[author] or not fits(reviewer, author):
                continue
            seen.add(reviewer)
            for other in list(given[reviewer]):
                takers[other].discard(reviewer)
                given[reviewer].discard(other)
                pair(author, reviewer)
                if place(other, seen):
                    return True
                takers[author].discard(reviewer)
                given[reviewer].discard(author)
                pair(other, reviewer)
        return False

    for author, number in needs.items():
        for _ in range(number):
            if not place(author, set()):
                break
    return takers
