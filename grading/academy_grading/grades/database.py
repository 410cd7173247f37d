"""The gradebook's database: its URL, and that it works from any shell."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
from collections.abc import Iterable
from functools import wraps
from pathlib import Path
from typing import Any

import nbformat
import sqlalchemy as sa
from nbgrader import dbutil
from nbgrader.api import Gradebook, MissingEntry

from academy.data import gradebook_elsewhere

__all__ = [
    "be_patient",
    "fits",
    "gradebook_url",
    "has_gradebook",
    "keep_percent_signs",
    "put_environment_first",
    "said_cell_change",
]

PATIENCE_SECONDS = 60
DRIVERS_OWN_SECONDS = 5


def gradebook_url(root: Path) -> str:
    """Return the URL of a course root's gradebook (for how long it waits, see `be_patient`)."""
    return gradebook_elsewhere(root.name) or f"sqlite:///{root / 'gradebook.db'}"


def has_gradebook(root: Path) -> bool:
    """Whether the gradebook of a course root has been made. To open one makes it."""
    if not (url := gradebook_url(root)).startswith("postgresql"):
        return (root / "gradebook.db").exists()
    with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
        return sa.inspect(connection).has_table("alembic_version")


def keep_percent_signs() -> None:
    """Let `nbgrader db upgrade` take an address with `%` in it: the settings it writes would read that as theirs."""
    really: Any = dbutil.write_alembic_ini
    if not hasattr(really, "__wrapped__"):

        @wraps(really)
        def write(alembic_ini: str, db_url: str) -> None:
            really(alembic_ini, db_url.replace("%", "%%"))

        dbutil.write_alembic_ini = write  # type: ignore[assignment]


def put_environment_first() -> None:
    """Put the environment's programs first on PATH: nbgrader makes a gradebook by calling `alembic`."""
    programs = str(Path(sys.executable).parent)
    paths = os.environ.get("PATH", os.defpath).split(os.pathsep)
    if paths[0] != programs:
        os.environ["PATH"] = os.pathsep.join([programs, *paths])


def be_patient() -> None:
    """Let connections to gradebooks wait a minute for their turn to write, and none for their turn to read.

    Formgrader and a command may both be at work. With a write-ahead log, who reads sees what was last written, and
    holds up nobody. A connection that was made with a patience of its own keeps that.
    """
    if not sa.event.contains(sa.Engine, "connect", _wait):
        sa.event.listen(sa.Engine, "connect", _wait)


def _wait(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    files = [row[2] for row in connection.execute("PRAGMA database_list")]
    if patience == DRIVERS_OWN_SECONDS * 1000 and any(
        Path(file).name == "gradebook.db" for file in files if file
    ):
        connection.execute(f"PRAGMA busy_timeout = {PATIENCE_SECONDS * 1000}")
        # The first connection makes the log, for good. If others are at work in the old way, one of the next does.
        with contextlib.suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode = WAL").fetchall()


def said_cell_change(url: str, course: str, assignment: str, notebooks: Iterable[Path]) -> str | None:
    """Say which cells of an assignment with submissions came or went, or None if that is no problem.

    nbgrader notices this too, but only after it has deleted the released notebook.
    """
    with Gradebook(url, course) as gradebook:
        try:
            known = gradebook.find_assignment(assignment)
        except MissingEntry:
            return None
        if not known.submissions:
            return None
        before = {cell.name for notebook in known.notebooks for cell in notebook.source_cells}
    after = {name for notebook in notebooks for name in _cell_names(notebook)}
    if before == after:
        return None
    changes = [f"new: {', '.join(sorted(after - before))}"] if after - before else []
    changes += [f"gone: {', '.join(sorted(before - after))}"] if before - after else []
    return (
        f"{assignment} has submissions, so its checks and criteria can't be added or taken away any more "
        f"({'; '.join(changes)}). Put them back as they were, or give the changed exercise a new id. "
        "Nothing was changed."
    )


def fits(url: str, course: str, assignment: str, notebook: Path) -> bool:
    """Whether the gradebook has an assignment with the very cells of a source notebook, and their points."""
    with Gradebook(url, course) as gradebook:
        try:
            known: Any = gradebook.find_notebook(assignment, assignment)
        except MissingEntry:
            return False
        sources = {cell.name: cell.source for cell in known.source_cells if cell.locked}
        points = {cell.name: cell.max_score for cell in [*known.grade_cells, *known.task_cells]}
    cells = [cell for cell in nbformat.read(notebook, as_version=4).cells if "nbgrader" in cell.metadata]
    about = [(cell, cell.metadata["nbgrader"]) for cell in cells]
    return sources == {its["grade_id"]: cell.source for cell, its in about if its["locked"]} and points == {
        its["grade_id"]: its["points"] for _, its in about if its["grade"] or its["task"]
    }


def _cell_names(notebook: Path) -> set[str]:
    cells = nbformat.read(notebook, as_version=4).cells
    names = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in cells}
    return {name for name in names if name}
