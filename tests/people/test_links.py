import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from academy.people import csv_safe, join_url, links_csv, personal_url


@given(st.text())
def test_no_cell_starts_a_formula(text):
    cell = csv_safe(text)
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))
    assert not cell.startswith(("\t", "\r"))
    assert cell in (text, "'" + text)


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
