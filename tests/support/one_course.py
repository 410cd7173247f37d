"""A data folder of one course as the kit made it before there were editions, with what was in people's hands then.

`tests/data/one_course` has it: the tables and the gradebook as SQL, the course's files and pages, a page that was open
in a browser with the scripts it had loaded (`open_page.json`), an offline form and the answers file that it made, and
`told.json`: the key, everybody's links and codes, the code of a live session that was going on.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from academy.data import MARK, DataFolder

__all__ = ["EXERCISES", "FOLDER", "NOTEBOOKS", "TOLD", "folder_of_one_course"]

FOLDER = Path(__file__).parents[1] / "data" / "one_course"
EXERCISES, NOTEBOOKS = FOLDER / "exercises", FOLDER / "notebooks"
TOLD: dict[str, Any] = json.loads((FOLDER / "told.json").read_text("utf-8"))


def folder_of_one_course(place: Path) -> DataFolder:
    """Make the data folder at a place that is not there yet."""
    (place / "keys").mkdir(parents=True)
    (place / "runtime").mkdir()
    (place / MARK).write_text("", "utf-8")
    (place / "keys" / "secret").write_bytes(bytes.fromhex(TOLD["secret"]))
    root = place / "courses" / "small-course"
    shutil.copytree(FOLDER / "course_root", root)
    (root / "course-folder.txt").write_text(f"{EXERCISES / 'small-course'}\n", "utf-8")
    for name, file in (("academy", place / "academy.sqlite"), ("gradebook", root / "gradebook.db")):
        with closing(sqlite3.connect(file)) as database:
            database.executescript((FOLDER / f"{name}.sql").read_text("utf-8"))
    return DataFolder.open(place)
