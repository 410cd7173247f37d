"""Links to give to people, and CSV cells that no spreadsheet runs as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

__all__ = ["csv_safe", "join_url", "links_csv", "personal_url", "with_slash"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_INSIDE = re.compile(r"(?<=[;\t\r\n])(?=[^\S\t\r\n]*[=+\-@＝＋－＠])")
"""Where a spreadsheet whose lists are separated by semicolons would begin a cell, and a formula in it."""


def with_slash(base: str) -> str:
    """Return a base URL that ends in a slash."""
    return base if base.endswith("/") else f"{base}/"


def personal_url(base: str, token: str) -> str:
    """Return the personal link with this token."""
    return f"{with_slash(base)}j/{token}"


def join_url(base: str, token: str) -> str:
    """Return the link with which anybody joins while joining is open; with the code for a token it works too."""
    return f"{with_slash(base)}join/{token}"


def csv_safe(cell: object) -> str:
    """Return a cell that a spreadsheet shows as it is.

    What could start a formula gets an apostrophe before it, also where only a spreadsheet that takes semicolons or tabs
    for separators sees the start of a cell; see https://owasp.org/www-community/attacks/CSV_Injection.
    """
    text = _INSIDE.sub("'", "" if cell is None else str(cell))
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def links_csv(
    rows: Iterable[Sequence[object]],
    header: Sequence[str] = ("id", "name", "group", "link", "code", "email"),
) -> str:
    """Return rows as CSV text (RFC 4180) with safe cells."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([csv_safe(cell) for cell in row] for row in rows)
    return out.getvalue()
