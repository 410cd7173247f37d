"""Tables of the form: cards and real tables, rows added, removed, brought back, ordered; where the focus goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

DESK = {"width": 1200, "height": 900}
ROWS = {
    "map": ["r1", "r2", "r3"],
    **{f"map/r{n}/driver": f"o{n}" for n in (1, 2, 3)},
    **{f"map/r{n}/what": f"two words {n}" for n in (1, 2, 3)},
}


def headings(page: Any) -> list[str]:
    return page.locator(".row-title").all_text_contents()


def focused(page: Any) -> str:
    return page.evaluate(
        "[document.activeElement].map((node) => node.getAttribute('aria-label') || node.textContent || node.tagName)[0]"
    )


def kept(page: Any) -> list[str]:
    page.locator(".status[data-state=saved]").wait_for()
    return page.evaluate("kernel.values().map")


def test_a_row_is_added_named_and_counted(open_form: Callable[..., Any], every_type: dict[str, Any]) -> None:
    page = open_form(every_type)
    expect(page.get_by_text("There are no rows yet.")).to_be_visible()
    page.get_by_role("button", name="Add a change").click()
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    page.keyboard.press("ArrowDown")
    expect(page.locator(".row-title")).to_have_text("Change 1: Option 1")
    page.get_by_label("What?").fill("two words")
    expect(page.locator(".progress")).to_have_text("All answered")
    expect(page.get_by_text("Rows: 1, between 1 and 3")).to_be_visible()
    expect(page.get_by_text("There are no rows yet.")).to_be_hidden()
    [row] = kept(page)
    page.wait_for_function("row => kernel.values()[`map/${row}/what`] === 'two words'", arg=row)
    assert page.evaluate("kernel.values()")[f"map/{row}/driver"] == "o1"


def test_no_more_rows_than_allowed(open_form: Callable[..., Any], every_type: dict[str, Any]) -> None:
    page = open_form(every_type, doc={"values": ROWS})
    add = page.get_by_role("button", name="Add a change")
    expect(add).to_have_attribute("aria-disabled", "true")
    add.click(force=True)
    assert len(headings(page)) == 3


@pytest.mark.parametrize("viewport", [None, DESK], ids=["cards", "table"])
def test_a_removed_row_is_announced_and_comes_back_with_the_focus(
    open_form: Callable[..., Any], every_type: dict[str, Any], viewport: Any
) -> None:
    page = open_form(every_type, doc={"values": ROWS}, viewport=viewport)
    if viewport is None:
        page.get_by_role("button", name="Change 2: Option 2").click()
    page.get_by_role("button", name="Remove: Change 2").click()
    assert focused(page) == "Undo – Change 2"
    expect(page.locator("[aria-live=polite].unseen")).to_have_text("Change 2 is removed.")
    assert kept(page) == ["r1", "r3"]
    page.keyboard.press("Enter")
    assert focused(page) == "Remove: Change 2"
    page.wait_for_function("kernel.values().map.length === 3")
    assert kept(page) == ["r1", "r2", "r3"]
    expect(page.locator("textarea").nth(2)).to_have_value("two words 2")
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()


@pytest.mark.parametrize("viewport", [None, DESK], ids=["cards", "table"])
def test_rows_are_ordered_and_the_button_keeps_the_focus(
    open_form: Callable[..., Any], every_type: dict[str, Any], viewport: Any
) -> None:
    page = open_form(every_type, doc={"values": ROWS}, viewport=viewport)
    if viewport is None:
        page.get_by_role("button", name="Change 3: Option 3").click()
    page.get_by_role("button", name="Move up: Change 3").click()
    assert focused(page) == "Move up: Change 2"
    expect(page.locator("[aria-live=polite].unseen")).to_have_text("Option 3 is now at place 2 of 3.")
    page.keyboard.press("Enter")
    assert focused(page) == "Move up: Change 1"
    page.keyboard.press("Enter")  # it is the first already
    assert focused(page) == "Move up: Change 1"
    page.wait_for_function("kernel.values().map?.[0] === 'r3'")
    assert kept(page) == ["r3", "r1", "r2"]


def test_narrow_is_cards_and_wide_is_a_table_of_the_same_inputs(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type, doc={"values": ROWS})
    expect(page.locator(".academy-form table")).to_have_count(0)
    page.get_by_role("button", name="Change 1: Option 1").click()
    cell = page.get_by_role("group", name="Change 1: Option 1").get_by_label("What?")
    cell.fill("typed on the phone")
    cell.evaluate("node => { window.kept = node; node.setSelectionRange(3, 5); }")
    page.set_viewport_size(DESK)
    page.get_by_role("table").wait_for()
    assert page.get_by_role("columnheader").all_text_contents()[0] == "Change"
    expect(page.get_by_role("rowheader")).to_have_count(3)
    assert page.evaluate("document.activeElement === kept && kept.selectionStart === 3")
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator(".cards").wait_for()
    assert page.evaluate("document.activeElement === kept && kept.isConnected")
    expect(cell).to_have_value("typed on the phone")


def test_cards_fold_and_the_first_that_waits_is_open(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    values = {**ROWS, "map/r2/what": ""}
    page = open_form(every_type, doc={"values": values})
    toggles = page.locator(".toggle")
    assert [t.get_attribute("aria-expanded") for t in toggles.all()] == ["false", "true", "false"]
    expect(page.locator(".progress").nth(1)).to_have_text("1 of 2 answered")
    toggles.nth(1).click()
    expect(toggles.nth(1)).to_have_attribute("aria-expanded", "false")
    expect(page.locator("textarea:visible")).to_have_count(1)


def test_rows_of_another_device_appear_without_disturbing_the_writer(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type, doc={"values": {"map": ["r1"], "map/r1/driver": "o1"}})
    cell = page.get_by_label("What?")
    cell.focus()
    page.keyboard.type("I am wri")
    page.evaluate(
        """kernel.elsewhere('map/r9/driver', 'o9'); kernel.elsewhere('map', ['r9', 'r1']);
        document.dispatchEvent(new Event('visibilitychange'))"""
    )
    expect(page.locator(".row-title")).to_have_count(2)
    page.keyboard.type("ting")
    expect(page.get_by_role("group", name="Change 2").get_by_label("What?")).to_have_value("I am writing")


def grip(page: Any, place: int) -> Any:
    return page.locator(".grip").nth(place)


def drag(page: Any, place: int, beyond: int, drop: bool = True) -> None:
    """Take a row by its handle and hold it just beyond the middle of another."""
    grip(page, place).scroll_into_view_if_needed()
    box = grip(page, place).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.locator(".moving").wait_for()
    there = page.locator(".dragging > *").nth(beyond).bounding_box()
    ahead = 0.9 if beyond > place else 0.1
    page.mouse.move(box["x"] + box["width"] / 2, there["y"] + there["height"] * ahead, steps=5)
    page.locator(f".dragging > :nth-child({beyond + 1}).moving").wait_for()
    if drop:
        page.mouse.up()


@pytest.mark.parametrize("viewport", [None, DESK], ids=["cards", "table"])
def test_a_row_is_drawn_to_another_place(
    open_form: Callable[..., Any], every_type: dict[str, Any], viewport: Any
) -> None:
    page = open_form(every_type, doc={"values": ROWS}, viewport=viewport)
    drag(page, 0, 2)
    page.wait_for_function("kernel.values().map?.[2] === 'r1'")
    assert kept(page) == ["r2", "r3", "r1"]
    expect(page.locator("[aria-live=polite].unseen")).to_have_text("Option 1 is now at place 3 of 3.")
    drag(page, 1, 0)
    page.wait_for_function("kernel.values().map?.[0] === 'r3'")
    assert kept(page) == ["r3", "r2", "r1"]
    expect(page.locator(".dragging, .moving")).to_have_count(0)


def test_a_row_that_is_let_go_with_escape_is_where_it_was(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type, doc={"values": ROWS})
    drag(page, 0, 2, drop=False)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert headings(page) == ["Change 1: Option 1", "Change 2: Option 2", "Change 3: Option 3"]
    assert page.evaluate("kernel.heard") == []


def test_a_thumb_draws_a_row_without_scrolling_the_page(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type, doc={"values": ROWS}, has_touch=True)
    grip(page, 2).scroll_into_view_if_needed()
    box = grip(page, 2).bounding_box()
    assert box["width"] >= 44
    assert box["height"] >= 44
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    x, y = box["x"] + 20, box["y"] + 20
    touch("touchStart", (x, y))
    page.locator(".moving").wait_for()
    for step in range(1, 10):
        touch("touchMove", (x, y - 20 * step))
    page.locator(".dragging > :first-child.moving").wait_for()
    touch("touchEnd")
    page.wait_for_function("kernel.values().map?.[0] === 'r3'")
    assert kept(page)[0] == "r3"


def test_a_single_row_has_nothing_to_be_drawn_by(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type, doc={"values": {**ROWS, "map": ["r1"]}})
    expect(grip(page, 0)).to_be_hidden()
