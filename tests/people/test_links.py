import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.people import csv_safe, join_url, links_csv, personal_url


@given(st.text())
def test_no_cell_starts_a_formula(text):
    cell = csv_safe(text)
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))
    assert not cell.startswith(("\t", "\r"))
    assert cell.replace("'", "") == text.replace("'", "")
    assert csv_safe(cell) == cell


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Maria; =1+1", "Maria;' =1+1"),
        ("a;@SUM(A1);b", "a;'@SUM(A1);b"),
        ("a\t-1+cmd", "a\t'-1+cmd"),
        ("one\n=1+1", "one\n'=1+1"),
        ("a; b = c", "a; b = c"),
        ("x; \u00a0＝1", "x;' \u00a0＝1"),
    ],
)
def test_no_cell_starts_a_formula_where_lists_are_separated_by_semicolons(text, safe):
    assert csv_safe(text) == safe


@given(st.text(st.sampled_from(";\t\n\r =+-@ab\"',")))
def test_a_file_that_is_split_at_semicolons_holds_no_formula_either(text):
    for separator in ";\t":
        for line in links_csv([["p-1", text, "end"]], ["a"]).splitlines():
            for cell in line.split(separator):
                assert not cell.strip().strip('"').strip().startswith(("=", "@")), (text, line)


def test_a_long_cell_costs_no_more_than_its_length():
    began = time.process_time()
    for text in (";" * 200_000, "; " * 100_000, ";" + " " * 200_000, " " * 200_000 + ";="):
        csv_safe(text)
    assert time.process_time() - began < 2


def test_an_ordinary_cell_stays_as_it_is():
    assert csv_safe("Maria = Silva") == "Maria = Silva"
    assert csv_safe(None) == ""


@given(st.lists(st.tuples(st.text(), st.text()), min_size=1))
def test_the_csv_reads_back_to_its_safe_cells(rows):
    read = list(csv.reader(io.StringIO(links_csv(rows, ("name", "link")), newline="")))
    assert read == [["name", "link"], *([csv_safe(cell) for cell in row] for row in rows)]


def test_links_lie_below_the_base_with_or_without_its_slash():
    assert (
        personal_url("https://x.org/kit", "T")
        == personal_url("https://x.org/kit/", "T")
        == "https://x.org/kit/j/T"
    )
    assert join_url("http://localhost:8866/", "7K3M-9QXA") == "http://localhost:8866/join/7K3M-9QXA"
