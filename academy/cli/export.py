"""`academy export …`: what was written, as files for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from academy.cli.options import CourseOption, DataOption, helpful, opened, which_course
from academy.cli.words import _

__all__ = ["app"]

app = helpful("Write what people have made into files.")


@app.callback()
def _several() -> None:
    pass


@app.command()
def reviews(
    file: Annotated[Path, typer.Argument(help="The CSV file to write.", show_default=False, dir_okay=False)],
    data: DataOption = Path("academy-data"),
    course: CourseOption = None,
    with_ids: Annotated[
        bool, typer.Option("--with-ids", help="Say by pseudonym who wrote what; else nothing tells.")
    ] = False,
) -> None:
    """Write all peer reviews and replies into a CSV file."""
    from academy.course import load_course
    from academy.data import write_whole
    from academy.errors import PeopleError
    from academy.peers.table import reviews_table

    with opened(data) as folder:
        found = reviews_table(
            folder.store, load_course(which_course(course, folder.store)), blind=not with_ids
        )
    try:
        write_whole(file, found.to_csv(index=False).encode("utf-8-sig"))
    except OSError as error:
        raise PeopleError(
            _("{file} can't be written: {why}.").format(file=file, why=error.strerror)
        ) from error
    typer.echo(_("Reviews written to {file}: {count}.").format(file=file, count=len(found)))
