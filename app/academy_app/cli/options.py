"""Options that several commands share, and the objects they open."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from academy_app.cli.words import _, language

if TYPE_CHECKING:
    from academy.course import Course
    from academy.data import DataFolder
    from academy.people import People
    from academy.store import Store

__all__ = [
    "CourseOption",
    "DataOption",
    "EditionOption",
    "NewDataOption",
    "Opened",
    "UrlOption",
    "check_store",
    "helpful",
    "only_here",
    "opened",
    "public_url",
    "tell_doubled",
    "which_course",
    "which_edition",
]

URL = "links.url"
DEFAULT_PORT = 8866


def helpful(text: str) -> typer.Typer:
    """Return an app whose help is plain text and which shows it when no command is named."""
    return typer.Typer(
        help=text,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )


def _find(context: typer.Context, parameter: typer.CallbackParam, data: Path) -> Path:
    """Where nobody says which data folder, take the nearest one: commands work inside of it too."""
    if _unsaid(context, parameter):
        from academy.data import nearest_folder

        data = nearest_folder()
    return _remember(context, data)


def _find_around(context: typer.Context, parameter: typer.CallbackParam, data: Path) -> Path:
    """Where a folder is made: here if nobody says where, but never one inside another."""
    if _unsaid(context, parameter):
        from academy.data import nearest_folder

        found = nearest_folder()
        data = found if Path.cwd().is_relative_to(found) else data
    return _remember(context, data)


def _find_edition(context: typer.Context, parameter: typer.CallbackParam, edition: str | None) -> str | None:
    """Where nobody says which edition, take the one in whose folder we are."""
    data = context.params.get("data")
    if edition or data is None or not _unsaid(context, parameter):
        return edition
    folders = Path(data).expanduser().absolute() / "courses"
    if not Path.cwd().is_relative_to(folders) or Path.cwd() == folders:
        return None
    return Path.cwd().relative_to(folders).parts[0]


def _unsaid(context: typer.Context, parameter: typer.CallbackParam) -> bool:
    """Whether neither the command nor the environment says it."""
    source = context.get_parameter_source(parameter.name or "")
    return source is not None and source.name == "DEFAULT"


def _remember(context: typer.Context, data: Path) -> Path:
    """Let the account of a failure find the data folder, and everybody the courses in it."""
    from academy.content import use_data

    use_data(data)
    run = context.find_root().obj
    if run is not None:
        run.data = data
    return data


DataOption = Annotated[
    Path,
    typer.Option(
        "--data",
        envvar="ACADEMY_DATA",
        callback=_find,
        is_eager=True,  # which course is meant depends on it
        help="The folder that holds people, answers and grades; the nearest one, here or above, if nothing is said.",
    ),
]
NewDataOption = Annotated[
    Path,
    typer.Option(
        "--data",
        envvar="ACADEMY_DATA",
        callback=_find_around,
        is_eager=True,
        help="The folder to make, which holds people, answers and grades.",
    ),
]
EditionOption = Annotated[
    str | None,
    typer.Option(
        "--edition",
        "--course",
        envvar=["ACADEMY_EDITION", "ACADEMY_COURSE"],
        callback=_find_edition,
        help="The id of the edition, where there is more than one; the first of a course has the course's id. Inside "
        "an edition's folder it is that one.",
    ),
]
CourseOption = Annotated[
    str | None,
    typer.Option(
        "--course",
        envvar="ACADEMY_COURSE",
        help="The id of the course, where there is more than one.",
    ),
]
UrlOption = Annotated[
    str | None,
    typer.Option(
        "--url", envvar="ACADEMY_URL", help="The address under which people reach the server, for links."
    ),
]


@dataclass(frozen=True)
class Opened:
    """An open data folder. Which edition is meant is asked for when it matters."""

    data: DataFolder
    store: Store
    chosen: str | None = None

    @cached_property
    def edition(self) -> str:
        """The id of the edition that is meant. Raises CourseError if that is not clear."""
        return which_edition(self.chosen, self.store)

    @cached_property
    def people(self) -> People:
        """The people of the edition."""
        from academy.people import People

        return People(self.store, self.data.secret, self.edition, language())

    def course(self, language: str | None = None) -> Course:
        """Return the course of the edition, in a language or its own."""
        from academy.editions import load_edition

        return load_edition(self.store, self.edition, language)


@contextmanager
def opened(data: Path, edition: str | None = None) -> Iterator[Opened]:
    """Open a data folder that is there. Raises DataError if it is none."""
    from academy.data import DataFolder
    from academy_app.cli.shape import check_shape

    check_shape(data)
    with opened_folder(DataFolder.open(data), edition) as open_folder:
        yield open_folder


@contextmanager
def opened_folder(folder: DataFolder, edition: str | None = None) -> Iterator[Opened]:
    """Open the store of a data folder."""
    from academy.store import open_store
    from academy_app.cli.diagnosis import check_tables

    check_store(folder)
    store = open_store(folder.store_url, ties=folder.ties)
    try:
        check_tables(store)
        yield Opened(folder, store, edition)
    finally:
        store.close()


def check_store(folder: DataFolder) -> None:
    """Raise DataError if the folder has been used and its database is gone: a new one would hide that, and a backup
    would be without it."""
    from academy.errors import DataError

    file = folder.path / "academy.sqlite"
    if os.environ.get("ACADEMY_DATABASE") or (file.is_file() and file.stat().st_size):
        return
    if any(folder.path.glob("courses/*/nbgrader_config.py")):
        raise DataError(
            _(
                "{file} is gone, though this folder has been used: people and answers were in it. Restore the latest "
                "backup into a new folder: academy restore BACKUP --data NEW. If they are in another database, name it "
                "in ACADEMY_DATABASE. To begin anew, choose an empty folder."
            ).format(file=file)
        )


def which_edition(chosen: str | None, store: Store) -> str:
    """Return the edition that is meant: the one said, or the only one there is. It is never guessed.

    Raises CourseError if that is not clear, or there is none of that id.
    """
    from academy.editions import Editions
    from academy.errors import CourseError

    there = [edition.id for edition in Editions(store).all()]
    if not there:  # nothing was begun here yet
        return which_course(chosen)
    if chosen in there:
        return str(chosen)
    ids = ", ".join(there)
    if chosen:
        raise CourseError(_("There is no edition {id}. Choose one of: {ids}").format(id=chosen, ids=ids))
    if len(there) == 1:
        return there[0]
    raise CourseError(_("There are several editions. Choose one with --edition: {ids}").format(ids=ids))


def which_course(chosen: str | None) -> str:
    """Return the course that is meant: the one said, or the only one. Raises CourseError if that is not clear."""
    from academy.content import course_folders, courses_root, own_courses_root
    from academy.errors import CourseError

    if chosen:
        return chosen
    there = [*course_folders()]
    if len(there) == 1:
        return there[0]
    if not there:
        raise CourseError(
            _("There is no course in {folder}. Make one with: academy new course ID").format(
                folder=own_courses_root() or courses_root()
            )
        )
    raise CourseError(
        _("There are several courses. Choose one with --course: {ids}").format(ids=", ".join(there))
    )


def public_url(chosen: str | None, store: Store) -> str:
    """Return the address for links: the one said, the one the server had last, or this computer's."""
    from academy.people.links import with_slash
    from academy.store import Settings

    return with_slash(chosen or Settings(store).get(URL) or f"http://localhost:{DEFAULT_PORT}/")


def tell_doubled(courses: Iterable[str]) -> None:
    """Say which of the courses stand in the data folder and in the kit, and which of the two counts."""
    from academy.content import in_both_places

    found = in_both_places()
    for course in courses:
        if course in found:
            own, kit = found[course]
            said = _("{course} is there twice. {own} counts; what is in {kit} is not used.")
            typer.echo(said.format(course=course, own=own, kit=kit), err=True)


def only_here(chosen: str | None, store: Store) -> str | None:
    """Return a sentence if links would work on this computer alone and nobody asked for that, or None."""
    host = urlsplit(public_url(chosen, store)).hostname or ""
    if chosen or not (host in ("localhost", "::1") or host.startswith("127.")):
        return None
    return _(
        "These links begin with {address} and open on this computer only. Say the address under which people reach the "
        "server with --url, or serve the course once before."
    ).format(address=public_url(chosen, store))
