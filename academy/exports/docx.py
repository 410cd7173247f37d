"""A paper as DOCX: real headings and tables, its language, and right to left where that is."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from academy.exports.paper import Answer, Block, Drawing, Grid, Paper, Paragraph, Section, clean

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["to_docx"]

WIDE = 5
DEEPEST = 5


def to_docx(paper: Paper) -> bytes:
    """Return the paper as a Word document to go on writing in. Drawings become their sentence and table."""
    import docx

    writer = _Writer(docx.Document(), paper)
    writer.write()
    file = io.BytesIO()
    writer.document.save(file)
    return file.getvalue()


class _Writer:
    def __init__(self, document: Document, paper: Paper) -> None:
        self.document, self.paper = document, paper
        self.rtl = paper.direction == "rtl"

    def write(self) -> None:
        core = self.document.core_properties
        core.title, core.language = clean(self.paper.title)[:255], self.paper.language
        core.author = core.comments = ""
        self._language()
        self._heading(self.paper.title, 0)
        if self.paper.subtitle:
            self._paragraph(self.paper.subtitle)
        for name, value in self.paper.facts:
            self._labelled(name, value)
        for section in self.paper.sections:
            self._section(section, 1)

    def _language(self) -> None:
        """The language of the text, for spelling and for screen readers; in the style, so everything has it."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        properties = self.document.styles["Normal"].element.get_or_add_rPr()
        language = OxmlElement("w:lang")
        language.set(qn("w:bidi" if self.rtl else "w:val"), self.paper.language)
        properties.append(language)

    def _section(self, section: Section, level: int) -> None:
        self._heading(section.title, level)
        for block in section.blocks:
            self._block(block, min(level + 1, DEEPEST))
        for part in section.parts:
            self._section(part, min(level + 1, DEEPEST))

    def _block(self, block: Block, level: int) -> None:
        match block:
            case Paragraph():
                self._paragraph(block.text)
            case Answer():
                self._labelled(block.label, block.text or "–")
            case Drawing():
                self._heading(block.title, level)
                self._paragraph(block.picture.sentence)
                self._table(list(block.picture.head), [list(row) for row in block.picture.rows])
            case Grid():
                if block.title:
                    self._heading(block.title, level)
                if len(block.head) > WIDE:
                    self._cards(block)
                else:
                    self._table(list(block.head), [list(row) for row in block.rows])

    def _cards(self, grid: Grid) -> None:
        for row in grid.rows:
            for label, cell in zip(grid.head, row, strict=False):
                if cell:
                    self._labelled(label, cell)

    def _heading(self, text: str, level: int) -> None:
        self._turn(self.document.add_heading(clean(text), level))

    def _paragraph(self, text: str) -> None:
        self._turn(self.document.add_paragraph(clean(text)))

    def _labelled(self, label: str, text: str) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.add_run(f"{clean(label)}: ").bold = True
        paragraph.add_run(clean(text))
        self._turn(paragraph)

    def _table(self, head: list[str], rows: list[list[str]]) -> None:
        from docx.oxml import OxmlElement

        if not rows:
            return
        table = self.document.add_table(rows=1, cols=len(head), style="Table Grid")
        for cell, text in zip(table.rows[0].cells, head, strict=True):
            cell.text = clean(text)
        properties = table.rows[0]._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:tblHeader"))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=False):
                cell.text = clean(text)
        if self.rtl:
            table._tbl.tblPr.append(OxmlElement("w:bidiVisual"))
        for line in table.rows:
            for cell in line.cells:
                for paragraph in cell.paragraphs:
                    self._turn(paragraph)

    def _turn(self, paragraph: Any) -> None:
        """Set a paragraph from right to left, and its runs too, where the language is read so."""
        if not self.rtl:
            return
        from docx.oxml import OxmlElement

        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        for run in paragraph.runs:
            run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))
