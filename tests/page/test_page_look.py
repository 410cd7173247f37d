"""How the page looks and reads: small phone, keyboard, screen reader, right to left, night, what it costs."""

import gzip
import os
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.support.patience import SECONDS

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
MOST_REQUESTS, MOST_BYTES = 4, 72_000  # a stock Voilà compresses nothing
LESSON = """md:# Workers' education

A paragraph with a [link](home.ipynb) and `code`.

> A quotation.

| Driver | What is changing here | Who is hit first | Evidence | Effect on the union | Learning need |
|---|---|---|---|---|---|
| Technology | Cranes are steered from an office | drivers | testimony | bargaining | to check a contract |
"""
WIDGETS = """
import ipywidgets as w
w.VBox([w.HTML("<table><caption>Small</caption><tr><th>One</th></tr></table>", description="Table"),
        w.Button(description="Press"), w.Button(description="Start", button_style="primary"),
        w.Label("Label"), w.IntSlider()])
"""


@pytest.fixture(scope="session")
def arabic(make_app):
    return make_app(
        lang="ar", dir="rtl", course_title="التثقيف العمالي", person={"name": "ليلى", "role": "participant"}
    )


def violations(page):
    page.evaluate(AXE.read_text())
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run({ runOnly: tags, resultTypes: ['violations'] })", tags)[
        "violations"
    ]
    return [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]]


def test_a_first_visit_costs_little_and_asks_nobody_else(app, page):
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    sockets = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.goto(app.url + app.page("first", LESSON, WIDGETS), wait_until="networkidle")
    sizes = {answer.url: len(answer.body()) + 400 for answer in answers}
    print({address.rpartition("/")[2]: size for address, size in sizes.items()}, sockets)
    assert len(answers) + len(sockets) <= MOST_REQUESTS
    assert sum(sizes.values()) <= MOST_BYTES
    assert all(address.startswith(app.url) for address in sizes)
    assert page.complaints == []


@pytest.mark.parametrize(("name", "most"), [("page.js", 10 * 1024), ("page.css", 6 * 1024)])
def test_the_front_end_stays_small(share, name, most):
    folder, assets = share
    built = folder / assets[name].lstrip("/")
    assert 500 < len(gzip.compress(built.read_bytes(), 9)) <= most


def test_the_lesson_can_be_read_before_python_is_ready(app, tmp_path):
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    wait = f"open({str(gate)!r}).read(); print('the gate is open')"
    address = app.url + app.page("gated", "md:# Before", "md:Read this meanwhile.", wait, "md:After")
    with urllib.request.urlopen(address, timeout=SECONDS) as answer:
        first = b""
        while b"academy-starting" not in first:
            first += answer.read1()
        assert b"Read this meanwhile." in first
        assert b"the gate is open" not in first
        gate.write_text("")
        rest = answer.read().decode()
    assert rest.index("the gate is open") < rest.index("After") < rest.index("</html>")


def test_a_slow_start_and_a_failed_one_are_said(app, page, tmp_path):
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    wait = f"open({str(gate)!r}).read(); None"
    address = app.url + app.page("slow", "md:# Lesson", wait, "import ipywidgets; ipywidgets.Label('ready')")
    page.clock.install()
    page.goto(address, wait_until="commit")
    expect(page.locator("#academy-starting")).to_have_text("This page is starting. Please wait.")
    page.wait_for_function("Boolean(window.voila_heartbeat)")
    page.clock.fast_forward(10_500)
    expect(page.get_by_role("status")).to_contain_text("Still starting.")
    page.route("**/api/kernels/*", lambda route: route.fulfill(status=404))
    page.clock.fast_forward(10_500)
    expect(page.get_by_role("status")).to_contain_text("This page could not start.")
    expect(page.get_by_role("button", name="Open the page again")).to_be_visible()
    page.unroute("**/api/kernels/*")
    gate.write_text("")
    expect(page.get_by_text("ready")).to_be_visible()
    expect(page.get_by_role("status")).to_be_empty()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(app, page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(app.url + app.page("axe", LESSON, WIDGETS, "1/0"))
    expect(page.get_by_role("button", name="Press")).to_be_visible()
    assert violations(page) == []
    page.get_by_text("Menu").click()
    assert violations(page) == []


def test_right_to_left_is_the_page_s_direction(arabic, page):
    page.goto(arabic.url + arabic.page("arabic", "md:# العمل\n\nنص", WIDGETS))
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.get_by_role("button", name="Press")).to_be_visible()
    title, menu = page.locator(".home").bounding_box(), page.locator("summary").bounding_box()
    assert menu["x"] < title["x"]
    page.get_by_text("Menu").click()
    sheet = page.locator(".sheet").bounding_box()
    assert sheet["x"] >= 0
    assert sheet["x"] + sheet["width"] <= 360
    assert violations(page) == []


