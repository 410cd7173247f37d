"""A class in which everything happens that happens in classes, and some of what should not."""

import json
import shutil
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from academy_grading.config import configure
from academy_grading.grades.database import gradebook_url
from academy_grading.sources.course_root import build_course
from tests.grading.classroom import GOAL, Class

HTML = "<script>window.broken = 1</script><img src=x onerror=alert(1)> ![i](https://example.org/i.png) $x$ \u202e"
STEPS = {"steps": ["r1", "r2", "r3"], "steps/r1/what": "Meet", "steps/r1/who": "We"}
DUE = "2026-01-01 00:00:00 UTC"


def config_of(root: Path) -> Config:
    """The configuration of a course root, as nbgrader's commands read it; who is late loses all points."""
    config = Config()
    configure(config, root / "nbgrader_config.py")
    config.LateSubmissionPlugin.penalty_method = "zero"
    return config


def api_of(config: Config) -> NbGraderAPI:
    return NbGraderAPI(coursedir=CourseDirectory(config=config), config=config)


def edit(file: Path, change) -> None:
    """Change the cells of a notebook."""
    notebook = json.loads(file.read_text("utf-8"))
    change(notebook["cells"])
    file.write_text(json.dumps(notebook), "utf-8")


def named(cells: list, name: str) -> dict:
    return next(cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade_id") == name)


def _tamper(folder: Path) -> None:
    """What nobody can do who submits in the app."""

    def of(person, change):
        edit(folder / person / "plan" / "plan.ipynb", change)

    of("p-extra", lambda cells: cells.append(new_code_cell("print('I ran')\nopen('ran.txt', 'w')")))
    of("p-removed", lambda cells: cells.remove(named(cells, "check-steps")))
    of("p-changed", lambda cells: named(cells, "check-steps").update(source="3"))
    of("p-points", lambda cells: named(cells, "check-steps")["metadata"]["nbgrader"].update(points=50))
    of("p-text", lambda cells: named(cells, "rubric").update(source=HTML))
    of("p-raw", lambda cells: cells.extend([new_markdown_cell(HTML), new_raw_cell(HTML)]))
    of("p-zero-twice", lambda cells: cells.append(dict(named(cells, "check-steps"), id="again")))
    _lengthen(folder / "p-long" / "plan")
    (folder / "p-files" / "plan" / "json.py").write_text("raise SystemExit", "utf-8")
    (folder / "p-timeless" / "plan" / "timestamp.txt").unlink()
    shutil.copy(folder / "p-wrong" / "plan" / "plan.ipynb", folder / "p-wrong" / "plan" / "other.ipynb")


def _lengthen(folder: Path) -> None:
    """An answer of a megabyte, which the app would not take."""
    goal = "word " * 200_000
    document = json.loads((folder / "answers.json").read_text("utf-8"))
    document["answers"]["goal"] = goal
    (folder / "answers.json").write_text(json.dumps(document), "utf-8")
    edit(folder / "plan.ipynb", lambda cells: named(cells, "answers").update(source=goal))


def varied(people: Class, gradebook: Path) -> NbGraderAPI:
    """Let a class submit, be graded in part, and submit again; return nbgrader on its course root."""
    build_course(people.data, people.course)
    shutil.copy(gradebook, people.root)
    nbgrader = api_of(config_of(people.root))
    assert nbgrader.generate_assignment("plan")["success"]
    for person in (
        "p-right",
        "p-late",
        "p-extra",
        "p-removed",
        "p-changed",
        "p-points",
        "p-raw",
        "p-zero-twice",
    ):
        people.submit(person, "plan", GOAL | STEPS)
    for person in ("p-wrong", "p-again", "p-again-late", "p-text", "p-files", "p-timeless"):
        people.submit(person, "plan", {"goal": "Much", "steps": ["r1"]})
    people.submit("p-empty", "plan", {})
    people.submit("p-long", "plan", GOAL)
    people.submit("p-html", "plan", {"goal": HTML, "town": HTML, "steps": ["r1"], "steps/r1/what": HTML})
    assert nbgrader.collect("plan")["success"]
    for person in ("p-again", "p-again-late"):
        assert nbgrader.autograde("plan", person)["success"]
        _grade_by_hand(people.root, person)
        people.submit(person, "plan", GOAL | STEPS)
    assert nbgrader.collect("plan")["success"]
    _tamper(people.root / "submitted")
    with Gradebook(gradebook_url(people.root), people.course.id) as book:
        book.update_or_create_assignment("plan", duedate=DUE)
        for person in {folder.name for folder in (people.root / "submitted").iterdir()} - LATE:
            book.update_or_create_student(person)
            book.update_or_create_submission("plan", person)
            book.grant_extension("plan", person, weeks=500)
    return nbgrader


LATE = {"p-late", "p-again-late"}


def _grade_by_hand(root: Path, person: str) -> None:
    with Gradebook(gradebook_url(root), "small-course") as book:
        for name, points in (("criterion-clarity", 3), ("check-has-goal", 1), ("answers", 0)):
            grade = book.find_grade(name, "plan", "plan", person)
            grade.manual_score, grade.needs_manual_grade = points, False
        book.find_comment("criterion-clarity", "plan", "plan", person).manual_comment = "Say who."
        book.db.commit()


def said(root: Path) -> dict:
    """All that the gradebook says about submissions, by person."""
    with Gradebook(gradebook_url(root), "small-course") as book:
        return {
            submission.student.id: _submission(submission)
            for submission in book.assignment_submissions("plan")
        }


def _submission(submission) -> dict:
    (notebook,) = submission.notebooks
    grade = (
        "auto_score",
        "manual_score",
        "extra_credit",
        "score",
        "max_score",
        "needs_manual_grade",
        "failed_tests",
    )
    comment = ("auto_comment", "manual_comment", "comment")
    return {
        "timestamp": submission.timestamp,
        "penalty": notebook.late_submission_penalty,
        "score": notebook.score,
        "grades": {row.name: {name: getattr(row, name) for name in grade} for row in notebook.grades},
        "comments": {row.name: {name: getattr(row, name) for name in comment} for row in notebook.comments},
    }


def files(root: Path) -> dict[str, tuple[int, bytes]]:
    """Everything in the folder of what is autograded: rights and content."""
    there = root / "autograded"
    return {
        str(file.relative_to(there)): (file.stat().st_mode, file.read_bytes())
        for file in sorted(there.rglob("*"))
        if file.is_file()
    }
