"""What tests do with the facilitator's lab: nbgrader's commands, formgrader's pages and what its buttons send."""

import os
import subprocess
import sys
from pathlib import Path

import httpx
from nbgrader.api import Gradebook
from playwright.sync_api import expect

COURSE = "innovative-workers-education"
MAP = "context-map"


def run(command: str, root: Path, path: str = os.defpath) -> subprocess.CompletedProcess:
    """An nbgrader command as a facilitator types it, in a shell that never heard of our environment."""
    program = Path(sys.executable).with_name("nbgrader")
    return subprocess.run(
        [sys.executable, program, *command.split()],
        cwd=root,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=300,
    )


def open_submission(page, road, lab, person):
    """Open a submission and wait until formgrader's scripts have all of it."""
    page.goto(submission_page(road, lab, person))
    page.wait_for_selector("body[data-ready]")


def grades(road, person):
    with Gradebook(road.url, COURSE) as gradebook:
        rows = gradebook.find_submission_notebook(MAP, MAP, person).grades
        return {row.name: (row.auto_score, row.needs_manual_grade) for row in rows}


def submission_id(road, person):
    with Gradebook(road.url, COURSE) as gradebook:
        return gradebook.find_submission_notebook(MAP, MAP, person).id


def submission_page(road, lab, person):
    return f"{lab.base}/formgrader/submissions/{submission_id(road, person)}/"


def press(lab, path):
    """What formgrader's buttons send."""
    result = ask(lab, f"formgrader/api/{path}", "POST").json()
    assert result["success"], result
    return result["log"]


def ask(lab, path, method="GET", known=True, **what):
    """Ask the lab as a program would, with its token or without."""
    headers = {"Authorization": f"token {lab.token}"} if known else {}
    return httpx.request(method, f"{lab.base}/{path}", headers=headers, timeout=60, **what)


def nothing_ran(page):
    assert page.evaluate("window.broken") is None
    expect(page.locator("img[onerror], img[src*='example.org'], a[href^='javascript']")).to_have_count(0)
