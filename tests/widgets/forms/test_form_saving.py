"""What happens to the answers: saved, kept, sent again, overtaken, refused, submitted."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.support.spoken import SPOKEN

OFFLINE = "connection.set('offline')"
ONLINE = "connection.set('online')"
LOOK = "document.dispatchEvent(new Event('visibilitychange'))"
LINKS = {name: f"/{name}" for name in ("file", "answers", "sheet", "paper", "style")}
KEPT = "Object.entries(localStorage).filter(([key]) => key.startsWith('academy/p-test/')).flat().join()"


def state(page: Any) -> Any:
    return page.locator("p.status")


def test_saved_is_said_only_after_the_kernel_has_said_so(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type)
    page.evaluate("kernel.silent = true")
    expect(state(page)).to_have_text("")
    page.get_by_label("Name").fill("Ana")
    expect(state(page)).to_have_text("Saving…")
    page.wait_for_function("kernel.heard.length === 1")
    expect(state(page)).to_have_text("Saving…")
    page.evaluate("kernel.silent = false; connection.set('online')")
    expect(state(page)).to_have_text("Saved")
    assert page.evaluate("kernel.values()") == {"name": "Ana"}
    assert page.evaluate(KEPT) == ""


def test_a_draft_survives_a_reload_and_is_sent_then(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type, connection="offline")
    page.get_by_label("Why?").press_sequentially("because")
    page.get_by_role("button", name="Add a change").click()
    page.get_by_label("What?").press_sequentially("here")
    expect(state(page)).to_have_text("Not saved yet: kept on this device")
    page.reload()
    page.locator(".academy-form").wait_for()
    expect(page.get_by_label("Why?")).to_have_value("because")
    expect(page.get_by_label("What?")).to_have_value("here")
    assert page.evaluate("kernel.rows()") == []
    page.evaluate(ONLINE)
    expect(state(page)).to_have_text("Saved")
    [row] = page.evaluate("kernel.values().map")
    assert page.evaluate("kernel.values()") == {"why": "because", "map": [row], f"map/{row}/what": "here"}


def test_nothing_is_lost_when_the_kernel_never_answers(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type)
    page.clock.install()
    page.evaluate("kernel.silent = true")
    page.get_by_label("Why?").fill("because we can")
    page.clock.run_for(700)
    page.get_by_label("Name").fill("Ana")
    page.clock.run_for(16_000)
    expect(state(page)).to_have_text("Not saved yet: kept on this device")
    page.clock.run_for(30_000)
    ids = page.evaluate("kernel.heard.map((message) => message.edits[0].id)")
    assert len(ids) >= 3
    assert len(set(ids)) == 1
    page.reload()
    page.locator(".academy-form").wait_for()
    expect(page.get_by_label("Why?")).to_have_value("because we can")
    expect(page.get_by_label("Name")).to_have_value("Ana")
    page.clock.run_for(1000)
    expect(state(page)).to_have_text("Saved")
    assert page.evaluate("kernel.values()") == {"why": "because we can", "name": "Ana"}


def test_leaving_a_field_or_the_page_sends_at_once(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type)
    page.clock.install()
    page.clock.pause_at("2030-01-01")
    page.get_by_label("Name").fill("Ana")
    assert page.evaluate("kernel.heard.length") == 0
    page.get_by_label("Name").blur()
    assert page.evaluate("kernel.heard.length") == 1
    page.clock.run_for(10)
    page.get_by_label("Name").fill("Anabel")
    page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    assert page.evaluate("kernel.heard.length") == 2


def test_typing_goes_on_undisturbed_while_answers_come_back(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type)
    why = page.get_by_label("Why?")
    text = "one two three four five six"
    for letter in text:
        why.press(letter if letter != " " else "Space")
        page.evaluate("window.dispatchEvent(new Event('pagehide'))")  # send each letter
    expect(state(page)).to_have_text("Saved")
    expect(why).to_have_value(text)
    assert page.evaluate("kernel.values().why") == text


def test_an_answer_changed_elsewhere_is_shown_with_the_other_at_hand(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type)
    page.evaluate(OFFLINE)
    page.get_by_label("Name").fill("Phone")
    page.evaluate("kernel.elsewhere('name', 'Laptop', -500); window.written = Date.now()")
    page.evaluate(ONLINE)
    notice = page.locator(".rival:visible")
    expect(notice).to_contain_text("also changed on another device. The newest is shown.")
    expect(notice.locator("blockquote")).to_have_text("Phone")
    expect(page.get_by_label("Name")).to_have_value("Laptop")
    page.wait_for_function("Date.now() > written + 500")
    notice.get_by_role("button", name="Use this answer instead").click()
    expect(page.get_by_label("Name")).to_have_value("Phone")
    expect(page.get_by_label("Name")).to_be_focused()
    expect(page.locator(".rival:visible")).to_have_count(0)


def test_coming_back_to_the_page_brings_what_is_new(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type)
    page.evaluate(
        "kernel.elsewhere('name', 'Ana'); kernel.elsewhere('how', 4); kernel.elsewhere('some', ['b'])"
    )
    page.evaluate(LOOK)
    expect(page.get_by_label("Name")).to_have_value("Ana")
    expect(page.get_by_role("radiogroup", name="How urgent?").get_by_label("4")).to_be_checked()
    expect(page.get_by_role("group", name="Some").get_by_label("Beta")).to_be_checked()


def test_what_a_team_mate_writes_is_shown_with_their_name_and_the_words_that_went_are_offered(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type)
    name, why = page.get_by_label("Name"), page.get_by_label("Why?")
    name.fill("Port")
    expect(state(page)).to_have_text("Saved")
    since = page.evaluate("kernel.rows().length")
    page.evaluate(
        """since => {
          kernel.elsewhere("name", "Harbour", -1, "Bao <b>");
          kernel.elsewhere("why", "Because", 0, "Bao <b>");
          kernel.tell(since);
        }""",
        since,
    )
    expect(name).to_have_value("Harbour")
    notice = page.locator(".rival:visible")
    expect(notice).to_contain_text(
        "Changed by \u2068Bao <b>\u2069, 5 March 2026, 14:05. Before that it said:"
    )
    expect(notice.locator("blockquote")).to_have_text("Port")
    expect(why).to_have_value("Because")
    expect(page.locator(".changed:visible")).to_have_text(
        "Changed by \u2068Bao <b>\u2069, 5 March 2026, 14:05."
    )
    why.press_sequentially(", I think")
    expect(page.locator(".changed:visible")).to_have_count(0)
    notice.get_by_role("button", name="Use this answer instead – Name").click()
    expect(name).to_have_value("Port")


def test_who_is_in_a_field_stays_at_their_place_when_a_team_mate_writes_there(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type)
    why = page.get_by_label("Why?")
    why.fill("one two three")
    expect(state(page)).to_have_text("Saved")
    why.evaluate("field => { field.focus(); field.setSelectionRange(4, 7); }")
    page.evaluate("kernel.elsewhere('why', 'one two three four', -1, 'Bao'); kernel.tell(1)")
    expect(why).to_have_value("one two three four")
    assert why.evaluate("field => [field.selectionStart, field.selectionEnd]") == [4, 7]
    page.evaluate("kernel.elsewhere('why', 'zero one two three four', -2, 'Bao'); kernel.tell(2)")
    expect(why).to_have_value("zero one two three four")
    assert why.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)") == "two"
    expect(page.locator("[aria-live=polite].unseen")).to_have_text(re.compile("Why.*Changed by .Bao"))


def test_a_submission_of_what_was_not_seen_shows_it_first_and_whose_it_is(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type)
    name = page.get_by_label("Name")
    name.fill("Port")
    expect(state(page)).to_have_text("Saved")
    page.evaluate("kernel.elsewhere('name', 'Harbour', -1, 'Bao')")
    page.get_by_role("button", name="Submit").click()
    summary = page.get_by_role("group", name="Every type: Something has changed.")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_text(["Name – Changed by Bao."])
    expect(name).to_have_value("Harbour")
    expect(page.locator(".rival:visible blockquote")).to_have_text("Port")
    expect(name).not_to_have_attribute("aria-invalid", "true")
    assert page.evaluate("kernel.submissions().length") == 0
    page.get_by_role("button", name="Submit").click()
    expect(page.locator(".submitted")).to_contain_text("version 1")
    expect(summary).to_be_hidden()


def test_a_submission_that_failed_is_read_once(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type, problems=[{"path": "why", "text": "Please answer this."}])
    page.evaluate("kernel.advice = [{id: 'a', text: 'Why?', fields: ['why']}]")
    page.evaluate(SPOKEN)
    page.get_by_role("button", name="Submit").click()
    expect(page.locator(".summary")).to_be_focused()
    assert page.locator(".summary").get_attribute("role") == "group"
    assert page.evaluate("spoken()") == ["Submitting…"]


def test_buttons_say_of_which_exercise_and_question_they_are(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    optional = [field | {"required": False} for field in every_type["fields"]]
    page = open_form(every_type | {"fields": optional}, doc={"links": LINKS})
    page.get_by_role("radiogroup", name="One of few").get_by_label("Alpha").check()
    for name in (
        "Submit: Every type",
        "Print on paper: Every type",
        "Clear this answer – One of few",
        "Add a change – Map",
    ):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()
    for name in ("Download to fill in without internet: Every type", "Bring in an answers file: Every type"):
        expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("button", name="Submit again: Every type", exact=True)).to_be_visible()


def test_two_tabs_keep_each_others_words(open_form: Callable[..., Any], every_type: dict[str, Any]) -> None:
    first = open_form(every_type, connection="offline")
    first.get_by_label("Name").fill("First")
    second = open_form(every_type, connection="offline", same_browser_as=first)
    expect(second.get_by_label("Name")).to_have_value("First")
    second.get_by_label("Why?").fill("second")
    first.get_by_label("Name").fill("First on")
    second.evaluate(ONLINE)
    expect(state(second)).to_have_text("Saved")
    first.evaluate(ONLINE)
    expect(state(first)).to_have_text("Saved")
    assert first.evaluate("kernel.values()") == {"name": "First on", "why": "second"}
    assert first.evaluate(KEPT) == ""


def test_a_refused_answer_stays_with_a_sentence(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type, refuse={"why": "This answer is too long to be kept."})
    page.get_by_label("Why?").fill("very long")
    expect(page.get_by_text("This answer is too long to be kept.")).to_be_visible()
    expect(state(page)).to_contain_text("Some answers could not be saved.")
    expect(page.get_by_label("Why?")).to_have_value("very long")
    page.get_by_role("button", name="Submit").click()
    expect(page.locator(".summary")).to_contain_text("Why?")
    assert page.evaluate("kernel.submissions()") == []


def test_a_browser_that_keeps_nothing_is_said_and_still_saves(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type)
    page.evaluate("void (Storage.prototype.setItem = () => { throw new DOMException('QuotaExceededError') })")
    page.evaluate(OFFLINE)
    page.get_by_label("Name").fill("Ana")
    expect(state(page)).to_contain_text("leave this page open until it says Saved")


def test_without_word_of_a_connection_there_is_one(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type, plain=True)
    page.get_by_label("Name").fill("Ana")
    expect(state(page)).to_have_text("Saved")


def test_only_what_matters_is_read_out(open_form: Callable[..., Any], every_type: dict[str, Any]) -> None:
    page = open_form(every_type)
    page.get_by_label("Name").fill("Ana")
    expect(state(page)).to_have_text("Saved")
    expect(state(page)).to_have_attribute("aria-live", "off")
    page.evaluate(OFFLINE)
    expect(state(page)).to_have_attribute("aria-live", "polite")


def test_the_status_never_covers_the_focused_field(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type)
    page.get_by_label("Why?").fill("one")
    expect(state(page)).to_have_text("Saved")
    for label in ("Share", "Day", "One of many"):
        page.get_by_label(label).evaluate("node => { window.scrollTo(0, 0); node.focus(); }")
        page.wait_for_function(
            """() => {
              const field = document.activeElement.getBoundingClientRect();
              const status = document.querySelector('p.status').getBoundingClientRect();
              return field.bottom <= status.top || status.bottom <= field.top;
            }"""
        )


def test_a_submission_is_confirmed_and_may_be_repeated(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type)
    page.get_by_label("Name").fill("Ana")
    page.get_by_role("button", name="Submit").click()
    done = page.locator(".submitted")
    expect(done).to_have_text(
        "Submitted on 3 March 2026, 14:05, version 1. You can go on improving and submit again."
    )
    page.get_by_label("Name").fill("Anabel")
    expect(page.get_by_text("You have changed answers since.")).to_be_visible()
    page.get_by_role("button", name="Submit again").click()
    expect(done).to_contain_text("version 2")
    expect(page.get_by_text("You have changed answers since.")).to_be_hidden()


def test_a_submission_whose_answer_was_lost_is_one_submission(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type)
    page.get_by_label("Name").fill("Ana")
    expect(state(page)).to_have_text("Saved")
    page.evaluate("kernel.silent = true")
    page.get_by_role("button", name="Submit").click()
    page.evaluate("kernel.answer(kernel.heard.at(-1))")  # the kernel has it, its answer goes astray
    page.reload()
    page.locator(".academy-form").wait_for()
    expect(page.locator(".submitted")).to_contain_text("version 1")
    expect(state(page)).to_have_text("Saved")
    assert page.evaluate("kernel.submissions().length") == 1
    assert page.evaluate(KEPT) == ""


def test_submitting_waits_for_the_line_and_changed_answers_take_it_back(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type, connection="offline")
    page.get_by_label("Name").fill("Ana")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("It will be submitted as soon as the connection is back.")).to_be_visible()
    page.get_by_label("Name").fill("An")
    expect(page.get_by_text("Not submitted yet. Press the button again")).to_be_visible()
    page.evaluate(ONLINE)
    expect(state(page)).to_have_text("Saved")
    assert page.evaluate("kernel.submissions()") == []


def test_what_stops_a_submission_is_listed_with_links(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    rows = {"map": ["r1", "r2"], "map/r1/driver": "o1", "map/r1/what": "two words", "map/r2/driver": "o2"}
    problems = [
        {"path": "why", "text": "Please answer this."},
        {"path": "map/r2/what", "text": "Please write a little more."},
        {"path": "map", "text": "Add rows."},
    ]
    page = open_form(every_type, problems=problems, doc={"values": rows})
    page.get_by_role("button", name="Change 2: Option 2").click()  # folded: the link must open it
    page.get_by_role("button", name="Submit").click()
    summary = page.get_by_role("group", name="Every type: Some places need a look.")
    expect(summary).to_contain_text("Some places need a look.")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_text(
        ["Why? – Please answer this.", "Change 2 · What? – Please write a little more.", "Map – Add rows."]
    )
    cell = page.get_by_role("group", name="Change 2: Option 2").get_by_label("What?")
    expect(cell).to_have_attribute("aria-invalid", "true")
    page.locator(".toggle").nth(1).click()
    summary.get_by_role("link", name="Change 2").click()
    expect(cell).to_be_focused()
    summary.get_by_role("link", name="Why?").click()
    expect(page.get_by_label("Why?")).to_be_focused()
    page.keyboard.type("because")
    expect(page.get_by_label("Why?")).not_to_have_attribute("aria-invalid", re.compile(""))


def test_a_closed_exercise_can_be_written_but_not_submitted(
    open_form: Callable[..., Any], every_type: dict[str, Any]
) -> None:
    page = open_form(every_type, doc={"open": False, "open_text": "It opens on Monday."})
    expect(page.get_by_text("It opens on Monday.")).to_be_visible()
    submit = page.get_by_role("button", name="Submit")
    expect(submit).to_have_attribute("aria-disabled", "true")
    submit.click(force=True)
    page.get_by_label("Name").fill("Ana")
    expect(state(page)).to_have_text("Saved")
    assert page.evaluate("kernel.submissions()") == []
