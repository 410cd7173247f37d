import csv

import pytest

from academy.series.digest import SETS
from tests.series.conftest import bank, filled  # noqa: F401 – fixtures


def test_pages_show_the_invented_set_until_another_is_loaded(academy, data):
    shown = academy("data", "show", "--data", data)
    assert shown.status == 0
    assert "24 economies. Source: An invented set" in shown.out
    assert "academy data update" in shown.out


def test_a_csv_file_is_loaded_and_named_as_the_source(academy, data):
    loaded = academy(
        "data", "import", SETS / "invented.csv", "--data", data, "--source", "A union's own table"
    )
    assert loaded.status == 0
    assert "24 economies. Source: A union's own table." in loaded.out
    shown = academy("data", "show", "--data", data)
    assert "A union's own table" in shown.out
    assert "academy data update" not in shown.out


def test_a_file_that_does_not_fit_is_refused_and_changes_nothing(academy, data, tmp_path):
    file = tmp_path / "table.csv"
    file.write_text("iso3,name_en\nXAA,Lantern Bay\n")
    refused = academy("data", "import", file, "--data", data)
    assert refused.status == 1
    assert "has no column wb_region" in refused.err
    assert "invented set" in academy("data", "show", "--data", data).out


def test_an_update_tells_what_it_asks_for_and_pages_show_it(academy, data, filled):  # noqa: F811
    shown = academy("data", "update", "--data", data, "--from", filled.address)
    assert (shown.status, shown.out.splitlines()[0]) == (0, "Asking for countries …")
    assert "4 economies. Source: World Bank" in shown.out
    assert shown.out.endswith("Pages show them from now on.\n")
    assert "4 economies. Source: World Bank" in academy("data", "show", "--data", data).out


def test_an_update_without_a_connection_ends_with_a_sentence(academy, data):
    refused = academy("data", "update", "--data", data, "--from", "http://127.0.0.1:9/v2")
    assert refused.status == 1
    assert "can't be reached from here" in refused.err


@pytest.mark.parametrize("separator", [";", "\t", "|"])
@pytest.mark.parametrize("first", ["", "sep=SEP\n"])
@pytest.mark.parametrize("quoted", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_a_table_with_another_separator_and_decimal_commas_is_the_same_table(
    academy, data, tmp_path, separator, first, quoted
):
    from academy.series.table import read_csv

    with (SETS / "invented.csv").open(encoding="utf-8-sig", newline="") as content:
        rows = [[cell.replace(".", ",") for cell in row] for row in csv.reader(content)]
    file = tmp_path / "table.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as content:
        content.write(first.replace("SEP", separator))
        csv.writer(content, delimiter=separator, quoting=quoted).writerows(rows)
    shown = academy("data", "import", file, "--data", data)
    assert (shown.status, "24 economies." in shown.out) == (0, True), shown.err
    found, known = read_csv(file), read_csv(SETS / "invented.csv")
    numbers = [name for name in known.columns if str(known[name].dtype).startswith("float")]
    assert len(numbers) > 3
    assert found[numbers].equals(known[numbers])


def test_a_number_that_is_none_is_still_named(academy, data, tmp_path):
    text = (SETS / "invented.csv").read_text("utf-8-sig").splitlines()
    cells = text[1].split(",")
    cells[text[0].split(",").index("internet_2000")] = '"1,2,3"'
    file = tmp_path / "table.csv"
    file.write_text("\n".join([text[0], ",".join(cells)]), "utf-8")
    shown = academy("data", "import", file, "--data", data)
    assert (shown.status, "is “1,2,3”" in shown.err) == (1, True)
