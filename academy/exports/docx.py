"""A paper as DOCX: real headings and tables, its language, and right to left where that is."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from academy.exports.bidi import isolated, reads, reads_as
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
        self.document, self.paper, self.way = document, paper, paper.direction
        self.rtl = self.way == "rtl"

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
        said = isolated(clean(text))
        self._turn(self.document.add_heading(said, level), reads_as(said, self.way))

    def _paragraph(self, text: str) -> None:
        """Write a text, each of its lines in a paragraph that is read its own way."""
        way = self.way
        for line in isolated(clean(text)).split("\n"):
            way = reads(line, way)
            self._turn(self.document.add_paragraph(line), way)

    def _labelled(self, label: str, text: str) -> None:
        """Write an answer below its label. On one line both would be read in one direction."""
        said = isolated(clean(label))
        paragraph = self.document.add_paragraph()
        paragraph.add_run(said).bold = True
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_after = 0
        self._turn(paragraph, reads_as(said, self.way))
        self._paragraph(text)

    def _table(self, head: list[str], rows: list[list[str]]) -> None:
        from docx.oxml import OxmlElement

        if not rows:
            return
        table = self.document.add_table(rows=1, cols=len(head), style="Table Grid")
        for cell, text in zip(table.rows[0].cells, head, strict=True):
            said = isolated(clean(text))
            cell.text = said
            self._turn(cell.paragraphs[0], reads_as(said, self.way))
        header, whole = _around(table)
        header.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=False):
                way, first = self.way, True
                for part in isolated(clean(text)).split("\n"):
                    way = reads(part, way)
                    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
                    paragraph.add_run(part)
                    self._turn(paragraph, way)
                    first = False
        if self.rtl:
            whole.tblPr.append(OxmlElement("w:bidiVisual"))

    def _turn(self, paragraph: Any, way: str) -> None:
        """Set a paragraph that is read from right to left so, and its runs too."""
        if way != "rtl":
            return
        from docx.oxml import OxmlElement

        paragraph.paragraph_format.element.get_or_add_pPr().append(OxmlElement("w:bidi"))
        for run in paragraph.runs:
            run.font.element.get_or_add_rPr().append(OxmlElement("w:rtl"))


def _around(table: Any) -> tuple[Any, Any]:
    """The elements of a table's first row and of the table, reached from a paragraph in it: those are public."""
    paragraph = table.rows[0].cells[0].paragraphs[0].paragraph_format.element
    row = paragraph.getparent().getparent()
    return row, row.getparent()
