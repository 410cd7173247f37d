"""What a visitor costs, stock Voilà beside ours, from one run: `make bench`.

    python -m tests.bench.kernels [--quick] [--rush] [--merge] [--crowd N]

One table comes out. Times depend on what else the machine does, so the machine's load is printed with them; of the
times of single visitors the median and the best are shown.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.line import Opened, Person
from tests.bench.merged import merged, settled, work_of_linux
from tests.bench.servers import FORM, PANDAS, WEEK, Ours, Stock, cpu_of, memory_of
from tests.bench.solara import measure_solara

SINGLE, HELD, AT_ONCE, RUSH, RUSH_SECONDS = 15, 20, 100, 600, 60.0
SETTLE = 3.0
MERGED = ", merged by Linux"
OF_A_WEEK = ", a whole week"
AT_MOST = {
    "one visitor, request to complete page": "0.12 s",
    "CPU a visitor, server and kernel": "0.10 s",
    "memory a live visitor, form page": "13 MB",
    "memory a live visitor, with pandas": "16 MB",
    "100 at once, failures": "0",
    "100 at once, last page": "8 s",
    "600 in 60 s, failures": "0",
    "600 in 60 s, live": "600",
    "600 in 60 s, memory of all": "9 GiB",
}
AT_MOST |= {f"{row}{MERGED}": most for row, most in AT_MOST.items() if "memory" in row}


@dataclass
class Results:
    """What was measured of one server, by the names of the table's rows."""

    name: str
    cells: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)

    def add(self, row: str, number: float, text: str) -> None:
        """Put a number into the table, and say it at once."""
        self.cells[row], self.numbers[row] = text, number
        print(f"  {self.name}: {row}: {text}", flush=True)


async def _one_by_one(people: list[Person], page: str) -> list[Opened]:
    found = []
    for person in people:
        opened = await person.open(page)
        if opened.complete:
            await person.hold(opened.kernel)
        found.append(opened)
    return found


async def singles(server: Ours | Stock, page: str, count: int, row: str, results: Results) -> None:
    """Measure time, CPU and memory with one visitor after the other; all stay, with their sockets open."""
    people = server.people(count + 3)
    await _one_by_one(people[:3], page)  # what only the first visitors pay
    await asyncio.sleep(SETTLE)
    memory, (own, below) = memory_of(server.pid), cpu_of(server.pid)
    opened = await _one_by_one(people[3:], page)
    await asyncio.sleep(SETTLE)
    seconds = [one.seconds for one in opened if one.complete]
    own, below = (after - before for after, before in zip(cpu_of(server.pid), (own, below), strict=True))
    if page != PANDAS:
        kind = OF_A_WEEK if page == WEEK else ""
        results.add(
            f"one visitor, request to complete page{kind}",
            statistics.median(seconds),
            f"{statistics.median(seconds):.2f} s (best {min(seconds):.2f})",
        )
        each = (own + below) / count
        results.add(
            f"CPU a visitor, server and kernel{kind}", each, f"{each:.2f} s ({own / count:.2f} server)"
        )
    each = (memory_of(server.pid) - memory) / count
    results.add(row, each, f"{each:.1f} MB")
    for person in people:
        person.leave()


async def alike(server: Ours | Stock, page: str, count: int, row: str, results: Results) -> None:
    """Measure what more visitors take where Linux keeps equal memory once, when it has found what there is."""
    people = server.people(count + 3)
    with merged():
        await _one_by_one(people[:3], page)
        await settled()
        memory = memory_of(server.pid)
        await _one_by_one(people[3:], page)
        lasted = await settled()
        each = (memory_of(server.pid) - memory) / count
    results.add(f"{row}{MERGED}", each, f"{each:.1f} MB (after {lasted:.0f} s)")
    for person in people:
        person.leave()


async def together(server: Ours | Stock, page: str, count: int, results: Results, seconds: float) -> None:
    """Let many come at once; nobody's page is given up before the deadline."""
    people = server.people(count)
    opened = await asyncio.gather(*(person.open(page, seconds) for person in people))
    complete = [one.seconds for one in opened if one.complete]
    last = max(complete, default=0.0)
    failures = count - len(complete)
    kind = OF_A_WEEK if page == WEEK else ""
    results.add(f"{count} at once, failures{kind}", failures, str(failures))
    rate = f"{last:.1f} s ({len(complete) / max(last, 0.01):.1f} a second)"
    results.add(f"{count} at once, last page{kind}", last, rate)


