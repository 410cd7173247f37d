"""The form is free of what axe can find, and fits every screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

WIDTHS = {"phone": {"width": 360, "height": 740}, "table": {"width": 1200, "height": 900}}
ADVICE = [{"id": "q", "text": "Who exactly is hit first?", "fields": ["map/r00000001/who"]}]
FULL = {
    "values": {"why": "too short", "share": "many", "map": ["r1"], "map/r1/driver": "o1"},
    "shown": {"need": "To read a contract"},
    "computed": {"sum": "12"},
    "advice": [{"id": "q", "text": "Who else?", "fields": ["why"]}],
    "submissions": [{"number": 1, "at_text": "3 March 2026"}],
}


def violations(page: Any) -> list[str]:
    page.add_script_tag(url="axe.min.js")
    found = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then((result) => result.violations)"
    )
    return [f"{item['id']}: {node['html']}" for item in found for node in item["nodes"]]


def overflow(page: Any) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_type_with_everything_said_is_accessible(
    open_form: Callable[..., Any], every_type: dict[str, Any], scheme: str, width: str
) -> None:
    problems = [
        {"path": path, "text": "Please answer this."} for path in ("why", "one", "some", "how", "map")
    ]
    page = open_form(every_type, doc=FULL, problems=problems, color_scheme=scheme, viewport=WIDTHS[width])
    page.evaluate("connection.set('offline')")
    page.get_by_label("Name").fill("Phone")
    page.evaluate("kernel.elsewhere('name', 'Laptop', -5000); connection.set('online')")
    page.locator(".rival:visible").wait_for()
    page.get_by_role("button", name="Submit").click()
    page.locator(".summary").wait_for()
    assert violations(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_context_map_is_accessible_and_fits(
    open_form: Callable[..., Any], context_map: Callable[[str], Any], lang: str, width: str
) -> None:
    spec, values = context_map(lang)
    page = open_form(
        spec,
        doc={"values": values, "advice": ADVICE},
        lang=lang,
        dir="rtl" if lang == "ar" else "ltr",
        viewport=WIDTHS[width],
    )
    expect(page.locator(".academy-form table")).to_have_count(int(width == "table"))
    page.evaluate("document.querySelectorAll('.toggle[aria-expanded=false]').forEach((node) => node.click())")
    assert violations(page) == []
    assert overflow(page) == 0


def test_targets_are_large_enough_for_a_thumb(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type, doc=FULL)
    small = page.evaluate(
        """[...document.querySelectorAll('.academy-form :is(button, select, textarea, input, .option, .point)')]
        .filter((node) => node.offsetParent && !(node.matches('input') && node.closest('.option')))
        .filter((node) => node.getBoundingClientRect().height < 44)
        .map((node) => `${node.className} ${node.textContent} ${node.getBoundingClientRect().height}`)"""
    )
    assert small == []


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_text_of_twice_the_size_fits_the_phone(
    open_form: Callable[..., Any], every_type: dict[str, Any], lang: str
) -> None:
    every_type["fields"][5]["range"] = [0, 10]
    page = open_form(every_type, doc=FULL, lang=lang, dir="rtl" if lang == "ar" else "ltr")
    page.add_style_tag(content="html { font-size: 200%; }")
    page.locator("button.add").click()
    assert overflow(page) == 0
    cut = page.evaluate(
        """[...document.querySelectorAll('.academy-form :is(button, .option, .face, .label, .row-title)')]
        .filter((node) => node.offsetParent && node.scrollWidth > node.clientWidth + 1)
        .map((node) => node.textContent)"""
    )
    assert cut == []


def test_each_kind_of_answer_brings_its_keyboard_and_room(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    fields = every_type["fields"]
    fields += [
        {"id": "count", "type": "number", "label": "How many?", "step": 1},
        {"id": "change", "type": "number", "label": "Change", "range": [-10, 10]},
        {"id": "long", "type": "text", "label": "Tell it all", "words": [None, 200]},
    ]
    page = open_form(every_type)
    wanted = {"Share": "decimal", "How many?": "numeric", "Change": "text", "Office": "email"}
    modes = {name: page.get_by_label(name).get_attribute("inputmode") for name in wanted}
    assert modes == wanted
    expect(page.get_by_label("Day")).to_have_attribute("type", "date")
    brief, long = (page.get_by_label(name).bounding_box()["height"] for name in ("Why?", "Tell it all"))
    assert long > brief > 60
    page.get_by_label("Tell it all").fill("one line\n" * 12)
    assert page.get_by_label("Tell it all").evaluate("node => node.scrollHeight - node.clientHeight") <= 2


def test_nothing_moves_for_who_wants_no_motion(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type)
    page.emulate_media(reduced_motion="reduce")
    page.evaluate("kernel.silent = true")
    page.get_by_label("Name").fill("Ana")
    page.locator("p.status[data-state=saving]").wait_for()
    name = page.locator("p.status").evaluate("node => getComputedStyle(node, '::before').animationName")
    assert name == "none"


def test_paper_gets_the_answers_and_no_buttons(
    open_form: Callable[..., Any], context_map: Callable[[str], Any]
) -> None:
    spec, values = context_map("en")
    page = open_form(spec, doc={"values": values})
    page.emulate_media(media="print")
    expect(page.locator("textarea:visible")).to_have_count(4 * len(values["map"]))
    expect(page.get_by_role("button", name="Submit")).to_be_hidden()
    expect(page.get_by_role("button", name="Add a change")).to_be_hidden()
