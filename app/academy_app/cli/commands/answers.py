"""`academy answers …`: answers that were written without internet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from academy_app.cli.options import DataOption, EditionOption, helpful, opened
from academy_app.cli.words import _, language

if TYPE_CHECKING:
    from academy.offline import Report

__all__ = ["app"]

app = helpful("Bring in answers that were written without internet.")


@app.command("import")
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Answers files, or folders that hold them, however they are called.", show_default=False
        ),
    ],
    data: DataOption = Path("academy-data"),
    edition: EditionOption = None,
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
    from academy.offline import Importer

    with opened(data, edition) as folder:
        importer = Importer(folder.data, folder.store, folder.course(language()), language())
        found, others = _found(files)
        reports = [importer.take(str(file), _read(file), fit=fit, dry_run=dry_run) for file in found]
    for report in reports:
        _tell(report)
    if others:
        typer.echo(_("No answers files, and passed over: {files}").format(files=", ".join(others)))
    refused = sum(not report.taken for report in reports)
    typer.echo(
        _("Files taken: {taken}. Files not taken: {refused}.").format(
            taken=len(reports) - refused, refused=refused
        )
    )
    if refused:
        raise typer.Exit(1)


def _found(files: list[Path]) -> tuple[list[Path], list[str]]:
    """The files that were named and those in folders that were named, and what else lies in those folders.

    Phones and mail programs call files anew ("… (1).json", ".json.txt"), so what is in them counts.
    """
    found: list[Path] = []
    others: list[str] = []
    for named in files:
        if not named.is_dir():
            found.append(named)
            continue
        for file in sorted(named.rglob("*")):
            inside = file.relative_to(named)
            if file.is_dir() or any(part.startswith(".") for part in inside.parts):
                continue
            if _may_be(file):
                found.append(file)
            else:
                others.append(str(inside))
    return found, others


def _may_be(file: Path) -> bool:
    """Whether a file is called like an answers file, or begins like one or like the form that saves one."""
    if not file.is_file():
        return False
    if ".json" in file.name.lower() or ".answers" in file.name.lower():
        return True
    with file.open("rb") as content:
        return b"academy-answers" in content.read(128 * 1024).replace(b"\0", b"")


def _read(file: Path) -> bytes:
    """What is in a file, or so much of it that it is seen to be too large."""
    from academy.offline.read import LARGEST_FILE

    with file.open("rb") as content:
        return content.read(LARGEST_FILE + 1)


def _tell(report: Report) -> None:
    about = " · ".join(part for part in (report.exercise, report.person) if part)
    typer.echo(f"{report.name}{f' ({about})' if about else ''}: {report.text}", err=not report.taken)
    for label, text in report.refused:
        typer.echo(f"    {label}: {text}")
