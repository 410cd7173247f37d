"""Values do not change once they are made: who holds one need not ask who else does. What does change is listed."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("academy", "app/academy_app", "grading/academy_grading", "widgets/academy_widgets")
CHANGING = {
    "academy/exports/machine_csv.py CsvRow",
    "academy/exports/moodle.py Filled",
    "academy/live/rows.py WrittenItem",
    "academy/peers/choose.py RoundState",
    "academy/peers/opening.py _Reviews",
    "academy/people/merging.py Merged",
    "academy/people/roster/entries.py RosterReport",
    "academy/store/db.py _Place",
    "app/academy_app/cli/failure.py Run",
    "app/academy_app/server/kernels/admission.py Place",
    "app/academy_app/server/kernels/manager.py Owner",
    "app/academy_app/server/kernels/presence.py Presence",
    "app/academy_app/server/signin/identity.py Visitor",
    "grading/academy_grading/autograde/batch.py Outcome",
    "grading/academy_grading/autograde/fast_path.py CheckedSubmission",
    "grading/academy_grading/autograde/prepare.py Prepared",
    "grading/academy_grading/grade.py Given",
    "grading/academy_grading/grade.py Taken",
    "grading/academy_grading/grades/grade_queries.py NotebookGrades",
}
"""What is added up, filled in or followed while it goes on."""


def dataclasses(file: Path) -> Iterator[tuple[str, bool]]:
    """The dataclasses of a file, and whether each is frozen."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ClassDef):
            for written in map(ast.unparse, node.decorator_list):
                if written.removeprefix("dataclasses.").startswith("dataclass"):
                    yield node.name, "frozen=True" in written


def test_all_values_are_frozen_but_those_that_are_listed() -> None:
    found = {
        f"{file.relative_to(ROOT)} {name}": frozen
        for package in PACKAGES
        for file in sorted((ROOT / package).rglob("*.py"))
        for name, frozen in dataclasses(file)
    }
    assert len(found) > 100
    assert {name for name, frozen in found.items() if not frozen} == CHANGING
