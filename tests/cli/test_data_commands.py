from academy.series.digest import SETS


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


def test_an_update_without_a_connection_ends_with_a_sentence(academy, data):
    refused = academy("data", "update", "--data", data, "--from", "http://127.0.0.1:9/v2")
    assert refused.status == 1
    assert "can't be reached from here" in refused.err
