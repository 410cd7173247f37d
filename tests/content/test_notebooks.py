"""Pages: notebooks without outputs, with stable ids and only what a page needs."""

import ast
import json
import re
from pathlib import Path

import nbformat
import pytest

import academy_widgets
from academy.course import load_course
from academy.words import count_words

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
PAGES = sorted(FOLDER.rglob("*.ipynb"))
COURSE = load_course("innovative-workers-education")
# An answer to a question for oneself: it opens and says what speaks for it and what against.
ANSWER = re.compile(r"^<details><summary>(.+?)</summary>\n\n(.+?)\n\n</details>$", re.MULTILINE | re.DOTALL)


def cells(file):
    return json.loads(file.read_text("utf-8"))["cells"]


def source(cell):
    return "".join(cell["source"])


def code(file):
    return [cell for cell in cells(file) if cell["cell_type"] == "code"]


def page_name(file):
    """The address of a page without its language."""
    return file.name.split(".")[0]


every_page = pytest.mark.parametrize("file", PAGES, ids=lambda file: str(file.relative_to(FOLDER)))


def test_the_pages_of_the_kit_are_there():
    names = {str(file.relative_to(FOLDER)) for file in PAGES}
    assert {"home.ipynb", "week-1-transformation.ipynb", "facilitator/cohort.ipynb"} <= names


@every_page
def test_a_page_is_a_valid_notebook_of_format_4_5(file):
    notebook = nbformat.read(file, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)


@every_page
def test_a_page_has_no_outputs_and_never_ran(file):
    for cell in code(file):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None


@every_page
def test_cell_ids_are_words_and_single(file):
    ids = [cell["id"] for cell in cells(file)]
    assert len(set(ids)) == len(ids)
    for cell_id in ids:
        assert cell_id.replace("-", "").isalnum()
        assert cell_id.islower()


@every_page
def test_metadata_is_a_title_and_the_kernel(file):
    metadata = json.loads(file.read_text("utf-8"))["metadata"]
    assert set(metadata) == {"title", "kernelspec", "language_info"}
    assert metadata["title"].strip()
    assert metadata["kernelspec"]["name"] == "python3"
    assert metadata["language_info"] == {"name": "python"}
    assert all(cell["metadata"] == {} for cell in cells(file))


@every_page
def test_a_code_cell_imports_one_widget_and_calls_it(file):
    for cell in code(file):
        imported, called = ast.parse(source(cell)).body
        assert isinstance(imported, ast.ImportFrom)
        assert imported.module == "academy_widgets"
        (name,) = [alias.name for alias in imported.names]
        assert name in academy_widgets.__all__
        assert isinstance(called, ast.Expr)
        assert isinstance(called.value, ast.Call)
        assert called.value.func.id == name
        assert all(isinstance(argument, ast.Constant) for argument in called.value.args)


@every_page
def test_a_page_is_written_as_the_project_writes_notebooks(file):
    text = file.read_text("utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"


@every_page
def test_a_lesson_has_one_first_heading_and_no_raw_html_but_answers_to_open(file):
    text = "\n".join(source(cell) for cell in cells(file) if cell["cell_type"] == "markdown")
    if text:
        assert sum(line.startswith("# ") for line in text.splitlines()) == 1
        assert text.startswith("# ")
    assert "<" not in ANSWER.sub("", text)


@every_page
def test_every_question_of_a_lesson_has_several_answers_each_with_its_reason(file):
    for cell in cells(file):
        for question in re.split(r"^\*\*\d\. ", source(cell), flags=re.MULTILINE)[1:]:
            if "<details>" in question:
                answers = ANSWER.findall(question)
                assert len(answers) >= 2, question
                assert all(count_words(reason) >= 5 for _, reason in answers), question


def test_the_page_of_every_module_is_there_and_the_first_two_in_every_language():
    for place, module in enumerate(COURSE.modules):
        languages = COURSE.languages if place < 2 else COURSE.languages[:1]
        for language in languages if module.page else []:
            name = module.page if language == "en" else f"{module.page}.{language}"
            assert (FOLDER / f"{name}.ipynb").is_file()


@pytest.mark.parametrize("file", [f for f in PAGES if "." in f.stem], ids=lambda file: file.name)
def test_a_page_in_another_language_has_the_same_cells_and_the_same_code(file):
    original = file.with_name(f"{page_name(file)}.ipynb")
    assert [c["id"] for c in cells(file)] == [c["id"] for c in cells(original)]
    assert [source(c) for c in code(file)] == [source(c) for c in code(original)]
    for here, there in zip(cells(file), cells(original), strict=True):
        if here["cell_type"] == "markdown":
            assert source(here) != source(there)


def test_the_lesson_names_every_driver_in_the_words_of_the_form():
    for language, name in (("en", "week-1-transformation.ipynb"), ("ar", "week-1-transformation.ar.ipynb")):
        text = "".join(source(cell) for cell in cells(FOLDER / name))
        for driver in load_course(COURSE.folder, language).lists["drivers"]:
            assert f"**{driver.label}.**" in text


@every_page
def test_a_link_within_a_page_leads_to_one_of_its_headings(file):
    text = "\n".join(source(cell) for cell in cells(file) if cell["cell_type"] == "markdown")
    headings = [line.lstrip("# ").replace(" ", "-") for line in text.splitlines() if line.startswith("#")]
    for target in re.findall(r"\]\(#([^)]+)\)", text):
        assert target in headings


@pytest.mark.parametrize("file", [page for page in PAGES if ".ar." in page.name], ids=lambda file: file.name)
def test_the_title_of_an_arabic_page_is_in_arabic(file):
    title = json.loads(file.read_text("utf-8"))["metadata"].get("title", "")
    assert not re.search(r"[A-Za-z]", title), title
    assert re.search(r"[\u0600-\u06ff]", title), title
