"""The model of reviewers finds again what was put into invented data."""

import random
import statistics

import pytest

from academy.peers import Reviewer, plan
from academy.peers.reliability import estimate


@pytest.fixture(scope="module")
def known():
    """Sixty works and reviewers whose levels, biases and noise are known, and the levels they would give."""
    chance = random.Random(2013)
    people = [Reviewer(f"p-{number:02}") for number in range(60)]
    level = {person.id: chance.gauss(2.5, 0.8) for person in people}
    bias = {person.id: chance.gauss(0, 0.5) for person in people}
    noise = {person.id: chance.choice((0.2, 1.0)) for person in people}
    given = [
        (reviewer, author, level[author] + bias[reviewer] + chance.gauss(0, noise[reviewer]))
        for reviewer, authors in plan(people, 5, seed=1).items()
        for author in authors
    ]
    return level, bias, noise, given


def correlation(one, other):
    return statistics.correlation([one[name] for name in one], [other[name] for name in one])


def test_biases_that_were_put_in_are_found_again(known):
    _, bias, _, given = known
    found = estimate(given, seed=1)
    assert correlation(bias, {name: spread.mean for name, spread in found.bias.items()}) > 0.6


def test_levels_are_closer_to_the_truth_than_plain_means(known):
    level, _, _, given = known
    found = estimate(given, seed=1)
    plain = {author: statistics.fmean(x for _, a, x in given if a == author) for author in level}
    modelled = {author: found.levels[author].mean for author in level}

    def error(guess):
        return statistics.fmean((guess[author] - level[author]) ** 2 for author in level)

    assert error(modelled) < error(plain)


def test_noisy_reviewers_are_told_from_steady_ones(known):
    _, _, noise, given = known
    found = estimate(given, seed=1).noise
    steady = statistics.fmean(found[name] for name in noise if noise[name] == 0.2)
    noisy = statistics.fmean(found[name] for name in noise if noise[name] == 1.0)
    assert noisy > steady


def test_the_same_seed_gives_the_same_figures_whatever_the_order(known):
    *_, given = known
    assert estimate(given, seed=7) == estimate(list(reversed(given)), seed=7)


def test_one_review_says_little_about_its_writer():
    found = estimate([("p-1", "p-2", 4.0)], seed=1)
    assert abs(found.bias["p-1"].mean) < 0.2
    assert found.bias["p-1"].deviation > 0.3


def test_without_reviews_there_is_nothing_to_say():
    assert estimate([]).levels == {}
