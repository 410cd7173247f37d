"""Parses a roster file: encoding, separator, headings.

Two shapes are known: Moodle's participants export (first name, last name, e-mail address, groups, in many languages)
and the minimal `name,email,role`. Which column is which is said in `roster_columns`.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from academy.errors import PeopleError
from academy.i18n import Translator
from academy.people.roster.columns import columns_of
from academy.people.roster.words import HEADINGS, title

__all__ = ["HEADINGS", "RosterFile", "RosterRow", "read_cells", "read_roster", "title"]

LARGEST = 5_000_000
SEPARATORS = ",;\t|"


@dataclass(frozen=True)
class RosterRow:
    """One person of the file: `line` is where the row starts; cells by column, or why it can't be taken."""

    line: int
    cells: dict[str, str] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True)
class RosterFile:
    """The rows of a roster, and notes on how the file was read."""

    rows: list[RosterRow]
    notes: list[str]


def read_roster(content: bytes, _: Translator) -> RosterFile:
    """Read a roster. Raises PeopleError if the file as a whole can't be read."""
    if len(content) > LARGEST:
        raise PeopleError(
            _("This file is too large to be a list of people. Export the participants only, as CSV.")
        )
    notes: list[str] = []
    text = _decode(content, notes, _)
    text, separator = _separator(text)
    records = list(_records(text, separator, _))
    if not records:
        raise PeopleError(_("The file is empty. Export the participants again, with a line of headings."))
    first = records[0]
    if first.problem:
        raise PeopleError(_("Line {line}: {problem}.").format(line=first.line, problem=first.problem))
    columns = columns_of(first.cells, [record.cells for record in records[1:]], notes, _)
    rows = [_row(record, columns, len(first.cells), _) for record in records[1:]]
    return RosterFile(rows, notes)


def read_cells(content: bytes, _: Translator) -> tuple[list[list[str]], str]:
    """Return the rows of a CSV file, headings first, and its separator. Raises PeopleError if it can't be read."""
    if len(content) > LARGEST:
        raise PeopleError(_("This file is too large. Export the people of one course only, as CSV."))
    text, separator = _separator(_decode(content, [], _))
    rows = list(_records(text, separator, _))
    if bad := next((row for row in rows if row.problem), None):
        raise PeopleError(_("Line {line}: {problem}.").format(line=bad.line, problem=bad.problem))
    if not rows:
        raise PeopleError(_("The file is empty. Export it again, with a line of headings."))
    return [row.cells for row in rows], separator


# -- bytes to text --


def _decode(content: bytes, notes: list[str], _: Translator) -> str:
    unreadable = PeopleError(
        _(
            "The letters of this file can't be read: it is neither UTF-8 nor UTF-16. Open it in your spreadsheet, "
            "save it as “CSV UTF-8” and import it again."
        )
    )
    if content.startswith(b"PK\x03\x04"):
        raise PeopleError(_("This is a spreadsheet, not a CSV file. Save it as “CSV UTF-8” and import that."))
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16")
        if b"\0" in content[:200]:
            return content.decode("utf-16-be" if content[:1] == b"\0" else "utf-16-le")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if "\0" in text or text.startswith(("ÿþ", "þÿ")) or not _plausible(text):
        raise unreadable
    notes.append(_("The file is not UTF-8. It was read as Windows-1252: look at the names with accents."))
    return text


def _plausible(text: str) -> bool:
    """Whether Windows-1252 makes sense: single accented letters and typographic signs between plain letters."""
    foreign = re.findall(r"[^\x00-\x7f]+", text)
    signs = "’‘“”–—ªº°·«»\xa0"
    return all(len(run) <= 2 and all(char.isalpha() or char in signs for char in run) for run in foreign)


# -- text to records --


@dataclass(frozen=True)
class _Record:
    line: int
    cells: list[str]
    problem: str = ""


def _separator(text: str) -> tuple[str, str]:
    """Choose the separator under which most headings are recognised; a `sep=;` line of Excel says it itself."""
    if said := re.match(r"sep=(.)\r?\n", text):
        return "\n" + text[said.end() :], said.group(1)  # the empty line keeps the line numbers right

    def score(separator: str) -> tuple[int, int]:
        cells = next((record.cells for record in _records(text, separator, str) if record.cells), [])
        return sum(title(cell) in HEADINGS for cell in cells), len(cells)

    return text, max(SEPARATORS, key=score)


def _records(text: str, separator: str, _: Translator) -> Iterator[_Record]:
    """Yield the records that are not empty, each with the line it starts on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield _Record(line, [], _quotes(line, reader.line_num, _))
            continue
        if any(cell.strip() for cell in cells):
            yield _Record(line, cells)


def _quotes(line: int, last: int, _: Translator) -> str:
    if last > line:
        return _("the quotation marks don't match, so lines {first} to {last} could not be read").format(
            first=line, last=last
        )
    return _("the quotation marks don't match")


# -- records to rows --


def _row(record: _Record, columns: dict[str, int], width: int, _: Translator) -> RosterRow:
    if record.problem:
        return RosterRow(record.line, problem=record.problem)
    cells = record.cells
    if len(cells) > width and any(cell.strip() for cell in cells[width:]):
        return RosterRow(
            record.line,
            problem=_(
                "the row has {cells} cells, but there are {width} headings: put quotation marks around a cell that "
                "has the separator in it"
            ).format(cells=len(cells), width=width),
        )
    needed = [position for column, position in columns.items() if column != "groups"]
    if len(cells) <= max(needed):
        return RosterRow(
            record.line,
            problem=_("the row is too short: it has {cells} of {width} cells").format(
                cells=len(cells), width=width
            ),
        )
    taken = {column: cells[position].strip() for column, position in columns.items() if position < len(cells)}
    return RosterRow(record.line, {column: taken.get(column, "") for column in columns})
