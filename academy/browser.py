"""Opens a browser at a secret link, so that the secret stands in no process list."""

from __future__ import annotations

import webbrowser
from html import escape
from pathlib import Path

from academy.data import write_whole

__all__ = ["open_link"]


def open_link(link: str, runtime: Path) -> None:
    """Open a link in this person's browser.

    The link is in a file that only they can read: on the browser's command line all users of the machine could see it.
    """
    runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = runtime / "open.html"
    page = (
        f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={escape(link)}">\n'
    )
    write_whole(file, page.encode())
    webbrowser.open(file.as_uri())
