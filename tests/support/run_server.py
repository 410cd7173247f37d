"""Run the server as `academy serve` does, with options as JSON; say on one line when it answers."""

import asyncio
import json
import logging
import os
import sys
from pathlib import Path

import sqlalchemy as sa

from academy.data import DataFolder
from academy.errors import AcademyError
from academy.server import ServeOptions, serve

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


def main() -> int:
    options = json.loads(sys.argv[1])
    if NOTES in os.environ:
        note_waits(Path(os.environ[NOTES]))
    logging.basicConfig(level=logging.INFO)
    options["data"] = DataFolder.open(options["data"])
    for name in ("notebooks", "template", "assets"):
        if name in options:
            options[name] = Path(options[name])
    try:
        serve(ServeOptions(**options, on_ready=lambda url: print(json.dumps({"url": url}), flush=True)))
    except AcademyError as error:
        print(json.dumps({"error": str(error)}), flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
