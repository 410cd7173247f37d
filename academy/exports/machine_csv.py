"""Edits a CSV file of another program: some cells are filled, all others come back byte for byte."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from academy.i18n import Translator
from academy.people.roster.file import read_cells

__all__ = ["CsvRow", "MachineFile"]

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass
class CsvRow:
    """A row: the line of the file it begins on, its cells, and how the file has them."""

    line: int
    cells: list[str]
    written: list[str]
    end: str

    def cell(self, place: int) -> str:
        """Return a cell without the space around it; an empty one where the row is too short."""
        return self.cells[place].strip() if 0 <= place < len(self.cells) else ""


class MachineFile:
    """Reads and writes such a file. Raises PeopleError if it can't be read."""

    def __init__(self, content: bytes, _: Translator) -> None:
        _rows, self.separator = read_cells(content, _)
        self._bom, self._encoding = _encoding(content)
        text = content[len(self._bom) :].decode(self._encoding, "replace")
        said = re.match(r"sep=.\r?\n", text)
        self._before = said[0] if said else ""
        self._all = list(_rows_of(text[len(self._before) :], self.separator, 2 if said else 1))
        filled = [row for row in self._all if any(cell.strip() for cell in row.cells)]
        self.head, self.rows = filled[0].cells, filled[1:]

    def put(self, row: CsvRow, place: int, text: str) -> None:
        """Fill a cell. It is written as it is: who reads the file runs no formulas."""
        short = place + 1 - len(row.cells)
        row.cells += [""] * short
        row.written += [""] * short
        row.cells[place] = text
        special = {'"', "\r", "\n", self.separator} & set(text) or text != text.strip()
        row.written[place] = '"' + text.replace('"', '""') + '"' if special else text

    def content(self) -> bytes:
        """Return the file, in the letters it came in where those have all that was filled in."""
        text = self._before + "".join(self.separator.join(row.written) + row.end for row in self._all)
        try:
            return self._bom + text.encode(self._encoding)
        except UnicodeEncodeError:
            return text.encode("utf-8-sig")


def _encoding(content: bytes) -> tuple[bytes, str]:
    for bom, name in _BOMS:
        if content.startswith(bom):
            return bom, name
    if b"\0" in content[:200]:
        return b"", "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return b"", "cp1252"
    return b"", "utf-8"


def _rows_of(text: str, separator: str, line: int) -> list[CsvRow]:
    mark = re.escape(separator)
    cell = re.compile(rf'("[^"]*(?:""[^"]*)*"|[^{mark}\r\n]*)({mark}|\r\n|\r|\n|\Z)')
    found: list[CsvRow] = []
    row, place, begins = CsvRow(line, [], [], ""), 0, line
    while place < len(text) or row.cells:
        match = cell.match(text, place)
        assert match is not None  # the file was read once already, and is well formed
        written, end = match.groups()
        quoted = written.startswith('"')
        row.cells.append(written[1:-1].replace('""', '"') if quoted else written)
        row.written.append(written)
        begins += len(re.findall(r"\r\n|\r|\n", match[0]))
        place = match.end()
        if end != separator:
            row.end = end
            found.append(row)
            row = CsvRow(begins, [], [], "")
    return found
