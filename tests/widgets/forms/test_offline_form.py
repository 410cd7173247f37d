"""The form that is a file: opened from the file system, in a browser that has no line to anything."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from academy.documents.answers_file import ANSWERS_FILE
from academy_widgets.forms.offline_form import file_name
from tests.offline.conftest import Office
from tests.support.offline import unpacked_form

AXE = Path(__file__).parents[3] / "node_modules/axe-core/axe.min.js"
SAVE = "Save the answers file"
MEMORY_ONLY = "This browser cannot keep what you write: save the answers file before you close the form."


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "data")
    yield office
    office.store.close()


@pytest.fixture
def at_home(chromium: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Open a file in a browser without any line. Requests and errors fail the test."""
    faults: list[str] = []
    contexts: list[Any] = []

    def keep(said: str) -> None:
        # Stopping what one test tries on purpose is no fault.
        if "Executing inline script violates" not in said and "Refused to execute inline script" not in said:
            faults.append(said)

    def open_file(page: bytes, *, again: Any = None, **options: Any) -> Any:
        file = tmp_path / "context-map.html"
        file.write_bytes(page)
        context = again.context if again else None
        if context is None:
            context = chromium.new_context(viewport={"width": 360, "height": 740}, **options)
            context.set_default_timeout(120_000)
            context.set_offline(True)
            contexts.append(context)
        tab = context.new_page()
        tab.on("pageerror", lambda error: faults.append(str(error)))
        tab.on("console", lambda said: said.type == "error" and keep(said.text))
        tab.on(
            "request",
            lambda asked: asked.url.startswith(("file:", "data:", "blob:")) or faults.append(asked.url),
        )
        tab.goto(file.as_uri())
        tab.locator(".academy-form").wait_for()
        return tab

    yield open_file
    for context in contexts:
        context.close()
    assert faults == []


def answers_of(page: Any, name: str = SAVE) -> dict[str, Any]:
    """What the file has that the button saves."""
    with page.expect_download() as saved:
        page.get_by_role("button", name=name).click()
    name = r"Context map - [\w ]+ - \d{4}-\d\d-\d\d - p-\w+\.answers\.json"
    assert re.fullmatch(name, saved.value.suggested_filename)
    content: dict[str, Any] = json.loads(Path(saved.value.path()).read_text("utf-8"))
    assert ANSWERS_FILE.check(content) == content
    return content


def write_a_row(page: Any) -> None:
    page.locator("button.add").click()
    page.locator("select").first.select_option(index=1)
    page.locator("textarea").first.fill("The port unloads at night")


def test_what_is_written_at_home_comes_into_the_course(office: Office, at_home: Callable[..., Any]) -> None:
    amina = office.join("Amina")
    page = at_home(office.form(amina))
    write_a_row(page)
    expect(page.locator(".status")).to_have_text("Kept in this browser")
    file = answers_of(page)
    expect(page.locator(".end [role=status]").first).to_contain_text("is in your downloads")
    assert office.take(file, by=amina).text == "Answers taken: 3."
    [row] = office.values(amina)["map"]
    assert office.values(amina)[f"map/{row}/change"] == "The port unloads at night"

    # She goes on, and the file is saved and brought in again.
    page.locator("textarea").first.fill("The port unloads at night with cranes")
    expect(page.locator(".end [role=status]").first).to_contain_text("Save it again")
    assert office.take(answers_of(page), by=amina).text == "Answers taken: 1. Already here from before: 2."
    assert office.values(amina)[f"map/{row}/change"] == "The port unloads at night with cranes"


def test_the_browser_keeps_it_until_another_day(office: Office, at_home: Callable[..., Any]) -> None:
    form = office.form(office.join("Amina"))
    page = at_home(form)
    write_a_row(page)
    page.close(run_before_unload=False)
    page = at_home(form, again=page)
    expect(page.locator("textarea").first).to_have_value("The port unloads at night")
    assert len(answers_of(page)["edits"]) == 3


def test_forms_of_two_people_in_one_browser_share_nothing(
    office: Office, at_home: Callable[..., Any]
) -> None:
    page = at_home(office.form(office.join("Amina")))
    write_a_row(page)
    other = at_home(office.form(office.join("Bao")), again=page)
    expect(other.locator(".row-card")).to_have_count(0)
    expect(other.get_by_text("There are no rows yet.")).to_be_visible()


