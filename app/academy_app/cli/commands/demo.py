"""`academy demo`: invented people and passports, to look around in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from academy_app.cli.options import DataOption, EditionOption, opened_folder
from academy_app.cli.words import _

__all__ = ["demo"]


def demo(
    participants: Annotated[int, typer.Option(help="How many participants to invent.", min=1, max=200)] = 12,
    seed: Annotated[int, typer.Option(help="Another number gives other people and answers.")] = 1,
    data: DataOption = Path("academy-data"),
    edition: EditionOption = None,
    among: Annotated[
        bool, typer.Option("--among", help="Add them although there are participants already.")
    ] = False,
) -> None:
    """Fill a course with invented people and passports.

    They are at every stage of the course; the first has finished it. Nothing in them is about real people. Where there
    is no data folder yet, it is made as `academy init` makes it.
    """
    from academy.data import MARK, DataFolder
    from academy.demo import fill
    from academy.errors import PeopleError
    from academy_app.cli.first_run import prepare
    from academy_app.cli.shape import check_shape

    check_shape(data)
    there = (data.expanduser() / MARK).is_file()
    with opened_folder(DataFolder.ensure(data), edition) as folder:
        if not there:
            prepare(folder, edition, tell=lambda text: typer.echo(text, err=True))
        if not among and folder.people.all("participant"):
            raise PeopleError(
                _(
                    "There are participants already, and invented people would be among them. Choose an empty data "
                    "folder, or say --among."
                )
            )
        chosen = folder.course()
        made = fill(folder.store, folder.people, chosen, participants=participants, seed=seed)
        names = [person.display_name for person in made.participants]
        shown = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
        typer.echo(
            _("{count} invented participants with {submissions} submissions: {names}").format(
                count=len(names), names=shown, submissions=made.submissions
            )
        )
        typer.echo(_("Their links: academy people links"))
        if not there:
            typer.echo(
                _("Everything is ready in {folder}. Serve it with: academy serve").format(
                    folder=folder.data.path
                )
            )
