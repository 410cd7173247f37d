"""Papers as PDF, HTML and DOCX: readable for everybody, and texts stay texts."""

from __future__ import annotations

import io
import json
import re
import struct
import zlib
from html.parser import HTMLParser
from typing import Any

import docx
import pytest
import typst
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from academy.exports import Answer, Drawing, Grid, Paper, Paragraph, Section
from academy.exports.bidi import breakable, isolated
from academy.exports.docx import to_docx
from academy.exports.drawing import layers
from academy.exports.html import to_html
from academy.exports.pdf import FONTS, HERE, TEMPLATE, _cells, _note, _paper, to_pdf
from academy.pictures import Axis, Point, chain, scatter

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
    made = to_pdf(made)
    assert made.accessible
    unpacked = inside(made.content)
    assert unpacked.startswith(b"%PDF-")
    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"pdfuaid", b"/FontFile", b"/Alt", b"/TH", b"/Outlines"):
        assert mark in unpacked, mark
    assert f"/Lang({language})".encode() in unpacked
    assert font in unpacked


def test_markup_in_texts_stays_text_in_a_pdf() -> None:
    assert (
        len(re.findall(rb"/Type ?/Page\b", inside(to_pdf(paper()).content))) <= 3
    )  # set as written, not obeyed


SAMPLES = {
    "Bengali": "আমরা বেতন চাই",
    "Tamil": "தமிழ்",
    "Amharic": "አማርኛ",
    "Thai": "ภาษาไทย",
    "Japanese": "日本語の文",
    "Khmer": "ខ្មែរ",
    "emoji": "\U0001faf6",
    "nothing at all": "\U00100000",
}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("text", SAMPLES.values(), ids=SAMPLES)
def test_a_pdf_that_lacks_letters_says_so_and_does_not_claim_to_be_whole(text: str, language: str) -> None:
    made = to_pdf(paper(language, text), machine_fonts=False)
    assert made.missing
    assert set(made.missing) <= set(text)
    assert not made.accessible
    unpacked = inside(made.content)
    assert b"/StructTreeRoot" in unpacked
    assert f"/Lang({language})".encode() in unpacked
    assert b"pdfuaid" not in unpacked
    whole = to_pdf(paper(language, "x"), machine_fonts=False)
    assert whole.accessible
    assert whole.missing == ""
    assert b"pdfuaid" in inside(whole.content)


def test_a_table_without_rows_is_no_table_in_a_document() -> None:
    def tables(rows: list[list[str]]) -> int:
        made = Paper("P", "en", "", [], [Section("S", [Grid("Empty", ["a", "b"], rows)])], {})
        return len(docx.Document(io.BytesIO(to_docx(made))).tables)

    assert (tables([]), tables([["1", "2"]])) == (0, 1)


def test_a_pdf_that_lacks_something_else_than_letters_says_whom_it_does_not_serve() -> None:
    made = to_pdf(Paper("", "en", "", [], [Section("S", [Paragraph("x")])], {}), machine_fonts=False)
    assert (made.accessible, made.missing) == (False, "")
    assert _note("en", "").startswith("This PDF does not keep the standard for accessible PDFs.")
    assert _note("en", "ⵣ").startswith("Some letters stand as empty boxes in this PDF")


def test_letters_of_latin_greek_cyrillic_and_arabic_come_with_the_kit() -> None:
    text = "Ağ œ ß ł Ελλ Ж Ї عربي فارسی پیکار ٣٤ “x” – … → ≥ ½"
    assert to_pdf(paper(text=text), machine_fonts=False).missing == ""


@pytest.mark.parametrize("where", ["Arabic", "English"])
def test_the_axes_of_an_arabic_picture_are_on_paper(where: str) -> None:
    axes = {"x": Axis("الإلحاح", "قليل", "UNI 2026"), "y": Axis("قدرة UNI", "لا", "كثير")}
    drawn = scatter([Point(2, 3, "1")], **axes, sentence="س", head=["أ"], rows=[["ب"]], language="ar")
    sheet = Paper("P", where[:2].lower(), sections=[Section("S", [Drawing("D", drawn)])])
    made = to_pdf(sheet, machine_fonts=False)
    assert made.accessible, "no letter is missing, neither below nor in the picture"
    found = layers(drawn.svg)
    assert "<text" not in found["svg"]
    assert [text["text"] for text in found["texts"]] == [
        "↑ قدرة UNI: لا – كثير",
        "الإلحاح: قليل – UNI 2026 ←",
        "1",
    ]
    assert {text["dir"] for text in found["texts"]} == {"rtl"}
    above, below, _ = found["texts"]
    assert (above["x"], above["at"]) == (316, 1), "begins at the right edge and goes to the left"
    assert (below["x"], below["at"]) == (4, 0), "ends at the left edge"


