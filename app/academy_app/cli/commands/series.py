"""`academy data`: the series about economies that the data exercise shows."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from academy_app.cli.options import DataOption, helpful
from academy_app.cli.words import _, _n

__all__ = ["app"]

app = helpful("Load the series about economies that the data exercise shows.")

FromOption = Annotated[
    str, typer.Option("--from", help="The address of the World Bank's API.", metavar="URL")
]


@app.command("update")
def update(
    data: DataOption = Path("academy-data"), address: FromOption = "https://api.worldbank.org/v2"
) -> None:
    """Take the series from the World Bank's public API.

    It needs the internet, once. Nothing about the course or its people is sent.
    """
    from academy.data import DataFolder
    from academy.series.table import keep
    from academy.series.worldbank import SOURCE, download

    folder = DataFolder.open(data)
    frame = download(address, told=lambda part: typer.echo(_("Asking for {part} …").format(part=part)))
    _gettext(keep(folder, frame, SOURCE))


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="A CSV file with one row for each economy.")],
    data: DataOption = Path("academy-data"),
    source: Annotated[
        str | None, typer.Option(help="What to name as the source; the file's name if nothing is said.")
    ] = None,
) -> None:
    """Load the series from a CSV file.

    It has the columns iso3, name_en, wb_region, wb_income_group, internet_2000, internet_2010, internet_2017,
    internet_latest_year and internet_latest.
    """
    from academy.data import DataFolder
    from academy.series.table import keep, read_csv

    folder = DataFolder.open(data)
    _gettext(keep(folder, read_csv(file), source or file.name))


@app.command("show")
def show(data: DataOption = Path("academy-data")) -> None:
    """Say which series the pages show."""
    from academy.data import DataFolder
    from academy.series import current

    digest = current(DataFolder.open(data).path)
    typer.echo(_told(len(digest.economies), digest.source))
    if digest.invented:
        typer.echo(_("Load real ones with: academy data update, or academy data import FILE"))


def _gettext(digest: dict[str, Any]) -> None:
    typer.echo(_told(len(digest["economies"]), digest["source"]))
    typer.echo(_("Pages show them from now on."))


def _told(count: int, source: str) -> str:
    said = _n("1 economy. Source: {source}.", "{count} economies. Source: {source}.", count)
    return said.format(count=count, source=source)
