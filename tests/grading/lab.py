"""What tests do with the facilitator's lab: nbgrader's commands, formgrader's pages and what its buttons send."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import httpx
import psutil
from nbgrader.api import Gradebook
from playwright.sync_api import expect

from academy_grading.grades.database import gradebook_url
from tests.support.patience import SECONDS

COURSE = "innovative-workers-education"
MAP = "context-map"


@contextlib.contextmanager
def opened(data, course):
    """`academy lab` as a process of its own, and its link; when it is stopped, nothing that it started goes on."""
    with started(data, course) as lab:
        yield lab
        family = lab.process.children(recursive=True)
        lab.process.send_signal(signal.SIGTERM)
        assert lab.process.wait(timeout=SECONDS) == 0
        assert psutil.wait_procs(family, timeout=SECONDS)[1] == []


@contextlib.contextmanager
def started(data, course):
    """`academy lab`, which the test may end as it likes."""
    # Who asks for a database lets the processes that follow find the same one (see tests.support.databases).
    assert all([data.store_url, gradebook_url(data.course_root(course))])
    code = (
        "import sys; from academy_grading.lab import open_lab; "
        f"sys.exit(open_lab({str(data.path)!r}, {course!r}, 0, browser=False, "
        "announce=lambda link: print(link, flush=True)))"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        try:
            link = process.stdout.readline().strip()
            assert link, (data.runtime / "lab" / course / "lab.log").read_text()[-2000:]
            base, token = link.split("/formgrader")[0], link.split("token=")[1]
            port = int(base.rsplit(":", 1)[1])
            yield SimpleNamespace(
                link=link, base=base, token=token, port=port, process=psutil.Process(process.pid)
            )
        finally:
            process.terminate()


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
    return httpx.request(method, f"{lab.base}/{path}", headers=headers, timeout=SECONDS, **what)


def nothing_ran(page):
    assert page.evaluate("window.broken") is None
    expect(page.locator("img[onerror], img[src*='example.org'], a[href^='javascript']")).to_have_count(0)
