"""What a page costs a phone: stock Voilà beside ours, the same lesson with its form, in one run.

    python -m tests.bench.page_weight [--runs 3] [--page week-1-transformation.ipynb]

Bytes are counted on the TCP line, so headers and the websocket are in them. The slow line is a TCP proxy of 400 kbit/s
and 400 ms; the phone's processor is slowed down four times. Whatever else the machine does disturbs the times: the best
of the runs is shown.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from academy.content import notebooks_root
from academy.course import load_course
from academy.store import Releases
from tests.support.line import Line
from tests.support.ports import free_port
from tests.support.server import AcademyServer
from tools.browser import find

COURSE = "innovative-workers-education"
PHONE = {"width": 360, "height": 740}
KILOBITS, ROUND_TRIP, SLOWER = 400, 400, 4
PATIENCE = 300_000
# A control of the form that can be used: shown, and with its script behind it.
USABLE = """() => {
  const control = document.querySelector(".academy-form :is(button.add, textarea, input, select)");
  return control?.checkVisibility() && performance.now();
}"""


@dataclass
class Visit:
    """One visit: seconds until a field can be used, and what the network carried."""

    seconds: float
    requests: int
    third_party: int
    kilobytes: float


class Counter:
    """Counts what a page asks the network for."""

    def __init__(self, page: Page, home: str) -> None:
        self.home = home
        self.asked: dict[str, str] = {}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        session.on("Network.requestWillBeSent", lambda e: self.add(e["requestId"], e["request"]["url"]))
        session.on("Network.webSocketCreated", lambda e: self.add(e["requestId"], e["url"]))
        session.on("Network.requestServedFromCache", lambda e: self.asked.pop(e["requestId"], None))
        session.on(
            "Network.responseReceived",
            lambda e: e["response"].get("fromDiskCache") and self.asked.pop(e["requestId"], None),
        )

    def add(self, request: str, address: str) -> None:
        if address.startswith(("http", "ws")):
            self.asked[request] = address

    @property
    def third_party(self) -> int:
        return sum(address.split("/")[2] != self.home.split("/")[2] for address in self.asked.values())


def visits(browser: Browser, port: int, name: str, sign_in: Callable[[Page, str], str]) -> list[Visit]:
    """Visit a page for the first time and once more, over the slow line."""
    line = Line(port, KILOBITS, ROUND_TRIP)
    context = browser.new_context(viewport=PHONE)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    try:
        base = sign_in(page, line.url)
        page.context.new_cdp_session(page).send("Network.clearBrowserCache")
        counter = Counter(page, line.url)
        found = []
        for _ in range(2):
            page.goto("about:blank", wait_until="networkidle")
            counter.asked.clear()
            line.count_anew()
            page.goto(f"{base}voila/render/{name}", wait_until="commit")
            milliseconds = page.wait_for_function(USABLE, polling="raf").json_value()
            page.wait_for_load_state("networkidle")
            found.append(
                Visit(milliseconds / 1000, len(counter.asked), counter.third_party, line.down.carried / 1000)
            )
        return found
    finally:
        context.close()
        line.close()


@contextlib.contextmanager
def ours(folder: Path) -> Iterator[tuple[int, Callable[[Page, str], str]]]:
    """Serve the course as `academy serve` does."""

    def sign_in(page: Page, url: str) -> str:
        page.goto(f"{url}j/{server.people.add('Amina').link_token}")
        page.locator("form:not(.langs) button").first.click()
        page.wait_for_url("**/home.ipynb")
        return page.url.partition("voila/")[0]  # of the edition: an address without it costs a redirect

    with AcademyServer(folder / "data") as server:
        for exercise in load_course(COURSE).exercises:
            Releases(server.store, COURSE).release(exercise.id)
        yield server.options["port"], sign_in


@contextlib.contextmanager
def stock(folder: Path) -> Iterator[tuple[int, Callable[[Page, str], str]]]:
    """Serve the same notebooks with Voilà as it comes."""
    port = free_port()
    environment = {**os.environ, "ACADEMY_COURSE": COURSE, "IPYTHONDIR": str(folder / "ipython")}
    command = [sys.executable, "-m", "voila", str(notebooks_root()), f"--port={port}", "--no-browser"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment, cwd=folder)
    assert process.stderr is not None
    try:
        for said in process.stderr:
            if "is running at" in said:
                break
        reader = threading.Thread(target=process.stderr.read, daemon=True)
        reader.start()
        yield port, lambda page, url: url
    finally:
        process.terminate()
        process.wait(30)


def best(runs: list[list[Visit]]) -> list[Visit]:
    """Return the quickest first visit and the quickest next one."""
    return [min(visit, key=lambda one: one.seconds) for visit in zip(*runs, strict=True)]


def show(stock_visits: list[Visit], our_visits: list[Visit]) -> None:
    """Print both columns and how many times less ours costs."""
    print(f"{KILOBITS} kbit/s, {ROUND_TRIP} ms, processor {SLOWER} times slower, 360 by 740")
    print(f"{'':32}{'stock Voilà':>14}{'ours':>10}{'ratio':>8}")
    for name, theirs, mine in zip(("first visit", "next visit"), stock_visits, our_visits, strict=True):
        rows: list[tuple[str, Any, Any]] = [
            ("requests", theirs.requests, mine.requests),
            ("to third parties", theirs.third_party, mine.third_party),
            ("kB down", round(theirs.kilobytes, 1), round(mine.kilobytes, 1)),
            ("first usable field, s", round(theirs.seconds, 1), round(mine.seconds, 1)),
        ]
        for what, a, b in rows:
            print(f"{f'{name}: {what}':32}{a:>14}{b:>10}{f'{a / b:.0f}x' if b else '':>8}")


def main() -> None:
    """Measure both and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument(
        "--runs", type=int, default=3, help="runs of ours; stock Voilà takes minutes and runs once"
    )
    parser.add_argument("--page", default="week-1-transformation.ipynb")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find()), args=["--no-sandbox"])
        with ours(Path(folder)) as (port, sign_in):
            mine = best([visits(browser, port, chosen.page, sign_in) for _ in range(chosen.runs)])
        with stock(Path(folder)) as (port, sign_in):
            theirs = best([visits(browser, port, chosen.page, sign_in)])
        browser.close()
    show(theirs, mine)


if __name__ == "__main__":
    main()
