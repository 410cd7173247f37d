"""`academy people change, merge, withdraw, readmit, remove, export`: what becomes of people who are there."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from academy_app.cli.commands.people import Who, app
from academy_app.cli.options import DataOption, EditionOption, Opened, opened
from academy_app.cli.words import _

if TYPE_CHECKING:
    from academy.people import Person

__all__ = ["app"]


class Whose(StrEnum):
    """Whose answers count where two records are merged."""

    KEEP = "keep"
    OTHER = "other"
    NEWEST = "newest"


class KeptAnswers(StrEnum):
    """What becomes of the answers of who is removed."""

    KEEP = "keep"
    DELETE = "delete"


@app.command()
def change(
    who: Who,
    data: DataOption = Path("academy-data"),
    edition: EditionOption = None,
    name: Annotated[str | None, typer.Option(help="The name that others see.")] = None,
    full_name: Annotated[str | None, typer.Option(help="Their full name; others never see it.")] = None,
    email: Annotated[str | None, typer.Option(help="Their e-mail address; others never see it.")] = None,
    role: Annotated[str | None, typer.Option(help="participant, facilitator or mentor.")] = None,
    group: Annotated[
        list[str] | None,
        typer.Option(help="A group they are in, instead of those before; may be said several times."),
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="The language of their pages, such as en or ar.")
    ] = None,
) -> None:
    """Correct a person's names, address, role, groups or language.

    Their id, link, code and answers stay. "" takes something away. A new role signs them out everywhere.
    """
    from academy.errors import PeopleError
    from academy.people.changing import PersonChange
    from academy.people.changing import change as change_person

    wanted = PersonChange(name, full_name, email, role, group or None if group != [""] else [], language)
    if wanted == PersonChange():
        raise PeopleError(
            _("Say what to change, such as --email or --role. All there is: academy people change --help")
        )
    with opened(data, edition) as folder:
        person = change_person(folder.people, folder.people.find(who).id, wanted)
        known = folder.people.private().get(person.id)
    typer.echo(f"{person.display_name} ({person.id}, {person.role})")
    if known is not None:
        said = [known.full_name, known.email, ", ".join(known.groups)]
        typer.echo("  " + "  ".join(each for each in said if each))


@app.command()
def enrol(
    who: Annotated[
        str,
        typer.Argument(
            help="Somebody of another edition: an id, an e-mail address or a name.", show_default=False
        ),
    ],
    data: DataOption = Path("academy-data"),
    edition: EditionOption = None,
    role: Annotated[str, typer.Option(help="participant, facilitator, mentor or author.")] = "participant",
) -> None:
    """Let somebody who is here already into another edition.

    Their link and code stay the same; what they do in one edition nobody sees in another.
    """
    from academy.people.records import find

    with opened(data, edition) as folder:
        with folder.store.session() as session:
            person_id = find(session, None, who, _)
        person = folder.people.enrol(person_id, role)
        typer.echo(
            _("{name} ({id}) is in {edition} now: {role}.").format(
                name=person.display_name, id=person.id, edition=folder.edition, role=person.role
            )
        )


@app.command()
def merge(
    keep: Annotated[
        str, typer.Argument(help="The one who stays: an id, an address or a name.", show_default=False)
    ],
    other: Annotated[str, typer.Argument(help="The same person once more, who goes.", show_default=False)],
    data: DataOption = Path("academy-data"),
    edition: EditionOption = None,
    answers: Annotated[
        Whose | None,
        typer.Option(
            help="Where both have written: the answers of keep, of other, or of whoever wrote last."
        ),
    ] = None,
) -> None:
    """Make one of two records of the same person.

    What only the other has done moves, with its times, reviews, points and feedback. Answers that do not count are not
    deleted: they stay with the other record, which has left the course from then on.
    """
    from academy.people.merging import merge as merge_people

    with opened(data, edition) as folder:
        here, there = folder.people.find(keep), folder.people.find(other)
        chosen = folder.course()
        reviewed = {(chosen.edition, e.id): e.review.of for e in chosen.exercises if e.review}
        found = merge_people(folder.people, here.id, there.id, answers.value if answers else None, reviewed)
        for course_id in {key[0] for key in found.moved}:
            _move_work(folder, course_id, there.id, here.id, [e for c, e in found.moved if c == course_id])
    typer.echo(
        _("{name} ({id}) has now what {other} had, who has left the course.").format(
            name=here.display_name, id=here.id, other=there.id
        )
    )
    for sentence, keys in (
        (_("  Moved: {exercises}"), found.moved),
        (_("  Answers of {other} count, handed in again where they were: {exercises}"), found.taken),
        (_("  Answers of {id} count; those of {other} stay with {other}: {exercises}"), found.kept),
    ):
        if keys:
            names = ", ".join(exercise for _course, exercise in keys)
            typer.echo(sentence.format(exercises=names, id=here.id, other=there.id))
    if found.reviews:
        typer.echo(_("  Reviews that stay with {other}: {n}").format(other=there.id, n=found.reviews))


@app.command()
def withdraw(who: Who, data: DataOption = Path("academy-data"), edition: EditionOption = None) -> None:
    """Take a person out of the course; nothing is deleted.

    They are signed out. Counts, the desk, reviews and exports go on without them; who has their work in hand for a
    review gets another one. Reviews that they gave stay with those who have them.
    """
    from academy.people.leaving import withdraw as withdraw_person

    with opened(data, edition) as folder:
        person = folder.people.find(who)
        withdraw_person(folder.people, person.id)
    typer.echo(
        _("{name} ({id}) has left the course. To take them back: academy people readmit {id}").format(
            name=person.display_name, id=person.id
        )
    )


@app.command()
def readmit(who: Who, data: DataOption = Path("academy-data"), edition: EditionOption = None) -> None:
    """Take a person back who had left, with all their answers."""
    from academy.people.leaving import readmit as readmit_person

    with opened(data, edition) as folder:
        person = folder.people.find(who)
        readmit_person(folder.people, person.id)
        works = folder.people.works(person.id)
    typer.echo(_("{name} ({id}) is in the course again.").format(name=person.display_name, id=person.id))
    if not works:
        typer.echo(
            _("They have no link that works. Give them one: academy people renew {id}").format(id=person.id)
        )


@app.command()
def remove(
    who: Who,
    data: DataOption = Path("academy-data"),
    edition: EditionOption = None,
    answers: Annotated[
        KeptAnswers | None,
        typer.Option(
            help="Their answers: keep them under the id alone, or delete them, their reviews and grades."
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask once more.")] = False,
) -> None:
    """Take away who a person was, for good, and their answers or not.

    Name, address, groups, link and code go. Say with --answers what becomes of what they wrote. What they wrote for a
    team stays the team's. Backups that were made before still have all of it.
    """
    from academy.errors import PeopleError
    from academy.people.leaving import remove as remove_person
    from academy.people.leaving import traces

    with opened(data, edition) as folder:
        person = folder.people.find(who)
        there = _told(traces(folder.store, folder.edition, person.id))
        if answers is None:
            raise PeopleError(
                _(
                    "{name} ({id}): {traces}. Say what becomes of that: --answers keep, or --answers delete."
                ).format(name=person.display_name, id=person.id, traces=there)
            )
        _confirm(person, answers, there, yes)
        remove_person(folder.people, person.id, answers.value)
        if answers is KeptAnswers.DELETE:
            _forget(folder, person.id)
    if answers is KeptAnswers.DELETE:
        said = _("{name} ({id}) is removed, and everything they wrote. Backups made before still have it.")
    else:
        said = _(
            "{name} is removed. Their answers stay under {id}, with nobody's name. Backups made before have it."
        )
    typer.echo(said.format(name=person.display_name, id=person.id))


def _told(there: dict[str, int]) -> str:
    """What there is of a person, in words."""
    return _(
        "exercises written in: {written}, submissions: {submissions}, feedback: {feedback}, reviews given: {given}, "
        "reviews received: {received}"
    ).format(**there)


def _confirm(person: Person, answers: KeptAnswers, there: str, yes: bool) -> None:
    from academy.errors import PeopleError

    if yes:
        return
    if not sys.stdin.isatty():
        raise PeopleError(_("This can't be undone. Say --yes to do it without being asked."))
    kept = _("All of it is deleted.") if answers is KeptAnswers.DELETE else _("It stays, with nobody's name.")
    question = _("Remove {name} ({id}) for good? {traces}. {kept}")
    typer.confirm(
        question.format(name=person.display_name, id=person.id, traces=there, kept=kept), abort=True
    )


def _courses(folder: Opened) -> list[str]:
    """The editions that have a course root."""
    return sorted(root.name for root in folder.data.path.glob("courses/*") if root.is_dir())


def _move_work(folder: Opened, course_id: str, other: str, keep: str, exercises: list[str]) -> None:
    if course_id in _courses(folder):
        from academy_grading.grades.moving import move_work

        move_work(folder.data, course_id, other, keep, exercises)


def _forget(folder: Opened, person_id: str) -> None:
    if folder.edition in _courses(folder):
        from academy_grading.grades.moving import forget

        forget(folder.data, folder.edition, person_id)


@app.command()
def export(
    who: Who,
    file: Annotated[Path, typer.Argument(help="The JSON file to write.", show_default=False, dir_okay=False)],
    data: DataOption = Path("academy-data"),
    edition: EditionOption = None,
) -> None:
    """Write all that is kept about one person into a file for them.

    Answers with their history, submissions, reviews, feedback, grades, more days, what they did. Of others there is
    what the person sees on their own pages, without names.
    """
    import json

    from academy.data import gradebook_url, write_whole
    from academy.desk.grades import grades
    from academy.exports.takeout import takeout

    with opened(data, edition) as folder:
        person = folder.people.find(who)
        chosen = folder.course()
        found = takeout(folder.store, chosen, person.id, grades(gradebook_url(folder.data, chosen.edition)))
    write_whole(file.expanduser().absolute(), json.dumps(found, ensure_ascii=False, indent=1).encode())
    typer.echo(
        _("Everything about {name} ({id}) is in {file}. Give it to nobody but them.").format(
            name=person.display_name, id=person.id, file=file
        )
    )
