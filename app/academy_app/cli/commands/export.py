"""`academy export …`: what was written, as files for other programs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from academy_app.cli.options import DataOption, EditionOption, Opened, helpful, opened
from academy_app.cli.words import _

if TYPE_CHECKING:
    from academy.exports.moodle import Filled, MoodleFile

__all__ = ["app"]

app = helpful("Write what people have made into files.")


@app.callback()
def _several() -> None:
    pass


@app.command()
def reviews(
    file: Annotated[Path, typer.Argument(help="The CSV file to write.", show_default=False, dir_okay=False)],
    data: DataOption = Path("academy-data"),
    edition: EditionOption = None,
    with_ids: Annotated[
        bool, typer.Option("--with-ids", help="Say by pseudonym who wrote what; else nothing tells.")
    ] = False,
) -> None:
    """Write all peer reviews and replies into a CSV file."""
    from academy.peers.table import reviews_table

    with opened(data, edition) as folder:
        found = reviews_table(folder.store, folder.course(), blind=not with_ids)
    _write(file, found.to_csv(index=False).encode("utf-8-sig"))
    typer.echo(_("Reviews written to {file}: {count}.").format(file=file, count=len(found)))


class Format(StrEnum):
    """What grades are written as."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    MOODLE = "moodle"


FileArgument = Annotated[
    Path, typer.Argument(help="The file to write.", show_default=False, dir_okay=False, metavar="FILE")
]
NamesOption = Annotated[
    bool, typer.Option("--names", help="Add full names and e-mail addresses; else pseudonyms alone.")
]


@app.command()
def grades(
    file: FileArgument,
    form: Annotated[
        Format, typer.Option("--format", help="What to write: csv, xlsx, json, or moodle.")
    ] = Format.CSV,
    moodle: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="For moodle: the file that Moodle exported, its gradebook or one assignment's worksheet.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    exercise: Annotated[
        str | None, typer.Option(help="Only this exercise; a worksheet of Moodle needs it.")
    ] = None,
    match: Annotated[
        str | None,
        typer.Option(
            help="For moodle: the column that tells people apart, such as “ID number”; else the e-mail address."
        ),
    ] = None,
    people: Annotated[
        Path | None,
        typer.Option(
            help="For moodle: a CSV with two columns, the id of a person and what Moodle has in that column.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    points: Annotated[
        str | None,
        typer.Option(help="For moodle: the column for the points, where its heading is not known."),
    ] = None,
    comments: Annotated[
        str | None,
        typer.Option(help="For moodle: the column for the feedback, where its heading is not known."),
    ] = None,
    overwrite: Annotated[
        bool,
        typer.Option("--overwrite", help="Replace other grades in Moodle's file, and a file that is there."),
    ] = False,
    feedback: Annotated[
        bool, typer.Option("--feedback/--no-feedback", help="Write feedback beside the grades.")
    ] = True,
    scale: Annotated[
        bool, typer.Option("--scale", help="For moodle: reckon points into Moodle's maximum grade.")
    ] = False,
    names: NamesOption = False,
    data: DataOption = Path("academy-data"),
    edition: EditionOption = None,
) -> None:
    """Write the grades into a file, or into Moodle's own grade file.

    Moodle's file is filled and written anew: import that in Moodle. Only grades that are whole go there, feedback
    never goes without its grade, and another grade that is there already stays unless you say --overwrite.
    """
    from academy.data import gradebook_url
    from academy.desk.grades import grades as graded
    from academy.desk.results import results
    from academy.errors import CourseError
    from academy.exports import grades as tables

    with opened(data, edition) as folder:
        chosen = folder.course()
        if exercise is not None and not chosen.has(exercise):
            there = ", ".join(each.id for each in chosen.exercises)
            raise CourseError(
                _("There is no exercise {id}. There are: {ids}.").format(id=exercise, ids=there)
            )
        _check_free(file, overwrite)
        found = results(folder.store, chosen, graded(gradebook_url(folder.data, chosen.edition)))
        found = [one for one in found if exercise in (None, one.exercise)]
        if form is Format.MOODLE:
            sheet = _moodle_file(moodle, match, people, points, comments)
            columns = sheet.columns(chosen, exercise)
            said = sheet.fill(
                found, _called(folder, people), columns, overwrite=overwrite, feedback=feedback, scale=scale
            )
            _write(file, sheet.content())
            for line in [*_report(said, columns), _("Import {file} in Moodle.").format(file=file)]:
                typer.echo(line)
            return
        private = folder.people.private() if names else None
    head, rows = tables.grade_rows(found, private, feedback=feedback)
    written = {
        Format.CSV: lambda: tables.grades_csv(head, rows),
        Format.JSON: lambda: tables.grades_json(head, rows),
        Format.XLSX: lambda: tables.grades_xlsx(head, rows, chosen.title),
    }[form]()
    _write(file, written)
    typer.echo(_("Results written to {file}: {count}.").format(file=file, count=len(rows)))


