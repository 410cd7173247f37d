"""Series about economies: loading them, what pages read of them, and the two figures."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from academy.data import DataFolder
from academy.errors import DataError
from academy.series import current, published, shipped, teaching_pairs
from academy.series.digest import INVENTED, SETS, Digest
from academy.series.figures import cloud, over_years
from academy.series.table import COLUMNS, MOST_BYTES, MOST_ROWS, digest_of, keep, line, read_csv, usable
from academy.series.worldbank import LATEST, ONLINE, SERVERS, download

LOADED = "import sys; from academy.series import current, teaching_pairs; current(); teaching_pairs(); "


def read(folder: Path, digest: dict[str, object]) -> Digest:
    file = folder / "digest.json"
    file.write_text(json.dumps(digest), "utf-8")
    return Digest.read(file)


# -- what is shipped --


def test_the_shipped_digest_is_the_one_of_the_shipped_table() -> None:
    made = digest_of(read_csv(SETS / "invented.csv"), shipped().source, invented=True)
    assert json.loads(INVENTED.read_text("utf-8")) == made


def test_the_shipped_economies_are_invented_and_say_so() -> None:
    digest = shipped()
    assert digest.invented
    assert "made up" in digest.source
    assert all(economy.code.startswith("X") for economy in digest.economies)  # codes that no country has


def test_the_answers_of_the_shipped_set_are_those_in_the_note_for_facilitators() -> None:
    assert (len(shipped().figure), shipped().rising, shipped().median) == (20, 19, 48.0)


def test_the_teaching_set_returns_the_printed_line() -> None:
    pairs = pd.DataFrame(teaching_pairs(), columns=["x", "y"])
    found, printed = line(pairs.x, pairs.y), published()["published"]
    assert found["n"] == printed["n"] == 37
    assert round(found["slope"], 7) == printed["slope"] == 0.0000785
    assert round(found["intercept"], 1) == printed["intercept"] == 38.2
    assert round(found["t_slope"], 2) == printed["t_slope"] == 2.65
    assert round(found["t_intercept"], 1) == printed["t_intercept"] == 16.7
    assert round(found["r_squared"], 3) == round(published()["derived"]["r_squared"], 3) == 0.167


def test_reading_the_series_needs_no_pandas() -> None:
    result = subprocess.run([sys.executable, "-c", LOADED + "sys.exit('pandas' in sys.modules)"], check=False)
    assert result.returncode == 0


# -- the real series --


def test_35_economies_of_figure_1_are_complete_and_all_rise(real: pd.DataFrame, tmp_path: Path) -> None:
    digest = read(tmp_path, digest_of(real, "World Bank"))
    assert (len(digest.figure), digest.rising) == (35, 35)
    assert digest.median == pytest.approx(52.9, abs=0.5)


def test_the_line_through_the_real_economies_explains_less_inside_income_groups(
    real: pd.DataFrame, tmp_path: Path
) -> None:
    whole, *groups = read(tmp_path, digest_of(real, "World Bank")).fits
    assert whole.slope == pytest.approx(-0.86, abs=0.05)
    assert len(groups) == 4
    assert all(group.r_squared < whole.r_squared for group in groups)


def test_a_real_economy_is_found_by_its_name_in_several_languages(real: pd.DataFrame, tmp_path: Path) -> None:
    digest = read(tmp_path, digest_of(real, "World Bank"))
    for typed in ("Cote d'Ivoire", "côte d’ivoire", "CIV", "ساحل العاج", "Кот-д’Ивуар"):
        assert digest.find(typed), typed
    assert digest.find("Viet Nam") == digest.find("vietnam")
    assert digest.find("Atlantis") is None
    assert "Kenya" in digest.close("Keny")


# -- from the World Bank --


def test_an_update_takes_all_pages_and_leaves_aggregates_out(filled, tmp_path: Path) -> None:
    frame = download(filled.address)
    assert list(frame["iso3"]) == ["KEN", "VNM", "JPN", "NPL"]
    vietnam = frame.set_index("iso3").loc["VNM"]
    assert (vietnam["internet_2010"], vietnam["internet_latest"], vietnam["internet_latest_year"]) == (
        30.65,
        78.1,
        2023,
    )
    assert vietnam["self_employed_pct"] == 49.2
    assert vietnam["name_ar"] == "فيتنام"
    digest = read(tmp_path, digest_of(frame, "World Bank"))
    assert [economy.code for economy in digest.figure] == ["VNM", "JPN"]
    assert digest.rising == 2


def test_an_update_tells_each_series_that_it_begins(filled) -> None:
    begun: list[str] = []
    download(filled.address, told=begun.append)
    assert begun == ["countries", ONLINE, *LATEST, SERVERS]


def test_pages_show_what_was_kept_in_the_data_folder(filled, tmp_path: Path, monkeypatch) -> None:
    data = DataFolder.create(tmp_path / "data")
    assert current(data.path).invented
    keep(data, download(filled.address), "World Bank")
    assert current(data.path).find("Kenya")
    monkeypatch.delenv("ACADEMY_DATA", raising=False)
    monkeypatch.chdir(data.course_root("..") / "courses")  # grading runs somewhere below the data folder
    assert current().find("Kenya")


def test_without_a_connection_an_update_says_what_else_can_be_done() -> None:
    with pytest.raises(DataError, match=r"can't be reached.*academy data import FILE"):
        download("http://127.0.0.1:9/v2", seconds=2)


def test_a_failing_server_is_told_as_a_sentence(bank) -> None:
    bank.broken = True
    with pytest.raises(DataError, match=r"error 503.*Try again later"):
        download(bank.address)


def test_something_else_than_the_api_is_told_as_a_sentence(bank) -> None:
    bank.countries = [{"message": "no such thing"}]
    with pytest.raises(DataError, match="something unexpected"):
        download(bank.address)


@pytest.mark.parametrize("body", [b"<html>Try later</html>", b"[1]", b'{"message": "no"}', b"null", b"\xff"])
def test_what_is_no_answer_of_the_api_is_told_as_a_sentence(bank, body) -> None:
    bank.body = body
    with pytest.raises(DataError, match=r"something unexpected. Try again later, or load a file"):
        download(bank.address)


def test_an_answer_without_economies_is_told_as_a_sentence(filled) -> None:
    filled.countries = filled.countries[-1:]
    with pytest.raises(DataError, match=r"sent no economies. Try again later, or load a file"):
        download(filled.address)


def test_only_web_addresses_are_asked(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no web address"):
        download(f"file://{tmp_path}")


# -- from a file --


def row(**values: object) -> dict[str, object]:
    return dict.fromkeys(COLUMNS, None) | {"iso3": "XAA", "name_en": "Lantern Bay"} | values


def test_a_table_may_lack_values_but_no_column() -> None:
    assert len(usable(pd.DataFrame([row()]), "the file")) == 1
    with pytest.raises(DataError, match="the file has no column wb_region"):
        usable(pd.DataFrame([row()]).drop(columns="wb_region"), "the file")


@pytest.mark.parametrize("value", ["many", -1, 101])
def test_a_value_that_is_no_share_is_named_with_its_place(value: object) -> None:
    with pytest.raises(DataError, match=f"internet_2010 of XAA is “{value}”"):
        usable(pd.DataFrame([row(internet_2010=value)]), "the file")


@pytest.mark.parametrize("value", [0, 100, "12,5"])
def test_a_share_may_be_none_all_or_written_with_a_comma(value: object) -> None:
    (found,) = usable(pd.DataFrame([row(internet_2010=value)]), "the file")["internet_2010"]
    assert found == (12.5 if value == "12,5" else value)


def test_a_table_has_some_economies_and_not_too_many() -> None:
    many = [row(iso3=f"X{n}") for n in range(MOST_ROWS + 1)]
    assert len(usable(pd.DataFrame(many[:-1]), "the file")) == MOST_ROWS
    with pytest.raises(DataError, match=r"the file has 1001 economies\. Choose a table with 1 to 1000 rows"):
        usable(pd.DataFrame(many), "the file")
    with pytest.raises(DataError, match="the file has 0 economies"):
        usable(pd.DataFrame([row(name_en=None)]), "the file")


def test_a_file_that_is_too_large_or_not_there_is_told_as_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    with pytest.raises(
        DataError, match=r"table.csv can't be read: No such file or directory. Check its name"
    ):
        read_csv(file)
    file.write_bytes(b"x" * (MOST_BYTES + 1))
    with pytest.raises(DataError, match="too large for a table of economies"):
        read_csv(file)
    file.write_bytes(b"x" * MOST_BYTES)
    with pytest.raises(DataError, match="has no column"):
        read_csv(file)


@pytest.mark.parametrize("said", ["", "sep=;\n", "SEP=;\r\n"])
def test_a_table_may_be_separated_by_semicolons(said: str, tmp_path: Path) -> None:
    values = {"iso3": "XAA", "name_en": "Lantern Bay", "internet_2010": "12,5"}
    line = ";".join(values.get(name, "") for name in COLUMNS)
    (tmp_path / "table.csv").write_text(f"{said}{';'.join(COLUMNS)}\n{line}\n", "utf-8")
    assert list(read_csv(tmp_path / "table.csv")["internet_2010"]) == [12.5]


def test_an_economy_must_not_be_there_twice() -> None:
    with pytest.raises(DataError, match="has XAA twice"):
        usable(pd.DataFrame([row(), row()]), "the file")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a;b\n1;2\n"])
def test_a_file_that_is_no_such_table_is_told_as_a_sentence(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_bytes(content)
    with pytest.raises(DataError):
        read_csv(file)


def test_a_damaged_digest_says_how_to_load_the_series_again(tmp_path: Path) -> None:
    (tmp_path / "digest.json").write_text("{}")
    with pytest.raises(DataError, match="academy data update"):
        Digest.read(tmp_path / "digest.json")


# -- pictures --


def test_names_in_pictures_are_text() -> None:
    drawn = over_years(
        [("<script>alert(1)</script>", [1, None, 3])], years=(2000, 2010, 2017), sentence="", head=[], rows=[]
    )
    assert "<script" not in drawn.svg
    assert "&lt;script&gt;" in drawn.svg


def test_two_hundred_points_stay_light() -> None:
    points = [(n % 97, (n * 37) % 100) for n in range(200)]
    drawn = cloud(points, x="a", y="b", line=(-0.8, 90), sentence="", head=[], rows=[])
    assert drawn.size < 4096


def test_a_line_stays_inside_the_picture() -> None:
    drawn = cloud([(0, 10), (100, 50)], x="a", y="b", line=(-3, 90), sentence="", head=[], rows=[])
    ends = drawn.svg.split('points="')[1].split('"')[0].split()
    assert all(0 <= float(y) <= 260 for _, y in (end.split(",") for end in ends))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_charts_of_series_are_drawn_as_they_were_looked_at(language, as_drawn):
    said = {"sentence": "", "head": [], "rows": [], "language": language}
    lines = [(f"Group {n}", [10.0 * n, None if n == 2 else 15.0 * n, 16.0 * n]) for n in range(6)]
    years = [2015, 2018, 2024]
    assert as_drawn(f"series/lines.{language}.svg", over_years(lines, years=years, **said).svg)
    assert as_drawn(f"series/many.{language}.svg", over_years(lines, years=years, named=False, **said).svg)
    points = [(1200.0 * n, 97.0 - 9 * n) for n in range(10)]
    fitted = cloud(points, x="Income", y="Offline", line=(-0.008, 99), **said)
    assert as_drawn(f"series/cloud.{language}.svg", fitted.svg)
    steep = cloud([(0, 10), (100, 50)], x="a", y="b", line=(-3, 90), **said)
    assert as_drawn(f"series/steep.{language}.svg", steep.svg)
