"""Crowds: 50 and 100 people at once, 600 within a minute, with stock Voilà beside it in the same run.

    python -m tests.bench.crowd            # 50 and 100 at once, stock beside 50
    python -m tests.bench.crowd --large    # also 600 within 60 seconds

A visitor is a browser without script: it opens the page of the context map, and asks again when it is told a number.
Pages stay open until all are in; memory is the sum of PSS over the server's processes then.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.support.crowd import Arrival, crowd  # noqa: E402
from tests.support.ports import free_port  # noqa: E402
from tests.support.server import AcademyServer  # noqa: E402
from tests.support.visitor import Visitor  # noqa: E402

PAGE = "voila/render/week-1-transformation.ipynb"
COURSE = "innovative-workers-education"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--large", action="store_true", help="also 600 within 60 seconds")
    parser.add_argument("--no-stock", action="store_true", help="leave stock Voilà out")
    chosen = parser.parse_args()
    print(
        "| | people | failures | first page | median | last page | pages/s | CPU-s each | live | PSS each | PSS |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    if not chosen.no_stock:
        stock(50)
    for people in (50, 100):
        ours(people, 0.0)
    if chosen.large:
        ours(600, 60.0)


def ours(people: int, within: float) -> None:
    """Measure the kit."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        subprocess.run(
            [sys.executable, "-m", "academy", "init", "--data", str(data)], check=True, capture_output=True
        )
        with AcademyServer(data) as server:
            assert server.process is not None
            cookies = [_signed_in(server, number) for number in range(people)]
            with Visitor(server.url) as first:  # the template process is ready when the first page is
                first.cookies.update(cookies[0])
                kernel = run_one(first)
                first.delete(f"api/kernels/{kernel}", headers={"X-XSRFToken": first.xsrf()})
            _measure("the kit", server.process.pid, server.url, PAGE, cookies, within)


def run_one(visitor: Visitor) -> str:
    """Open the page once; returns the kernel's id."""
    arrival = asyncio.run(crowd(str(visitor.base_url), PAGE, [dict(visitor.cookies)]))[0]
    assert arrival.seconds is not None, arrival.trouble
    return arrival.kernel


def stock(people: int) -> None:
    """Measure stock Voilà, its own template, the same notebook and form."""
    with tempfile.TemporaryDirectory() as folder:
        data, port = Path(folder) / "data", free_port()
        subprocess.run(
            [sys.executable, "-m", "academy", "init", "--data", str(data)], check=True, capture_output=True
        )
        with AcademyServer(data) as server:
            person = server.people.add("Everybody").person.id
        environment = {
            **os.environ,
            "ACADEMY_DATA": str(data),
            "ACADEMY_COURSE": COURSE,
            "ACADEMY_PERSON": person,
        }
        options = ["--no-browser", f"--port={port}"]
        process = subprocess.Popen(
            [sys.executable, "-m", "voila", str(ROOT / "notebooks"), *options],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            url = f"http://localhost:{port}/"
            _wait_for(url)
            _measure("stock Voilà", process.pid, url, PAGE, [{}] * people, 0.0, patience=90.0)
        finally:
            for child in psutil.Process(process.pid).children(recursive=True):
                child.kill()
            process.kill()
            process.wait()


def _measure(
    name: str,
    pid: int,
    url: str,
    page: str,
    cookies: list[dict[str, str]],
    within: float,
    patience: float = 180.0,
) -> None:
    server = psutil.Process(pid)
    before, begun = _seconds(server), time.monotonic()
    arrivals = asyncio.run(crowd(url, page, cookies, within=within, patience=patience))
    took = time.monotonic() - begun
    done = sorted(arrival.seconds for arrival in arrivals if arrival.seconds is not None)
    spent = _seconds(server) - before
    processes = [server, *server.children(recursive=True)]
    memory = sum(_pss(process) for process in processes)
    live = _kernels(arrivals)
    people = f"{len(cookies)} in {within:.0f} s" if within else f"{len(cookies)} at once"
    print(
        f"| {name} | {people} | {len(arrivals) - len(done)} | {_first_median_last(done)} "
        f"| {len(done) / took:.1f} | {spent / len(cookies):.3f} | {live} "
        f"| {memory / len(cookies):.1f} MB | {memory / 1024:.2f} GiB |",
        flush=True,
    )
    for trouble in sorted({arrival.trouble for arrival in arrivals if arrival.trouble}):
        print(f"  trouble: {trouble}", flush=True)


def _first_median_last(done: list[float]) -> str:
    if not done:
        return "none | none | none"
    return f"{done[0]:.2f} s | {statistics.median(done):.2f} s | {done[-1]:.2f} s"


def _kernels(arrivals: list[Arrival]) -> int:
    return len({arrival.kernel for arrival in arrivals if arrival.kernel})


def _signed_in(server: AcademyServer, number: int) -> dict[str, str]:
    with Visitor(server.url) as visitor:
        visitor.sign_in(server.people.add(f"Person {number}").code)
        return dict(visitor.cookies)


def _seconds(server: psutil.Process) -> float:
    """CPU-seconds of a process and all below it, also those that have ended and were waited for."""
    total = 0.0
    for process in [server, *server.children(recursive=True)]:
        try:
            times = process.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


def _pss(process: psutil.Process) -> float:
    """Megabytes that a process has for itself, and its share of what it shares."""
    try:
        return float(process.memory_full_info().pss) / 2**20
    except psutil.Error:
        return 0.0


def _wait_for(url: str) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(url, timeout=5)
        except urllib.error.HTTPError:
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


if __name__ == "__main__":
    main()
