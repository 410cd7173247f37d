"""How many authors are left without a review when people drop out: three ways of allocating, side by side.

Run: python -m tests.bench.peers [runs]. Prints, for n = 24 and k = 3 with 30 % of the reviewers not coming, the
figures of a fixed allocation made beforehand, of a greedy random one, and of asking for the next; then how long a plan
for 100,000 people takes. The runs are seeded: the same number gives the same figures.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from multiprocessing import Pool

from academy.peers import Reviewer, State, choose, plan

N, K, DROP_OUT = 24, 3, 0.3
LARGE = 100_000
LANGUAGES = ("en", "fr", "es", "ar")
PEOPLE = [Reviewer(f"p-{number:02}") for number in range(N)]

Given = list[tuple[str, str]]


def fixed(chance: random.Random, comes: set[str]) -> Given:
    """A balanced plan made beforehand; who does not come leaves gaps."""
    found = plan(PEOPLE, K, chance.random())
    return [(reviewer, author) for reviewer in comes for author in found[reviewer]]


def greedy(chance: random.Random, comes: set[str]) -> Given:
    """Each reviewer in turn is given authors at random among those with the fewest reviews, beforehand."""
    load: Counter[str] = Counter()
    given: Given = []
    for person in chance.sample(PEOPLE, N):
        others = [other.id for other in PEOPLE if other.id != person.id]
        chosen = sorted(others, key=lambda author: (load[author], chance.random()))[:K]
        load.update(chosen)
        given += [(person.id, author) for author in chosen]
    return [(reviewer, author) for reviewer, author in given if reviewer in comes]


def asking(chance: random.Random, comes: set[str]) -> Given:
    """Whoever comes asks for the next; half of the others take one and let it lapse."""
    by_id = {person.id: person for person in PEOPLE}
    state = State(by_id, by_id, K, K, planned=plan(PEOPLE, K, chance.random()))
    queue = [(reviewer, True) for reviewer in comes for _ in range(K)]
    queue += [(person.id, False) for person in PEOPLE if person.id not in comes and chance.random() < 0.5]
    chance.shuffle(queue)
    given: Given = []
    for reviewer, finishes in queue:
        choice = choose(state, reviewer)
        if choice is None:
            continue
        if finishes:
            state.given.setdefault(reviewer, set()).add(choice.author)
            given.append((reviewer, choice.author))
        else:  # the lease lapses some time later: meanwhile it counts
            state.passed.setdefault(reviewer, set()).add(choice.author)
            state.gone.add(reviewer)
    return given


WAYS: dict[str, Callable[[random.Random, set[str]], Given]] = {
    "fixed beforehand": fixed,
    "greedy random beforehand": greedy,
    "asking for the next": asking,
}


def run(seed: int) -> dict[str, tuple[int, int, int]]:
    """One cohort: for each way the authors without a review, with fewer than two, and the fewest reviews."""
    found = {}
    for name, way in WAYS.items():
        chance = random.Random(seed)
        comes = set(chance.sample([person.id for person in PEOPLE], round(N * (1 - DROP_OUT))))
        load = Counter(author for _, author in way(chance, comes))
        counts = [load[person.id] for person in PEOPLE]
        found[name] = (counts.count(0), sum(count < 2 for count in counts), min(counts))
    return found


def main(runs: int) -> None:
    """Print the table."""
    print(
        f"{runs:,} runs, n = {N}, k = {K}, {DROP_OUT:.0%} of the reviewers do not come (seeds 0 to {runs - 1:,})"
    )
    began = time.perf_counter()
    with Pool(2) as pool:
        results = pool.map(run, range(runs), chunksize=50)
    print(f"{'':26}{'runs with somebody':>20}{'authors without':>18}{'authors with':>15}")
    print(f"{'':26}{'without a review':>20}{'a review':>18}{'fewer than 2':>15}")
    for name in WAYS:
        nobody = sum(result[name][0] > 0 for result in results)
        without = sum(result[name][0] for result in results)
        few = sum(result[name][1] for result in results)
        print(f"{name:26}{nobody:>20,}{without:>18,}{few:>15,}")
    print(f"{time.perf_counter() - began:.0f} s")
    people = [
        Reviewer(f"p-{number:06}", "", f"union-{number % 5000}", frozenset({LANGUAGES[number % 4]}))
        for number in range(LARGE)
    ]
    began = time.perf_counter()
    found = plan(people, K, "large")
    seconds = time.perf_counter() - began
    load = Counter(author for authors in found.values() for author in authors)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    spread = f"everybody gets {min(load.values())} to {max(load.values())}"
    print(f"A plan for {LARGE:,} people, k = {K}: {seconds:.0f} s, {memory:.0f} MB, {spread}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