def test_a_word_of_180_letters_is_broken_and_ordinary_words_are_not() -> None:
    for most in (60, 16):
        broken = breakable(f"Before {'w' * 180} after", most)
        assert broken.replace("\u200b", "") == f"Before {'w' * 180} after"
        assert broken.count("\u200b") == 179
    assert breakable("representatives", 16) == "representatives"
    assert breakable("é" * 20, 16).split("\u200b") == ["é"] * 20, "a letter keeps its mark"
    assert breakable("日本語" * 60, 60) == "日本語" * 60, "the typesetter knows where to break it"
    column = _cells(["a"] * 5, [["w" * 30, "x"]], "ltr")["rows"][0]
    assert "\u200b" in column[0][0][1]


@pytest.mark.parametrize("place", ["title", "answer", "cell", "label"])
def test_no_long_word_runs_off_the_page(place: str) -> None:
    long = "w" * 180
    blocks = {
        "title": [],
        "answer": [Answer("Label", long)],
        "cell": [Grid("Grid", list("abcde"), [[long, *"1234"]])],
        "label": [Answer(long, "x")],
    }[place]
    sheet = Paper(long if place == "title" else "P", "en", sections=[Section("S", blocks)])
    made = to_png_pages(sheet)
    assert made, "there is a page"
    for width, right in made:
        assert right <= width - 40, "the margin stays white"


def to_png_pages(sheet: Paper) -> list[tuple[int, int]]:
    """The width of each page in dots, and how far to the right something is drawn on it."""
    pages = typst.compile(
        TEMPLATE,
        root=HERE,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(_paper(sheet), ensure_ascii=False)},
        format="png",
        ppi=72,
    )
    return [_drawn(page) for page in (pages if isinstance(pages, list) else [pages])]


def _drawn(png: bytes) -> tuple[int, int]:
    """Read a PNG of 8 bits and four channels (RFC 2083), as far as it takes to see where it is not white."""
    width, height = struct.unpack(">II", png[16:24])
    packed, place = b"", 8
    while place < len(png):
        (size,), kind = struct.unpack(">I", png[place : place + 4]), png[place + 4 : place + 8]
        packed += png[place + 8 : place + 8 + size] if kind == b"IDAT" else b""
        place += 12 + size
    data, before, right = zlib.decompress(packed), bytes(4 * width), 0
    for line in range(height):
        start = line * (4 * width + 1)
        before = _unfiltered(data[start], data[start + 1 : start + 1 + 4 * width], before)
        dark = [n for n in range(width - 1, right, -1) if before[4 * n] < 200 and before[4 * n + 3]]
        right = max([right, *dark])
    return width, right


