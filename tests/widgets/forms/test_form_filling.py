"""Filling in a form: every type, by keyboard, in any direction, and what is said meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.support.hostile import CORPUS, RAN


def saved(page: Any) -> None:
    page.locator(".status[data-state=saved]").wait_for()


def field(page: Any, label: str) -> Any:
    """The part of the form that has this label."""
    return page.locator(
        ".field", has=page.locator(".label, .option", has_text=re.compile(re.escape(label)))
    ).last


def test_every_type_is_filled_and_arrives(open_form: Callable[..., Any], every_type: dict[str, Any]) -> None:
    page = open_form(every_type, doc={"shown": {"need": "To read a contract"}, "computed": {"sum": "12"}})
    page.get_by_label("Why?").fill("because we can")
    page.get_by_label("Name").fill("Ana")
    page.get_by_role("radiogroup", name="One of few").get_by_label("Beta").check()
    page.get_by_label("One of many").select_option(label="Option 7")
    page.get_by_role("group", name="Some").get_by_label("Alpha").check()
    page.get_by_role("group", name="Some").get_by_label("Gamma").check()
    page.get_by_role("radiogroup", name="How urgent?").get_by_label("5 this year").check()
    page.get_by_label("Share").fill("12,5")
    page.get_by_label("Day").fill("2026-03-09")
    page.get_by_label("I have read it").check()
    page.get_by_role("radiogroup", name="Which group?").get_by_label("Alpha").check()
    page.get_by_role("group", name="Which groups?").get_by_label("Beta").check()
    page.get_by_label("Office").fill("office@union.example")
    saved(page)
    assert page.evaluate("kernel.values()") == {
        "why": "because we can",
        "name": "Ana",
        "one": "b",
        "big": "o7",
        "some": ["a", "c"],
        "how": 5,
        "share": 12.5,
        "day": "2026-03-09",
        "sure": True,
        "pick": "a",
        "picks": ["b"],
        "office": "office@union.example",
    }
    expect(page.get_by_label("Your need")).to_have_text("To read a contract")
    expect(page.get_by_label("Total")).to_have_text("12")


def test_what_was_answered_before_is_shown(open_form: Callable[..., Any], every_type: dict[str, Any]) -> None:
    values = {
        "why": "x",
        "one": "c",
        "big": "o2",
        "some": ["b"],
        "how": 3,
        "share": 12.5,
        "day": "2026-03-09",
        "sure": True,
    }
    page = open_form(every_type, doc={"values": values}, lang="fr")
    expect(page.get_by_label("Why?")).to_have_value("x")
    expect(page.get_by_role("radiogroup", name="One of few").get_by_label("Gamma")).to_be_checked()
    expect(page.get_by_label("One of many")).to_have_value("o2")
    expect(page.get_by_role("group", name="Some").get_by_label("Beta")).to_be_checked()
    expect(page.get_by_role("radiogroup", name="How urgent?").get_by_label("3")).to_be_checked()
    expect(page.get_by_label("Share")).to_have_value("12,5")
    expect(page.get_by_label("Day")).to_have_value("2026-03-09")
    expect(page.get_by_label("I have read it")).to_be_checked()
    assert page.evaluate("kernel.heard") == []


def test_the_form_is_filled_with_the_keyboard_alone(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type)
    keys = page.keyboard
    page.locator("body").press("Tab")  # Why?
    keys.type("because we can")
    keys.press("Tab")
    keys.type("Ana")
    keys.press("Tab")
    keys.press("Space")  # the first of few
    keys.press("ArrowDown")
    keys.press("Tab")  # an optional answer can be cleared
    keys.press("Tab")
    keys.press("ArrowDown")  # the first of many
    keys.press("Tab")
    keys.press("Space")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Space")
    keys.press("ArrowRight")
    keys.press("Tab")
    keys.press("Tab")
    keys.type("7")
    saved(page)
    expected = {
        "why": "because we can",
        "name": "Ana",
        "one": "b",
        "big": "o1",
        "some": ["a"],
        "how": 2,
        "share": 7,
    }
    page.wait_for_function("kernel.values().share === 7")
    assert page.evaluate("kernel.values()") == expected


def test_a_choice_that_is_not_required_can_be_taken_back(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type, doc={"values": {"one": "b"}})
    group = page.get_by_role("radiogroup", name="One of few")
    group.get_by_role("button", name="Clear this answer").click()
    saved(page)
    assert page.evaluate("kernel.values()") == {"one": None}
    expect(group.get_by_role("radio").first).to_be_focused()
    expect(group.get_by_role("button", name="Clear this answer")).to_be_hidden()


def test_counts_are_live_and_crossing_a_limit_is_announced(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type)
    spoken = page.locator("[aria-live=polite].unseen")
    why = page.get_by_label("Why?")
    expect(field(page, "Why?").locator(".count")).to_have_text("Words: 0, between 3 and 8")
    why.press_sequentially("one two")
    expect(field(page, "Why?").locator(".count")).to_have_text("Words: 2, between 3 and 8")
    expect(spoken).to_have_text("")
    why.press_sequentially(" three")
    expect(field(page, "Why?").locator(".count")).to_have_attribute("data-standing", "within")
    expect(spoken).to_have_text("Words: 3, between 3 and 8")
    why.fill("1 2 3 4 5 6 7 8 9")
    expect(field(page, "Why?").locator(".count")).to_have_attribute("data-standing", "over")
    page.get_by_label("Name").fill("x" * 11)
    expect(field(page, "Name").locator(".count")).to_have_text("Characters: 11, at most 10")


def test_a_number_that_is_none_is_kept_and_questioned_when_it_is_left(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type)
    share = page.get_by_label("Share")
    share.fill("about ten")
    expect(share).not_to_have_attribute("aria-invalid", re.compile(""))
    share.blur()
    error = field(page, "Share").locator(".error")
    expect(error).to_contain_text("does not look like a number")
    expect(share).to_have_attribute("aria-invalid", "true")
    assert error.get_attribute("id") in share.get_attribute("aria-describedby")
    page.wait_for_function("kernel.values().share === 'about ten'")
    share.fill("120")
    expect(error).to_be_hidden()
    share.blur()
    expect(error).to_have_text("Write a number from 0 to 100.")
    share.fill("12,5")
    share.blur()
    expect(error).to_be_hidden()
    expect(share).to_have_value("12,5")


def test_what_is_no_address_is_kept_and_questioned_when_it_is_left(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type, lang="ar", dir="rtl")
    office = page.get_by_label("Office")
    office.fill("office at union")
    office.blur()
    error = field(page, "Office").locator(".error")
    expect(error).to_contain_text("not an e-mail address")
    assert error.get_attribute("id") in office.get_attribute("aria-describedby")
    page.wait_for_function("kernel.values().office === 'office at union'")
    office.fill(" office@union.example ")
    office.blur()
    expect(error).to_be_hidden()
    expect(office).to_have_attribute("dir", "ltr")


def test_text_has_the_direction_of_what_is_written(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type)
    why = page.get_by_label("Why?")
    direction = "node => getComputedStyle(node).direction"
    why.fill("العمل يتغيّر هنا")
    assert why.evaluate(direction) == "rtl"
    why.fill("work")
    assert why.evaluate(direction) == "ltr"
    arabic = open_form(every_type, lang="ar", dir="rtl")
    empty = arabic.get_by_label("Why?")
    assert empty.evaluate(direction) == "rtl"
    empty.fill("Zoom")
    assert empty.evaluate(direction) == "ltr"


def test_right_to_left_mirrors_the_form(open_form: Callable[..., Any], every_type: dict[str, Any]) -> None:
    for lang, direction in (("en", "ltr"), ("ar", "rtl")):
        page = open_form(every_type, lang=lang, dir=direction)
        group = page.locator(".scale .steps")
        first, last = group.locator("label").first.bounding_box(), group.locator("label").last.bounding_box()
        assert (first["x"] < last["x"]) == (direction == "ltr")
        box = page.get_by_label("I have read it").bounding_box()
        words = page.get_by_text("I have read it").bounding_box()
        assert (box["x"] < words["x"]) == (direction == "ltr")


def test_participants_text_is_only_ever_text(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    evil = " ".join(CORPUS.values()).replace("\x00", "")  # which no browser keeps
    rows = {"map": ["r1"], "map/r1/what": evil}
    page = open_form(
        every_type,
        doc={
            "values": {"why": evil, **rows},
            "shown": {"need": evil},
            "computed": {"sum": evil},
            "advice": [{"id": "q", "text": evil, "fields": ["why"]}],
        },
    )
    expect(page.get_by_label("Your need")).to_have_text(evil)
    expect(page.locator(".academy-form").locator("img, b, script, iframe, a[href*=':']")).to_have_count(0)
    assert page.evaluate(RAN) is None


def test_questions_stand_in_a_list_and_at_their_field(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type)
    region = page.get_by_role("region", name="Questions to think about")
    expect(region).to_be_hidden()
    page.evaluate("kernel.advice = [{id: 'q1', text: 'Who else?', fields: ['why']}]")
    page.get_by_label("Why?").fill("because")
    expect(region).to_contain_text("Who else?")
    expect(field(page, "Why?").locator(".questions")).to_contain_text("Who else?")
    expect(page.locator("[aria-live=polite].unseen")).to_have_text("Questions to think about: 1")
    page.evaluate("kernel.advice = []")
    page.get_by_label("Why?").fill("because of us")
    expect(region).to_be_hidden()
    expect(field(page, "Why?").locator(".questions")).to_be_hidden()


def test_what_is_computed_follows_the_kernel(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type)
    expect(page.get_by_label("Total")).to_have_text("Nothing here yet")
    page.evaluate("kernel.computed = {sum: '42'}")
    page.get_by_label("Name").fill("Ana")
    expect(page.get_by_label("Total")).to_have_text("42")


def test_required_is_said_in_words_and_to_screen_readers(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type)
    expect(field(page, "Why?").locator(".needed")).to_have_text("required")
    expect(page.get_by_label("Why?")).to_have_attribute("aria-required", "true")
    expect(field(page, "Name").locator(".needed")).to_have_count(0)
    help_id = page.get_by_text("In your own words.").get_attribute("id")
    assert help_id in page.get_by_label("Why?").get_attribute("aria-describedby")


def test_a_preview_keeps_and_sends_nothing(open_form: Callable[..., Any], every_type: dict[str, Any]) -> None:
    page = open_form(every_type, doc={"preview": True, "open": False})
    expect(page.locator("p.preview")).to_have_text("This is a preview. Nothing you write here is saved.")
    page.get_by_label("Name").fill("Ana")
    page.get_by_label("Name").blur()
    page.get_by_role("button", name="Add a change").click()
    assert page.evaluate("kernel.heard") == []
    assert page.evaluate("Object.keys(localStorage)") == []
    expect(page.get_by_role("button", name="Submit")).to_be_hidden()


def test_at_twice_the_size_of_text_the_form_stays_in_the_page(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(
        every_type, doc={"links": {"file": "#", "answers": "#", "sheet": "#", "paper": "#", "style": "#"}}
    )
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.locator("button.add").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    # nor is anything cut off where it does not scroll
    cut = """[...document.querySelectorAll('.academy-form *')].filter((one) => {
      const box = one.getBoundingClientRect();
      return box.width > 1 && box.height > 1 && (box.right > 361 || box.left < -1);
    }).map((one) => one.outerHTML.slice(0, 80))"""
    assert page.evaluate(cut) == []


def test_what_lies_under_the_mark_saved_can_be_touched(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type)
    page.get_by_label("Name").fill("Ana")
    saved(page)
    under = """() => {
      const box = document.querySelector('.status').getBoundingClientRect();
      const found = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      return found.closest('.status') === null;
    }"""
    assert page.evaluate(under)


def test_options_that_people_wrote_keep_their_own_direction(open_form: Callable[..., Any]) -> None:
    options = [{"id": "r1", "label": "Drivers (night)"}, {"id": "r2", "label": "سائقو الليل"}]
    spec = {"course": "c", "exercise": "e", "title": "x", "version": "1"} | {
        "fields": [
            {"id": "few", "type": "ref", "label": "أي مجموعة؟", "options": options, "choose": [1, 1]},
            {"id": "some", "type": "ref", "label": "أي مجموعات؟", "options": options, "choose": [1, 2]},
            {"id": "list", "type": "choice", "label": "أي منها؟", "options": options, "as": "select"},
        ]
    }
    page = open_form(spec, lang="ar", dir="rtl")
    assert page.locator(".option-text > bdi").all_inner_texts() == [option["label"] for option in options] * 2
    chosen = page.locator("select option[value]:not([value=''])")
    assert chosen.evaluate_all("all => all.map((one) => one.dir)") == ["auto", "auto"]
