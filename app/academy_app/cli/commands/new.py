"""`academy new course`."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from academy_app.cli.options import DataOption, helpful
from academy_app.cli.words import _

__all__ = ["app"]

app = helpful("Begin a course of your own.")


@app.callback()
def _new() -> None:
    """Begin a course of your own."""


@app.command("course")
def course(
    context: typer.Context,
    course_id: Annotated[
        str, typer.Argument(metavar="ID", help="Its id, such as safe-at-work; its folder has the same name.")
    ],
    like: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="COURSE", help="A course to begin from, with its translations and pages."
        ),
    ] = None,
    data: DataOption = Path("academy-data"),
) -> None:
    """Make a course of your own from an example or from another course.

    It is put into the folder exercises of the data folder, which is made if there is none; in a checkout of the kit,
    where no data folder is named, into the checkout's.
    """
    from academy_app.cli.new_course import begin_course

    made = begin_course(course_id, _place(context, data), like)
    typer.echo(_("The course {id} is in {folder}. Begin with course.yaml.").format(id=course_id, folder=made))
    if like:
        typer.echo(_("Its dates are those of {course}: change start and end.").format(course=like))
    told = f" --data {shlex.quote(str(data))}" if _is_said(context) else ""
    typer.echo(_("Look it over with:  {command}").format(command=f"academy check {course_id}{told}"))
    typer.echo(_("Serve it with:      {command}").format(command=f"academy serve --course {course_id}{told}"))


def _place(context: typer.Context, data: Path) -> Path:
    from academy.content import courses_root
    from academy.data import DataFolder

    if not _is_said(context) and Path.cwd().is_relative_to(courses_root().parent.absolute()):
        return courses_root()
    return DataFolder.ensure(data).path / "exercises"


def _is_said(context: typer.Context) -> bool:
    """Whether somebody named the data folder, here or in the environment."""
    source = context.get_parameter_source("data")
    return source is not None and source.name != "DEFAULT"
