"""Numbers in the form: as people write them, asked about where they can be two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect


def test_a_number_that_can_be_two_is_asked_about_and_what_was_understood_is_shown(
    open_form: Callable[..., Any],
) -> None:
    spec = {"course": "c", "exercise": "e", "title": "Numbers", "version": "1"} | {
        "fields": [
            {"id": "it", "type": "number", "label": "Cost"},
            {"id": "n", "type": "number", "label": "Learners", "step": 1},
        ]
    }
    page = open_form(spec)
    cost, learners = page.get_by_label("Cost"), page.get_by_label("Learners")
    cost.press_sequentially("12,500")
    expect(page.get_by_text("Which one do you mean?")).to_be_visible()
    assert page.locator(".understood button").all_inner_texts() == [
        "12.5",
        "12\u00a0500",
    ]
    learners.fill("12,500")  # only whole numbers: one reading is left
    expect(page.get_by_text("choose which of the two")).to_be_visible()
    expect(page.get_by_text("Understood as 12\u00a0500")).to_be_visible()
    page.locator(".understood button").nth(1).click()
    expect(page.get_by_text("Which one do you mean?")).to_be_hidden()
    expect(page.get_by_text("choose which of the two")).to_be_hidden()
    page.locator(".status[data-state=saved]").wait_for()
    assert page.evaluate("kernel.values()") == {"it": 12500, "n": 12500}
    learners.fill("1.2")
    learners.blur()
    expect(page.get_by_text("Write a whole number")).to_be_visible()
    learners.fill("১২")
    expect(page.get_by_text("Write a whole number")).to_be_hidden()
    expect(page.get_by_text("Understood as 12", exact=True)).to_be_visible()
    learners.fill("12")
    expect(page.get_by_text("Understood as 12", exact=True)).to_be_hidden()
