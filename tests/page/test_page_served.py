"""The pages of the course as the course's own server serves them: what they cost a phone on a weak line."""

import json
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import pytest
from playwright.sync_api import expect

from academy.course import load_course
from academy.course.form_spec import form_spec
from academy.store import Answers, Releases
from tests.support.line import Line
from tests.support.server import AcademyServer

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
COURSE = load_course("innovative-workers-education")
FIRST_REQUESTS, FIRST_BYTES = 5, 41_500
NEXT_REQUESTS, NEXT_BYTES = 2, 12_000
LARGEST_BYTES = 43_700
"""What the largest exercise may cost with its text, also in a script whose letters take two bytes."""
WEEK_BYTES = 40_000
"""What a week with its lessons and all its exercises may cost above the light page."""
WEEK_REQUESTS = FIRST_REQUESTS + 3
WEEK_NEXT_BYTES = 30_000
"""The same on the next visit: its exercises need not come again, its lessons do."""
TYPING_BYTES = 1_000
BROUGHT = re.compile(r'"\$kept":"[0-9a-f]+","value"')
"""A part of the state that came with the page, and not only its digest."""
ANSWER = "The port unloads at night with remote cranes, and two gangs became one desk."


def lessons():
    """The pages with a form, which are the heavy ones."""
    pages = [path for path in sorted(NOTEBOOKS.glob("*.ipynb")) if path.name.count(".") == 1]
    return [path.name for path in pages if "exercise(" in path.read_text("utf-8")]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = AcademyServer(tmp_path_factory.mktemp("course") / "data")
    with server:
        for exercise in COURSE.exercises:
            Releases(server.store, COURSE.id).release(exercise.id)
        yield server


@pytest.fixture
def line(server):
    """A line that counts every byte: headers, and what goes through the websocket."""
    line = Line(server.options["port"])
    yield line
    line.close()


