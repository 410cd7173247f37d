"""What participants wrote goes out as text, in every kind of file that leaves the kit."""

from __future__ import annotations

import csv
import io
import zipfile
from html import escape

import docx
import pytest

from academy.exports.docx import to_docx
from academy.exports.grades import grades_csv, grades_xlsx
from academy.exports.html import to_html
from academy.exports.pdf import to_pdf
from academy.people import links_csv
from tests.exports.test_papers import inside, paper
from tests.support.hostile import CORPUS, FORMULAS, HUGE, dangers, plain, seen

ALL = " ".join(CORPUS.values())
# On paper these become isolates, so that nothing is read against its own way.
TURNS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


def visible(text: str) -> str:
    """A text without what no document can hold."""
    text = text.translate(TURNS)
    return plain("".join(sign for sign in text if sign in "\t\n" or sign.isprintable() or ord(sign) > 0x2000))


def test_a_page_of_html_shows_the_corpus_and_nothing_of_it_runs() -> None:
    html = to_html(paper(text=ALL)).decode()
    body = html[html.index("<body") :]
    assert dangers(body) == []
    assert html.count("<style") == 1
    assert "\u202e" not in html
    text = visible(seen(body))
    assert [name for name, said in CORPUS.items() if visible(said) not in text] == []


def test_a_word_document_holds_the_corpus_as_text() -> None:
    made = to_docx(paper(text=ALL))
    words = visible(" ".join(line.text for line in docx.Document(io.BytesIO(made)).paragraphs))
    assert [name for name, said in CORPUS.items() if visible(said) not in words] == []
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert not [name for name in parts.namelist() if "vba" in name or "embed" in name]
        assert b'TargetMode="External"' not in b"".join(map(parts.read, parts.namelist()))


def test_a_pdf_reads_no_file_and_leads_nowhere() -> None:
    pdf = inside(to_pdf(paper(text=ALL)).content)
    assert not [
        word for word in (b"/JavaScript", b"/Launch", b"/URI", b"/EmbeddedFile", b"root:x:") if word in pdf
    ]


def test_a_megabyte_of_text_makes_a_page_and_a_document() -> None:
    assert escape(HUGE.strip()) in to_html(paper(text=HUGE)).decode()
    assert len(to_docx(paper(text=HUGE[:200_000]))) > 10_000


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_table_is_a_formula(formula: str) -> None:
    for text in (grades_csv(["a"], [[formula]]).decode("utf-8-sig"), links_csv([[formula]], ["a"])):
        _, (cell,) = csv.reader(io.StringIO(text, newline=""))
        assert cell.startswith("'")
    with zipfile.ZipFile(io.BytesIO(grades_xlsx(["a"], [[formula]], "Grades"))) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_a_table_holds_the_corpus_as_it_was_typed() -> None:
    rows = [[text] for text in CORPUS.values()]
    _, *cells = csv.reader(io.StringIO(grades_csv(["a"], rows).decode("utf-8-sig"), newline=""))
    assert [cell.removeprefix("'") for (cell,) in cells] == [*CORPUS.values()]


@pytest.mark.parametrize(
    ("title", "name"),
    [("A" * 40, "A" * 31), ("[Week] 1: a/b\\c?", "Week 1 abc"), ("?*", "Results")],
)
def test_a_sheet_has_a_name_that_excel_takes(title: str, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(grades_xlsx(["a"], [["x" * 40_000]], title))) as book:
        assert f'<sheet name="{name}"' in book.read("xl/workbook.xml").decode()
        assert book.read("xl/sharedStrings.xml").decode().count("x") > 32_000 - 1
