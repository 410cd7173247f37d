"""The form on paper: room to write where nothing is answered, the answers where there are some."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from academy.course import load_course
from academy.course.form_spec import form_spec

SHEET = {
    "course": "A course",
    "intro": "First read this.\n\nThen write.",
    "texts": {
        "paper_name": "Name or code",
        "paper_date": "Date",
        "paper_page": "Page {n} of {all}",
        "paper_only_if": "Only if the answer to “{name}” is: {values}",
    },
}
LINKS = {"file": "#", "answers": "#", "sheet": "sheet.json", "paper": "./paper.js", "style": "./paper.css"}


@pytest.fixture
def on_paper(open_form: Callable[..., Any]) -> Callable[..., Any]:
    """Open a form, press the button, and return the page as it goes to the printer."""

    def lay_out(spec: dict[str, Any], doc: Any = None, **scenario: Any) -> Any:
        sheet = SHEET | scenario.pop("sheet", {})
        page = open_form(spec, doc={**(doc or {}), "links": LINKS}, **scenario)
        page.route("**/sheet.json", lambda route: route.fulfill(body=json.dumps(sheet)))
        page.evaluate("() => { window.print = () => { document.documentElement.dataset.printed = ''; }; }")
        page.locator(".away button").click()
        page.locator("html[data-printed]").wait_for()
        page.emulate_media(media="print")
        return page

    return lay_out


def item(page: Any, name: str) -> Any:
    """The name of an answer on the paper, and what says how to answer."""
    return page.locator(".academy-paper .item", has_text=name).first


def room(page: Any, name: str) -> Any:
    """What stands below a name: the answer, or room for it."""
    return item(page, name).locator("xpath=following-sibling::*[1]")


def test_a_blank_form_has_room_for_every_type(
    on_paper: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = on_paper(every_type)
    paper = page.locator(".academy-paper")
    expect(paper.get_by_role("heading", level=1)).to_have_text("Every type")
    expect(paper.get_by_text("Name or code").first).to_be_visible()
    expect(paper.get_by_text("First read this.")).to_be_visible()
    expect(room(page, "Why?").locator(".rule")).to_have_count(2)
    expect(item(page, "Why?")).to_contain_text("Words: ……, between 3 and 8")
    expect(room(page, "Name").locator(".rule")).to_have_count(1)
    expect(room(page, "One of many").locator(".box")).to_have_count(8)
    expect(room(page, "Some").locator(".box")).to_have_count(3)
    expect(room(page, "How urgent?").locator(".box")).to_have_count(5)
    expect(room(page, "Share")).to_contain_text("%")
    expect(room(page, "Day").locator(".rule")).to_have_count(1)
    expect(room(page, "Office").locator(".rule")).to_have_count(1)
    expect(page.locator(".academy-paper .boxes", has_text="I have read it").locator(".box")).to_have_count(1)
    expect(room(page, "Which groups?").locator(".box")).to_have_count(3)
    expect(paper.locator(".paper-row")).to_have_count(1)
    expect(paper.get_by_text("Total"), "what is computed is nobody's to write").to_have_count(0)
    expect(paper.locator(".box", has_text="✗")).to_have_count(0)
    expect(page.locator(":is(button, input, select, textarea, a, summary):visible")).to_have_count(0)
    assert len(page.pdf(format="A4")) > 10_000


def test_a_form_that_is_filled_in_has_its_answers_and_the_marks_of_its_choices(
    on_paper: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    values = {"why": "<b>Because</b>", "one": "b", "some": ["a", "c"], "how": 4, "share": 12.5, "sure": True}
    values |= {
        "office": "office@union.example",
        "day": "2026-03-09",
        "map": ["r1", "r2"],
        "map/r2/what": "second row",
        "pick": "c",
    }
    doc = {"values": values, "shown": {"need": "To read a contract"}, "computed": {"sum": "12"}}
    page = on_paper(every_type, doc)
    expect(room(page, "Why?")).to_have_text("<b>Because</b>")
    marked = page.locator(".academy-paper li", has=page.locator(".box", has_text="✗"))
    expect(marked).to_have_text(["✗Beta", "✗Alpha", "✗Gamma", "✗4", "✗I have read it", "✗Gamma"])
    expect(room(page, "Share")).to_have_text("12.5 %")
    expect(room(page, "Day")).to_have_text("March 9, 2026")
    expect(room(page, "Office")).to_have_text("office@union.example")
    expect(room(page, "Your need")).to_have_text("To read a contract")
    expect(room(page, "Total")).to_have_text("12")
    expect(page.locator(".academy-paper .paper-row")).to_have_count(2)
    expect(page.locator(".paper-row", has_text="Change 2")).to_be_visible()
    expect(page.locator(".academy-paper .written", has_text="second row")).to_be_visible()


def test_what_is_asked_only_sometimes_says_when_until_that_is_answered(
    on_paper: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    every_type["fields"][1]["only_if"] = {"field": "one", "is": ["a", "b"]}
    every_type["fields"][6]["only_if"] = {"field": "sure", "is": ["true"]}
    page = on_paper(every_type)
    expect(item(page, "Name")).to_contain_text("Only if the answer to “One of few” is: Alpha or Beta")
    expect(item(page, "Share")).to_contain_text("Only if the answer to “I have read it” is: Yes")
    for chosen, there in (("c", 0), ("b", 1)):
        page = on_paper(every_type, {"values": {"one": chosen}})
        expect(item(page, "Why?")).to_be_visible()
        expect(page.locator(".academy-paper .name", has_text="Name")).to_have_count(there)


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("name", ["pilot-plan", "context-map", "people"])
def test_a_paper_form_fills_its_sheets_and_each_says_whose_and_which_it_is(
    on_paper: Callable[..., Any], name: str, lang: str
) -> None:
    spec = form_spec(load_course("innovative-workers-education", lang).exercise(name))
    page = on_paper(spec, lang=lang, dir="rtl" if lang == "ar" else "ltr")
    sheets = page.locator(".paper-sheet")
    count = sheets.count()
    number = page.evaluate(
        f"[...Array({count})].map((_, n) => new Intl.NumberFormat('{lang}').format(n + 1))"
    )
    for n in range(count):
        head = sheets.nth(n).locator(".paper-head")
        expect(head).to_contain_text("Name or code")
        expect(head.locator(".what")).to_have_text(spec["title"])
        expect(head).to_contain_text(f"Page {number[n]} of {number[-1]}")
    used = page.evaluate(USED)
    assert all(0.85 < part <= 1 for part in used[:-1]), used
    assert count <= {"pilot-plan": 13, "context-map": 9, "people": 8}[name]
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type ?/Page\b", printed)) == count, "a sheet is a page"


# How much of each sheet is used.
USED = """[...document.querySelectorAll(".paper-body")].map((body) => {
  const { top, height } = body.getBoundingClientRect();
  return (body.lastElementChild.getBoundingClientRect().bottom - top) / height;
})"""


def test_a_long_answer_goes_on_on_the_next_sheet_and_loses_no_word(
    on_paper: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    words = [f"word{n}" for n in range(2500)]
    page = on_paper(every_type, {"values": {"why": " ".join(words), "name": "Z"}})
    told = page.locator(".academy-paper .written", has_text="word").all_inner_texts()
    assert len(told) > 2
    assert " ".join(told).split() == words
    assert all(part <= 1.001 for part in page.evaluate(USED))


def test_the_name_of_whose_it_is_stands_on_each_sheet(
    on_paper: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = on_paper(every_type, {"values": {}}, sheet={"name": "Amina <b>"})
    heads = page.locator(".paper-head .said").all_inner_texts()
    assert heads
    assert set(heads) == {"Amina <b>"}


def test_arabic_paper_is_written_from_the_right(
    on_paper: Callable[..., Any], context_map: Callable[[str], Any]
) -> None:
    spec, values = context_map("ar")
    page = on_paper(spec, {"values": values}, lang="ar", dir="rtl")
    box, text = (
        page.locator(f".academy-paper .boxes li > {part}").first for part in (".box", "span:last-child")
    )
    assert box.bounding_box()["x"] > text.bounding_box()["x"]
    steps = page.locator(".academy-paper .steps bdi")
    assert steps.nth(0).bounding_box()["x"] > steps.nth(1).bounding_box()["x"]


def test_printing_the_page_itself_gives_a_clean_form_too(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type, doc={"values": {"map": ["r1"]}, "links": LINKS})
    page.emulate_media(media="print")
    shown = page.locator(".academy-form :is(button:not(.toggle), a, summary, .status, .count):visible")
    expect(shown).to_have_count(0)
    assert page.get_by_label("Why?").bounding_box()["height"] > 90, "room to write by hand"
    assert page.evaluate("getComputedStyle(document.querySelector('select')).appearance") == "none"


def test_a_form_says_who_typed_its_answers_in_from_paper(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    said = "Answers from paper were typed in by <b>Mona</b>."
    page = open_form(every_type, doc={"typed_in": said})
    expect(page.locator(".typed-in")).to_have_text(said)
    page = open_form(every_type)
    expect(page.locator(".typed-in")).to_have_count(0)
