"""What grading costs, stock nbgrader beside ours in one run: `python -m tests.bench.grading [submissions]`.

CPU seconds count everything that a step starts: kernels, helpers and their children. "Stock" is nbgrader with its own
steps (its kernels, its feedback page, its gradebook without a write-ahead log); what it saves for a check that could
not be run is ours in both, so that only the work itself differs.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from academy.course import load_course
from academy.data import DataFolder
from academy.store import open_store
from academy_grading.autograde.batch import autograde_all
from academy_grading.config import configure
from academy_grading.grade import feedback_exercise
from academy_grading.sources.course_root import build_course
from tests.grading.classroom import Class, example

COURSE, EXERCISE = "innovative-workers-education", "context-map"
STOCK_SAMPLE = 12
STOCK_STEPS = [
    "nbgrader.preprocessors.Execute",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "academy_grading.autograde.execute.SaveGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]


def config_of(root: Path, *, stock: bool = False) -> Config:
    config = Config()
    configure(config, root / "nbgrader_config.py")
    if stock:
        config.Autograde.autograde_preprocessors = STOCK_STEPS
        del config["HTMLExporter"]
        del config["GenerateFeedback"]
    return config


def nbgrader_of(config: Config) -> NbGraderAPI:
    return NbGraderAPI(coursedir=CourseDirectory(config=config), config=config)


def cpu() -> float:
    """CPU seconds of this process, of those that it has ended, and of the helper that is still there."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    helpers = sum(sum(child.cpu_times()[:4]) for child in psutil.Process().children())
    return sum(one.ru_utime + one.ru_stime for one in used) + helpers


