"""`academy people …`: the roster, links and codes."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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

if TYPE_CHECKING:
    from academy.people import Person, Private, RosterReport, Twin

__all__ = ["app"]

app = helpful("Add, correct, merge and remove people; give, renew and revoke links.")
Role = Annotated[
    str | None, typer.Option(help="Only people with this role: participant, facilitator, mentor or author.")
]
Who = Annotated[str, typer.Argument(help="An id, an e-mail address or a name.", show_default=False)]


class Twins(StrEnum):
    """What to do with rows that may be somebody who is here already."""

    ASK = "ask"
    SAME = "same"
    NEW = "new"


@app.command("import")
def import_(
    file: Annotated[
        Path,
        typer.Argument(
            help="Moodle's participants export, or a CSV file with name,email,role.", show_default=False
        ),
    ],
    data: DataOption = Path("academy-data"),
    edition: EditionOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    twins: Annotated[
        Twins,
        typer.Option(help="Rows that may be somebody who is here under another address: ask, same or new."),
    ] = Twins.ASK,
    role_as: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=ROLE",
            help="What another name of a role stands for, such as Manager=facilitator; may be said several times.",
        ),
    ] = None,
) -> None:
    """Add the people of a roster, or update them.

    Nobody is added twice. Every row that was not taken is listed with its line and the reason.
    """
    from academy.people import import_roster

    roles = _role_names(role_as or [])
    with opened(data, edition) as folder:
        answers: Any = None if twins is Twins.ASK else twins.value
        if twins is Twins.ASK and not dry_run and sys.stdin.isatty():
            preview = import_roster(folder.people, file, dry_run=True, roles=roles)
            answers = {twin.line: _asked(twin) for twin in preview.twins}
        _report(import_roster(folder.people, file, dry_run=dry_run, roles=roles, twins=answers))


def _role_names(said: list[str]) -> dict[str, str]:
    """What `NAME=ROLE` says, by name."""
    from academy.errors import PeopleError

    if wrong := next((each for each in said if not all(map(str.strip, each.partition("=")))), None):
        raise PeopleError(
            _("“{said}” does not say which role is meant. Write it as NAME=ROLE.").format(said=wrong)
        )
    return {name.strip(): role.strip() for name, _sign, role in (each.rpartition("=") for each in said)}


def _asked(twin: Twin) -> str:
    """Ask whether a row is somebody who is here already."""
    question = _("Line {line}, {name}, {new}: is this {id} ({known}), who is here already?")
    known = twin.known_email or _("without an address")
    new = twin.email or _("without an address")
    return (
        "same"
        if typer.confirm(
            question.format(line=twin.line, name=twin.full_name, new=new, id=twin.person_id, known=known)
        )
        else "new"
    )


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="The name that others see.", show_default=False)],
    data: DataOption = Path("academy-data"),
    edition: EditionOption = None,
    role: Annotated[str, typer.Option(help="participant, facilitator, mentor or author.")] = "participant",
    email: Annotated[str | None, typer.Option(help="Their e-mail address; others never see it.")] = None,
    full_name: Annotated[str | None, typer.Option(help="Their full name; others never see it.")] = None,
    group: Annotated[
        list[str] | None, typer.Option(help="A group they are in; may be said several times.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="The language of their pages, such as en or ar.")
    ] = None,
    url: UrlOption = None,
) -> None:
    """Add one person, and show their link and code."""
    with opened(data, edition) as folder:
        new = folder.people.add(name, role, email, full_name, group or (), language)
        _show(folder, new.person, new.link_token, new.code, url)


@app.command("list")
def list_(
    data: DataOption = Path("academy-data"),
    edition: EditionOption = None,
    role: Role = None,
    private: Annotated[
        bool, typer.Option("--private", help="Show full names, addresses and groups too.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON for another program.")] = False,
) -> None:
    """List people by id and the name that others see."""
    with opened(data, edition) as folder:
        known = folder.people.private() if private else {}
        rows = [_described(person, known.get(person.id), private) for person in _all(folder, role)]
    if as_json:
        import json

        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif not rows:
        typer.echo(_("There is nobody yet. Add people with: academy people import FILE"))
    else:
        for row in rows:
            typer.echo("  ".join(_cells(row)).rstrip())


@app.command()
def links(
    data: DataOption = Path("academy-data"),
    edition: EditionOption = None,
    csv: Annotated[
        Path | None, typer.Option(help="Write a CSV file for a mail merge.", dir_okay=False)
    ] = None,
    role: Role = None,
    url: UrlOption = None,
) -> None:
    """Show or export everybody's link and code.

    A link lets whoever has it in as that person: send each to its person only. The links of facilitators are shown
    only with --role facilitator.
    """
    from academy.errors import PeopleError

    with opened(data, edition) as folder:
        warning = only_here(url, folder.store)
        if warning and csv:
            raise PeopleError(warning)
        rows = list(_links(folder, role, public_url(url, folder.store)))
        left_out = 0 if role else len([one for one in folder.people.all("facilitator") if one.active])
    if csv is None:
        for id, name, groups, link, code, _email in rows:
            typer.echo(f"{name} ({', '.join(filter(None, (id, groups)))})\n  {link}\n  {code}")
    else:
        _write_links(csv, rows)
    if warning:
        typer.echo(warning, err=True)
    if left_out:
        said = _("Facilitators who are not in this list: {n}. Show theirs with --role facilitator.")
        typer.echo(said.format(n=left_out), err=True)


def _write_links(file: Path, rows: list[tuple[str, ...]]) -> None:
    from academy.data import write_whole
    from academy.errors import PeopleError
    from academy.people import links_csv

    try:
        write_whole(file, links_csv(rows).encode("utf-8-sig"))
    except OSError as error:
        raise PeopleError(
            _("{file} can't be written: {why}.").format(file=file, why=error.strerror)
        ) from error
    typer.echo(
        _("Links written to {file}: {count}. Only you can read the file.").format(count=len(rows), file=file)
    )


@app.command()
def renew(
    who: Who, data: DataOption = Path("academy-data"), edition: EditionOption = None, url: UrlOption = None
) -> None:
    """Give a person a new link and code.

    The old ones stop working, and where they are signed in they must sign in again.
    """
    with opened(data, edition) as folder:
        person = folder.people.find(who)
        token, code = folder.people.renew(person.id)
        _show(folder, person, token, code, url)


@app.command()
def revoke(who: Who, data: DataOption = Path("academy-data"), edition: EditionOption = None) -> None:
    """Switch off a person's link and code.

    That signs them out everywhere. Their answers stay, and renew lets them in again.
    """
    with opened(data, edition) as folder:
        person = folder.people.find(who)
        folder.people.revoke(person.id)
    typer.echo(
        _("{name} ({id}) can't sign in any more. To let them in again: academy people renew {id}").format(
            name=person.display_name, id=person.id
        )
    )
    if person.active:
        typer.echo(
            _("They still count. If they have left the course: academy people withdraw {id}").format(
                id=person.id
            )
        )


def _report(report: RosterReport) -> None:
    for note in report.notes:
        typer.echo(note)
    if report.preview:
        typer.echo(_("Nothing was changed: this is what would happen."))
    typer.echo(
        _("Added: {added}. Updated: {updated}. Unchanged: {unchanged}. Not taken: {skipped}.").format(
            added=len(report.added),
            updated=len(report.updated),
            unchanged=len(report.unchanged),
            skipped=len(report.skipped),
        )
    )
    for before, after in report.renamed:
        typer.echo(_("  Renamed: {before} is {after} now.").format(before=before, after=after))
    for line, reason in report.skipped:
        typer.echo(_("  Line {line}: {reason}.").format(line=line, reason=reason))
    if report.added and not report.preview:
        typer.echo(_("Get their links with: academy people links"))


def _show(folder: Opened, person: Person, token: str, code: str, url: str | None) -> None:
    from academy.people import personal_url

    typer.echo(f"{person.display_name} ({person.id}, {person.role})")
    typer.echo(_("  Link  {link}").format(link=personal_url(public_url(url, folder.store), token)))
    typer.echo(_("  Code  {code}").format(code=code))
    if warning := only_here(url, folder.store):
        typer.echo(warning, err=True)


def _described(person: Person, private: Private | None, show_private: bool) -> dict[str, object]:
    row: dict[str, object] = {
        "id": person.id,
        "name": person.display_name,
        "role": person.role,
        "language": person.language,
        "active": person.active,
    }
    if show_private:
        row["full_name"] = private.full_name if private else None
        row["email"] = private.email if private else None
        row["groups"] = list(private.groups) if private else []
    return row


def _cells(row: dict[str, object]) -> list[str]:
    cells = [str(row["id"]), f"{row['role']:<11}", str(row["name"])]
    if "email" in row:
        groups = row["groups"]
        assert isinstance(groups, list)
        cells += [str(row["full_name"] or ""), str(row["email"] or ""), ", ".join(groups)]
    if not row["active"]:
        cells.append(_("(switched off)"))
    return cells


def _all(folder: Opened, role: str | None) -> list[Person]:
    from academy.errors import PeopleError
    from academy.people import ROLES

    if role is not None and role not in ROLES:
        raise PeopleError(
            _("{role} is not a role. Choose one of: {roles}.").format(role=role, roles=", ".join(ROLES))
        )
    return folder.people.all(role)


def _links(folder: Opened, role: str | None, base: str) -> list[tuple[str, ...]]:
    """Id, name, groups, link, code and address of everybody who has a link; of facilitators only if asked for."""
    from academy.errors import PeopleError
    from academy.people import personal_url

    known = folder.people.private()
    rows: list[tuple[str, ...]] = []
    for person in _all(folder, role):
        if not person.active or (role is None and person.role == "facilitator"):
            continue
        private = known.get(person.id)
        try:
            token, code = folder.people.link_and_code(person.id)
        except PeopleError as error:
            typer.echo(str(error), err=True)
            continue
        name = (private.full_name if private else None) or person.display_name
        groups = ", ".join(private.groups) if private else ""
        email = (private.email if private else None) or ""
        rows.append((person.id, name, groups, personal_url(base, token), code, email))
    return rows
