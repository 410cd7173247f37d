"""Which database a test has: a file of SQLite, or one of PostgreSQL in its place (`make test-postgres`).

Tests open the stores of their data folders as ever. With `ACADEMY_TEST_POSTGRES`, the address of a server, each file
that is opened stands for a database of that server, made when it is first asked for.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from academy import data
from academy.store import db, open_store
from tests.support import postgres

__all__ = ["SERVER", "copy_root", "drop_below", "in_place_of_files", "prepare", "url_of"]

SERVER = os.environ.get("ACADEMY_TEST_POSTGRES", "")
GRADES = "empty-grades"
STORE = "empty-store"
_made: dict[str, Path] = {}


def in_place_of_files() -> None:
    """Let each file of a store that is opened from now on be a database of the server."""
    from academy_grading.grades import database  # before other modules take what is in it

    really = db._store

    def opened(url: str, *more: object) -> db.Store:
        file = url.removeprefix("sqlite:///")
        return really(_database("store", Path(file), STORE) if file != url and file else url, *more)

    db._store = opened
    data.DataFolder.store_url = property(_store_url)
    data.gradebook_url = lambda folder, course_id: _gradebook_url(folder.course_root(course_id))
    database.gradebook_url = _gradebook_url


def url_of(store: db.Store) -> str:
    """The address under which another process finds the same database."""
    return store.engine.url.render_as_string(hide_password=False)


def copy_root(root: Path, to: Path) -> Path:
    """Copy a course root with its gradebook, which is in it or a database of the server."""
    shutil.copytree(root, to)
    if SERVER:
        name = _name("grades", to)
        postgres.copy_database(SERVER, name, _name("grades", root))
        _made[name] = to
    return to


def drop_below(folder: Path) -> None:
    """Forget the databases of what lies in a folder."""
    for name in [name for name, path in _made.items() if path.is_relative_to(folder)]:
        postgres.drop_database(SERVER, name)
        del _made[name]


def prepare(server: str) -> None:
    """Make the databases that the others are copies of: tables take longer than most tests."""
    from nbgrader.api import Gradebook

    from academy_grading.grades.database import put_environment_first

    open_store(postgres.new_database(server, STORE)).close()
    put_environment_first()
    gradebook = Gradebook(postgres.new_database(server, GRADES), "small-course")
    gradebook.close()
    gradebook.engine.dispose()


def _store_url(folder: data.DataFolder) -> str:
    """Commands that a test runs from now on find the database of the data folder that was asked for last."""
    file = folder.path / "academy.sqlite"
    os.environ["ACADEMY_DATABASE"] = _database("store", file, STORE)
    return f"sqlite:///{file}"


def _gradebook_url(root: Path) -> str:
    os.environ["ACADEMY_GRADEBOOK"] = url = _database("grades", root, GRADES)
    return url


def _database(kind: str, path: Path, like: str) -> str:
    name = _name(kind, path)
    if name not in _made:
        postgres.new_database(SERVER, name, like)
        _made[name] = path.absolute()
    return SERVER.format(name=name)


def _name(kind: str, path: Path) -> str:
    return f"{kind}-{hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:24]}"
