"""A page as a text, opened, run and saved as JupyterLab does: through jupytext's contents manager."""

import jupytext
import pytest
from nbclient import NotebookClient

from academy.course.files.pages import read_page
from academy.course.lint.whole import lint_course
from academy_app.cli.new_course import begin_course


@pytest.fixture
def course(tmp_path):
    return begin_course("safe-at-work", tmp_path / "exercises")


@pytest.fixture
def lab(course):
    """What JupyterLab reads and writes files with, where jupytext is installed."""
    manager = jupytext.TextFileContentsManager()
    manager.root_dir = str(course / "pages")
    return manager


def opened(lab):
    return lab.get("problem.md", type="notebook", content=True)["content"]


def said(notebook):
    return [(cell.cell_type, cell.source) for cell in notebook.cells]


def test_a_text_runs_in_jupyterlab_and_shows_the_exercises_of_its_own_course(course, lab, monkeypatch):
    for name in ("ACADEMY_DATA", "ACADEMY_COURSE", "ACADEMY_PERSON"):
        monkeypatch.delenv(name, raising=False)
    notebook = opened(lab)
    client = NotebookClient(
        notebook, kernel_name="python3", resources={"metadata": {"path": str(course / "pages")}}
    )
    client.execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert [output.output_type for output in outputs] == ["execute_result", "execute_result"]
    (state,) = (state for state in client.widget_state.values() if "spec" in state)
    assert state["spec"]["title"] == "Name the problem"


def test_a_text_that_jupyterlab_has_saved_is_the_same_page_and_the_only_file(course, lab):
    file = course / "pages" / "problem.md"
    before, notebook = said(read_page(file)), opened(lab)
    notebook.cells[1].source += "\n\nA line more."
    lab.save({"type": "notebook", "content": notebook, "format": "json"}, "problem.md")
    after = said(read_page(file))
    assert after[1][1] == before[1][1] + "\n\nA line more."
    assert after[0] == before[0]
    assert after[2:] == before[2:]
    text = file.read_text("utf-8")
    assert '```python\nexercise("problem")\n```' in text
    assert sorted(entry.name for entry in (course / "pages").iterdir()) == ["first-step.md", "problem.md"]
    assert lint_course(course) == []


@pytest.mark.parametrize(
    ("old", "new", "place", "told"),
    [
        (
            'exercise("problem")',
            'exercise("problam")',
            "line 23",
            "no exercise problam; did you mean problem.",
        ),
        ('feedback("problem")', "1", "line 23", "there is no place for the feedback on it"),
        ("from academy_widgets import *", "", "line 23", "exercise is called and not imported"),
    ],
)
def test_what_is_wrong_in_a_text_is_told_with_its_line(course, old, new, place, told):
    file = course / "pages" / "problem.md"
    text = file.read_text("utf-8")
    file.write_text(text.replace(old, new, 1), "utf-8")
    fault = lint_course(course)[0]
    assert (fault.file, fault.path) == (file, place)
    assert told in fault.text


def test_a_text_beside_a_notebook_of_its_name_is_told_to_be_seen_by_nobody(course):
    notebook = course / "pages" / "problem.ipynb"
    jupytext.write(jupytext.read(course / "pages" / "problem.md"), notebook)
    (fault,) = lint_course(course)
    assert (fault.file.name, "delete one of the two" in fault.text) == ("problem.md", True)


def test_a_text_that_can_not_be_read_is_told(course):
    (course / "pages" / "problem.md").write_bytes(b"\xff\xfe broken")
    (fault,) = lint_course(course)
    assert "not a notebook that can be read" in fault.text
