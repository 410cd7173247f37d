"""Papers as PDF, HTML and DOCX: readable for everybody, and texts stay texts."""

from __future__ import annotations

import io
import re
import zlib
from html.parser import HTMLParser

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from academy.exports import Answer, Drawing, Grid, Paper, Paragraph, Section
from academy.exports.docx import to_docx
from academy.exports.html import to_html
from academy.exports.pdf import to_pdf
from academy.pictures import chain

NASTY = "<script>alert(1)</script> #set page(fill: red) *x* $y$ {{ 7*7 }} \x00\x1b & \"'"
PICTURE = chain(
    [("Need", NASTY), ("Outcome", "")], sentence="One of two.", head=["", ""], rows=[["Need", "a"]]
)


def paper(language: str = "en", text: str = NASTY) -> Paper:
    return Paper(
        f"Passport {text}",
        language,
        text,
        [("Name", text)],
        [
            Section(
                "Purpose",
                [Paragraph(text), Answer("Need", text), Grid("Narrow", ["a", "b"], [[text, ""]])],
                [
                    Section(
                        "People",
                        [Grid("Wide", list("abcdefg"), [[text, *"234567"]]), Drawing("Thread", PICTURE)],
                    )
                ],
            )
        ],
        {"contents": "Contents"},
    )


def inside(pdf: bytes) -> bytes:
    """All of a PDF with its packed parts unpacked."""
    parts = [pdf]
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return b"".join(parts)


@pytest.mark.parametrize(("language", "font"), [("en", b"Libertinus"), ("ar", b"NotoNaskhArabic")])
def test_a_pdf_is_tagged_and_has_its_language_and_fonts(language: str, font: bytes) -> None:
    made = paper(language, "جواز السفر" if language == "ar" else "Passport")
    unpacked = inside(to_pdf(made))
    assert unpacked.startswith(b"%PDF-")
    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"pdfuaid", b"/FontFile", b"/Alt", b"/TH", b"/Outlines"):
        assert mark in unpacked, mark
    assert f"/Lang({language})".encode() in unpacked
    assert font in unpacked


def test_markup_in_texts_stays_text_in_a_pdf() -> None:
    assert len(re.findall(rb"/Type ?/Page\b", inside(to_pdf(paper())))) <= 3  # set as written, not obeyed


def test_a_letter_without_a_font_does_not_stop_a_pdf() -> None:
    unpacked = inside(to_pdf(paper(text="\u0c00 \ue000")))
    assert b"/StructTreeRoot" in unpacked
    assert b"/Lang(en)" in unpacked


class Reader(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.levels: list[int] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attributes if name in ("href", "src")]
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))


def test_an_html_file_runs_nothing_and_asks_for_nothing_from_elsewhere() -> None:
    text = to_html(paper()).decode()
    reader = Reader()
    reader.feed(text)
    assert text.lstrip().startswith("<!doctype html>")
    assert not {"script", "link", "img", "iframe", "object"} & set(reader.tags)
    assert all(address.startswith("#") for address in reader.addresses)
    assert "&lt;script&gt;" in text
    assert "49" not in text  # what looks like a template is not one
    assert "\x00" not in text


def test_an_html_file_has_its_language_direction_and_headings_in_order() -> None:
    text = to_html(paper("ar", "نص")).decode()
    assert '<html lang="ar" dir="rtl">' in text
    reader = Reader()
    reader.feed(text)
    assert reader.levels[0] == 1
    assert reader.levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(reader.levels, reader.levels[1:], strict=False))


def test_a_wide_table_keeps_every_cell_in_every_kind() -> None:
    html = to_html(paper(text="Lantern Bay")).decode()
    words = "\n".join(
        p.text for p in docx.Document(io.BytesIO(to_docx(paper(text="Lantern Bay")))).paragraphs
    )
    for letter, digit in zip("bcdefg", "234567", strict=True):
        assert f'>{letter}</dt><dd dir="auto">{digit}</dd>' in html
        assert f"{letter}: {digit}" in words


def test_a_docx_has_headings_tables_and_its_language() -> None:
    document = docx.Document(io.BytesIO(to_docx(paper(text="Lantern Bay"))))
    styles = [p.style.name for p in document.paragraphs if p.style]
    assert styles[0] == "Title"
    assert {"Heading 1", "Heading 2"} <= set(styles)
    assert document.tables[0].cell(1, 0).text == "Lantern Bay"
    assert document.core_properties.language == "en"


def test_a_docx_in_arabic_reads_from_right_to_left() -> None:
    document = docx.Document(io.BytesIO(to_docx(paper("ar", "نص"))))
    assert all(p._p.pPr.find(qn("w:bidi")) is not None for p in document.paragraphs)
    assert document.tables[0]._tbl.tblPr.find(qn("w:bidiVisual")) is not None


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_put_on_paper(text: str) -> None:
    made = paper(text=text)
    assert to_html(made)
    assert to_docx(made)


@settings(max_examples=8, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_put_on_paper_as_pdf(text: str) -> None:
    assert to_pdf(paper(text=text)).startswith(b"%PDF-")
