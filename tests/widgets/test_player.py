"""The player of sample units: on a phone, by keyboard, from right to left, and with texts that are only texts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from academy import units
from academy.course import load_course, nest
from academy.course.examples import flatten, read_example
from academy.i18n import direction
from academy_widgets.texts import play_texts
from tests.support.walk import Walk

PHONE = {"width": 360, "height": 740}
EXERCISE = load_course("innovative-workers-education").exercise("sample-unit")
EXAMPLE = read_example(EXERCISE.folder / "example.yaml")
SCENARIO = units.unit(nest(EXERCISE, flatten(EXERCISE, EXAMPLE)))
EVIL = '<img src=x onerror="window.harmed = true"><script>window.harmed = true</script>'
QUIZ = {
    "kind": "quiz",
    "title": "Who pays?",
    "questions": [
        {
            "question": "What counts?",
            "answers": [
                {"text": "The app", "said": "It is one proof.", "right": False},
                {"text": "Both", "said": "A book is a proof too.", "right": True},
            ],
        }
    ],
}
LESSON = {
    "kind": "micro-lesson",
    "title": "Your book",
    "cards": [
        {"heading": "Yesterday", "body": "Close your eyes.", "ask": "Are you sure?", "answer": "Few are."},
        {"heading": "Three things", "body": "When you came, when you left, what was paid.", "ask": "", "answer": ""},
    ],
    "action": "Write down today.",
}  # fmt: skip
STORY = {
    "kind": "story",
    "title": "Pia",
    "parts": ["One.", "Two.", "Three.", "What would you do?", "Five.", "Six."],
}

NIGHT = {
    "kind": "scenario",
    "title": "A night",
    "scenes": [
        {
            "id": "a",
            "body": "It rings at two.",
            "end": False,
            "choices": [
                {"text": "Answer", "said": "It is Ana.", "to": "b"},
                {"text": "Sleep", "said": "", "to": "c"},
            ],
        },
        {"id": "b", "body": "You talk.", "end": True, "choices": []},
        {"id": "c", "body": "You slept.", "end": True, "choices": []},
    ],
}


@pytest.fixture
def open_player(chromium: Any, form_site: str) -> Iterator[Callable[..., Any]]:
    """Open a player in a browser context of its own and return the page. Errors on the page fail the test."""
    contexts: list[Any] = []
    errors: list[str] = []

    def open_page(unit: Any, *, lang: str = "en", scheme: str = "light", **more: Any) -> Any:
        context = chromium.new_context(viewport=PHONE, color_scheme=scheme)
        context.set_default_timeout(120_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        scenario = {"unit": unit, "texts": play_texts(lang), "lang": lang, "dir": direction(lang), **more}
        page.add_init_script(f"window.scenario = {json.dumps(scenario)};")
        page.goto(f"{form_site}player.html")
        page.locator(".academy-play").wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


def violations(page: Any) -> list[str]:
    page.add_script_tag(url="axe.min.js")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then((r) => r.violations)")
    return [f"{item['id']}: {node['html']}" for item in found for node in item["nodes"]]


def overflow(page: Any) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def test_a_scenario_is_played_to_an_ending_by_keyboard_alone(open_player: Callable[..., Any]) -> None:
    page = open_player(SCENARIO)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("It is seven in the evening.").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Scene 1"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("She knows it well.").wait_for()
    assert "You chose:" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Two books lie side by side").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Three women sign.").wait_for()
    expect(page.get_by_text("The end", exact=True)).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("It is seven in the evening.").wait_for()


def test_a_quiz_gives_the_reason_of_every_answer(open_player: Callable[..., Any]) -> None:
    page = open_player(QUIZ)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("It is one proof.")).to_be_hidden()
    page.get_by_role("button", name="The app").click()
    for said in ("This does not hold.", "It is one proof.", "This holds.", "A book is a proof too."):
        expect(page.get_by_text(said), said).to_be_visible()


def test_a_card_is_turned_and_one_can_go_back(open_player: Callable[..., Any]) -> None:
    page = open_player(LESSON)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("Few are.")).to_be_hidden()
    page.get_by_text("Are you sure?").click()
    page.get_by_text("Few are.").wait_for()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="Three things").wait_for()
    page.get_by_role("button", name="Back").click()
    page.get_by_role("heading", name="Yesterday").wait_for()


def test_the_newest_version_is_played_and_the_one_at_hand_without_a_kernel(
    open_player: Callable[..., Any],
) -> None:
    page = open_player(LESSON, newest=QUIZ)
    page.get_by_role("button", name="Begin").click()
    page.get_by_text("What counts?").wait_for()
    assert page.evaluate("heard") == [{"kind": "read"}]
    page = open_player(LESSON, silent=True)
    page.get_by_role("button", name="Begin").click()
    page.get_by_text("Close your eyes.").wait_for()


def test_what_to_do_first_is_said_while_nothing_is_written(open_player: Callable[..., Any]) -> None:
    page = open_player(None)
    expect(page.get_by_text("There is nothing to play yet.")).to_be_visible()
    page.get_by_role("button", name="Look again").click()
    page.wait_for_function("document.activeElement.textContent.startsWith('There is nothing')")
    page = open_player({"kind": "scenario", "title": "", "scenes": []}, newest=QUIZ)
    page.get_by_role("button", name="Look again").click()
    page.get_by_text("What counts?").wait_for()


@pytest.mark.parametrize("unit", [NIGHT, QUIZ, LESSON, STORY], ids=lambda unit: unit["kind"])
def test_each_screen_says_what_it_said(
    open_player: Callable[..., Any], unit: dict[str, Any], as_drawn: Callable[..., bool]
) -> None:
    page = open_player(unit, silent=True)
    walk = Walk(page, ".academy-play")
    walk.step("opened")
    page.get_by_role("button", name="Begin").click()
    page.locator(".screen").wait_for()
    for screen in range(1, 12):
        walk.step(f"screen {screen}")
        for folded in page.locator(".academy-play summary").all():
            folded.click()
            walk.step("unfolded")
        if page.get_by_role("button", name="Play again").count():
            break
        page.locator(".academy-play .way, .academy-play .go").first.click()
    assert walk.is_as_read(f"player/{unit['kind']}", as_drawn)


@pytest.mark.parametrize("unit", [SCENARIO, QUIZ, LESSON, STORY], ids=lambda unit: unit["kind"])
def test_texts_are_only_ever_texts(open_player: Callable[..., Any], unit: dict[str, Any]) -> None:
    evil = json.loads(json.dumps(unit), object_hook=_poisoned)
    evil["kind"] = unit["kind"]
    page = open_player(evil)
    page.get_by_role("button", name="Begin").click()
    for _ in range(3):
        page.locator(".academy-play").get_by_text("<img").first.wait_for()
        page.locator(".academy-play .way, .academy-play .go").first.click()
    assert page.evaluate("window.harmed") is None
    expect(page.locator(".academy-play img, .academy-play script")).to_have_count(0)


def _poisoned(thing: dict[str, Any]) -> dict[str, Any]:
    kept = ("kind", "id", "to")
    return {
        key: EVIL
        if isinstance(value, str) and key not in kept
        else [EVIL] * len(value)
        if key == "parts"
        else value
        for key, value in thing.items()
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("unit", [SCENARIO, QUIZ, LESSON, STORY], ids=lambda unit: unit["kind"])
def test_each_screen_is_accessible_and_fits_a_phone(
    open_player: Callable[..., Any], unit: Any, scheme: str
) -> None:
    page = open_player(unit, scheme=scheme)
    assert violations(page) == []
    page.get_by_role("button", name="Begin").click()
    for _ in range(4):
        page.locator(".screen").wait_for()
        assert violations(page) == []
        assert overflow(page) == 0
        page.locator(".academy-play .way, .academy-play .go").first.click()


def test_in_arabic_it_reads_from_right_to_left(open_player: Callable[..., Any]) -> None:
    page = open_player(SCENARIO, lang="ar")
    page.get_by_role("button", name=play_texts("ar")["begin"]).click()
    where = page.locator(".where")
    where.wait_for()
    assert page.locator(".academy-play").evaluate("el => getComputedStyle(el).direction") == "rtl"
    button = page.locator(".way").first.bounding_box()
    assert button is not None
    assert overflow(page) == 0
    assert violations(page) == []
