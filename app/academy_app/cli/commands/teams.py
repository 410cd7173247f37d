"""`academy teams …`: people who write one passport together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from academy_app.cli.options import DataOption, EditionOption, Opened, helpful, opened
from academy_app.cli.words import _, language

if TYPE_CHECKING:
    from academy.people import Team, Teams

__all__ = ["app"]

app = helpful("Let two to five people write one passport together.")
Who = Annotated[str, typer.Argument(help="An id, an e-mail address or a name.", show_default=False)]
TeamName = Annotated[str, typer.Argument(help="The name or the id of a team.", show_default=False)]


@app.command()
def make(
    name: Annotated[str, typer.Argument(help="The name of the team.", show_default=False)],
    who: Annotated[
        list[str], typer.Argument(help="Its members: ids, addresses or names.", show_default=False)
    ],
    data: DataOption = Path("academy-data"),
    edition: EditionOption = None,
    start_with: Annotated[
        str | None, typer.Option(help="The member whose answers so far are the team's first draft.")
    ] = None,
) -> None:
    """Make a team of two to five people.

    What each has written alone stays theirs. Journals and profiles stay personal.
    """
    from academy.errors import PeopleError

    with opened(data, edition) as folder:
        members = [folder.people.find(each).id for each in who]
        first = folder.people.find(start_with).id if start_with else None
        if first and first not in members:
            raise PeopleError(
                _("{who} is not in the team, so it can't begin with their answers.").format(who=start_with)
            )
        teams = _teams(folder)
        team = teams.make(name, members)
        _show(team)
        if first:
            copied = teams.start_from(team.id, first, _shared(folder))
            typer.echo(_("Answers taken over: {n}").format(n=copied))


@app.command("list")
def list_(data: DataOption = Path("academy-data"), edition: EditionOption = None) -> None:
    """List the teams and their members."""
    with opened(data, edition) as folder:
        found = _teams(folder).all()
    if not found:
        typer.echo(_("There is no team yet. Make one with: academy teams make NAME WHO WHO"))
    for team in found:
        _show(team)


@app.command()
def add(
    team: TeamName, who: Who, data: DataOption = Path("academy-data"), edition: EditionOption = None
) -> None:
    """Take one more person into a team."""
    with opened(data, edition) as folder:
        teams = _teams(folder)
        _show(teams.add(_which(teams, team), folder.people.find(who).id))


@app.command()
def remove(who: Who, data: DataOption = Path("academy-data"), edition: EditionOption = None) -> None:
    """Take a person out of their team; the team keeps its answers."""
    with opened(data, edition) as folder:
        _show(_teams(folder).remove(folder.people.find(who).id))


def _teams(folder: Opened) -> Teams:
    from academy.people import Teams

    return Teams(folder.store, folder.edition, language())


def _which(teams: Teams, name: str) -> str:
    """The id of the team that is meant."""
    wanted = name.strip().casefold()
    return next((team.id for team in teams.all() if wanted in (team.id, team.name.casefold())), name)


def _shared(folder: Opened) -> list[str]:
    """The exercises that a team writes together."""

    return [exercise.id for exercise in folder.course().exercises if exercise.travels]


def _show(team: Team) -> None:
    typer.echo(f"{team.name} ({team.id})")
    for member in team.members:
        typer.echo(f"  {member.display_name} ({member.id})")
