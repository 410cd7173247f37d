"""A paper as an accessible PDF: tagged, with its language, bookmarks, embedded fonts, each text read its own way."""

from __future__ import annotations

import ast
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

from academy.exports.bidi import FSI, PDI, breakable, isolated, reads, reads_as
from academy.exports.drawing import layers
from academy.exports.paper import Answer, Block, Drawing, Grid, Paper, Paragraph, Section, clean
from academy.i18n import N_, translator

__all__ = ["Pdf", "to_pdf"]

HERE = Path(__file__).parent
TEMPLATE = HERE / "paper.typ"
FONTS = HERE / "fonts"
WIDE = 5
"""A table with more columns is set row by row: each cell below its heading, so that nothing is cut off."""
LONG = 60
"""Letters that stand in a line; a longer word is broken, in a column of a table a shorter one too."""

# The typesetter writes a letter as Rust does: itself in double quotes, or \u{9be}.
_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_RUST = re.compile(r"\\u\{([0-9a-f]+)\}")

Lines = list[list[str]]


class Pdf(NamedTuple):
    """A PDF, whether it keeps the standard for accessible ones (PDF/UA-1), and the letters that no font here has."""

    content: bytes
    accessible: bool
    missing: str


def to_pdf(paper: Paper, *, machine_fonts: bool = True) -> Pdf:
    """Return the paper as PDF/UA-1. What people wrote goes in as JSON and is never read as markup.

    Fonts for Latin, Greek, Cyrillic and Arabic letters come with the kit; others are taken from the machine. Where it
    has none for a letter, the standard can't be kept: then the PDF says so on its first page, and has not its mark.
    """
    import typst

    document = _paper(paper)
    try:
        return Pdf(_compile(document, "ua-1", machine_fonts), True, "")
    except typst.TypstError as error:
        missing = _missing(error.diagnostic)
    document["note"] = _lines(_note(paper.language, missing))
    return Pdf(_compile(document, None, machine_fonts), False, missing)


def _missing(diagnostic: str) -> str:
    """The different letters that a complaint of the typesetter names."""
    found = []
    for text in _MISSING.findall(diagnostic):
        plain = _RUST.sub(lambda sign: chr(int(sign[1], 16)), text)
        found += list(ast.literal_eval(f'"{plain}"') if "\\" in plain else plain)
    return "".join(dict.fromkeys(found))


def _note(language: str, missing: str) -> str:
    gettext = translator(language)
    if missing:
        return gettext(
            "Some letters stand as empty boxes in this PDF: there is no font for them where it was made. Take the"
            " page or the document instead; they show every letter."
        )
    return gettext(
        "This PDF does not keep the standard for accessible PDFs. For somebody who reads by ear take the page."
    )


def _compile(document: dict[str, Any], standard: Literal["ua-1"] | None, machine_fonts: bool) -> bytes:
    import typst

    pdf: bytes = typst.compile(
        TEMPLATE,
        root=HERE,
        font_paths=[FONTS],
        ignore_system_fonts=not machine_fonts,
        sys_inputs={"paper": json.dumps(document, ensure_ascii=False)},
        pdf_standards=standard,
        timestamp=int(datetime.now(UTC).timestamp()),
    )
    return pdf


def _line(text: str, most: int = LONG) -> str:
    return breakable(isolated(" ".join(clean(text).split())), most)


def _lines(text: str, most: int = LONG, otherwise: str = "ltr") -> Lines:
    """The lines of a text, each with its direction. One without letters is read as the line before it."""
    found: Lines = []
    for line in clean(text).split("\n"):
        said = isolated(line)
        otherwise = reads(said, otherwise)
        found.append([otherwise, breakable(said, most)])
    return found


def _title(text: str, way: str) -> Lines:
    return [[reads_as(text, way), _line(text, 40)]]


def _paper(paper: Paper) -> dict[str, Any]:
    return {
        "title": _line(paper.title),
        "running": _line(paper.title, 30),
        "subtitle": _lines(paper.subtitle, otherwise=paper.direction),
        "note": _lines(""),
        "page": translator(paper.language)(N_("Page {n} of {all}")),
        "lang": paper.language.split("-")[0],
        "dir": paper.direction,
        "facts": [[_line(name), f"{FSI}{_line(value)}{PDI}"] for name, value in paper.facts],
        "sections": [_section(section, paper.direction) for section in paper.sections],
        "contents": clean(paper.texts.get("contents", "")),
    }


def _section(section: Section, way: str) -> dict[str, Any]:
    return {
        "title": _title(section.title, way),
        "blocks": [_block(block, way) for block in section.blocks],
        "parts": [_section(part, way) for part in section.parts],
    }


def _block(block: Block, way: str) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "text": _lines(block.text, otherwise=way), "quiet": block.quiet}
        case Answer():
            label = [[reads_as(block.label, way), _line(block.label)]]
            return {"kind": "answer", "label": label, "text": _lines(block.text, otherwise=way)}
        case Drawing():
            picture = block.picture
            return {
                "kind": "drawing",
                "title": _title(block.title, way),
                "drawing": layers(clean(picture.svg)),
                "alt": clean(picture.sentence) or clean(block.title) or "–",
                "sentence": _lines(picture.sentence, otherwise=way),
                **_cells(picture.head, picture.rows, way),
            }
        case Grid():
            return {
                "kind": "list" if len(block.head) > WIDE else "grid",
                "title": _title(block.title, way),
                **_cells(block.head, block.rows, way),
            }


def _cells(head: Any, rows: Any, way: str) -> dict[str, Any]:
    """The cells of a table. The more columns, the shorter are the words that fit."""
    most = LONG if len(head) > WIDE else max(16, LONG // max(len(head), 1))
    return {
        "head": [[[reads_as(cell, way), _line(cell, most)]] for cell in head],
        "rows": [[_lines(cell, most, way) for cell in row] for row in rows],
    }