def cost(step: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall seconds of a step."""
    before, start = cpu(), time.perf_counter()
    step()
    return cpu() - before, time.perf_counter() - start


def a_class(place: Path, count: int) -> Path:
    """A course root with as many collected submissions: whole, in part, empty, in two scripts."""
    course = load_course(COURSE)
    folder = course.exercise(EXERCISE).folder
    data = DataFolder.create(place / "data")
    people = Class(data, course, open_store(data.store_url))
    texts = {
        language: example(folder / name)
        for language, name in (("en", "example.yaml"), ("ar", "example.ar.yaml"))
    }
    for number in range(count):
        language = "ar" if number % 3 == 0 else "en"
        answers = list(texts[language].items())
        kept = (len(answers), len(answers) // 2, 9, 0)[number % 4]
        people.submit(f"p-{number:04d}", EXERCISE, dict(answers[:kept]), language)
    build_course(data, course)
    nbgrader = nbgrader_of(config_of(people.root))
    for step in (nbgrader.generate_assignment, nbgrader.release_assignment, nbgrader.collect):
        assert step(EXERCISE)["success"]
    people.store.close()
    return people.root


def sample_of(root: Path, place: Path, count: int) -> Path:
    """A copy of the course root with only some of the submissions."""
    data = place / "stock"
    shutil.copytree(root.parent.parent, data)
    copy = data / "courses" / root.name
    for folder in sorted((copy / "submitted").iterdir())[count:]:
        shutil.rmtree(folder)
    with closing(sqlite3.connect(copy / "gradebook.db")) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    return copy


def grades(root: Path) -> dict[tuple[str, str], tuple[Any, ...]]:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", COURSE) as book:
        return {
            (submission.student.id, row.name): (
                row.auto_score,
                row.score,
                row.max_score,
                row.needs_manual_grade,
            )
            for submission in book.assignment_submissions(EXERCISE)
            for notebook in submission.notebooks
            for row in notebook.grades
        }


def give_levels(root: Path) -> None:
    """Grade everybody to the end, so that there is feedback to give."""
    with closing(sqlite3.connect(root / "gradebook.db")) as connection, connection:
        connection.execute(
            "UPDATE grade SET manual_score = 3, needs_manual_grade = 0 WHERE needs_manual_grade"
        )


def feedback(root: Path, *, stock: bool) -> Callable[[], object]:
    config = config_of(root, stock=stock)
    if stock:
        return lambda: nbgrader_of(config).generate_feedback(EXERCISE)
    return lambda: feedback_exercise(config, EXERCISE, progress=lambda done, of: None)


def _colleague(root: Path, stock: bool, ready: Any) -> None:
    """Somebody else who autogrades everybody."""
    config = config_of(root, stock=stock)
    ready.set()
    if stock:
        nbgrader_of(config).autograde(EXERCISE, "*")
    else:
        autograde_all(config, EXERCISE, again=True)


def waits(root: Path, *, stock: bool) -> list[float]:
    """How long formgrader's look at a submission takes, again and again while a colleague autogrades."""
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    colleague = context.Process(target=_colleague, args=(root, stock, ready))
    colleague.start()
    ready.wait()
    taken = []
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", COURSE) as book:
        while colleague.is_alive():
            start = time.perf_counter()
            notebook = book.find_submission_notebook(EXERCISE, EXERCISE, "p-0001")
            [(grade.score, grade.needs_manual_grade) for grade in notebook.grades]
            book.db.rollback()
            taken.append(time.perf_counter() - start)
            colleague.join(0.01)
    return taken


def row(what: str, stock: float, ours: float, unit: str = "s") -> None:
    print(f"{what:<58}{stock:>9.3f} {unit:<2}{ours:>9.3f} {unit:<2}{stock / ours if ours else 0:>7.1f} times")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("submissions", nargs="?", type=int, default=120)
    count = parser.parse_args().submissions
    few = min(STOCK_SAMPLE, count)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        ours = a_class(place, count)
        stock = sample_of(ours, place, few)
        by_stock, by_ours = nbgrader_of(config_of(stock, stock=True)), nbgrader_of(config_of(ours))
        print(f"{count} submissions of {EXERCISE} by ours, {few} of them by stock; {os.cpu_count()} cores\n")
        print(f"{'':<58}{'stock':>11}{'ours':>12}")
        theirs_cpu, theirs_wall = cost(lambda: by_stock.autograde(EXERCISE, "*"))
        ours_cpu, ours_wall = cost(lambda: autograde_all(config_of(ours), EXERCISE))
        row("autograde of the class, CPU a submission", theirs_cpu / few, ours_cpu / count)
        row("autograde of the class, time a submission", theirs_wall / few, ours_wall / count)
        known, found = grades(stock), grades(ours)
        differing = [cell for cell in known if known[cell] != found.get(cell)]
        print(f"{'cells with another grade than stock gave':<58}{'':>12}{len(differing):>9} of {len(known)}")
        first = cost(lambda: by_ours.autograde(EXERCISE, "p-0001"))
        theirs = min(cost(lambda: by_stock.autograde(EXERCISE, "p-0001")) for _ in range(3))
        again = min(cost(lambda: by_ours.autograde(EXERCISE, "p-0001")) for _ in range(5))
        row("one submission on its own, CPU", theirs[0], again[0])
        row("one submission on its own, time", theirs[1], again[1])
        row("   the first one after formgrader starts, CPU", theirs[0], first[0])
        slow, quick = waits(stock, stock=True), waits(ours, stock=False)
        row(
            f"formgrader looks while a colleague autogrades, longest ({len(quick)} looks)",
            1000 * max(slow),
            1000 * max(quick),
            "ms",
        )
        row(
            "   the middle one",
            1000 * sorted(slow)[len(slow) // 2],
            1000 * sorted(quick)[len(quick) // 2],
            "ms",
        )
        for root in (stock, ours):
            give_levels(root)
        theirs_cpu, theirs_wall = cost(feedback(stock, stock=True))
        ours_cpu, ours_wall = cost(feedback(ours, stock=False))
        row("feedback, CPU a submission (ours: released as well)", theirs_cpu / few, ours_cpu / count)
        row("feedback, time a submission", theirs_wall / few, ours_wall / count)


if __name__ == "__main__":
    main()
