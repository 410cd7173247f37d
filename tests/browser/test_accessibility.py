"""The real pages: free of what axe can find, and usable with the keys alone."""

import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import expect

from academy.content import notebooks_root
from academy.course import load_course
from academy.store import Answers, Edit, Feedback, Releases
from academy_app.server.pages.files import PageFiles
from tests.support.patience import until, until_on
from tests.support.server import AcademyServer

AXE = (Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FAULTS = {"resultTypes": ["violations"]}
COURSE = load_course("innovative-workers-education")
MAP = COURSE.exercise("context-map")
ITS_FORM = f'.academy-form[data-exercise="{MAP.id}"]'
MOST_STEPS = 400
"""A week has its lessons and its other forms before and after the map."""
PAGES = PageFiles(COURSE.folder, notebooks_root())
# The page has come to its end, and each widget has something to see.
ALL_SHOWN = """() => document.readyState === "complete" && document.getElementById("academy-kernel")
  && [...document.querySelectorAll("[data-model]")].every((part) => part.querySelector("*:not(.widget)"))"""
# Half a hundred summaries of a page at once: a hand takes longer for them than axe for the page.
PRESS_ALL = "folded => folded.forEach((element) => element.click())"
# The element with the focus: what it is, whether its mark is drawn, and whether nothing lies over it.
FOCUS = """() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const [x, y] = [box.x + Math.min(box.width, 16) / 2, box.y + Math.min(box.height, 16) / 2];
  const there = document.elementFromPoint(x, y);
  return {
    kind: element.type ?? element.localName,
    marked: getComputedStyle(element).outlineStyle !== "none",
    seen: box.top >= 0 && box.top < innerHeight && (element.contains(there) || !!there?.contains(element)),
    what: `${element.outerHTML.slice(0, 300)} at ${x}, ${y} below ${there?.outerHTML.slice(0, 300)}`,
  };
}"""


@pytest.fixture(scope="module")
def site(prepared, tmp_path_factory):
    """A course with somebody who has feedback, for all tests of this file."""
    folder = tmp_path_factory.mktemp("site") / "data"
    shutil.copytree(prepared, folder)
    with AcademyServer(folder) as server:
        Releases(server.store, COURSE.id).release(MAP.id)
        yield server


def example(language):
    name = "example.yaml" if language == "en" else f"example.{language}.yaml"
    return yaml.safe_load((MAP.folder / name).read_text("utf-8"))["answers"]["map"]


def write_map(server, person, language):
    """Store a map with a whole row and one with faults."""
    rows = [example(language)[0], {"change": "too short"}]
    values = {"map": [f"r0000000{place}" for place in range(len(rows))]}
    for place, row in enumerate(rows):
        values |= {f"map/r0000000{place}/{column}": value for column, value in row.items() if column != "_id"}
    edits = [Edit(f"{person}-{place:04}", path, value) for place, (path, value) in enumerate(values.items())]
    Answers(server.store, COURSE.id).save(person, MAP.id, edits)


def give_feedback(server, person):
    """Release feedback of every kind: met and unmet checks, levels with and without a comment, a remark."""
    checks = [
        {
            "id": check.id,
            "title": check.title,
            "hint": check.hint,
            "points": check.points,
            "earned": place % 2,
        }
        for place, check in enumerate(MAP.checks)
    ]
    rubric = [
        {"id": criterion.id, "score": place + 1, "points": 4, "comment": "Well said." * (place % 2)}
        for place, criterion in enumerate(MAP.rubric)
    ]
    document = {"points": 12, "max_points": 40, "checks": checks, "rubric": rubric, "submission": 1}
    document["comments"] = [{"cell": "answers", "text": "Go on with row 2.\nAsk the drivers."}]
    answers = Answers(server.store, COURSE.id)
    answers.submit(person, MAP.id, f"key-{person}", MAP.version)
    Feedback(server.store, COURSE.id).release(person, MAP.id, 1, document)


def violations(page, night=True):
    """What axe finds by day, what colours it minds by night, and what does not fit the screen."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE)
    run = "options => axe.run(options).then(found => found.violations)"
    found = page.evaluate(run, {"runOnly": TAGS, **FAULTS})
    if night:
        page.emulate_media(color_scheme="dark")
        found += page.evaluate(run, {"runOnly": ["color-contrast", "link-in-text-block"], **FAULTS})
        page.emulate_media(color_scheme="light")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    faults = [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]
    return faults + ([f"{wide} pixels wider than the screen"] if wide else [])


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_has_a_barrier_that_axe_finds(site, phone, language):
    hand = phone(bypass_csp=True, reduced_motion="reduce")
    page = hand.page
    page.goto(f"{site.url}login")
    if language == "ar":
        page.locator(".langs button[lang=ar]").click()
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.locator("#code").fill("ABCD-1234")
    page.locator("form:not(.langs) button").click()
    expect(page.locator("#error")).to_be_visible()
    assert violations(page) == []

    # A facilitator sees all pages, and may fill in the form to try it.
    person = hand.sign_in(site, "Fatima", language, role="facilitator")
    write_map(site, person, language)
    give_feedback(site, person)
    page.locator(".weeks").wait_for()
    page.locator("details.menu summary").click()
    assert violations(page) == []

    form = hand.open_week(site)
    expect(page.locator("#feedback-context-map .criterion")).to_have_count(len(MAP.rubric))
    for card in form.cards.all():
        form.open_card(card)
    form.submit()
    expect(form.root.locator(".summary")).to_be_visible()
    form.root.locator("details.hint summary").first.click()
    assert violations(page) == []

    assert hand.faults == []


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", PAGES.all())
def test_every_page_that_there_is_has_no_barrier_that_axe_finds(site, phone, name, language):
    hand = phone(reduced_motion="reduce")
    page = hand.page
    refused = []
    page.on("console", lambda said: "Content Security Policy" in said.text and refused.append(said.text))
    person = hand.sign_in(site, "Mona", language, role="facilitator")
    write_map(site, person, language)
    give_feedback(site, person)
    site.people.add("Bongani")
    answer = page.goto(f"{site.url}voila/render/{name}")
    assert answer.status == 200
    until_on(page, ALL_SHOWN)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("main")).to_have_count(1)
    expect(page.locator("h1")).to_have_count(1)
    assert headings_in_order(page.locator(":is(h1, h2, h3, h4, h5, h6):visible"))
    if language == "en":  # all of it is there, and more, once everything is open
        assert violations(page, night=False) == []
    for folded in (
        "main details:not([open]) > summary:visible",
        "button.toggle[aria-expanded=false]:visible",
    ):
        page.locator(folded).evaluate_all(PRESS_ALL)
    assert violations(page, night=language == "en") == []  # colours are the same in all languages
    expect(page.locator(".notice[role=alert]:not([hidden])"), "a cell has failed").to_have_count(0)
    assert hand.faults == []
    assert refused == []


def headings_in_order(headings):
    """Whether no level is left out on the way down."""
    levels = [int(heading.evaluate("element => element.localName[1]")) for heading in headings.all()]
    return all(below - above <= 1 for above, below in pairwise([0, *levels]))


def test_the_keys_alone_fill_a_row_submit_and_follow_the_summary(site, phone):
    hand = phone()
    person = hand.sign_in(site, "Bongani")
    form = hand.open_week(site)
    row = {name: value for name, value in example("en")[0].items() if name != "_id"}
    texts = [row[column.id] for column in MAP.field("map").columns if column.type == "text"]
    press = hand.page.keyboard.press

    until_on(hand.page, ALL_SHOWN)
    walk_to(hand.page, f"{ITS_FORM} button.add")
    press("Enter")
    expect(form.cards).to_have_count(1)
    while not hand.page.evaluate("document.activeElement.matches('.tool, .submit')"):
        answer(hand.page, texts)
        press("Tab")
        visible(hand.page)
    assert texts == []
    expect(form.cards.first.locator(".progress")).to_have_text("All answered")

    # A row is removed and comes back, and the focus stays with what was done.
    walk_to(hand.page, f"{ITS_FORM} .tool.remove")
    press("Enter")
    expect(form.cards).to_have_count(0)
    expect(form.root.locator(".undo button")).to_be_focused()
    press("Enter")
    expect(form.cards.first.locator(".tool.remove")).to_be_focused()
    expect(form.cards.first.locator(".progress")).to_have_text("All answered")
    visible(hand.page)

    # A second row without answers: the summary takes the focus, and its links lead into the row.
    walk_to(hand.page, f"{ITS_FORM} button.add")
    press("Enter")
    walk_to(hand.page, f"{ITS_FORM} button.submit")
    press("Enter")
    summary = form.root.locator(".summary")
    expect(summary).to_be_focused()
    press("Tab")
    press("Tab")
    expect(summary.locator("a").nth(1)).to_be_focused()
    press("Enter")
    expect(form.cards.nth(1).locator("select")).to_be_focused()
    visible(hand.page)
    form.wait_until_saved()
    stored = Answers(site.store, COURSE.id).draft(person, MAP.id).values
    assert sorted(
        stored[path] for path in stored if re.search("/(change|who|evidence|need)$", path)
    ) == sorted(row[name] for name in ("change", "who", "evidence", "need"))
    assert hand.faults == []


def test_what_has_the_focus_stays_where_it_is_when_a_picture_comes_above_it(site, phone):
    hand = phone()
    hand.sign_in(site, "Wanjiru")
    hand.open_week(site)
    until_on(hand.page, ALL_SHOWN)
    form = hand.page.locator('.academy-form[data-exercise="who-is-online"]')
    field = form.get_by_label("Which share of the differences does the line explain?")
    above = form.locator(".picture-place:has(~ .field.number input[id$='/explained/']) .pictured")
    # Not all browsers keep what is seen in its place, and none does while it is scrolled.
    hand.page.evaluate("document.documentElement.style.overflowAnchor = 'none'")
    assert not above.evaluate_all("pictures => pictures.some((picture) => picture.checkVisibility())")
    before = field.evaluate("field => { field.focus(); return field.getBoundingClientRect().top; }")
    expect(above.locator("visible=true").last).to_be_attached()
    assert abs(field.evaluate("field => field.getBoundingClientRect().top") - before) < 1
    visible(hand.page)


def walk_to(page, selector):
    """Press Tab until the focus is there."""
    for _ in range(MOST_STEPS):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
        visible(page)
    raise AssertionError(f"Tab does not lead to {selector}")


def visible(page):
    """Who looks at the screen sees where the focus is, as soon as what is still coming has come."""
    found = {}

    def so():
        found.update(page.evaluate(FOCUS))
        return found["marked"] and found["seen"]

    assert until(so), found


def answer(page, texts):
    """Give the element with the focus an answer, as somebody without a mouse does."""
    kind = page.evaluate(FOCUS)["kind"]
    if kind == "textarea":
        page.keyboard.insert_text(texts.pop(0))
    elif kind == "select-one":
        page.keyboard.press("ArrowDown")
    elif kind in ("radio", "checkbox"):
        page.keyboard.press("Space")