@app.command()
def completion(
    file: FileArgument,
    names: NamesOption = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")] = False,
    data: DataOption = Path("academy-data"),
    edition: EditionOption = None,
) -> None:
    """Write who has handed in what, and when, into a CSV file."""
    from academy.desk.people import cohort
    from academy.exports.grades import completion_rows, grades_csv

    _check_free(file, overwrite)
    with opened(data, edition) as folder:
        chosen = folder.course()
        private = folder.people.private() if names else None
        head, rows = completion_rows(chosen, cohort(folder.store, chosen), private)
    _write(file, grades_csv(head, rows))
    typer.echo(_("Participants written to {file}: {count}.").format(file=file, count=len(rows)))


def _moodle_file(
    moodle: Path | None, match: str | None, people: Path | None, points: str | None, comments: str | None
) -> MoodleFile:
    from academy.errors import PeopleError
    from academy.exports.moodle import MoodleFile

    if moodle is None:
        raise PeopleError(
            _(
                "Export the grades in Moodle first (Grades, Export, Plain text file), and name the file with --from."
            )
        )
    if match is not None and people is None:
        raise PeopleError(_("Say with --people who is who in the column {name}.").format(name=match))
    return MoodleFile(moodle.read_bytes(), _, match, points=points, words=comments)


def _called(folder: Opened, people: Path | None) -> dict[str, str]:
    """People by what Moodle's file has of them."""
    from academy.exports.moodle import people_by_email, people_by_list

    if people is not None:
        return people_by_list(people.read_bytes(), [one.id for one in folder.people.all()], _)
    return people_by_email({person: one.email for person, one in folder.people.private().items()})


def _report(said: Filled, columns: dict[str, int]) -> list[str]:
    lines = [
        _("Exercises in Moodle's file: {ids}").format(ids=", ".join(columns)),
        _("Grades written: {n}. The same already: {same}.").format(n=said.written, same=said.same),
    ]
    if said.kept:
        lines.append(
            _(
                "Another grade is there already, and stays (lines {lines}). Replace them with --overwrite."
            ).format(lines=_numbers(said.kept))
        )
    if said.locked:
        lines.append(
            _("Moodle says that these grades can't be changed (lines {lines}).").format(
                lines=_numbers(said.locked)
            )
        )
    if said.wordless:
        lines.append(
            _(
                "Feedback that has no column in Moodle's file, and was not written: {n}. Export it with the column for "
                "feedback, or name that column with --comments."
            ).format(n=said.wordless)
        )
    if said.unfinished:
        lines.append(_("Not graded to the end, and not written: {n}").format(n=said.unfinished))
    if said.unknown:
        lines.append(
            _(
                "People in Moodle's file whom the roster does not know: {n}. Import the roster with their addresses."
            ).format(n=said.unknown)
        )
    return lines


def _numbers(lines: list[int]) -> str:
    return ", ".join(map(str, lines[:20])) + (" …" if len(lines) > 20 else "")


def _check_free(file: Path, overwrite: bool) -> None:
    from academy.errors import PeopleError

    if file.exists() and not overwrite:
        raise PeopleError(
            _("{file} is there already. Choose another name, or replace it with --overwrite.").format(
                file=file
            )
        )


def _write(file: Path, content: bytes) -> None:
    from academy.data import write_whole
    from academy.errors import PeopleError

    try:
        write_whole(file, content)
    except OSError as error:
        raise PeopleError(
            _("{file} can't be written: {why}.").format(file=file, why=error.strerror)
        ) from error
