"""Scripts that need a page, each file of `dom/` in a real browser; errors on the page fail too."""

import mimetypes
from pathlib import Path

import pytest

from tests.support.walk import TREE, Walk

FOLDER = Path(__file__).parent / "dom"
SCRIPTS = Path(__file__).parents[2] / "widgets" / "academy_widgets" / "js"
FILES = sorted(file.name for file in FOLDER.glob("*.mjs") if file.name != "harness.mjs")
SITE = "http://scripts.test"
PAGE = "<!doctype html><html lang=en><head><meta charset=utf-8><link rel=icon href=data:,></head><body></body></html>"


def answer(route):
    path = route.request.url.removeprefix(SITE).partition("?")[0].partition("#")[0]
    file = SCRIPTS / path[4:] if path.startswith("/js/") else FOLDER / path[1:]
    if path in ("/", "/frame.html"):
        route.fulfill(body=PAGE, content_type="text/html")
    elif path == "/tree.js":
        route.fulfill(body=TREE, content_type="text/javascript")
    else:
        kind = "text/javascript" if file.suffix == ".mjs" else mimetypes.guess_type(file.name)[0]
        route.fulfill(body=file.read_text("utf-8"), content_type=kind)


@pytest.fixture(scope="module")
def page(chromium):
    context = chromium.new_context()
    page = context.new_page()
    page.route(f"{SITE}/**", answer)
    yield page
    context.close()


@pytest.mark.parametrize("name", FILES)
def test_scripts_do_in_a_page_what_they_say(page, name, as_drawn):
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(SITE)
    said, count = page.evaluate(
        """async (name) => {
            const { run } = await import("/harness.mjs");
            const { tests } = await import(`/${name}`);
            return [await run(tests), Object.keys(tests).length];
        }""",
        name,
    )
    assert said["failed"] == [], "\n".join(said["failed"])
    assert count > 5
    assert errors == []
    for walked, steps in said["walks"].items():
        walk = Walk(page, "body")
        for label, lines in steps:
            walk.note(label, lines)
        assert walk.is_as_read(f"scripts/{walked}", as_drawn), walked
