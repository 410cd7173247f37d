"""The form as a page gets it: for the person at the page, or a preview for its author."""

import shutil

import pytest

from academy.course import load_course
from academy.data import DataFolder
from academy.errors import CourseError
from academy.session import Session
from academy.store import open_store
from academy_widgets import assets
from academy_widgets.forms.form import ExerciseForm
from tests.peers.small import small_course
from tests.support.people import enrolled


@pytest.fixture
def courses(tmp_path, monkeypatch):
    """Two courses of the same exercises; nobody says which of them is meant."""
    folder = small_course(tmp_path / "courses")
    other = shutil.copytree(folder, folder.with_name("other"))
    text = (other / "course.yaml").read_text("utf-8")
    (other / "course.yaml").write_text(text.replace("id: small", "id: other"), "utf-8")
    monkeypatch.setenv("ACADEMY_EXERCISES", str(folder.parent))
    monkeypatch.delenv("ACADEMY_COURSE", raising=False)
    return folder


@pytest.fixture
def amina(courses, tmp_path, at_page):
    data = DataFolder.create(tmp_path / "data")
    store = open_store(data.store_url)
    with store.write() as session:
        enrolled(session, "small", "p-amina")
    session = Session("p-amina", "participant", "Amina", "ar", None, load_course(courses, "ar"), store, data)
    at_page(session)
    yield session
    store.close()


def test_an_author_who_is_not_signed_in_sees_a_form_that_keeps_nothing(courses, at_page, monkeypatch):
    at_page(None)
    form = ExerciseForm.for_current("idea")
    assert (form.spec["course"], form.spec["exercise"]) == ("other", "idea")
    assert (form.lang, form.dir) == ("en", "ltr")
    empty = {key: {} for key in ("values", "revs", "computed", "shown", "options", "where")}
    lists = {key: [] for key in ("submissions", "advice", "again")}
    about = {"person": "preview", "preview": True, "open": False, "open_text": "", "rev": 0}
    assert form.doc == empty | lists | about
    assert form.reply({"kind": "save", "n": 1, "edits": []}) is None
    monkeypatch.setenv("ACADEMY_COURSE", "small")
    assert ExerciseForm.for_current("idea").spec["course"] == "small"


def test_who_is_signed_in_gets_their_own_form_in_their_language(amina):
    form = ExerciseForm.for_current("idea")
    assert (form.spec["course"], form.lang, form.dir) == ("small", "ar", "rtl")
    assert (form.doc["person"], form.doc["preview"]) == ("p-amina", False)
    assert form.reply({"kind": "sync", "n": 4})["n"] == 4


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_form_of_an_exercise_that_is_not_there_is_told_to_the_author(amina, at_page, signed_in):
    at_page(amina if signed_in else None)
    with pytest.raises(
        CourseError, match=r"^The course has no exercise walk. Check the name in this notebook.$"
    ):
        ExerciseForm.for_current("walk")
    with pytest.raises(CourseError, match=r"^idea-reviews is a round of reviews: write reviews\(…\) in this"):
        ExerciseForm.for_current("idea-reviews")


def test_only_a_page_of_the_kit_brings_the_code_itself_and_has_ways_to_take_the_form_away(amina, monkeypatch):
    form = ExerciseForm.for_current("idea")
    assert form._esm == assets.text("form.js")
    assert form._css == assets.text("form.css")
    assert "links" not in form.doc
    monkeypatch.setenv("ACADEMY_PAGE", "light")
    light = ExerciseForm.for_current("idea")
    assert (light._esm, light._css) == ("@academy/form", "")
    assert light.doc["links"]["file"] == "/offline/idea.html"
    monkeypatch.setenv("ACADEMY_BASE", "/kit/")
    assert ExerciseForm.for_current("idea").doc["links"] == {
        "file": "/kit/offline/idea.html",
        "answers": "/kit/answers/idea",
        "sheet": "/kit/paper/idea.json",
        "paper": f"/kit/assets/{assets.file('paper.js').name}",
        "style": f"/kit/assets/{assets.file('paper.css').name}",
    }
    monkeypatch.setenv("ACADEMY_PAGE", "full")
    assert "links" not in ExerciseForm.for_current("idea").doc
