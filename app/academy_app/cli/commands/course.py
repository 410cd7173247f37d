"""`academy build`, `academy lab` and `academy check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from academy_app.cli.options import DataOption, EditionOption, opened
from academy_app.cli.words import _
from academy_app.quick_imports import without_grammars

if TYPE_CHECKING:
    from academy.course import Exercise

__all__ = ["build", "check", "lab"]


def build(
    exercises: Annotated[
        list[str] | None, typer.Argument(help="Exercises to build; all if none is named.", show_default=False)
    ] = None,
    data: DataOption = Path("academy-data"),
    edition: EditionOption = None,
) -> None:
    """Write the nbgrader sources anew after a change."""

    with opened(data, edition) as folder:
        chosen = folder.course()
        with without_grammars():
            from academy_grading.sources.course_root import build_course

        files = build_course(folder.data, chosen, exercises or None)
        for file in files:
            typer.echo(file)
        for file in files:
            _tell_changes(folder.data.course_root(chosen.edition), chosen.exercise(file.parent.name))


def _tell_changes(root: Path, exercise: Exercise) -> None:
    """Say what is not as it was when people were graded, and what to do about it."""
    from academy_app.cli.commands.grade import tell_changes
    from academy_grading.sources.versions import changes, graded_by, version_of

    if found := changes(graded_by(root, exercise.id).version, version_of(exercise)):
        tell_changes(exercise, found)
        said = _("Grade everybody by this version with: academy grade {exercise}")
        typer.echo("  " + said.format(exercise=exercise.id))


def lab(
    data: DataOption = Path("academy-data"),
    edition: EditionOption = None,
    port: Annotated[int, typer.Option(help="The port to listen on.", min=0, max=65535)] = 8899,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser.")] = True,
) -> None:
    """Open JupyterLab with formgrader, to grade.

    Collecting, autograding, grading by hand and feedback are all there, ready to click.
    """

    with opened(data, edition) as folder:
        chosen = folder.course()
    from academy_grading.lab import open_lab

    raise typer.Exit(open_lab(folder.data, chosen, port=port, browser=browser, announce=typer.echo))


def check(
    course: Annotated[
        str | None,
        typer.Argument(help="A course's id or folder; all courses if none is named.", show_default=False),
    ] = None,
    confirm: Annotated[
        str | None,
        typer.Option(
            metavar="LANGUAGE",
            help="Record that the translations into a language agree with today's original.",
        ),
    ] = None,
    data: DataOption = Path("academy-data"),
) -> None:
    """Look courses over for mistakes.

    Each is a sentence with the file, the place and the mend. The exit status is 1 if there are any. Missing and
    outdated translations are told as well, but are no mistakes.
    """
    from academy.content import course_folder, course_folders
    from academy.course.lint.whole import lint_course
    from academy_app.cli.options import tell_doubled

    folders = [course_folder(course)] if course else [*course_folders().values()]
    tell_doubled(folder.name for folder in folders)
    if confirm:
        _confirm(folders, confirm)
    failed = False
    for folder in folders:
        findings = lint_course(folder)
        if findings:
            typer.echo(f"{folder}:")  # what follows names files as they are seen from here
        for finding in findings:
            typer.echo(finding.said(folder))
        failed = failed or any(finding.level == "error" for finding in findings)
    if failed:
        raise typer.Exit(1)
    typer.echo(
        _("No mistakes found in {courses}.").format(courses=", ".join(folder.name for folder in folders))
    )


def _confirm(folders: list[Path], language: str) -> None:
    """Record that the translations agree with the original, in the courses that have that language."""
    from academy.course import load_course
    from academy.course.lint.translations import confirm
    from academy.errors import CourseError

    courses = [course for course in map(load_course, folders) if language in course.languages[1:]]
    if not courses:
        raise CourseError(_("There are no translations into {language} here.").format(language=language))
    count = sum(confirm(course, language) for course in courses)
    typer.echo(_("Translations confirmed: {count}.").format(count=count))
