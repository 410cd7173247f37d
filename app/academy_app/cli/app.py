"""The Typer application: its commands, and errors that end as one sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from academy_app.cli.commands import (
    answers,
    backup,
    course,
    demo,
    edition,
    export,
    grade,
    join,
    live,
    new,
    people_changes,
    series,
    serve,
    status,
    teams,
)
from academy_app.cli.failure import Run, explain
from academy_app.cli.options import helpful

__all__ = ["app", "main"]

app = helpful(
    "Serve a workshop to phones on weak lines, and grade it with nbgrader.\n\n"
    "Begin with: academy serve. Each command explains itself with --help."
)
app.command("serve")(serve.serve)
app.command("init")(serve.init)
app.command("status")(status.status)
app.add_typer(edition.app, name="edition")
app.add_typer(people_changes.app, name="people")  # all of `people`, and what changes them
app.add_typer(teams.app, name="teams")
app.add_typer(export.app, name="export")
app.add_typer(join.app, name="join")
app.add_typer(join.names, name="names")
app.add_typer(live.app, name="live")
app.add_typer(series.app, name="data")
app.command("demo")(demo.demo)
app.add_typer(answers.app, name="answers")
app.command("build")(course.build)
app.command("grade")(grade.grade)
app.command("feedback")(grade.feedback)
app.command("lab")(course.lab)
app.command("check")(course.check)
app.add_typer(new.app, name="new")
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)


def _version(wanted: bool) -> None:
    if wanted:
        from academy import __version__

        typer.echo(f"academy-kit {__version__}")
        raise typer.Exit


@app.callback()
def _every_command(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and stop.", callback=_version, is_eager=True)
    ] = False,
    debug: Annotated[
        bool,
        typer.Option("--debug", help="Show where in the program an error came from."),
    ] = False,
) -> None:
    pass


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit status: 0 done, 1 not done and said why, 2 not understood."""
    os.umask(0o077)  # what is made is for its owner: answers, grades, keys, backups
    words = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in words
    run = Run()
    try:
        app([word for word in words if word != "--debug"], prog_name="academy", obj=run)
    except Exception as error:
        if debug:
            raise
        typer.echo(explain(error, run), err=True)
        sys.exit(1)
