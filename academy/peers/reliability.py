"""Inter-rater reliability, for a facilitator's own reflection, never for grades.

Model PG1 of C. Piech, J. Huang, Z. Chen, C. Do, A. Ng and D. Koller, "Tuned models of peer assessment in MOOCs",
Proceedings of EDM 2013: a level is the work's true level, plus the reviewer's bias, plus noise whose precision is the
reviewer's reliability. Estimated by Gibbs sampling; the same seed gives the same figures.
"""

from __future__ import annotations

import math
import random
import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Estimate", "Spread", "estimate"]

BIAS_PRECISION = 4.0
"""Before anything is known a bias is within half a level (one standard deviation)."""
SHAPE, RATE = 4.0, 2.0
"""Before anything is known a reliability (precision of the noise) is about 2: within 0.7 of a level."""
LEVEL_PRECISION = 1.0
BURN_IN, SAMPLES = 200, 800


@dataclass(frozen=True)
class Spread:
    """A mean and its standard deviation, in levels."""

    mean: float
    deviation: float


@dataclass(frozen=True)
class Estimate:
    """True levels by author; bias (positive: kinder than others) and noise in levels by reviewer."""

    levels: dict[str, Spread]
    bias: dict[str, Spread]
    noise: dict[str, float]


def estimate(given: Iterable[tuple[str, str, float]], seed: int = 0) -> Estimate:
    """Return what levels (reviewer, author, level) say about works and reviewers.

    With few reviews a person the estimate stays close to what is assumed before: read the deviations first.
    """
    found = list(given)
    if not found:
        return Estimate({}, {}, {})
    sampler = _Sampler(found, random.Random(seed))  # noqa: S311 – a simulation that can be repeated
    levels: dict[str, list[float]] = defaultdict(list)
    bias: dict[str, list[float]] = defaultdict(list)
    noise: dict[str, list[float]] = defaultdict(list)
    for step in range(BURN_IN + SAMPLES):
        sampler.step()
        if step < BURN_IN:
            continue
        for author, level in sampler.level.items():
            levels[author].append(level)
        for reviewer in sampler.bias:
            bias[reviewer].append(sampler.bias[reviewer])
            noise[reviewer].append(1 / math.sqrt(sampler.precision[reviewer]))
    return Estimate(
        {author: _spread(values) for author, values in levels.items()},
        {reviewer: _spread(values) for reviewer, values in bias.items()},
        {reviewer: round(statistics.fmean(values), 3) for reviewer, values in noise.items()},
    )


class _Sampler:
    def __init__(self, given: list[tuple[str, str, float]], chance: random.Random) -> None:
        self.chance = chance
        self.by_author: dict[str, list[tuple[str, float]]] = defaultdict(list)
        self.by_reviewer: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for reviewer, author, level in sorted(given):
            self.by_author[author].append((reviewer, level))
            self.by_reviewer[reviewer].append((author, level))
        self.middle = statistics.fmean(level for _, _, level in given)
        self.level = dict.fromkeys(self.by_author, self.middle)
        self.bias = dict.fromkeys(self.by_reviewer, 0.0)
        self.precision = dict.fromkeys(self.by_reviewer, SHAPE / RATE)

    def step(self) -> None:
        """Draw every unknown once, given the others."""
        for author, there in self.by_author.items():
            pulls = [(self.precision[r], level - self.bias[r]) for r, level in there]
            self.level[author] = self._normal([(LEVEL_PRECISION, self.middle), *pulls])
        for reviewer, there in self.by_reviewer.items():
            pulls = [(self.precision[reviewer], level - self.level[a]) for a, level in there]
            self.bias[reviewer] = self._normal([(BIAS_PRECISION, 0.0), *pulls])
            errors = (level - self.level[a] - self.bias[reviewer] for a, level in there)
            shape, rate = SHAPE + len(there) / 2, RATE + sum(error**2 for error in errors) / 2
            self.precision[reviewer] = self.chance.gammavariate(shape, 1 / rate)

    def _normal(self, pulls: list[tuple[float, float]]) -> float:
        """Draw from the product of normal densities given as (precision, mean)."""
        precision = sum(weight for weight, _ in pulls)
        mean = sum(weight * value for weight, value in pulls) / precision
        return self.chance.gauss(mean, 1 / math.sqrt(precision))


def _spread(values: list[float]) -> Spread:
    return Spread(round(statistics.fmean(values), 3), round(statistics.stdev(values), 3))
