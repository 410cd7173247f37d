"""Which files are pages."""

import pytest

from academy.content import kit_notebooks
from academy_app.server.pages.files import PageFiles
from tests.support.courses import FLAGSHIP


@pytest.fixture
def files(pages):
    return PageFiles(pages / FLAGSHIP, pages / "notebooks")


def test_pages_of_the_flagship_are_the_notebooks_at_the_root_and_for_facilitators(files):
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


@pytest.fixture
def course(tmp_path):
    """A course with pages of its own: texts, a home page, and one that only facilitators open."""
    folder = tmp_path / "exercises" / "rights"
    for name in (
        "welcome.md",
        "welcome.es.md",
        "home.md",
        "README.md",
        "week.ipynb",
        "week.md",
        "facilitator/plan.md",
    ):
        file = folder / "pages" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {name}\n", "utf-8")
    return folder


def test_a_course_shows_its_own_pages_and_the_general_ones_but_no_lessons_of_another(course):
    found = PageFiles(course, kit_notebooks())
    names = set(found.all())
    own = {"facilitator/plan.ipynb", "home.ipynb", "week.ipynb", "welcome.ipynb"}
    assert names - own == {
        "passport.ipynb",
        *(
            f"facilitator/{file.name}"
            for file in (kit_notebooks() / "facilitator").glob("*.ipynb")
            if file.name.count(".") == 1
        ),
    }
    assert own <= names
    assert found.find("week-1-transformation.ipynb") is None
    assert found.find("facilitator/plan.ipynb").for_facilitators


def test_a_folder_of_pages_that_is_ones_own_counts_whole_as_it_did_before_courses_had_pages(course, pages):
    found = PageFiles(course, pages / "notebooks")
    assert {"week.ipynb", "week-1-transformation.ipynb"} <= set(found.all())


def test_a_page_of_the_course_takes_the_place_of_the_general_one_in_all_languages(course, pages):
    notebooks = pages / "notebooks"
    assert PageFiles(course, notebooks).find("home.ipynb").file == course / "pages" / "home.md"
    assert PageFiles(course.parent / "none", notebooks).find("home.ipynb").file == notebooks / "home.ipynb"


def test_a_text_is_found_by_the_address_of_a_page_and_in_its_language(course, pages):
    found = PageFiles(course, pages / "notebooks")
    assert found.find("welcome.ipynb", "es").file.name == "welcome.es.md"
    assert found.find("welcome.ipynb", "en").file.name == "welcome.md"
    assert found.find("week.ipynb").file.name == "week.ipynb"
    assert [found.find(name) for name in ("welcome.md", "README.ipynb", "welcome")] == [None] * 3


TEXT = """---
title: Welcome
---

```python
from academy_widgets import *
```

# Welcome

See [week one](week-1.md), [its end](week-1.md#end) and [the site](https://example.org/a.md).

```python
exercise("people")
```

```
A frame with a text in it.
```
"""


def test_a_text_becomes_cells_that_begin_with_words_and_whose_links_lead_to_pages(course):
    (course / "pages" / "welcome.md").write_text(TEXT, "utf-8")
    notebook = PageFiles(course, course).find("welcome.ipynb").read()
    assert [(cell.id, cell.cell_type) for cell in notebook.cells] == [
        ("cell-2", "markdown"),
        ("cell-3", "code"),
        ("cell-4", "markdown"),
    ]
    assert notebook.cells[1].source == 'from academy_widgets import *\n\nexercise("people")'
    assert "[week one](week-1.ipynb), [its end](week-1.ipynb#end)" in notebook.cells[0].source
    assert "(https://example.org/a.md)" in notebook.cells[0].source
    assert notebook.cells[2].source == "```\nA frame with a text in it.\n```"
    (course / "pages" / "welcome.md").write_text("# Changed", "utf-8")
    assert [cell.source for cell in PageFiles(course, course).find("welcome.ipynb").read().cells] == [
        "# Changed"
    ]
