"""A paper as an accessible PDF: tagged, with its language, bookmarks, embedded fonts, right to left where that is."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from academy.exports.paper import Answer, Block, Drawing, Grid, Paper, Paragraph, Section, clean

__all__ = ["to_pdf"]

HERE = Path(__file__).parent
TEMPLATE = HERE / "paper.typ"
FONTS = HERE / "fonts"
WIDE = 5
"""A table with more columns is set row by row: each cell below its heading, so that nothing is cut off."""


def to_pdf(paper: Paper) -> bytes:
    """Return the paper as PDF/UA-1. What people wrote goes in as JSON and is never read as markup.

    Fonts for Latin, Greek, Cyrillic and Arabic letters come with the kit; others are taken from the machine. Where it
    has none for a letter, the standard can't be kept: then the PDF is tagged all the same, without its mark.
    """
    import typst

    try:
        return _compile(paper, "ua-1")
    except typst.TypstError:
        return _compile(paper, None)


def _compile(paper: Paper, standard: Literal["ua-1"] | None) -> bytes:
    import typst

    pdf: bytes = typst.compile(
        TEMPLATE,
        root=HERE,
        font_paths=[FONTS],
        sys_inputs={"paper": json.dumps(_paper(paper), ensure_ascii=False)},
        pdf_standards=standard,
        timestamp=int(datetime.now(UTC).timestamp()),
    )
    return pdf


def _paper(paper: Paper) -> dict[str, Any]:
    return {
        "title": clean(paper.title),
        "subtitle": clean(paper.subtitle),
        "lang": paper.language.split("-")[0],
        "dir": paper.direction,
        "facts": [[clean(name), clean(value)] for name, value in paper.facts],
        "sections": [_section(section) for section in paper.sections],
        "contents": clean(paper.texts.get("contents", "")),
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": clean(section.title),
        "blocks": [_block(block) for block in section.blocks],
        "parts": [_section(part) for part in section.parts],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "text": clean(block.text), "quiet": block.quiet}
        case Answer():
            return {"kind": "answer", "label": clean(block.label), "text": clean(block.text)}
        case Drawing():
            picture = block.picture
            return {
                "kind": "drawing",
                "title": clean(block.title),
                "svg": picture.svg,
                "sentence": clean(picture.sentence),
                "head": [clean(cell) for cell in picture.head],
                "rows": [[clean(cell) for cell in row] for row in picture.rows],
            }
        case Grid():
            return {
                "kind": "list" if len(block.head) > WIDE else "grid",
                "title": clean(block.title),
                "head": [clean(cell) for cell in block.head],
                "rows": [[clean(cell) for cell in row] for row in block.rows],
            }
