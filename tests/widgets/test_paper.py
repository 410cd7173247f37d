"""The form on paper: room to write where nothing is answered, the answers where there are some."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

SHEET = {
    "course": "A course",
    "intro": "First read this.\n\nThen write.",
    "texts": {
        "paper_name": "Name or code",
        "paper_date": "Date",
        "paper_only_if": "Only if the answer to “{name}” is: {values}",
    },
}
LINKS = {"file": "#", "answers": "#", "sheet": "sheet.json", "paper": "./paper.js", "style": "./paper.css"}


@pytest.fixture
def on_paper(open_form: Callable[..., Any]) -> Callable[..., Any]:
    """Open a form, press the button, and return the page as it goes to the printer."""

    def lay_out(spec: dict[str, Any], doc: Any = None, **scenario: Any) -> Any:
        page = open_form(spec, doc={**(doc or {}), "links": LINKS}, **scenario)
        page.route("**/sheet.json", lambda route: route.fulfill(body=json.dumps(SHEET)))
        page.evaluate("() => { window.print = () => { document.documentElement.dataset.printed = ''; }; }")
        page.locator(".away button").click()
        page.locator("html[data-printed]").wait_for()
        page.emulate_media(media="print")
        return page

    return lay_out


def item(page: Any, name: str) -> Any:
    """The part of the paper that has this name."""
    return page.locator(".academy-paper .item", has_text=name).first


def test_a_blank_form_has_room_for_every_type(
    on_paper: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = on_paper(every_type)
    paper = page.locator(".academy-paper")
    expect(paper.get_by_role("heading", level=1)).to_have_text("Every type")
    expect(paper.get_by_text("Name or code")).to_be_visible()
    expect(paper.get_by_text("First read this.")).to_be_visible()
    expect(item(page, "Why?").locator(".rule")).to_have_count(2)
    expect(item(page, "Why?")).to_contain_text("Words: ……, between 3 and 8")
    expect(item(page, "Name").locator(".rule")).to_have_count(1)
    expect(item(page, "One of many").locator(".box")).to_have_count(8)
    expect(item(page, "Some").locator(".box")).to_have_count(3)
    expect(item(page, "How urgent?").locator(".box")).to_have_count(5)
    expect(item(page, "Share")).to_contain_text("%")
    expect(item(page, "Day").locator(".rule")).to_have_count(1)
    expect(item(page, "I have read it").locator(".box")).to_have_count(1)
    expect(item(page, "Which groups?").locator(".box")).to_have_count(3)
    expect(paper.locator(".card")).to_have_count(1)
    expect(paper.get_by_text("Total"), "what is computed is nobody's to write").to_have_count(0)
    expect(paper.locator(".box", has_text="✗")).to_have_count(0)
    expect(page.locator(":is(button, input, select, textarea, a, summary):visible")).to_have_count(0)
    assert len(page.pdf(format="A4")) > 10_000


def test_a_form_that_is_filled_in_has_its_answers_and_the_marks_of_its_choices(
    on_paper: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    values = {"why": "<b>Because</b>", "one": "b", "some": ["a", "c"], "how": 4, "share": 12.5, "sure": True}
    values |= {"day": "2026-03-09", "map": ["r1", "r2"], "map/r2/what": "second row", "pick": "c"}
    doc = {"values": values, "shown": {"need": "To read a contract"}, "computed": {"sum": "12"}}
    page = on_paper(every_type, doc)
    expect(item(page, "Why?").locator(".written")).to_have_text("<b>Because</b>")
    marked = page.locator(".academy-paper li", has=page.locator(".box", has_text="✗"))
    expect(marked).to_have_text(["✗Beta", "✗Alpha", "✗Gamma", "✗4", "✗I have read it", "✗Gamma"])
    expect(item(page, "Share").locator(".written")).to_have_text("12.5 %")
    expect(item(page, "Day").locator(".written")).to_have_text("March 9, 2026")
    expect(item(page, "Your need").locator(".written")).to_have_text("To read a contract")
    expect(item(page, "Total").locator(".written")).to_have_text("12")
    expect(page.locator(".academy-paper .card")).to_have_count(2)
    expect(page.locator(".card").nth(1).locator(".written")).to_have_text("second row")


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
