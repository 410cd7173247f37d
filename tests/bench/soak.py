"""What is left after very many starts, and what is lost when things are killed under people who type: `make soak`.

    python -m tests.bench.soak [--starts 2000] [--kills 200] [--people 8] [--seed 1]

Ends with status 1 if a process, socket or file is left, or an answer that was said to be saved is lost.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import psutil

from academy_app.server.kernels.socket_folder import usual_place
from tests.bench.line import Person
from tests.bench.servers import WEEK, Ours
from tests.bench.typist import Typist, lost_answers, template_of

__all__ = ["kill_under_load", "start_many"]

AT_ONCE = 4
SETTLE_SECONDS = 60.0
ENDS = ("page", "delete", "kill")


def _opened(ours: Ours) -> dict[str, int]:
    """Count what a start might leave: processes, descriptors, files."""
    server, template = psutil.Process(ours.pid), template_of(ours.pid)
    data = ours.server.data.path
    return {
        "processes": len(server.children(recursive=True)),
        "descriptors of the server": server.num_fds(),
        "descriptors of the template": template.num_fds() if template else 0,
        "files in the data folder": len(_files(data)),
        "files of sockets": len(_files(ours.temporary / usual_place(data / "runtime").name)),
        "folders for temporary files": sum(1 for _ in ours.temporary.iterdir()),
    }


def _files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


async def _start_one(person: Person, ours: Ours, end: str, failures: Counter[str]) -> None:
    opened = await person.open(WEEK)
    if not opened.complete:
        failures["not complete"] += 1
        return
    if end == "kill":
        for kernel in ours.server.kernels()[:1]:
            with contextlib.suppress(psutil.NoSuchProcess):
                kernel.kill()  # whose ever it is: that page is not complete then
    await person.ask(f"api/kernels/{opened.kernel}", "DELETE")


async def _settled(ours: Ours, before: dict[str, int]) -> dict[str, int]:
    """Wait until nothing more than before is there, at most for a while; return what is."""
    until = time.monotonic() + SETTLE_SECONDS
    while any(after > before[name] for name, after in _opened(ours).items()) and time.monotonic() < until:
        await asyncio.sleep(0.5)
    return _opened(ours)


def start_many(folder: Path, count: int, rng: random.Random) -> bool:
    """Open and end pages; return whether nothing is left."""
    ours = Ours(folder, kernels_per_person=1000, max_kernels=1000)
    failures: Counter[str] = Counter()
    try:
        people = ours.people(AT_ONCE)

        async def rounds(share: int) -> None:
            async def one_after_the_other(person: Person) -> None:
                for _ in range(share):
                    await _start_one(person, ours, rng.choice(ENDS), failures)

            await asyncio.gather(*(one_after_the_other(person) for person in people))

        asyncio.run(
            rounds(3)
        )  # what the first pages leave for good: compiled files, a journal of the database
        before = asyncio.run(_settled(ours, {}.fromkeys(_opened(ours), 10**9)))
        asyncio.run(_settled(ours, before))
        before, files = _opened(ours), _files(ours.server.data.path)
        begun = time.monotonic()
        asyncio.run(rounds(count // AT_ONCE))
        print(f"{count} starts in {time.monotonic() - begun:.0f} s; not complete: {failures['not complete']}")
        after = asyncio.run(_settled(ours, before))
        files = _files(ours.server.data.path) - files
    finally:
        ours.close()
    for name in before:
        print(f"  {name}: {before[name]} before, {after[name]} after")
    print(f"  new files: {', '.join(sorted(files)) or 'none'}")
    return all(after[name] <= before[name] for name in before)


def kill_under_load(folder: Path, kills: int, people: int, rng: random.Random) -> bool:
    """Kill kernels, the template and the server while people type; return whether no acknowledged answer is lost."""
    ours = Ours(folder, kernels_per_person=4, max_kernels=200)
    killed: Counter[str] = Counter()
    try:
        typists = [Typist(person, number) for number, person in enumerate(ours.people(people))]

        async def run() -> None:
            typing = [asyncio.create_task(typist.type()) for typist in typists]
            async with asyncio.timeout(180):
                await asyncio.gather(*(typist.begun.wait() for typist in typists))
            while sum(killed.values()) < kills:
                await asyncio.sleep(rng.uniform(0.2, 1.5))
                if what := await asyncio.to_thread(_kill_something, ours, rng):
                    killed[what] += 1
                    await _somebody_types(typists)
            goal = {typist: typist.acknowledged + 3 for typist in typists}
            async with asyncio.timeout(180):  # everybody gets to type again after the last kill
                while any(typist.acknowledged < goal[typist] for typist in typists):
                    await asyncio.sleep(0.2)
            for task in typing:
                task.cancel()
            await asyncio.gather(*typing, return_exceptions=True)

        asyncio.run(run())
        lost = [line for typist in typists for line in lost_answers(ours.server.store, typist)]
    finally:
        ours.close()
    said = ", ".join(f"{count} of {name}" for name, count in sorted(killed.items()))
    print(f"{sum(killed.values())} kills ({said}) under {people} people who type")
    print(f"  answers acknowledged: {sum(typist.acknowledged for typist in typists)}")
    print(f"  pages opened again: {sum(typist.opened - 1 for typist in typists)}")
    print(f"  acknowledged answers lost: {len(lost)}")
    for line in lost[:20]:
        print(f"    {line}")
    return not lost


async def _somebody_types(typists: list[Typist]) -> None:
    """Wait until half of the people have been told again that an answer is saved: a kill must meet people who type."""
    before = {typist: typist.acknowledged for typist in typists}
    async with asyncio.timeout(180):
        while sum(typist.acknowledged > before[typist] for typist in typists) * 2 < len(typists):
            await asyncio.sleep(0.1)


def _kill_something(ours: Ours, rng: random.Random) -> str | None:
    """Kill something, and say what; None if it was not there."""
    what = rng.choices(("a kernel", "the template", "the server"), (80, 12, 8))[0]
    if what == "the server":
        ours.server.kill()
        ours.server.start()
        return what
    kernels = ours.server.kernels() or [None]
    found = template_of(ours.pid) if what == "the template" else rng.choice(kernels)
    if found is None:
        return None
    try:
        found.kill()
    except psutil.NoSuchProcess:
        return None
    return what


def main() -> None:
    """Soak, print, and say by the status whether all is well."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--starts", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--people", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    well = True
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        if arguments.starts:
            well &= start_many(Path(folder) / "starts", arguments.starts, random.Random(arguments.seed))
        if arguments.kills:
            rng = random.Random(arguments.seed)
            well &= kill_under_load(Path(folder) / "kills", arguments.kills, arguments.people, rng)
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