def test_the_answers_of_the_course_are_in_it_and_are_not_sent_back(
    office: Office, at_home: Callable[..., Any]
) -> None:
    amina = office.join("Amina")
    office.take(office.file(amina, {"map": ["r1"], "map/r1/who": "Crane drivers"}), by=amina)
    page = at_home(office.form(amina))
    expect(page.get_by_label("Who is hit first?")).to_have_value("Crane drivers")
    page.get_by_role("button", name=SAVE).click()
    expect(page.locator(".end [role=status]").first).to_contain_text("nothing new to save")
    page.get_by_label("Who is hit first?").fill("Crane drivers over fifty")
    [edit] = answers_of(page)["edits"]
    assert (edit["path"], edit["value"]) == ("map/r1/who", "Crane drivers over fifty")
    assert edit["base"] == office.history(amina, "map/r1/who")[-1].id


def test_a_phone_that_keeps_nothing_goes_on_from_the_file(
    office: Office, at_home: Callable[..., Any], tmp_path: Path
) -> None:
    amina = office.join("Amina")
    form = office.form(amina)
    page = at_home(form)
    write_a_row(page)
    file = answers_of(page)
    page.evaluate("localStorage.clear()")
    page.reload()
    expect(page.get_by_text("There are no rows yet.")).to_be_visible()
    page.get_by_text("Go on with a saved answers file").click()
    saved = tmp_path / "mine.answers.json"
    saved.write_text(json.dumps(file), "utf-8")
    page.get_by_label("Your answers file").set_input_files(saved)
    expect(page.get_by_text("Answers taken from the file: 3")).to_be_visible()
    expect(page.locator("textarea").first).to_have_value("The port unloads at night")
    assert {edit["id"] for edit in answers_of(page)["edits"]} == {edit["id"] for edit in file["edits"]}

    other = office.file(office.join("Bao"), {"map": ["r9"]})
    saved.write_text(json.dumps(other), "utf-8")
    page.get_by_label("Your answers file").set_input_files(saved)
    expect(page.get_by_text("This file does not belong to this form")).to_be_visible()
    expect(page.locator(".row-card")).to_have_count(1)


def test_where_storage_and_downloads_are_forbidden_there_is_a_text_to_copy(
    office: Office, at_home: Callable[..., Any]
) -> None:
    amina = office.join("Amina")
    page = at_home(office.form(amina))
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden'); } })"
    )
    page.reload()
    write_a_row(page)
    expect(page.locator(".status")).to_have_text(MEMORY_ONLY)
    page.get_by_text("No file appeared?").click()
    box = page.get_by_label("Your answers as text")
    expect(box).not_to_have_value("")
    text = box.input_value()
    page.get_by_role("button", name="Copy the text").click()
    expect(page.get_by_text(re.compile("Copied|is selected"))).to_be_visible()
    assert office.take(text.encode(), by=amina).text == "Answers taken: 3."