@pytest.fixture
def requests(page):
    """Every address that the network is asked for from now on, websockets too; the cache begins empty."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    asked = {}
    session.on(
        "Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: event["request"]["url"]})
    )
    session.on("Network.webSocketCreated", lambda event: asked.update({event["requestId"]: event["url"]}))
    session.on("Network.requestServedFromCache", lambda event: asked.pop(event["requestId"], None))
    session.on(
        "Network.responseReceived",
        lambda event: event["response"].get("fromDiskCache") and asked.pop(event["requestId"], None),
    )
    yield asked
    session.detach()


def sign_in(page, server, line, language="en"):
    new = server.people.add("Amina Diallo", language=language)
    page.goto(line.url + "j/" + new.link_token)
    page.locator("form button").first.click()
    page.wait_for_url("**/home.ipynb")
    leave(page)
    return new.person.id


def leave(page):
    """Go where nothing is asked for."""
    page.goto("about:blank", wait_until="networkidle")


def open_page(page, line, requests, name):
    """Open a page and wait until it says nothing any more; returns what it asked for and how many bytes came."""
    requests.clear()
    line.count_anew()
    page.goto(f"{line.url}c/{COURSE.id}/voila/render/{name}", wait_until="networkidle")
    expect(page.locator(".academy-form").first).to_be_visible()
    asked = [address for address in requests.values() if address.startswith(("http", "ws"))]
    assert all(address.split("/")[2] == line.url.split("/")[2] for address in asked)
    print(name, [address.rpartition("/")[2][:40] for address in asked], line.down.carried)
    return len(asked), line.down.carried


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", lessons())
def test_a_lesson_with_its_form_costs_little_and_the_next_visit_less(
    server, line, page, requests, name, language
):
    sign_in(page, server, line, language)
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    whole_week = name.startswith("week-")
    count, size = open_page(page, line, requests, name)
    assert count <= (
        WEEK_REQUESTS if whole_week else FIRST_REQUESTS
    )  # a play has a script and a style, the live part a script
    assert 5_000 < size <= FIRST_BYTES + (WEEK_BYTES if whole_week else 0)
    leave(page)
    count, size = open_page(page, line, requests, name)
    assert count <= NEXT_REQUESTS
    assert 1_000 < size <= (WEEK_NEXT_BYTES if whole_week else NEXT_BYTES)
    assert page.complaints == []


@pytest.fixture(scope="module")
def largest():
    """The exercise that asks most."""
    return max(COURSE.exercises, key=lambda exercise: len(json.dumps(form_spec(exercise))))


@pytest.fixture(scope="module")
def alone(tmp_path_factory, largest):
    """A server whose page is the largest exercise with its text, as a course of one exercise a page has it."""
    pages = tmp_path_factory.mktemp("pages")
    shutil.copy(NOTEBOOKS / "home.ipynb", pages)
    text = f"# {largest.title}\n\n{largest.summary}\n\n{largest.intro}"
    code = f'from academy_widgets import exercise\n\nexercise("{largest.id}")'
    cells = [nbformat.v4.new_markdown_cell(text), nbformat.v4.new_code_cell(code)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), pages / "largest.ipynb")
    with AcademyServer(tmp_path_factory.mktemp("alone") / "data", notebooks=str(pages)) as server:
        Releases(server.store, COURSE.id).release(largest.id)
        yield server


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_largest_exercise_with_its_text_fits_the_budget_of_a_page(alone, page, requests, language):
    line = Line(alone.options["port"])
    sign_in(page, alone, line, language)
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    count, size = open_page(page, line, requests, "largest.ipynb")
    assert count <= FIRST_REQUESTS
    assert 5_000 < size <= LARGEST_BYTES
    leave(page)
    count, size = open_page(page, line, requests, "largest.ipynb")
    assert count <= NEXT_REQUESTS
    assert 1_000 < size <= NEXT_BYTES
    line.close()


def test_typing_one_answer_costs_a_message_each_way_and_nothing_is_sent_again(server, line, page, requests):
    person = sign_in(page, server, line)
    open_page(page, line, requests, "week-1-transformation.ipynb")
    form = page.locator('.academy-form[data-exercise="context-map"]')
    form.locator("button.add").click()
    status = form.locator(".status")
    expect(status).to_have_attribute("data-state", "saved")
    frames = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.webSocketFrameSent", lambda event: frames.append(event["response"]["payloadData"]))
    line.count_anew()
    form.locator("textarea").first.press_sequentially(ANSWER)
    expect(status).to_have_attribute("data-state", "saving")
    expect(status).to_have_attribute("data-state", "saved")
    print("typing", line.up.carried, line.down.carried, len(frames))
    assert len(frames) == 1
    assert line.up.carried <= TYPING_BYTES
    assert line.down.carried <= TYPING_BYTES
    assert ANSWER in Answers(server.store, COURSE.id).draft(person, "context-map").values.values()
    config = json.loads(page.locator("#academy-config").text_content())
    assert config["host"] == urlsplit(page.url).netloc
    assert not {"@academy/page", "@academy/wait", "@academy/offline", "@academy/paper"} & set(
        config["modules"]
    )
    state = json.loads(page.locator("#academy-state").text_content())
    assert "import" not in json.dumps(state), "the form's code has no business here"


def test_a_device_that_has_lost_what_it_kept_gets_it_from_the_kernel(server, line, page, requests):
    sign_in(page, server, line)
    open_page(page, line, requests, "week-1-transformation.ipynb")
    form = page.locator('.academy-form[data-exercise="context-map"]')
    for lost in ("localStorage.clear()", "localStorage.setItem(`academy.kept ${location.pathname}`, '{')"):
        page.evaluate(lost)
        page.reload()
        assert not BROUGHT.search(page.locator("#academy-state").text_content())
        expect(form.locator("button.add")).to_be_visible()
        page.reload()
        assert BROUGHT.search(page.locator("#academy-state").text_content())
        expect(form.locator("button.add")).to_be_visible()
    assert page.complaints == []
