"""The servers that benchmarks measure: ours and stock Voilà, over the same notebooks."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

import nbformat
import psutil

from academy.content import notebooks_root
from academy.data import DataFolder
from academy_app.cli.first_run import prepare
from academy_app.cli.options import opened_folder
from tests.bench.line import Person
from tests.support.ports import free_port
from tests.support.server import AcademyServer
from tests.support.visitor import Visitor

__all__ = ["COURSE", "FORM", "PANDAS", "WEEK", "Ours", "Stock", "cpu_of", "memory_of"]

COURSE = "innovative-workers-education"
FORM, PANDAS, WEEK = "one-form.ipynb", "with-pandas.ipynb", "week-1-transformation.ipynb"
PANDAS_CELL = """\
import pandas as pd
table = pd.DataFrame({"driver": list("abcd") * 25, "workers": range(100)})
table.groupby("driver").agg(["mean", "sum"]).round(1)
"""


def pages_in(folder: Path) -> Path:
    """Copy the pages, with two more: one form with its text and feedback, and the same with pandas beside it."""
    shutil.copytree(notebooks_root(), folder)
    week = nbformat.read(folder / WEEK, as_version=4)
    place = next(i for i, cell in enumerate(week.cells) if 'exercise("context-map")' in cell.source)
    cells = [*week.cells[place - 2 : place + 1], *week.cells[place + 3 : place + 5]]
    assert 'feedback("context-map")' in cells[-1].source
    for name, more in ((FORM, []), (PANDAS, [nbformat.v4.new_code_cell(PANDAS_CELL)])):
        nbformat.write(nbformat.v4.new_notebook(cells=cells + more, metadata=week.metadata), folder / name)
    return folder


class Ours:
    """`academy serve` with people who are signed in already."""

    name = "ours"

    def __init__(self, folder: Path, **options: Any) -> None:
        data = DataFolder.ensure(folder / "data")
        with opened_folder(data) as store:
            prepare(store, COURSE, tell=lambda *_: None)
        pages = pages_in(folder / "pages")
        self.server = AcademyServer(folder / "data", course=COURSE, notebooks=str(pages), **options)
        self.temporary = Path(tempfile.mkdtemp(prefix="bench-"))
        """What the server puts where short-lived files are; others have theirs elsewhere."""
        self.server.start(TMPDIR=str(self.temporary))

    @property
    def pid(self) -> int:
        """The server's process."""
        assert self.server.process is not None
        return self.server.process.pid

    def people(self, count: int) -> list[Person]:
        """Return so many new people, signed in."""
        found = []
        for number in range(count):
            with Visitor(self.server.url) as visitor:
                visitor.sign_in(self.server.people.add(f"Person {number}").code)
                word = visitor.xsrf()
                cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
            found.append(Person(self.server.url, {"Cookie": cookies, "X-XSRFToken": word}))
        return found

    def close(self) -> None:
        """Stop."""
        self.server.close()
        shutil.rmtree(self.temporary)


class Stock:
    """`voila` as it comes, with its own template, kernels and settings."""

    name = "stock"

    def __init__(self, folder: Path) -> None:
        pages = pages_in(folder / "pages")
        port = free_port()
        self.url = f"http://127.0.0.1:{port}/"
        kept = ("PATH", "LANG", "HOME")
        environment = {name: os.environ[name] for name in kept if name in os.environ}
        with (folder / "stock.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "voila", str(pages), f"--port={port}", "--no-browser"],
                stdout=log,
                stderr=log,
                env=environment | {"ACADEMY_COURSE": COURSE, "IPYTHONDIR": str(folder / "ipython")},
                start_new_session=True,
            )
        self.pid = self.process.pid
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.url}voila/api/"):
                return
            with contextlib.suppress(OSError), urllib.request.urlopen(self.url):
                return
            time.sleep(0.1)
        raise TimeoutError("stock Voilà did not start")

    def people(self, count: int) -> list[Person]:
        """Return so many people; nobody signs in."""
        return [Person(self.url, {}) for _ in range(count)]

    def close(self) -> None:
        """Stop, the hard way after a while: after a burst it does not always stop by itself."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            for process in [*psutil.Process(self.pid).children(recursive=True), psutil.Process(self.pid)]:
                with contextlib.suppress(psutil.Error):
                    process.kill()
            self.process.wait(10)


def tree(pid: int) -> list[psutil.Process]:
    """Return a server's process and all below it."""
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


def memory_of(pid: int) -> float:
    """Return the megabytes of a whole tree of processes; what several share counts once (PSS)."""
    kilobytes = 0
    for process in tree(pid):
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    kilobytes += int(line.split()[1])
    return kilobytes / 1024


def cpu_of(pid: int) -> tuple[float, float]:
    """Return the seconds that the server has computed, and those of all below it."""
    seconds = []
    for process in tree(pid):
        with contextlib.suppress(psutil.Error):
            times = process.cpu_times()
            seconds.append(times.user + times.system)
    return seconds[0], sum(seconds[1:])
