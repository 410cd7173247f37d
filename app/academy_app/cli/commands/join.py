"""`academy join …` and `academy names …`."""

from __future__ import annotations

from pathlib import Path

import typer

from academy_app.cli.options import (
    DataOption,
    EditionOption,
    Opened,
    UrlOption,
    helpful,
    only_here,
    opened,
    public_url,
)
from academy_app.cli.words import _

__all__ = ["app", "names"]

app = helpful("Let people join with a code, or not.")
names = helpful("Show names to graders, or only pseudonyms.")


@app.command()
def show(
    data: DataOption = Path("academy-data"), edition: EditionOption = None, url: UrlOption = None
) -> None:
    """Show the join link and code."""
    with opened(data, edition) as folder:
        _show(folder, url)


@app.command()
def on(data: DataOption = Path("academy-data"), edition: EditionOption = None, url: UrlOption = None) -> None:
    """Let people join; the code stays the same."""
    with opened(data, edition) as folder:
        _check_open(folder)
        folder.people.open_join()
        _show(folder, url)


@app.command()
def off(data: DataOption = Path("academy-data"), edition: EditionOption = None) -> None:
    """Let nobody join any more.

    Those who have joined keep their access.
    """
    with opened(data, edition) as folder:
        folder.people.close_join()
    typer.echo(_("Joining is closed. Open it with: academy join on"))


@app.command()
def renew(
    data: DataOption = Path("academy-data"), edition: EditionOption = None, url: UrlOption = None
) -> None:
    """Make a new join code; the old one stops working."""
    with opened(data, edition) as folder:
        folder.people.renew_join()
        _show(folder, url)


def _check_open(folder: Opened) -> None:
    """Raise CourseError for an edition that is closed: no code opens it."""
    from academy.editions import edition_called
    from academy.errors import CourseError

    if edition_called(folder.store, folder.edition).closed:
        raise CourseError(
            _("{edition} is closed. To open it again: academy edition reopen {edition}").format(
                edition=folder.edition
            )
        )


def _show(folder: Opened, url: str | None) -> None:
    from academy.people import join_url

    _check_open(folder)
    code, token = folder.people.join_code(), folder.people.join_token()
    if code is None or token is None:
        typer.echo(_("Joining is closed. Open it with: academy join on"))
        return
    typer.echo(_("Participants join with {link}").format(link=join_url(public_url(url, folder.store), token)))
    typer.echo(_("Join code: {code}").format(code=code))
    if warning := only_here(url, folder.store):
        typer.echo(warning, err=True)


@names.command("on")
def names_on(data: DataOption = Path("academy-data"), edition: EditionOption = None) -> None:
    """Show names in nbgrader and formgrader."""
    _show_names(data, edition, True)
    typer.echo(_("Those who grade will see names from the next collect on."))


@names.command("off")
def names_off(data: DataOption = Path("academy-data"), edition: EditionOption = None) -> None:
    """Show only pseudonyms, which is how it begins."""
    _show_names(data, edition, False)
    typer.echo(_("Those who grade will see only pseudonyms from the next collect on."))


def _show_names(data: Path, edition: str | None, shown: bool) -> None:
    from academy.store import EditionSettings

    with opened(data, edition) as folder:
        EditionSettings(folder.store, folder.edition).set("grading.show_names", shown)
