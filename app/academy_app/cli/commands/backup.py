"""`academy backup` and `academy restore`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from academy_app.cli.options import DataOption, NewDataOption, check_store
from academy_app.cli.words import _

__all__ = ["backup", "restore"]


def backup(
    file: Annotated[
        Path, typer.Argument(help="Where to: a new .tar.gz file, or a new folder.", show_default=False)
    ],
    data: DataOption = Path("academy-data"),
) -> None:
    """Copy the data folder, also while it is served.

    The copy holds everybody's answers, names and keys: keep it as safe as the data folder itself.
    """
    from academy.data import DataFolder
    from academy_app.cli.archive import write_backup
    from academy_app.cli.shape import check_shape

    check_shape(data)
    folder = DataFolder.open(data)
    check_store(folder)
    folder.check_key()
    count = write_backup(folder, file)
    typer.echo(
        _("Files copied to {file}: {count}. To get them back: academy restore {file}").format(
            count=count, file=file
        )
    )
    for name in ("ACADEMY_DATABASE", "ACADEMY_GRADEBOOK"):
        if os.environ.get(name):
            said = _(
                "The database of {name} is not in it: back that one up with its own tools, such as pg_dump."
            )
            typer.echo(said.format(name=name), err=True)


def restore(
    file: Annotated[Path, typer.Argument(help="A backup made by academy backup.", show_default=False)],
    data: NewDataOption = Path("academy-data"),
) -> None:
    """Make a data folder from a backup, in a new or empty place."""
    from academy_app.cli.archive import restore_backup

    folder = restore_backup(file, data)
    typer.echo(
        _("The data folder is back in {folder}. Serve it with: academy serve").format(folder=folder.path)
    )