def _unfiltered(kind: int, line: bytes, above: bytes) -> bytes:
    made = bytearray(line)
    for n in range(len(made)):
        left, up, corner = (made[n - 4], above[n], above[n - 4]) if n >= 4 else (0, above[n], 0)
        if kind == 1:
            made[n] = (made[n] + left) & 255
        elif kind == 2:
            made[n] = (made[n] + up) & 255
        elif kind == 3:
            made[n] = (made[n] + (left + up) // 2) & 255
        elif kind == 4:
            near = left + up - corner
            best = min((left, up, corner), key=lambda one: abs(near - one))
            made[n] = (made[n] + best) & 255
    return bytes(made)


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
        assert f"{letter}\n{digit}" in words


def test_a_docx_has_headings_tables_and_its_language() -> None:
    document = docx.Document(io.BytesIO(to_docx(paper(text="Lantern Bay"))))
    styles = [p.style.name for p in document.paragraphs if p.style]
    assert styles[0] == "Title"
    assert {"Heading 1", "Heading 2"} <= set(styles)
    assert document.tables[0].cell(1, 0).text == "Lantern Bay"
    assert document.core_properties.language == "en"


def test_a_docx_in_arabic_reads_from_right_to_left() -> None:
    document = docx.Document(io.BytesIO(to_docx(paper("ar", "نص"))))
    assert all(turned(p) for p in document.paragraphs if not p.text.isascii())
    assert document.tables[0]._tbl.tblPr.find(qn("w:bidiVisual")) is not None


def turned(paragraph: Any) -> bool:
    """Whether a paragraph is read from right to left."""
    return paragraph._p.pPr is not None and paragraph._p.pPr.find(qn("w:bidi")) is not None


MIXED = "نحتاج إلى جدول\nWe need a plan (soon).\nثم نقرّر"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_answer_is_read_its_own_way_in_every_kind(language: str) -> None:
    answers = [
        Answer("Need", MIXED),
        Answer("Why", "Because"),
        Answer("لماذا", "لأن"),
        Answer("How many", "12,5"),
    ]
    grid = Grid("", ["a", "b"], [[MIXED, "x"]])
    sheet = Paper("P", language, sections=[Section("S", [*answers, grid])])
    document = docx.Document(io.BytesIO(to_docx(sheet)))
    cell = document.tables[0].cell(1, 0)
    for paragraphs in (document.paragraphs, cell.paragraphs):
        way = {p.text: turned(p) for p in paragraphs}
        assert [way[line] for line in MIXED.split("\n")] == [True, False, True]
    way = {p.text: turned(p) for p in document.paragraphs}
    assert (way["Because"], way["لأن"]) == (False, True)
    assert way["12,5"] == (language == "ar"), "a number has no direction, so the paper's counts"
    for lines in (
        _paper(sheet)["sections"][0]["blocks"][0]["text"],
        _cells([""], [[MIXED]], "ltr")["rows"][0][0],
    ):
        assert [way for way, _ in lines] == ["rtl", "ltr", "rtl"]
    html = to_html(sheet).decode()
    assert f'<p dir="auto">{MIXED}</p>' in html
    assert "unicode-bidi: plaintext" in html, "each line of it is read its own way"


def test_a_title_of_the_course_is_read_as_its_language_though_it_begins_with_a_code() -> None:
    sheet = Paper("جواز", "ar", sections=[Section("P1 السياق", [Answer("UNI ماذا", "x")])])
    assert _paper(sheet)["sections"][0]["title"][0][0] == "rtl"
    assert '<h2 id="s1" dir="rtl">P1 السياق</h2>' in to_html(sheet).decode()
    document = docx.Document(io.BytesIO(to_docx(sheet)))
    assert [turned(p) for p in document.paragraphs] == [True, True, True, False]


def test_what_turns_letters_round_stays_within_its_line() -> None:
    assert isolated("a \u202edef") == "a \u2067def\u2069"
    assert isolated("\u202dab\u202c c\n\u2068d") == "\u2066ab\u2069 c\n\u2068d\u2069"
    assert isolated("\u202c\u2069plain") == "plain"
    assert isolated("علی\u200cرضا \u200f1") == "علی\u200cرضا \u200f1", "joiners and marks are no brackets"
    for made in (to_html(paper(text="x \u202ey")).decode(), str(_paper(paper(text="x \u202ey")))):
        assert "\u202e" not in made.encode().decode("unicode_escape", "replace")
        assert "x" in made


@settings(max_examples=200, deadline=None)
@given(st.text("ab\u05d0\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\n ", max_size=30))
def test_isolating_twice_is_isolating_once_and_loses_no_letter(text: str) -> None:
    made = isolated(text)
    assert isolated(made) == made
    assert [c for c in made if c in "ab\u05d0\n "] == [c for c in text if c in "ab\u05d0\n "]
    for line in made.split("\n"):
        assert sum(c in "\u2066\u2067\u2068" for c in line) == line.count("\u2069")


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_put_on_paper(text: str) -> None:
    made = paper(text=text)
    assert to_html(made)
    assert to_docx(made)


@settings(max_examples=8, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_put_on_paper_as_pdf(text: str) -> None:
    assert to_pdf(paper(text=text)).content.startswith(b"%PDF-")
