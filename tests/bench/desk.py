"""The facilitators' desk over a cohort of 600: how long until it is open and a change is seen, and its memory.

    python -m tests.bench.desk [--people 600] [--runs 5]

Invented people with passports at every stage are copied until there are enough. The desk is opened in Chromium over a
real server with forked kernels, beside the page "The cohort: who is where", which is drawn anew for each visit. A
change is somebody's submission, from its commit to the screen. Printed are the best and the worst of the runs.
"""

from __future__ import annotations

import argparse
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, sync_playwright

from academy.course import load_course
from academy.demo import fill
from academy.store import Answers, Edit, Releases, Store
from tests.support.cohort import copy_people
from tests.support.server import ROOT, AcademyServer

COURSE = "innovative-workers-education"
MOST_OPEN, MOST_CHANGE = 2.0, 2.0
DESK, COHORT = "voila/render/facilitator/desk.ipynb", "voila/render/facilitator/cohort.ipynb"


def fill_course(server: AcademyServer, people: int) -> None:
    """Put a cohort into the server's store, with everything open."""
    course = load_course(COURSE)
    releases = Releases(server.store, course.id)
    for exercise in course.exercises:
        releases.release(exercise.id)
    made = fill(server.store, server.people, course, participants=min(24, people))
    copy_people(server.store, made.participants, people)


@contextmanager
def browser() -> Iterator[Browser]:
    """Give a Chromium."""
    code = "import browser; print(browser.find() or '')"
    path = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "tools", capture_output=True, text=True, check=True
    )
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path.stdout.strip(), args=["--no-sandbox"])
        yield found
        found.close()


def seconds(work: Callable[[], Any]) -> float:
    """Return how long something takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def opened(page: Page, address: str, ready: str) -> float:
    """Return how long a page takes from the click to what is to be read."""

    def go() -> None:
        page.goto(address, wait_until="commit")
        page.locator(ready).first.wait_for()

    return seconds(go)


def changed(page: Page, store: Store, number: int) -> float:
    """Return how long a submission takes to the desk's screen."""
    person = f"p-z{number:05d}"
    answers = Answers(store, COURSE)
    page.locator("#desk-tab-people").click()
    page.locator("#desk-find").fill(person)
    row = page.locator(".person .light").first
    before = row.inner_text()
    answers.save(person, "profile", [Edit(secrets.token_hex(6), "goal", "A course")])

    def see() -> None:
        answers.submit(person, "profile", secrets.token_hex(8), "v1")
        page.wait_for_function(
            "before => document.querySelector('.person .light').innerText !== before", arg=before
        )

    return seconds(see)


def newcomers(store: Store, count: int) -> list[int]:
    """Return the numbers of copied people who have handed in nothing yet."""
    query = sa.text(
        "SELECT id FROM person WHERE id LIKE 'p-z%' AND id NOT IN (SELECT person_id FROM submission) ORDER BY id"
    )
    with store.session() as session:
        return [int(row[0][3:]) for row in session.execute(query)][:count]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--people", type=int, default=600)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, AcademyServer(Path(folder) / "data") as server:
        fill_course(server, given.people)
        with server.store.session() as session:
            rows = session.scalar(sa.text("SELECT count(*) FROM revision"))
        print(f"{given.people} participants, {rows} answers kept, {psutil.cpu_count()} cores\n")
        link = server.people.add("Desk", role="facilitator").link_token
        with browser() as chromium:
            page = chromium.new_page(viewport={"width": 1280, "height": 900})
            page.goto(f"{server.url}j/{link}")
            page.locator("form:not(.langs) button").first.click()
            page.wait_for_url("**/home.ipynb")
            _measure(page, server, given.runs)


def _measure(page: Page, server: AcademyServer, runs: int) -> None:
    times = [opened(page, server.url + DESK, "#desk-things li") for _ in range(runs)]
    cohort = [opened(page, server.url + COHORT, "main table") for _ in range(min(runs, 2))]
    _line("the desk opens, s", times, MOST_OPEN)
    _line("the page of the cohort, for comparison, s", cohort, None)
    before = {process.pid for process in server.kernels()}
    opened(page, server.url + DESK, "#desk-things li")
    changes = [changed(page, server.store, number) for number in newcomers(server.store, runs)]
    _line("a submission is seen, s", changes, MOST_CHANGE)
    drawn = seconds(
        lambda: (page.locator("#desk-tab-pictures").click(), page.locator("figure").first.wait_for())
    )
    _line("the pictures are drawn, s", [drawn], None)
    own = [p.memory_full_info().uss / 1e6 for p in server.kernels() if p.pid not in before]
    _line("memory of its kernel, MB of its own", own, None)


def _line(what: str, found: list[float], most: float | None) -> None:
    if found:
        limit = f"   at most {most:g}" if most else ""
        print(f"{what:45}{min(found):8.2f} …{max(found):6.2f}{limit}", flush=True)


if __name__ == "__main__":
    main()
