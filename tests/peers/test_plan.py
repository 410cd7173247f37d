"""The laws of a plan."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from academy.peers import Reviewer, broken_rules, plan
from tests.peers.people import alone, cohorts


def loads(found):
    return Counter(author for authors in found.values() for author in authors)


@pytest.mark.parametrize("n", range(61))
def test_everybody_gives_and_gets_the_same_number_at_any_size(n):
    for k in range(1, 6):
        found = plan(alone(n), k, seed=n)
        m = min(k, max(0, n - 1))
        assert all(len(set(authors)) == len(authors) == m for authors in found.values())
        assert all(reviewer not in authors for reviewer, authors in found.items())
        assert set(loads(found).values()) <= {m}


@given(cohorts(), st.integers(1, 5), st.integers(0, 1000))
@settings(deadline=None, max_examples=60)
def test_nobody_reviews_their_own_team_or_anybody_twice(people, k, seed):
    found = plan(people, k, seed)
    authors = {person.owner for person in people}
    for person in people:
        mine = found[person.id]
        assert person.owner not in mine
        assert len(set(mine)) == len(mine) == min(k, max(0, len(authors) - 1))


@given(cohorts(), st.integers(1, 5))
@settings(deadline=None, max_examples=60)
def test_reviews_are_spread_as_evenly_as_teams_let_them_be(people, k):
    found = plan(people, k)
    there = loads(found)
    for author in {person.owner for person in people}:
        for other in {person.owner for person in people}:
            if there[author] >= there[other] + 2:  # nobody could simply give one of these to the other
                for person in people:
                    mine = found[person.id]
                    assert author not in mine or other in mine or other == person.owner


def in_teams(n):
    """The same people, the first half of them in teams of three."""
    return [
        replace(each, owner=f"t-{number // 3:04}") if number < n // 2 else each
        for number, each in enumerate(alone(n))
    ]


@pytest.mark.parametrize("people", [alone(60), in_teams(60)], ids=["alone", "in teams"])
@pytest.mark.parametrize("k", [2, 3])
def test_where_there_are_enough_people_nobody_is_reviewed_by_whom_they_review(people, k):
    found = plan(people, k)
    owners = {person.id: person.owner for person in people}
    back = {(reviewer, author) for reviewer, authors in found.items() for author in authors}
    mutual = [(a, b) for a in found for b in found if (a, owners[b]) in back and (b, owners[a]) in back]
    assert mutual == []


def test_the_same_people_and_seed_give_the_same_plan():
    people = alone(24)
    assert plan(people, 3, seed="week-3") == plan(list(reversed(people)), 3, seed="week-3")
    assert plan(people, 3, seed="week-3") != plan(people, 3, seed="week-4")


def test_where_there_is_room_nobody_reviews_whom_they_are_reviewed_by():
    bare = [Reviewer(f"p-{n:02}") for n in range(41)]
    for k in (1, 2, 3, 5):
        found = plan(bare, k, seed=k)
        assert not [1 for r, authors in found.items() for a in authors if r in found[a]]


def test_soft_rules_are_served_far_better_than_by_chance():
    people = alone(60, seed=5)
    by_id = {person.id: person for person in people}

    def broken(found, rule):
        return sum(rule in broken_rules(by_id[r], by_id[a]) for r, authors in found.items() for a in authors)

    bare = plan([Reviewer(person.id) for person in people], 3, seed=1)
    served = plan(people, 3, seed=1)
    for rule in ("organisation", "language", "region"):
        assert broken(served, rule) < broken(bare, rule) / 2
    assert broken(served, "organisation") == 0


def test_clocks_go_around_the_day():
    assert broken_rules(Reviewer("a", hours=12), Reviewer("b", hours=-11)) == []
    assert broken_rules(Reviewer("a", hours=0), Reviewer("b", hours=9)) == ["hours"]


def test_what_is_not_known_breaks_no_rule():
    assert broken_rules(Reviewer("a"), Reviewer("b", "", "union", frozenset({"en"}), "asia", 3)) == []
