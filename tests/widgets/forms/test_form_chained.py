"""Forms that build on each other: hidden fields, choices from elsewhere, pictures."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from academy.course import load_course
from academy.course.examples import example_work
from academy.course.form_spec import form_spec
from academy_widgets.forms.around import around
from tests.course.chained import write

DRAWN = {
    "svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 40" onload="window.hit=1">'
    '<rect x="0" y="0" width="9" height="9" style="fill:red"/><text x="1" y="9">&lt;b&gt;</text></svg>',
    "sentence": "1 steps by minutes.",
    "head": ["What", "Minutes"],
    "rows": [["<b>Meet</b>", "30"]],
}
STEPS = {"steps": ["r1", "r2"], "steps/r1/what": "Meet", "steps/r2/what": "Ask", "for": "r1"}


@pytest.fixture
def chained(tmp_path):
    return load_course(write(tmp_path))


@pytest.fixture
def open_plan(open_form: Callable[..., Any], chained: Any) -> Callable[..., Any]:
    """Open the form of the plan, with the first exercise filled in as its example."""

    def open_page(values: dict[str, Any] | None = None, empty: bool = False, **scenario: Any) -> Any:
        plan = chained.exercise("plan")
        work = example_work(
            chained, instead={"groups": {"people": [], "reach": [], "union": None}} if empty else None
        )
        doc = {"values": values or {}, "computed": {}, **around(plan, work)}
        return open_form(form_spec(plan), doc=doc, pictures={"minutes": DRAWN}, **scenario)

    return open_page


def saved(page: Any) -> None:
    page.locator(".status[data-state=saved]").wait_for()


def test_a_field_is_asked_only_while_another_answer_makes_sense_of_it(open_plan):
    page = open_plan()
    expect(page.get_by_label("Why not?")).to_be_visible()
    expect(page.get_by_role("radiogroup", name="Tool")).to_be_hidden()
    page.get_by_label("Why not?").fill("No signal")
    page.get_by_label("Online").check()
    expect(page.get_by_label("Why not?")).to_be_hidden()
    page.get_by_label("Another").check()
    page.get_by_label("Which one?").fill("Radio Bay")
    page.get_by_label("Online").uncheck()
    expect(page.get_by_label("Which one?")).to_be_hidden()
    expect(page.get_by_label("Why not?")).to_have_value("No signal")
    saved(page)
    assert page.evaluate("kernel.values()") == {
        "why-not": "No signal",
        "online": False,
        "tool": "other",
        "which": "Radio Bay",
    }


def test_a_column_is_asked_only_where_its_row_or_the_form_says_so(open_plan):
    page = open_plan(STEPS)
    first = page.locator(".row-card").first
    first.locator(".toggle").click()
    expect(first.get_by_label("Room")).to_be_hidden()
    first.get_by_label("Live").check()
    expect(first.get_by_label("Room")).to_be_visible()
    expect(first.get_by_label("Link")).to_be_hidden()
    page.get_by_label("Online").check()
    expect(first.get_by_label("Link")).to_be_visible()
    expect(first.locator(".progress")).to_have_text("1 of 3 answered")


def test_one_chooses_from_the_rows_of_another_exercise(open_plan):
    page = open_plan()
    group = page.get_by_role("radiogroup", name="For whom")
    expect(group.get_by_role("radio")).to_have_count(2)
    group.get_by_label("Carers").check()
    page.get_by_role("group", name="Which way").get_by_label("In the hall").check()
    saved(page)
    assert page.evaluate("kernel.values()") == {"for": "r2", "way": ["hall"]}
    expect(page.get_by_role("status", name="Union")).to_have_text("Lantern Bay")
    assert page.get_by_role("status", name="Names").locator("span").all_text_contents() == [
        "Cleaners",
        "Carers",
    ]


def test_it_says_where_to_go_when_there_is_nothing_to_choose(open_plan):
    page = open_plan(empty=True)
    group = page.get_by_role("radiogroup", name="For whom")
    expect(group).to_contain_text("There is nothing to choose yet. First fill in “Groups”.")
    expect(page.get_by_role("status", name="Union")).to_have_text(
        "Nothing is here yet. It comes from “Groups”."
    )


def test_what_was_chosen_and_is_gone_stays_in_view(open_plan):
    page = open_plan({"for": "rz"})
    group = page.get_by_role("radiogroup", name="For whom")
    expect(group.get_by_label("Not there any more: please choose again")).to_be_checked()
    group.get_by_label("Cleaners").check()
    expect(group.get_by_label("Not there any more: please choose again")).to_have_count(0)


def test_rows_of_the_same_table_can_be_chosen_as_they_are_typed(open_plan):
    page = open_plan(STEPS)
    second = page.locator(".row-card").nth(1)
    second.locator(".toggle").click()
    after = second.get_by_role("group", name="After")
    expect(after.get_by_role("checkbox")).to_have_count(1)
    after.get_by_label("Meet").check()
    page.locator(".toggle").first.click()
    page.locator(".row-card").first.get_by_label("What").fill("Meet in the hall")
    expect(after.get_by_label("Meet in the hall")).to_be_checked()
    page.get_by_role("button", name="Add a row").click()
    third = page.locator(".row-card").nth(2)
    expect(third.get_by_role("group", name="After").get_by_role("checkbox")).to_have_count(2)
    third.get_by_label("What").fill("Ask again")
    expect(after.get_by_label("Ask again")).to_be_visible()


def test_other_exercises_that_changed_meanwhile_are_there_after_a_look_at_the_kernel(open_plan):
    page = open_plan()
    page.evaluate(
        """() => {
            const now = kernel.now.bind(kernel);
            const more = { options: { for: [{ id: "rn", label: "Newcomers" }] }, shown: {} };
            kernel.now = (...given) => ({ ...now(...given), ...more });
        }"""
    )
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("radiogroup", name="For whom").get_by_label("Newcomers")).to_be_visible()


def test_a_picture_has_a_sentence_and_a_table_and_nothing_in_it_runs(open_plan):
    page = open_plan(STEPS)
    figure = page.get_by_role("figure", name="Minutes")
    figure.scroll_into_view_if_needed()
    expect(figure).to_contain_text("1 steps by minutes.")
    figure.get_by_text("Show as a table").click()
    expect(figure.locator("td")).to_have_text(["<b>Meet</b>", "30"])
    expect(figure.locator("svg rect")).not_to_have_attribute("style", re.compile(""))
    assert page.evaluate("window.hit") is None
    expect(figure.locator("svg [onload], svg script, svg b")).to_have_count(0)


def asked(page: Any) -> int:
    return page.evaluate("kernel.heard.filter((message) => message.kind === 'pictures').length")


def test_a_picture_is_drawn_anew_after_a_save_of_what_it_shows_and_of_nothing_else(open_plan):
    page = open_plan(STEPS)
    page.get_by_role("figure", name="Minutes").scroll_into_view_if_needed()
    page.wait_for_function("kernel.heard.filter((m) => m.kind === 'pictures').length === 1")
    page.get_by_label("Why not?").fill("No signal in the valley")
    saved(page)
    page.locator(".toggle").first.click()
    page.locator(".row-card").first.get_by_label("Minutes").fill("30")
    page.wait_for_function("kernel.heard.filter((m) => m.kind === 'pictures').length === 2")
    kinds = page.evaluate("kernel.heard.map((message) => message.kind)")
    assert kinds.index("pictures", kinds.index("pictures") + 1) > len(kinds) - 1 - kinds[::-1].index("save")
    assert asked(page) == 2


def test_without_a_line_the_picture_waits_and_comes_when_there_is_one(open_plan):
    page = open_plan(STEPS, connection="offline")
    page.locator(".toggle").first.click()
    page.locator(".row-card").first.get_by_label("Minutes").fill("30")
    expect(page.get_by_role("figure", name="Minutes")).to_be_hidden()
    assert asked(page) == 0
    page.evaluate("connection.set('online')")
    page.locator(".picture-place").evaluate("(place) => place.scrollIntoView()")
    expect(page.get_by_role("figure", name="Minutes")).to_be_visible()


def test_it_all_can_be_done_with_the_keyboard(open_plan):
    page = open_plan()
    page.get_by_role("radiogroup", name="For whom").get_by_label("Cleaners").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.get_by_label("Online").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    saved(page)
    values = page.evaluate("kernel.values()")
    assert (values["for"], values["online"], values["tool"]) == ("r2", True, "radio")
