"""Which files are pages."""

import pytest

from academy_app.server.pages.files import PageFiles


@pytest.fixture
def files(pages):
    return PageFiles(pages / "notebooks")


def test_pages_are_the_notebooks_at_the_root_and_for_facilitators(files):
    assert set(files.all()) == {
        "broken.ipynb",
        "dying.ipynb",
        "environment.ipynb",
        "facilitator/cohort.ipynb",
        "facilitator/our-notes.ipynb",
        "failing.ipynb",
        "home.ipynb",
        "noisy.ipynb",
        "slow.ipynb",
        "week-1-transformation.ipynb",
        "wide.ipynb",
        "worded.ipynb",
    }


@pytest.mark.parametrize(
    "path",
    [
        "",
        "home",
        "Home.ipynb",
        "home.ipynb/",
        "/home.ipynb",
        "./home.ipynb",
        "../outside.ipynb",
        "facilitator/../home.ipynb",
        "facilitator//cohort.ipynb",
        "facilitator\\cohort.ipynb",
        "Facilitator/cohort.ipynb",
        "home.ipynb\0",
        "linked.ipynb",
        "notes.txt",
        "worded.ar.ipynb",
        ".ipynb_checkpoints/home-checkpoint.ipynb",
    ],
)
def test_nothing_else_is_a_page_however_it_is_spelled(files, path):
    assert files.find(path, "ar") is None


def test_a_page_is_read_in_the_language_it_exists_in(files):
    assert files.find("worded.ipynb", "ar").file.name == "worded.ar.ipynb"
    assert files.find("worded.ipynb", "en").file.name == "worded.ipynb"
    assert files.find("home.ipynb", "ar").file.name == "home.ipynb"
    assert [files.find(page, "ar").language for page in ("worded.ipynb", "home.ipynb")] == ["ar", ""]


def test_pages_below_facilitator_are_for_facilitators(files):
    assert files.find("facilitator/cohort.ipynb").for_facilitators
    assert not files.find("home.ipynb").for_facilitators
