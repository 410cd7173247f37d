"""Run the server as `academy serve` does, with options of a test, and tell the test when it answers."""

import asyncio
import atexit
import logging
import os
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from academy.data import DataFolder
from academy.errors import AcademyError
from academy_app.server import ServeOptions, serve

ROOT = Path(__file__).parents[2]
NOTES = "NOTE_WAITS_OF_THE_LOOP"
"""Environment variable: a file that gets a line for each statement on the server's loop, the milliseconds that the
statement may wait for its turn."""


def note_waits(file: Path) -> None:
    """Note how long statements on the loop may wait: how long they do says how busy a machine is as well."""

    @sa.event.listens_for(sa.engine.Engine, "before_cursor_execute")
    def note(_connection, cursor, statement, *_):
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return
        if not statement.startswith("PRAGMA"):
            with file.open("a") as notes:
                print(*cursor.connection.execute("PRAGMA busy_timeout").fetchone(), file=notes)


def run(options: dict[str, Any], environment: dict[str, str], log: Path, line: Connection) -> None:
    """Serve in a process that was forked for it, in an environment of its own; `line` is told the address.

    What the server prints is added to `log`.
    """
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    tempfile.tempdir = None  # that of this environment
    os.chdir(ROOT)
    with log.open("ab") as file:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(file.fileno(), stream.fileno())
    try:
        sys.exit(_serve(options, line))
    finally:
        atexit._run_exitfuncs()


def _serve(options: dict[str, Any], line: Connection) -> int:
    if NOTES in os.environ:
        note_waits(Path(os.environ[NOTES]))
    logging.basicConfig(level=logging.INFO)
    options["data"] = DataFolder.open(options["data"])
    for name in ("notebooks", "template", "assets"):
        if name in options:
            options[name] = Path(options[name])
    try:
        serve(ServeOptions(**options, on_ready=lambda url: line.send({"url": url})))
    except AcademyError as error:
        line.send({"error": str(error)})
        return 1
    return 0