def test_gaps_are_named_with_links_and_the_rules_of_the_course(
    office: Office, at_home: Callable[..., Any]
) -> None:
    from academy.course import problems

    page = at_home(office.form(office.join("Amina")))
    write_a_row(page)
    page.get_by_role("button", name="Look for gaps").click()
    summary = page.locator(".summary")
    expect(summary).to_be_focused()
    values = {edit["path"]: edit["value"] for edit in answers_of(page)["edits"]}
    exercise = office.course.exercise("context-map")
    said = [text.split(" – ")[-1] for text in summary.locator("a").all_text_contents()]
    assert said == [problem.text for problem in problems(exercise, values)]
    summary.locator("a").last.click()
    expect(page.locator("input:focus")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_file_is_accessible_in_each_language_and_light(
    office: Office, at_home: Callable[..., Any], language: str, scheme: str
) -> None:
    # The policy of the file lets no script in, so the checker comes before it.
    page = at_home(office.form(office.join("Amina", language)), color_scheme=scheme)
    page.locator("button.add").click()
    for details in page.locator(".end details").all():
        details.locator("summary").click()
    content = AXE.read_text("utf-8")
    session = page.context.new_cdp_session(page)
    session.send("Page.setBypassCSP", {"enabled": True})
    page.evaluate(content)
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then((result) => result.violations)")
    assert [f"{item['id']}: {node['html']}" for item in found for node in item["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")


def test_nothing_else_runs_in_the_file(office: Office, at_home: Callable[..., Any]) -> None:
    amina = office.join("Amina <img src=x onerror=window.ran=1>")
    office.take(office.file(amina, {"map": ["r1"], "map/r1/who": "</script><script>window.ran=2</script>"}))
    page = at_home(office.form(amina))
    expect(page.get_by_label("Who is hit first?")).to_have_value("</script><script>window.ran=2</script>")
    stopped = """new Promise((stopped) => {
        document.addEventListener('securitypolicyviolation', (event) => stopped(event.violatedDirective));
        const script = document.createElement('script');
        script.textContent = 'window.ran = 3';
        document.head.append(script);
    })"""
    assert page.evaluate(stopped) == "script-src-elem"
    assert page.evaluate("window.ran") is None


def test_the_largest_form_full_of_answers_is_below_62_kilobytes(office: Office) -> None:
    """Every text at the middle of its limits in every row that fits, from two thousand words, as people have them."""
    exercise = max(office.course.exercises, key=lambda exercise: len(list(exercise.all_columns())))
    letters = random.Random(1)
    words = [word(letters) for _ in range(2000)]
    for language in office.course.languages:
        amina = office.join("Amina", language)
        values: dict[str, Any] = {}
        for field in exercise.fields:
            if field.type == "table":
                values[field.id] = [f"r{n}" for n in range((field.rows or [0, 1])[1])]
            for place, column in cells(field, values):
                if column.type in ("text", "line"):
                    count = sum(column.words or [10, 20]) // 2
                    values[place] = " ".join(letters.choices(words, k=count))
        assert office.take(office.file(amina, values, exercise.id)).taken
        assert len(office.form(amina, exercise.id)) < 62_000


def cells(field: Any, values: dict[str, Any]) -> list[tuple[str, Any]]:
    """The places of a field that can be written in: itself, or the cells of its rows."""
    if field.type != "table":
        return [(field.id, field)]
    return [(f"{field.id}/{row}/{column.id}", column) for row in values[field.id] for column in field.columns]


def word(letters: random.Random) -> str:
    return "".join(letters.choices("etaoinshrdlu", k=letters.randint(2, 9)))


def test_the_file_says_whose_it_is_first(office: Office, at_home: Callable[..., Any]) -> None:
    amina = office.join("Amina <b>الحداد</b>")
    page = at_home(office.form(amina))
    first = page.locator("main > *").first
    expect(first).to_contain_text("This is the form of \u2068Amina <b>الحداد</b>\u2069.")
    expect(first).to_contain_text("Are you somebody else?")
    session = office.session(amina)
    name = file_name(session, session.course.exercise("context-map"))
    assert re.fullmatch(r"Context map - Amina b الحداد b - \d{4}-\d\d-\d\d\.html", name)
    short = office.form(office.join("Leila Z.")).decode()
    assert "This is the form of Leila Z.</b>" in short
    assert "an answer of Leila Z. Download" in short


def test_what_the_course_works_out_is_of_a_moment_or_not_there(
    office: Office, at_home: Callable[..., Any]
) -> None:
    amina = office.join("Amina")
    values = {"currency": "GHS", "learners": 25, "costs": ["r1"], "costs/r1/amount": 12500}
    before = unpacked_form(office.form(amina, "pilot-plan"))["data"]["spec"]["fields"]
    assert not [field["id"] for field in before if field["type"] == "computed"]
    office.take(office.file(amina, values, "pilot-plan"))
    page = at_home(office.form(amina, "pilot-plan"))
    shown = page.locator(".field.computed output")
    expect(shown.first).to_have_text(re.compile(r"^As of \d+ \w+ \d{4} · \d\d:\d\d UTC: 12\u00a0500 GHS$"))


def test_where_nothing_can_be_kept_only_that_is_said(office: Office, at_home: Callable[..., Any]) -> None:
    page = at_home(office.form(office.join("Amina")))
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); };")
    page.evaluate("localStorage.clear()")
    page.reload()
    expect(page.locator(".status")).to_have_text(MEMORY_ONLY)
    write_a_row(page)
    expect(page.locator(".status")).to_have_text(MEMORY_ONLY)


def test_the_file_opens_in_browsers_that_cannot_unpack_by_themselves(
    office: Office, at_home: Callable[..., Any]
) -> None:
    """Firefox before 113, Safari before 16.4."""
    page = at_home(office.form(office.join("Amina")))
    page.add_init_script(
        "delete window.DecompressionStream; delete Element.prototype.replaceChildren; delete window.Intl;"
    )
    page.reload()
    write_a_row(page)
    expect(page.locator(".status")).to_have_text("Kept in this browser")
    expect(page.locator("#academy-old")).to_be_hidden()
