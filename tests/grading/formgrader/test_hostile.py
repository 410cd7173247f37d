"""Whatever participants write, facilitators read it as it was typed; nothing of it runs and nothing breaks."""

import json
from types import SimpleNamespace

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from academy.course import load_course
from academy.data import DataFolder, gradebook_url
from academy.errors import StoreError
from academy.store import EditionSettings, Feedback, open_store
from academy.store.values import LARGEST_VALUE
from academy_grading.formgrader.grader import Grader
from tests.grading.classroom import Class
from tests.grading.conftest import set_up, write_course
from tests.support.hostile import CORPUS, HUGE, dangers, plain, seen

NAME = CORPUS["handler"]
LARGEST = LARGEST_VALUE - 2
COMMENT = "\n".join(CORPUS[name] for name in ("script", "link", "markdown-image", "latex", "override"))


def rows(texts):
    """Texts as the rows of the table of the small course."""
    ids = [f"r{number}" for number in range(len(texts))]
    return {"steps": ids} | {f"steps/{row}/what": text for row, text in zip(ids, texts, strict=True)}


@pytest.fixture(scope="module")
def graded(tmp_path_factory, empty_gradebook):
    """Somebody wrote the whole corpus, with a name to match, and somebody else a megabyte; both were autograded."""
    place = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        folder = write_course(place)
        patch.setenv("ACADEMY_EXERCISES", str(folder.parent))
        course = load_course(folder)
        data = DataFolder.create(place / "data")
        small = Class(data, course, open_store(data.store_url))
        ready = set_up(small, empty_gradebook, patch)
        assert ready.generate_assignment("plan")["success"]
        small.person("p-one", name=NAME)
        EditionSettings(small.store, small.course.edition).set("grading.show_names", True)
        small.submit(
            "p-one", "plan", {"goal": "Night work", "town": NAME, "way": NAME} | rows([*CORPUS.values()])
        )
        small.submit("p-two", "plan", rows([HUGE[:LARGEST]] * (len(HUGE) // LARGEST + 1)))
        assert ready.collect("plan")["success"]
        for person in ("p-one", "p-two"):
            assert ready.autograde("plan", person)["success"]
            give_everything(ready, person)
        yield SimpleNamespace(api=ready, small=small, root=small.root)
        small.store.close()


def give_everything(ready, person):
    with ready.gradebook as book:
        notebook = book.find_submission_notebook("plan", "plan", person)
        for grade in notebook.grades:
            grade.manual_score, grade.needs_manual_grade = grade.max_score, False
        for comment in notebook.comments:
            comment.manual_comment = COMMENT
        book.db.commit()


def formgrader_page(graded, person):
    """A submission's page as formgrader's handler makes it."""
    config = graded.api.config.copy()
    config.HTMLExporter.template_name = "formgrade"
    with graded.api.gradebook as book:
        student = book.find_student(person)
        names = {"student": person, "last_name": student.last_name, "first_name": student.first_name}
    about = {"assignment_id": "plan", "notebook_id": "plan", "submission_id": "s1", "index": 0, "total": 2}
    file = graded.root / "autograded" / person / "plan" / "plan.ipynb"
    given = {**about, **names, "base_url": "", "nonce": "n", "notebook_path": "x"}
    return HTMLExporter(config=config).from_filename(str(file), resources=given)[0]


def without_our_own(html):
    """A page without the scripts, styles and rules that the template brings, which all stand outside of the sheet."""
    begin = next(html.index(mark) for mark in ('<div class="sheet">', "<main>") if mark in html)
    return html[begin : html.index("</main>") if "</aside>" not in html else html.index("</aside>")]


def test_formgrader_shows_what_was_typed_and_nothing_else_of_it(graded):
    html = formgrader_page(graded, "p-one")
    assert dangers(without_our_own(html)) == []
    assert html.count("<script") == html.count('<script nonce="n" src="/formgrader/')
    text = seen(html)
    assert [name for name, said in CORPUS.items() if plain(said) not in text] == []
    assert NAME not in html
    assert f"{NAME}, p-one".replace('"', "'") in text  # as `write_names` puts it into the gradebook


def test_feedback_shows_what_was_typed_and_nothing_else_of_it(graded):
    assert graded.api.generate_feedback("plan", "p-one")["success"]
    html = (graded.root / "feedback" / "p-one" / "plan" / "plan.html").read_text("utf-8")
    assert dangers(without_our_own(html)) == []
    assert "<script" not in html
    text = seen(html)
    assert [name for name, said in CORPUS.items() if plain(said) not in text] == []
    assert text.count(plain(COMMENT)) == 3
    assert "default-src 'none'" in html
    graded.api.release_feedback("plan")
    assert json.dumps(Feedback(graded.small.store, "small-course").latest("p-one", "plan").document).count(
        "harmed"
    )


def test_the_page_to_grade_on_shows_what_was_typed_and_nothing_else_of_it(graded):
    grader = Grader(graded.small.course, graded.root, gradebook_url(graded.small.data, "small-course"))
    work = next(
        work
        for work in map(grader.work, (line["id"] for line in grader.works("plan")))
        if work["who"] == "p-one"
    )
    assert dangers(work["answers"]) == []
    text = seen(work["answers"])
    assert [name for name, said in CORPUS.items() if plain(said) not in text] == []
    assert work["criteria"][0]["comment"]["manual_comment"] == COMMENT  # set as the value of a field


def test_an_answer_of_a_megabyte_is_refused_in_a_sentence(graded):
    with pytest.raises(StoreError, match="too long to be kept"):
        graded.small.submit("p-three", "plan", {"goal": HUGE})


def test_a_megabyte_in_many_answers_breaks_no_page(graded):
    html = formgrader_page(graded, "p-two")
    assert "<b>long" not in html
    assert html.count("long") > 90_000


def test_nothing_that_was_typed_ran_while_it_was_graded(graded):
    assert not list(graded.root.rglob("harmed.txt"))


def test_hidden_tests_and_code_of_an_assignment_that_is_none_of_ours_are_shown_to_nobody(graded, tmp_path):
    code = "assert answer > 3\n### BEGIN HIDDEN TESTS\nassert answer == 42\n### END HIDDEN TESTS"
    cells = [
        new_markdown_cell(CORPUS["handler"], metadata=about("answer", solution=True, grade=True)),
        new_code_cell("answer = 7  # a secret"),
        new_code_cell(
            code, metadata=about("hidden", grade=True, locked=True), outputs=[said("AssertionError")]
        ),
    ]
    file = tmp_path / "theirs.ipynb"
    nbformat.write(new_notebook(cells=cells), file)
    for template in ("formgrade", "feedback"):
        config = graded.api.config.copy()
        config.HTMLExporter.template_name = template
        scores = {"assignment": "theirs", "notebook": "theirs", "score": 1, "max_score": 3, "late_penalty": 0}
        known = {
            "assignment_id": "theirs",
            "base_url": "",
            "nonce": "n",
            "index": 0,
            "total": 1,
            "nbgrader": scores,
        }
        html, _ = HTMLExporter(config=config).from_filename(str(file), resources=known)
        assert dangers(without_our_own(html)) == []
        assert not [word for word in ("42", "HIDDEN", "secret", "assert") if word in seen(html)]
        assert "could not be run" in seen(html)


def about(name, **flags):
    known = {"grade_id": name, "schema_version": 3, "points": 2, "score": 1, "solution": False, "task": False}
    return {"nbgrader": {**known, "grade": False, "locked": False, **flags}}


def said(error):
    return new_output("error", ename=error, evalue="answer == 42", traceback=["answer == 42"])
