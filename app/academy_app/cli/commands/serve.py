"""`academy serve` and `academy init`."""

from __future__ import annotations

import shlex
import socket
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from academy_app.cli.options import (
    DEFAULT_PORT,
    URL,
    CourseOption,
    DataOption,
    NewDataOption,
    Opened,
    UrlOption,
    only_here,
    opened_folder,
    public_url,
)
from academy_app.cli.words import _

if TYPE_CHECKING:
    from academy_app.cli.first_run import Ready

__all__ = ["init", "serve"]

EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 – compared with, not listened on


def serve(
    port: Annotated[
        int, typer.Option(envvar="ACADEMY_PORT", help="The port to listen on.", min=0, max=65535)
    ] = DEFAULT_PORT,
    ip: Annotated[
        str, typer.Option(help="The address to listen on; 127.0.0.1 keeps the server to this computer.")
    ] = "0.0.0.0",  # noqa: S104 – phones in the room must reach it; every page asks who you are
    data: DataOption = Path("academy-data"),
    base_url: Annotated[str, typer.Option(help="The path below which everything lies, such as /kit/.")] = "/",
    course: CourseOption = None,
    url: UrlOption = None,
    trust_proxy: Annotated[
        bool,
        typer.Option(
            "--trust-proxy", help="Believe a proxy in front of the server about addresses and https."
        ),
    ] = False,
    embed_in: Annotated[
        list[str] | None,
        typer.Option(help="A site that may show the pages in a frame, such as https://moodle.example.org."),
    ] = None,
    max_kernels: Annotated[
        int | None,
        typer.Option(help="How many pages may be open at once; by default as many as memory holds.", min=1),
    ] = None,
    starting: Annotated[
        int | None,
        typer.Option(help="How many pages may start at once; by default two for each core.", min=1),
    ] = None,
    idle_minutes: Annotated[
        float, typer.Option(help="After how many minutes a page that was left loses its kernel.", min=1)
    ] = 30,
    sleep_minutes: Annotated[
        float,
        typer.Option(help="After how many minutes a page that is open but not used goes to sleep.", min=1),
    ] = 120,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open your facilitator's link in a browser.")
    ] = False,
) -> None:
    """Serve the course; the first run makes all it needs.

    Prints the link for participants and, on a terminal, your own link; later runs print the same ones.
    """
    from academy.data import DataFolder
    from academy_app.cli.first_run import prepare_all
    from academy_app.cli.shape import check_shape

    check_shape(data)
    folder = DataFolder.ensure(data)
    with (
        folder.serving(),
        opened_folder(folder) as store,
    ):  # a second server is told so before anything is prepared
        ready = prepare_all(store, course, tell=_tell)

    def tell(address: str) -> None:
        bases = [url] if url else _addresses(address, ip)
        with opened_folder(folder) as store:
            _remember_url(store, bases[0])
            typer.echo(_welcome(store, ready, bases))
            link = _own_link(store, ready[0], bases[-1]) if ready else bases[-1]
        if browser:
            from academy.browser import open_link

            open_link(link, folder.runtime)

    from academy_app.server import ServeOptions
    from academy_app.server import serve as run

    run(
        ServeOptions(
            data=folder,
            port=port,
            ip=ip,
            base_url=base_url,
            trust_proxy=trust_proxy,
            frame_ancestors=("'self'", *(embed_in or ())),
            max_kernels=max_kernels,
            starting=starting,
            idle_minutes=idle_minutes,
            sleep_minutes=sleep_minutes,
            on_ready=tell,
        )
    )


def init(
    data: NewDataOption = Path("academy-data"),
    course: CourseOption = None,
    url: UrlOption = None,
    facilitator: Annotated[
        str | None, typer.Option(help="The name of the first facilitator, as participants see it.")
    ] = None,
    release: Annotated[
        bool,
        typer.Option(
            "--release/--no-release", help="Open the exercises that open at the start, or leave all closed."
        ),
    ] = True,
) -> None:
    """Make the data folder and the course without serving.

    There is a facilitator, a join code and nbgrader's part of the course in it then; the links are printed.
    """
    from academy.data import DataFolder
    from academy_app.cli.first_run import prepare, release_with_nbgrader
    from academy_app.cli.shape import check_shape

    check_shape(data)
    with opened_folder(DataFolder.ensure(data)) as store:
        if url:
            _remember_url(store, url)
        releaser = release_with_nbgrader if release else None
        ready = prepare(store, course, facilitator=facilitator, release=releaser, tell=_tell)
        typer.echo(_welcome(store, [ready], [public_url(None, store.store)], serving=False))


