"""What a week asks of a line and of a server: bytes of each page above the bare light page, CPU of each exercise.

    python -m tests.bench.weeks [--runs 5]

Bytes are those of the HTML as the server sends it, compressed, for somebody who has written nothing yet. CPU is that of
all checks, computed values and pictures of an exercise on its worked example, in this process: the best of the runs.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path

import nbformat

from academy.content import notebooks_root
from academy.course import Course, Exercise, Work, load_course, nest
from academy.course.checks import call, run_computes
from academy.course.examples import example_work
from academy.store import Releases
from tests.support.server import AcademyServer
from tests.support.visitor import Visitor

COURSE = "innovative-workers-education"
MOST_KILOBYTES, MOST_MILLISECONDS = 40, 50
BARE = "bare.ipynb"


def bare(notebooks: Path) -> Path:
    """Copy the notebooks, with one more that has nothing but a word."""
    shutil.copytree(notebooks_root(), notebooks, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    page = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Here")])
    page.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(page, notebooks / BARE)
    return notebooks


def weights(course: Course, folder: Path) -> dict[str, int]:
    """Return the bytes of the bare page and of the page of each module as they go over the line."""
    with AcademyServer(folder / "data", notebooks=str(bare(folder / "notebooks"))) as server:
        for exercise in course.exercises:
            Releases(server.store, course.id).release(exercise.id)
        with Visitor(server.url, headers={"Accept-Encoding": "br, gzip"}) as visitor:
            visitor.sign_in(server.people.add("Amina").code)
            return {
                name: _bytes(visitor, name) for name in [BARE, *(f"{m.page}.ipynb" for m in course.modules)]
            }


def _bytes(visitor: Visitor, name: str) -> int:
    with visitor.stream("GET", f"voila/render/{name}") as answer:
        assert answer.status_code == 200, name
        assert answer.headers.get("content-encoding"), f"{name} is not compressed"
        return sum(len(part) for part in answer.iter_raw())


def milliseconds(exercise: Exercise, work: Work) -> float:
    """Return the CPU that everything takes that the kernel works out about the answers of an exercise."""
    answers = nest(exercise, work.flat(exercise.id))
    began = time.process_time()
    for check in exercise.checks:
        check.run(exercise, answers, work)
    for name, function in exercise.computes.items():
        run_computes(exercise, answers, work, name, function)
    for function in exercise.draws.values():
        call(function, answers, exercise, work)
    return (time.process_time() - began) * 1000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    course = load_course(COURSE)
    with tempfile.TemporaryDirectory() as folder:
        pages = weights(course, Path(folder))
    least = pages.pop(BARE)
    print(f"{'page, HTML compressed':40}{'kB':>8}{'added':>8}   of {MOST_KILOBYTES} kB")
    print(f"{'the bare light page':40}{least / 1000:8.1f}")
    for name, size in pages.items():
        print(f"{name:40}{size / 1000:8.1f}{(size - least) / 1000:8.1f}")
    work = example_work(course)
    print(f"\n{'exercise':40}{'fields':>8}{'CPU ms':>8}   of {MOST_MILLISECONDS} ms")
    for exercise in course.exercises:
        fields = len(list(exercise.all_columns()))
        best = min(milliseconds(exercise, work) for _ in range(runs))
        print(f"{exercise.id:40}{fields:8}{best:8.1f}")


if __name__ == "__main__":
    main()
