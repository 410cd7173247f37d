"""`academy edition …`: a course with dates and people of its own, made, listed, closed and opened again."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from academy_app.cli.options import (
    CourseOption,
    DataOption,
    UrlOption,
    helpful,
    only_here,
    opened,
    public_url,
    which_course,
)
from academy_app.cli.words import _, _n

if TYPE_CHECKING:
    from academy.editions import Edition
    from academy_app.cli.first_run import Ready
    from academy_app.cli.options import Opened

__all__ = ["app"]

app = helpful("Run a course again, or beside another: make, list, close and reopen editions.")
EditionId = Annotated[
    str, typer.Argument(metavar="EDITION", help="The id of the edition.", show_default=False)
]


@app.command()
def new(
    edition: Annotated[
        str,
        typer.Argument(
            metavar="EDITION",
            help="Its id, as it stands in addresses: north-autumn-2026.",
            show_default=False,
        ),
    ],
    data: DataOption = Path("academy-data"),
    course: CourseOption = None,
    title: Annotated[str, typer.Option(help="What tells it from others: North, autumn 2026.")] = "",
    start: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="Its first day; every other date of the course moves along.",
            show_default=False,
        ),
    ] = None,
    end: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Its last day.", show_default=False)
    ] = None,
    listed: Annotated[
        bool, typer.Option("--listed/--unlisted", help="Show it among the courses on offer, or not.")
    ] = True,
    url: UrlOption = None,
) -> None:
    """Make an edition of a course: dates and people of its own.

    There is a facilitator in it, a code for joining, and nobody else.
    """
    from academy.course import load_course
    from academy.editions import Editions
    from academy_app.cli.first_run import prepare

    with opened(data, edition) as folder:
        chosen = load_course(course or _only_course(folder))
        Editions(folder.store, _).new(
            edition,
            chosen,
            title=title,
            start=start.date() if start else None,
            end=end.date() if end else None,
            listed=listed,
        )
        ready = prepare(folder, edition, tell=lambda text: typer.echo(text, err=True))
        _show_new(folder, ready, url)


def _only_course(folder: Opened) -> str:
    """The course of the editions that there are if it is one, else the only course there is."""
    from academy.editions import Editions

    courses = {each.course for each in Editions(folder.store).all()}
    return courses.pop() if len(courses) == 1 else which_course(None)


def _show_new(folder: Opened, ready: Ready, url: str | None) -> None:
    from academy.people import join_url

    course, base = ready.course, public_url(url, folder.store)
    typer.echo(
        _("{title} ({edition}), {start} to {end}").format(
            title=course.title, edition=course.edition, start=course.start, end=course.end
        )
    )
    token, code = folder.people.join_token(), folder.people.join_code()
    if token:
        typer.echo(_("Participants join with {link}").format(link=join_url(base, token)))
        typer.echo(_("Join code: {code}").format(code=code))
    typer.echo(
        _("The facilitator's link: academy people links --role facilitator --edition {edition}").format(
            edition=course.edition
        )
    )
    if warning := only_here(url, folder.store):
        typer.echo(warning, err=True)


@app.command("list")
def list_(
    data: DataOption = Path("academy-data"),
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON for another program.")] = False,
) -> None:
    """List the editions: their course, dates and participants."""
    from academy.editions import Editions

    with opened(data) as folder:
        editions = Editions(folder.store)
        counts = editions.counts()
        found = [(each, *_dates(folder, each), counts.get(each.id, 0)) for each in editions.all()]
    if as_json:
        import json

        rows = [
            {
                "id": each.id,
                "course": each.course,
                "title": each.title,
                "start": start,
                "end": end,
                "listed": each.listed,
                "closed": each.closed,
                "participants": count,
            }
            for each, start, end, count in found
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if not found:
        typer.echo(_("There is no edition yet. Make the first one with: academy serve"))
    for each, start, end, count in found:
        people = _n("1 participant", "{count} participants", count).format(count=count)
        cells = [each.id, each.course, f"{start} – {end}", people, each.title]
        if each.closed:
            cells.append(_("(closed)"))
        typer.echo("  ".join(cell for cell in cells if cell))


def _dates(folder: Opened, edition: Edition) -> tuple[str, str]:
    """The first and the last day; nothing where the course can\'t be read."""
    from academy.editions import load_edition
    from academy.errors import CourseError

    try:
        course = load_edition(folder.store, edition.id)
    except CourseError:
        return "?", "?"
    return course.start.isoformat(), course.end.isoformat()


@app.command()
def close(edition: EditionId, data: DataOption = Path("academy-data")) -> None:
    """Close an edition: nobody joins it or submits any more.

    What there is stays, and people can go on reading. Reopen takes it back.
    """
    from academy.editions import Editions

    with opened(data) as folder:
        Editions(folder.store, _).close(edition)
    typer.echo(
        _("{edition} is closed. To open it again: academy edition reopen {edition}").format(edition=edition)
    )


@app.command()
def reopen(edition: EditionId, data: DataOption = Path("academy-data")) -> None:
    """Open an edition again that was closed."""
    from academy.editions import Editions

    with opened(data) as folder:
        Editions(folder.store, _).reopen(edition)
    typer.echo(_("{edition} is open again.").format(edition=edition))
