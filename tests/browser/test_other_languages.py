"""A course in Urdu, whose interface is English: each part on a phone's screen says what language it is in."""

import pytest
from playwright.sync_api import expect

from academy.store import Releases
from tests.support.server import AcademyServer
from tests.support.tongues import HELP, LESSON, WHAT, course_in

SPOKEN = (
    "el => { const tagged = el.closest('[lang]'); return [tagged.lang, getComputedStyle(el).direction]; }"
)


@pytest.fixture
def urdu(tmp_path):
    """The course, its exercise open."""
    course_in(tmp_path, "ur")
    server = AcademyServer(tmp_path / "data", notebooks=str(tmp_path / "notebooks"), course="workshop")
    Releases(server.store, "workshop").release("story")
    with server.start(ACADEMY_EXERCISES=str(tmp_path / "exercises")):
        yield server


def spoken(place, text):
    found = place.get_by_text(text).first
    expect(found).to_be_visible()
    return found.evaluate(SPOKEN)


def test_on_an_urdu_page_each_part_says_its_language(urdu, phone):
    nia = phone()
    nia.sign_in(urdu, "آمنہ")
    nia.page.goto(f"{urdu.url}voila/render/week-1.ipynb")
    form = nia.form("story").root
    for text in (WHAT["ur"], HELP["ur"]):
        assert spoken(form, text) == ["ur", "rtl"]
    assert spoken(nia.page.locator("main"), LESSON["ur"].split("\n")[2]) == ["ur", "rtl"]
    assert spoken(form, "required") == ["en", "ltr"]
    assert spoken(form, "Words: 0, between 2 and 60") == ["en", "ltr"]
    story = form.locator("textarea").first
    story.fill("ہم نے کل ہڑتال کی")
    expect(form.get_by_text("Words: 5, between 2 and 60").first).to_be_visible()
    assert spoken(form, "Words: 5, between 2 and 60") == ["en", "ltr"]
    assert story.evaluate("el => getComputedStyle(el).direction") == "rtl"
    form.get_by_role("button", name="Submit").click()
    expect(form.get_by_text("Submitted on").last).to_be_visible()
    assert spoken(form.locator("p"), "Submitted on") == ["en", "ltr"]
    width = nia.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360
    assert nia.faults == []


def test_the_urdu_form_in_a_file_says_its_languages(urdu, phone, tmp_path):
    nia = phone()
    nia.sign_in(urdu, "آمنہ")
    file = tmp_path / "story.html"
    file.write_bytes(nia.page.request.get(f"{urdu.url}offline/story.html").body())
    nia.page.goto(file.as_uri())
    form = nia.page.locator(".academy-form")
    assert spoken(form, WHAT["ur"]) == ["ur", "rtl"]
    assert spoken(form, "required") == ["en", "ltr"]
    assert spoken(nia.page.locator("main"), "This is the form of") == ["en", "ltr"]
    assert nia.faults == []
