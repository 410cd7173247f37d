"""`academy live …`: the sessions of webinars."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from academy.errors import DataError
from academy_app.cli.options import DataOption, EditionOption, Opened, helpful, opened
from academy_app.cli.words import _

if TYPE_CHECKING:
    from academy.live import Live

__all__ = ["app"]

app = helpful("Look at the sessions of webinars, and close them.")


@app.command()
def show(data: DataOption = Path("academy-data"), edition: EditionOption = None) -> None:
    """Show the sessions that are not closed.

    Each with its webinar, code, state and people.
    """
    with opened(data, edition) as folder:
        live = _live(folder)
        standing = [found for webinar in live.course.webinars if (found := live.standing(webinar.id))]
        going = [(room, state) for room, state in standing if state != "closed"]
        for room, state in going:
            typer.echo(f"{room.webinar.id}  {room.code}  {state}  {room.state()['people']}")
        if not going:
            typer.echo(_("There is no session just now."))


@app.command()
def close(
    webinar: Annotated[str, typer.Argument(help="The webinar's id, such as webinar-1.")],
    data: DataOption = Path("academy-data"),
    edition: EditionOption = None,
) -> None:
    """Close the session of a webinar for good.

    Its results stay. From then on nobody can find out whose an anonymous answer was.
    """
    with opened(data, edition) as folder:
        live = _live(folder)
        ids = [known.id for known in live.course.webinars]
        if not ids:
            raise DataError(_("The course has no webinars."))
        if webinar not in ids:
            raise DataError(
                _("The course has no webinar {webinar}. It has: {webinars}.").format(
                    webinar=webinar, webinars=", ".join(ids)
                )
            )
        found = live.standing(webinar)
        if found is None or found[1] == "closed":
            typer.echo(_("There is no session just now."))
            return
        room, _state = found
        room.do("close", "")
        if not live.tidy():
            typer.echo(
                _(
                    "Something else is using the database, so traces of the order of answers are still in its files. "
                    "They are removed when the server starts the next time."
                ),
                err=True,
            )
        typer.echo(_("The session {code} is closed. Its results stay.").format(code=room.code))


def _live(folder: Opened) -> Live:
    from academy.live import Live

    return Live(folder.store, folder.course(), folder.data.secret)