async def rush(server: Ours | Stock, count: int, results: Results, merge: bool) -> None:
    """Let many come within a minute, and stay with their sockets open."""
    people = server.people(count)
    begun = time.monotonic()

    async def come(number: int, person: Person) -> bool:
        await asyncio.sleep(max(0.0, begun + number * RUSH_SECONDS / count - time.monotonic()))
        opened = await person.open(FORM, 180.0)
        if not opened.complete:
            return False
        socket = await person.hold(opened.kernel)
        return socket.protocol is not None

    came = await asyncio.gather(*(come(n, p) for n, p in enumerate(people)), return_exceptions=True)
    lasted = time.monotonic() - begun
    failures = sum(one is not True for one in came)
    await asyncio.sleep(SETTLE)
    alive = sum(
        socket.protocol is not None and not socket.protocol.client_terminated
        for p in people
        for socket in p.sockets
    )
    results.add(f"{count} in 60 s, failures", failures, f"{failures} (last page after {lasted:.0f} s)")
    results.add(f"{count} in 60 s, live", alive, str(alive))
    gigabytes = memory_of(server.pid) / 1024
    results.add(f"{count} in 60 s, memory of all", gigabytes, f"{gigabytes:.1f} GiB")
    if merge:
        with merged():
            worked = work_of_linux()
            lasted = await settled()
            gigabytes = memory_of(server.pid) / 1024
            worked = work_of_linux() - worked
        said = f"{gigabytes:.1f} GiB (after {lasted:.0f} s, for which Linux computed {worked:.0f} s)"
        results.add(f"{count} in 60 s, memory of all{MERGED}", gigabytes, said)
    for person in people:
        person.leave()


def measure(kind: type[Ours] | type[Stock], arguments: argparse.Namespace) -> Results:
    """Measure one server from start to end, each part on a fresh one."""
    results = Results(kind.name)
    singles_ = 5 if arguments.quick else SINGLE
    crowd = arguments.crowd or (20 if arguments.quick else AT_ONCE)
    options = {"kernels_per_person": 4, "max_kernels": 1000} if kind is Ours else {}

    def on_a_fresh_one(*works: object) -> None:
        with tempfile.TemporaryDirectory(prefix="academy-bench-") as folder:
            server = kind(Path(folder), **options)
            try:
                for work in works:
                    asyncio.run(work(server))  # type: ignore[operator]
            finally:
                server.close()

    row, with_pandas = "memory a live visitor, form page", "memory a live visitor, with pandas"
    on_a_fresh_one(lambda server: singles(server, FORM, singles_, row, results))
    on_a_fresh_one(lambda server: singles(server, PANDAS, singles_, with_pandas, results))
    if arguments.merge and kind is Ours:
        on_a_fresh_one(lambda server: alike(server, FORM, singles_, row, results))
        on_a_fresh_one(lambda server: alike(server, PANDAS, singles_, with_pandas, results))
    on_a_fresh_one(
        lambda server: singles(server, WEEK, singles_, f"memory a live visitor{OF_A_WEEK}", results)
    )
    on_a_fresh_one(lambda server: together(server, FORM, crowd, results, 300.0))
    on_a_fresh_one(lambda server: together(server, WEEK, crowd, results, 300.0))
    if arguments.rush and kind is Ours:
        on_a_fresh_one(lambda server: rush(server, RUSH, results, arguments.merge))
    return results


def table(columns: list[Results]) -> str:
    """Return the table, ours beside stock and the ratio of the two."""
    stock, ours = columns[0], columns[1]
    rows = list(dict.fromkeys(row for column in columns for row in column.cells))
    lines = [["", *(column.name for column in columns), "stock : ours", "ours at most"]]
    for row in rows:
        here = stock.numbers.get(row), ours.numbers.get(row)
        ratio = f"{here[0] / here[1]:.1f}" if here[0] and here[1] else "–"
        cells = [column.cells.get(row, "not measured") for column in columns]
        lines.append([row, *cells, ratio, AT_MOST.get(row, "–")])
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="few visitors: to see that it runs")
    parser.add_argument(
        "--rush", action="store_true", help=f"also {RUSH} visitors in {RUSH_SECONDS:.0f} s, ours alone"
    )
    parser.add_argument("--crowd", type=int, help=f"so many at once instead of {AT_ONCE}")
    parser.add_argument("--solara", action="store_true", help="also Solara, in an environment made for it")
    parser.add_argument(
        "--merge", action="store_true", help="also with Linux told to keep equal memory once, as root"
    )
    arguments = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    before = os.getloadavg()[0]
    columns = [measure(Stock, arguments), measure(Ours, arguments)]
    solara = (
        measure_solara(arguments.quick, cpu_of, memory_of)
        if arguments.solara
        else "Solara was not asked for (--solara)."
    )
    if not isinstance(solara, str):
        columns.append(Results("Solara", *solara))
    print(f"\n{os.cpu_count()} cores, load {before:.1f} before and {os.getloadavg()[0]:.1f} after\n")
    print(table(columns))
    if isinstance(solara, str):
        print(f"\n{solara}")


if __name__ == "__main__":
    main()
