"""`academy answers …`: answers that were written without internet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from academy.cli.options import CourseOption, DataOption, helpful, opened, which_course
from academy.cli.words import _, language

if TYPE_CHECKING:
    from academy.offline import Report

__all__ = ["app"]

app = helpful("Bring in answers that were written without internet.")


@app.command("import")
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(help="Answers files, or folders of them (*.answers.json).", show_default=False),
    ],
    data: DataOption = Path("academy-data"),
    course: CourseOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    fit: Annotated[
        bool,
        typer.Option(
            "--fit", help="From files of an exercise that has changed since, take the answers that still fit."
        ),
    ] = False,
) -> None:
    """Bring in answers files that participants sent.

    Nothing is overwritten: each answer is added once, however often its file comes, and the newest of each field is
    shown. Each file is told apart that is not what it should be; the exit status is 1 if there was one.
    """
    from academy.course import load_course
    from academy.offline import Importer

    with opened(data) as folder:
        chosen = which_course(course, folder.store)
        spoken = load_course(chosen, language())
        importer = Importer(folder.data, folder.store, spoken, language())
        reports = [
            importer.take(str(file), file.read_bytes(), fit=fit, dry_run=dry_run) for file in _found(files)
        ]
    for report in reports:
        _tell(report)
    refused = sum(not report.taken for report in reports)
    typer.echo(
        _("Files taken: {taken}. Files not taken: {refused}.").format(
            taken=len(reports) - refused, refused=refused
        )
    )
    if refused:
        raise typer.Exit(1)


def _found(files: list[Path]) -> list[Path]:
    """The files that were named, and those in folders that were named."""
    found: list[Path] = []
    for file in files:
        found += sorted(file.glob("*.answers.json")) if file.is_dir() else [file]
    return found


def _tell(report: Report) -> None:
    about = " · ".join(part for part in (report.exercise, report.person) if part)
    typer.echo(f"{report.name}{f' ({about})' if about else ''}: {report.text}", err=not report.taken)
    for label, text in report.refused:
        typer.echo(f"    {label}: {text}")