def _tell(text: str) -> None:
    """Tell how far it is, apart from what is printed as the result."""
    typer.echo(text, err=True)


def _welcome(store: Opened, ready: list[Ready], bases: list[str], serving: bool = True) -> str:
    """What is printed once the courses can be used."""
    lines = [""]
    for each in ready:
        lines += [*_of_edition(store, each, bases, several=len(ready) > 1), ""]
    if not serving and (warning := only_here(None, store.store)):
        lines.append(warning)
    if serving:
        lines.append(
            _("Answers are kept in {folder}. Stop the server with Ctrl+C.").format(folder=store.data.path)
        )
    else:
        lines.append(
            _("Everything is ready in {folder}. Serve it with: academy serve").format(folder=store.data.path)
        )
    return "\n".join(lines)


def _of_edition(store: Opened, ready: Ready, bases: list[str], *, several: bool) -> list[str]:
    """How people come into an edition."""
    from academy.people import join_url

    store = replace(store, chosen=ready.course.edition)
    code, token = store.people.join_code(), store.people.join_token()
    lines = [f"{ready.course.title} ({ready.course.edition})" if several else ready.course.title, ""]
    if code and token:
        lines.append(_("  Participants join with   {link}").format(link=join_url(bases[0], token)))
        lines += [
            _("  or on this computer      {link}").format(link=join_url(base, token)) for base in bases[1:]
        ]
        lines.append(_("  Join code                {code}").format(code=code))
    else:
        lines.append(_("  Joining is closed. Open it with: academy join on"))
    if _is_seen():
        lines.append(_("  Your own link            {link}").format(link=_own_link(store, ready, bases[0])))
        lines.append(_("                           It makes you the facilitator: keep it to yourself."))
    else:
        command = f"academy people links --role facilitator --data {shlex.quote(str(store.data.path))}"
        command += f" --edition {ready.course.edition}" if several else ""
        lines.append(
            _("  Your own link            is written into no log. Show it with: {command}").format(
                command=command
            )
        )
    return lines


def _is_seen() -> bool:
    """Whether a terminal shows what is printed. What goes elsewhere is kept, and others read logs."""
    return sys.stdout.isatty()


def _own_link(store: Opened, ready: Ready, base: str) -> str:
    from academy.people import personal_url

    store = replace(store, chosen=ready.course.edition)
    return personal_url(base, store.people.link_and_code(ready.facilitator.id)[0])


def _remember_url(store: Opened, url: str) -> None:
    """Keep the address, so that `academy people links` writes links that work."""
    from academy.people.links import with_slash
    from academy.store import Settings

    settings = Settings(store.store)
    if settings.get(URL) != with_slash(url):
        settings.set(URL, with_slash(url))


def _lan_address(towards: str = "192.0.2.1") -> str | None:
    """The address of this computer in its network, or None. Nothing is sent: only the route is looked up.

    What it leads to is an address for documentation.
    """
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        try:
            probe.connect((towards, 9))
            found = str(probe.getsockname()[0])
        except OSError:
            return None
    return None if found.startswith(("127.", "0.")) else found


def _addresses(address: str, ip: str, lan: Callable[[], str | None] = _lan_address) -> list[str]:
    """The addresses under which this server can be reached: from the room first, then from this computer."""
    parts = urlsplit(address)
    here = f"{parts.scheme}://localhost:{parts.port}{parts.path}"
    if ip in ("127.0.0.1", "::1", "localhost"):
        return [here]
    host = lan() if ip in EVERYWHERE else ip
    if host is None:
        return [here]
    return [f"{parts.scheme}://{f'[{host}]' if ':' in host else host}:{parts.port}{parts.path}", here]
