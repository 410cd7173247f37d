"""The laws of asking for the next review."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from academy.peers import ChosenWork, Reviewer, RoundState, choose
from tests.peers.people import alone, cohorts, pulls, state_of


@given(st.integers(1, 40), st.integers(1, 5), st.integers(0, 10**6))
@settings(deadline=None, max_examples=120)
def test_in_whatever_order_people_ask_everybody_gives_and_gets_the_same(n, k, seed):
    state = state_of(alone(n, seed), k, seed)
    done = list(pulls(state, random.Random(seed)))
    m = min(k, n - 1)
    assert len(done) == len(set(done)) == n * m
    assert all(state.loads()[author] == m for author in state.authors)


@given(cohorts(most=30), st.integers(1, 4), st.integers(0, 10**6))
@settings(deadline=None, max_examples=60)
def test_with_teams_nobody_reviews_their_own_and_nobody_is_left_out(people, k, seed):
    state = state_of(people, k, seed)
    for reviewer, author in pulls(state, random.Random(seed)):
        assert author != state.reviewers[reviewer].owner
    if len(state.authors) > 1:
        for author in state.authors:
            others = sum(person.owner != author for person in people)
            assert state.loads()[author] >= min(1, others)


@given(st.integers(8, 40), st.integers(2, 4), st.floats(0.1, 0.5), st.integers(0, 10**6))
@settings(deadline=None, max_examples=60)
def test_with_drop_outs_nobody_is_left_without_a_review(n, k, share, seed):
    chance = random.Random(seed)
    state = state_of(alone(n, seed), k, seed)
    comes = set(chance.sample(sorted(state.reviewers), max(2, round(n * (1 - share)))))
    state.gone = set(state.reviewers) - comes
    list(pulls(state, chance, comes))
    total = len(comes) * min(k, n - 1)
    assert min(state.loads()[a] for a in state.authors) >= min(1, total // n)


@given(st.integers(6, 24), st.integers(2, 3), st.integers(0, 10**6))
@settings(deadline=None, max_examples=40)
def test_who_is_late_enters_at_once_and_what_is_finished_stays(n, k, seed):
    chance = random.Random(seed)
    people = alone(n, seed)
    early = state_of(people[:-2], k, seed)
    before = list(pulls(early, chance, {person.id for person in people[: n // 2]}))
    late = state_of(people, k, seed)
    late.given = early.given
    kept = {reviewer: set(authors) for reviewer, authors in early.given.items()}
    list(pulls(late, chance))
    assert all(kept[reviewer] <= late.given[reviewer] for reviewer in kept)
    assert len(before) == sum(len(authors) for authors in kept.values())
    for person in people[-2:]:
        assert late.loads()[person.id] >= 1


@given(st.integers(5, 20), st.integers(2, 3), st.integers(0, 10**6))
@settings(deadline=None, max_examples=40)
def test_after_a_withdrawal_the_others_share_what_is_free(n, k, seed):
    chance = random.Random(seed)
    state = state_of(alone(n, seed), k, seed)
    for number, _ in enumerate(pulls(state, chance)):
        if number > n:
            break
    left = chance.choice(sorted(state.authors))
    del state.authors[left]
    state.gone.add(left)
    for authors in state.given.values():
        authors.discard(left)
    list(pulls(state, chance))
    loads = state.loads()
    assert left not in loads
    assert min(loads[author] for author in state.authors) >= min(k, n - 2) - 1


def test_an_author_whom_somebody_let_go_is_not_offered_again_while_there_is_another():
    state = state_of(alone(5), 2)
    first = choose(state, "p-000000")
    state.passed = {"p-000000": {first.author}}
    second = choose(state, "p-000000")
    assert second.author != first.author
    others = {author for author in state.authors if author not in ("p-000000", first.author)}
    state.given = {"p-000000": others}
    assert choose(state, "p-000000").author == first.author


def test_alone_there_is_nobody_to_review():
    state = state_of(alone(1), 3)
    assert choose(state, "p-000000") is None


def test_a_choice_says_which_rules_gave_way():
    people = {
        name: Reviewer(name, organisation="dockers", languages=frozenset({tongue}), region="asia")
        for name, tongue in (("a", "en"), ("b", "fr"))
    }
    state = RoundState(dict(people), people, 1, 1)
    assert choose(state, "a") == ChosenWork("b", ("organisation", "language", "region"))
