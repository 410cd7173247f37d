"""The data exercise: what it says of the series in use, and which answers it takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from academy.course import Work, load_course, nest, run_checks
from academy.course.checks import call, run_computes
from academy.course.examples import flatten, read_example
from academy.data import DataFolder
from academy.series.table import keep, read_csv

EXERCISE = load_course("innovative-workers-education").exercise("who-is-online")
EXAMPLE = read_example(EXERCISE.folder / "example.yaml")
REAL = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "context_countries.csv"


@pytest.fixture(autouse=True)
def _no_data_folder(monkeypatch):
    monkeypatch.delenv("ACADEMY_DATA", raising=False)


@pytest.fixture
def real(tmp_path, monkeypatch):
    """Real series in the data folder, where they lie beside the project."""
    if not REAL.is_file():
        pytest.skip("the real series are not at hand")
    data = DataFolder.create(tmp_path / "data")
    keep(data, read_csv(REAL), "World Bank")
    monkeypatch.setenv("ACADEMY_DATA", str(data.path))


def answers(**changed):
    return nest(EXERCISE, flatten(EXERCISE, EXAMPLE | changed))


def computed(name, given):
    return run_computes(EXERCISE, given, Work(None), name, EXERCISE.computes[name])


def drawn(name, given):
    return call(EXERCISE.draws[name], given, EXERCISE, Work(None))


def wrong(given):
    """The numbers that the check of the figures asks about."""
    result = next(r for r in run_checks(EXERCISE, given) if r.id == "figures")
    return [] if result.passed else list(result.fields)


def test_the_share_is_shown_after_a_guess_and_not_before():
    assert "Guess first" in computed("value", answers(guess=None))["value"]
    told = computed("value", answers())["value"]
    assert "Lantern Bay:" in told
    assert "You guessed 85" in told
    assert drawn("chosen", answers(guess=None)) is None


def test_a_name_that_is_not_there_gets_names_that_are():
    told = computed("value", answers(economy="Lantern Bey"))["value"]
    assert "Did you mean Lantern Bay?" in told
    assert "These economies are invented" in told


def test_each_economy_to_compare_with_has_its_shares():
    found = computed("found", answers())
    assert len(found) == 3
    assert all("% in 2017" in text for text in found.values())


def test_all_pictures_are_light_and_have_a_table():
    for name in EXERCISE.draws:
        picture = drawn(name, answers())
        assert picture.size < 4096, name
        assert picture.rows, name
        assert picture.sentence, name


def test_the_table_of_the_region_has_as_many_rows_as_the_sentence_says():
    picture = drawn("region", answers())
    assert "20 economies" in picture.sentence
    assert len(picture.rows) == 20


def test_the_pictures_of_real_series_are_light_too(real):
    for name in EXERCISE.draws:
        assert drawn(name, answers(economy="Viet Nam", compare=[{"economy": "Japan"}])).size < 4096, name


def test_answers_from_real_series_are_right_when_these_are_loaded(real):
    given = answers(economy="Kenya", rising=35, median="52,9")
    assert wrong(given) == []
    assert "Kenya:" in computed("value", given)["value"]


def test_answers_from_the_invented_set_stay_right_when_real_series_are_loaded(real):
    assert wrong(answers()) == []


def test_the_real_answers_are_not_right_while_the_invented_set_is_shown():
    assert wrong(answers(rising=35, median=52.9)) == ["rising", "median"]
