"""Command server: nbgrader's commands in a process of their own, called by `command_client`.

It reads commands from its standard input, one line of JSON each (the name of a method of nbgrader's API, and what it is
given), and answers with one line each, as that method does. When the input ends, the server is gone, and it ends at
once.
"""

from __future__ import annotations

import json
import logging
import os
import queue
import sys
import threading
from typing import Any

from nbgrader.apps import NbGraderAPI
from nbgrader.server_extensions.formgrader.formgrader import FormgradeExtension

__all__ = ["serve"]


def serve() -> None:
    """Do commands, one after the other, for as long as somebody asks."""
    answers = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever prints is no answer
    commands: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=[commands], daemon=True).start()
    app = _formgrader()
    with os.fdopen(answers, "w", encoding="utf-8") as pipe:
        while True:
            name, *given = commands.get()
            pipe.write(json.dumps(_do(app, name, given)) + "\n")
            pipe.flush()


def _listen(commands: queue.SimpleQueue[list[str]]) -> None:
    for line in sys.stdin.buffer:
        commands.put(json.loads(line))
    os._exit(0)


def _formgrader() -> Any:
    """The application as the server has it: its settings are those of the course root, in which we are."""
    app: Any = FormgradeExtension.instance()  # whose log is that of all
    app.log_level = logging.WARNING
    app.initialize([])
    return app


def _do(app: Any, name: str, given: list[str]) -> Any:
    """Do what nbgrader's own handlers do: the settings are read again each time."""
    app.load_config_file()
    api: Any = NbGraderAPI(app.coursedir, app.authenticator, parent=app)
    api.log_level = app.log.level
    return getattr(api, name)(*given)


if __name__ == "__main__":
    serve()
