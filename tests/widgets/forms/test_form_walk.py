"""A form walked through all it can say: what stands on the page at each step is as somebody read it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.patience import until
from tests.support.walk import Walk

ADVICE = [{"id": "q1", "text": "Who else?", "fields": ["why", "name"]}]
PROBLEMS = [{"path": "name", "text": "A name, please."}, {"path": "map", "text": "One more row."}]
PICTURE = {
    "svg": "<svg viewBox='0 0 9 9'></svg>",
    "sentence": "One of nine.",
    "head": ["A", "B"],
    "rows": [["1", "2"]],
}
FORM = ".academy-form"
ROW = r"(?<=/map/)[\w-]{8,}(?=/)"
"""Ids of rows are drawn by chance."""
REST = 3000
"""Milliseconds after which everything was sent, answered and announced; pages have a clock of their own here."""


@pytest.fixture
def still(open_form: Callable[..., Any]) -> Callable[..., Any]:
    """Open a form whose clock stands still until it is told to go on."""

    def open_still(*given: Any, **scenario: Any) -> Any:
        page = open_form(*given, **scenario)
        page.clock.install()
        page.clock.pause_at("2030-01-01")
        page.clock.run_for(REST)
        return page

    return open_still


def test_a_form_of_every_type_says_at_each_step_what_it_said(
    still: Callable[..., Any], every_type: dict[str, Any], as_drawn: Callable[..., bool]
) -> None:
    doc = {
        "shown": {"need": "To read"},
        "computed": {"sum": "12"},
        "again": [{"label": "Map", "was": "", "now": "New"}],
    }
    every_type["pictures"] = [{"id": "drawn", "title": "Drawn", "after": "share", "fields": ["share"]}]
    page = still(every_type, doc=doc, pictures={"drawn": PICTURE})
    walked = Walk(page, FORM, ROW)
    walked.step("opened")

    page.get_by_label("Why?").fill("because we")
    page.get_by_label("Name").fill("Ana")
    page.get_by_role("radiogroup", name="One of few").get_by_label("Beta").check()
    page.get_by_label("One of many").select_option(label="Option 7")
    page.get_by_role("group", name="Some").get_by_label("Alpha").check()
    page.get_by_role("radiogroup", name="How urgent?").get_by_label("5 this year").check()
    page.get_by_label("Share").fill("120")
    page.get_by_label("Day").fill("2025-03-09")
    page.get_by_label("I have read it").check()
    page.get_by_role("group", name="Which groups?").get_by_label("Beta").check()
    page.get_by_label("Office").fill("office@")
    walked.step("filled")
    page.clock.run_for(REST)
    assert until(lambda: page.clock.run_for(REST) or page.locator("figure svg").count())
    walked.step("saved and drawn")

    page.evaluate(f"kernel.problems = {PROBLEMS}; kernel.advice = {ADVICE}; kernel.computed = {{sum: '13'}}")
    page.get_by_role("button", name="Submit").last.click()
    page.clock.run_for(REST)
    walked.step("not submitted")

    page.evaluate("kernel.problems = null; kernel.advice = []")
    page.get_by_label("Name").fill("Ana Maria")
    page.get_by_label("Share").fill("12,5")
    page.get_by_label("Day").fill("2026-03-09")
    page.get_by_label("Office").fill("office@union.example")
    page.get_by_role("button", name="Submit").last.click()
    page.clock.run_for(REST)
    walked.step("mended and submitted")

    page.get_by_role("button", name="Add a change").click()
    page.get_by_label("Driver").last.select_option(label="Option 2")
    page.clock.run_for(REST)
    walked.step("changed since")

    page.evaluate("kernel.elsewhere('name', 'Anabel', -9000, 'Bao'); kernel.elsewhere('one', 'c', -9000)")
    page.evaluate("kernel.tell(0)")
    page.clock.run_for(REST)
    walked.step("others wrote")

    page.evaluate("connection.set('offline')")
    page.get_by_label("Why?").fill("because we can and must and will do it this very year")
    page.get_by_role("button", name="Remove: Change 1").click()
    page.clock.run_for(REST)
    walked.step("no line, too many words, a row less")

    page.evaluate("kernel.elsewhere('why', 'something else', -90_000, 'Bao'); connection.set('online')")
    page.clock.run_for(REST)
    walked.step("the line is back, and another was quicker")

    page.evaluate("kernel.refuse = {name: 'Too long for a name.'}")
    page.get_by_label("Name").fill("Anne")
    page.clock.run_for(REST)
    walked.step("refused")
    assert walked.is_as_read("forms/every-type", as_drawn)


def test_a_form_that_is_closed_or_only_looked_at_says_so(
    still: Callable[..., Any], every_type: dict[str, Any], as_drawn: Callable[..., bool]
) -> None:
    rows = {"map": ["r1"], "map/r1/driver": "o1", "map/r1/what": "two words"}
    for name, doc in (
        ("closed", {"open": False, "open_text": "It opens on Monday."}),
        ("preview", {"preview": True}),
    ):
        page = still(
            every_type, doc={**doc, "values": rows | {"why": "because we can"}}, dir="rtl", lang="ar"
        )
        walked = Walk(page, FORM, ROW)
        walked.step(name)
        assert walked.is_as_read(f"forms/{name}", as_drawn)