@pytest.mark.parametrize("width", [320, 360, 1200])
def test_nothing_makes_the_page_wider_than_the_screen(app, page, width):
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(app.url + app.page("wide", LESSON, WIDGETS))
    expect(page.get_by_role("button", name="Press")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_wide_table_is_a_named_region_that_the_keyboard_reaches(app, page):
    page.goto(app.url + app.page("table", LESSON, WIDGETS))
    region = page.get_by_role("region", name="Workers' education")
    expect(region).to_have_attribute("tabindex", "0")
    assert region.evaluate("el => el.scrollWidth > el.clientWidth")
    expect(page.locator(".scroll:has(caption)")).not_to_have_attribute("tabindex", "0")
    page.set_viewport_size({"width": 1400, "height": 740})
    expect(page.get_by_role("region")).to_have_count(0)


def test_the_keyboard_skips_to_the_content_first(app, page):
    page.goto(app.url + app.page("skip", LESSON))
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to the content")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_there_is_one_first_heading_on_every_page(app, page):
    for cells in ([LESSON], ["print('no heading')"], ["md:## Second", "1"]):
        page.goto(app.url + app.page("heading", *cells, title="The title"))
        expect(page.locator("h1")).to_have_count(1)
        expect(page).to_have_title("The title · Innovative workers' education")


def test_without_javascript_the_lesson_is_there_with_a_sentence(app, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(app.url + app.page("plain", LESSON, WIDGETS))
    expect(page.locator("noscript .notice")).to_be_visible()
    expect(page.get_by_text("A paragraph with a")).to_be_visible()
    expect(page.locator("#academy-starting")).to_be_hidden()
    context.close()


def test_paper_has_the_lesson_and_nothing_to_press(app, page):
    page.goto(app.url + app.page("paper", LESSON, WIDGETS))
    page.emulate_media(media="print")
    expect(page.get_by_text("A paragraph with a")).to_be_visible()
    expect(page.get_by_text("Menu")).to_be_hidden()


def test_the_list_of_pages_and_a_missing_page_never_fail(app, page):
    app.page("listed", LESSON)
    answer = page.goto(app.url)
    assert answer.status == 200
    expect(page.get_by_role("link", name="listed")).to_be_visible()
    answer = page.goto(app.url + "voila/render/nothing-here.ipynb")
    assert answer.status == 404
    expect(page.get_by_role("link", name="Home")).to_be_visible()
    assert "http" not in page.content().replace(app.url, "").replace("http-equiv", "")


@pytest.mark.parametrize("which", ["app", "arabic"])
def test_at_twice_the_size_of_text_head_and_menu_stay_in_the_page(which, request, page):
    app = request.getfixturevalue(which)
    page.goto(app.url + app.page("big", LESSON))
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.locator(".menu summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for part in (".home", ".menu summary", ".sheet"):
        box = page.locator(part).bounding_box()
        assert box["x"] >= -1
        assert box["x"] + box["width"] <= 361


OF_2020 = """
for (const kind of [Element, Document, DocumentFragment]) delete kind.prototype.replaceChildren;
const supports = CSS.supports.bind(CSS);
CSS.supports = (...words) => words[0] !== "aspect-ratio" && supports(...words);
"""


def test_in_a_browser_of_2020_the_page_works_and_takes_its_style_in_older_words(app, page):
    page.add_init_script(OF_2020)
    page.goto(app.url + app.page("older", LESSON, WIDGETS))
    expect(page.get_by_role("button", name="Press")).to_be_visible()
    expect(page.locator("link[href*='/floor-']")).to_have_count(1)
    assert page.complaints == []


def test_in_a_browser_of_today_the_page_takes_no_second_style(app, page):
    page.goto(app.url + app.page("newer", LESSON, WIDGETS))
    expect(page.get_by_role("button", name="Press")).to_be_visible()
    expect(page.locator("link[href*='/floor-']")).to_have_count(0)


FEEDBACK = """
from IPython.display import HTML
HTML('<div style="height: 3000px">Long</div><h2 data-read="read-feedback/7">Feedback</h2>')
"""


def test_what_has_come_is_told_once_it_is_reached_and_no_sooner(app, page):
    said = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: said.append(bytes(frame))))
    page.goto(app.url + app.page("reached", FEEDBACK, WIDGETS))
    expect(page.get_by_role("button", name="Press")).to_be_visible()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_function("() => true")
    assert not any(b"read-feedback/7" in frame for frame in said)
    with page.expect_event("console", lambda message: message.text == "reached"):
        page.evaluate(
            """() => {
              const mark = document.querySelector("[data-read]");
              mark.scrollIntoView();
              new IntersectionObserver((found, sight) => {
                if (!found[0].isIntersecting) return;
                sight.disconnect();
                setTimeout(() => console.log("reached"));
              }).observe(mark);
            }"""
        )
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    told = [frame for frame in said if b"read-feedback/7" in frame]
    assert len(told) == 1
