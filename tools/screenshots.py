"""Take the README's pictures from the running kit: python tools/screenshots.py"""

from __future__ import annotations

import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from academy.course import load_course  # noqa: E402
from academy.course.examples import read_example  # noqa: E402
from academy.live import Ballot, Live  # noqa: E402
from academy.store import Releases  # noqa: E402
from tests.support.phone import Phone  # noqa: E402
from tests.support.server import AcademyServer  # noqa: E402
from tools.browser import find  # noqa: E402

IMAGES = ROOT / "docs" / "images"
COURSE = load_course("innovative-workers-education")
MAP = COURSE.exercise("context-map")
RANKED = ["platform-labour", "artificial-intelligence", "inequality", "climate-transition", "technology"]
RANKED += ["digitalisation", "demography"]


def academy(*words: object) -> None:
    """Run an `academy` command."""
    subprocess.run([sys.executable, "-m", "academy", *map(str, words)], check=True, capture_output=True)


def rows() -> list[dict[str, object]]:
    """The rows of the worked example, columns in the order of the form."""
    columns = [column.id for column in MAP.field("map").columns]
    return [{name: row[name] for name in columns} for row in read_example(MAP.folder / "example.yaml")["map"]]


def fill_in(phone: Phone, server: AcademyServer) -> str:
    """Fill the map in on a phone, taking pictures on the way, and submit it."""
    person = phone.sign_in(server, "Amina")
    form = phone.open_week(server)
    card = form.add_row()
    form.fill_row(card, rows()[0])
    form.wait_until_saved()
    card.locator(".cells > .field").first.evaluate("e => e.closest('fieldset').scrollIntoView()")
    picture(phone.page, "context-map-phone.png")
    form.root.locator(".advice:not(.again)").evaluate("e => e.scrollIntoView({block: 'center'})")
    picture(phone.page, "context-map-advice.png")
    for row in rows()[1:]:
        form.fill_row(form.add_row(), row)
    form.wait_until_saved()
    form.submit()
    form.root.locator(".submitted").wait_for()
    return person


def picture(page: Page, name: str) -> None:
    """Save what is in view, once it has come to rest."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.screenshot(path=IMAGES / name, animations="disabled")


def present(page: Page, server: AcademyServer) -> None:
    """Let invented people rank the drivers, and picture the board as the room sees it."""
    added = server.people.add("Rosa", role="facilitator")
    page.goto(f"{server.url}j/{added.link_token}")
    page.locator("form:not(.langs) button").first.click()
    page.wait_for_url(re.compile("home"))
    page.goto(f"{server.url}present/week-1-transformation")
    page.locator("body.ready").wait_for()
    slide = page.locator(".slide.current")
    page.keyboard.press("l")
    page.keyboard.press("s")
    slide.locator(".code").wait_for()
    page.keyboard.press("l")
    page.keyboard.press("PageDown")
    page.locator(".slide.current[data-phase=open]").wait_for()
    room = Live(server.store, COURSE, server.data.secret).of("webinar-1")
    assert room is not None
    room.answer_all([Ballot(f"p-{n}", "driver-ranking", f"invented-{n}", order(n)) for n in range(23)])
    slide.get_by_text("23 of 23 answered").wait_for()
    picture(page, "present-question.png")
    page.keyboard.press("PageDown")
    slide.locator(".ranking li").last.wait_for()
    picture(page, "present-ranking.png")


def order(n: int) -> list[str]:
    """An invented ranking of the drivers; the same in each run."""
    chance = random.Random(n)
    place = {driver: at + chance.gauss(0, 1.6) for at, driver in enumerate(RANKED)}
    return sorted(RANKED, key=lambda driver: place[driver])


def grade(page: Page, folder: Path) -> None:
    """Collect, autograde, and picture the submission in formgrader."""
    root = folder / "courses" / COURSE.id
    for command in ("collect", "autograde"):
        subprocess.run(
            [sys.executable, "-m", "nbgrader", command, MAP.id], cwd=root, check=True, capture_output=True
        )
    words = [sys.executable, "-m", "academy", "lab", "--no-browser", "--port", "0", "--data", str(folder)]
    lab = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert lab.stdout is not None
    link = next(found[0] for line in lab.stdout if (found := re.search(r"http://\S+", line)))
    try:
        page.goto(link)
        page.goto(f"{re.match(r'http://[^/]+/', link)[0]}formgrader/gradebook/{MAP.id}/{MAP.id}")
        page.locator("table tbody a").first.click()
        page.locator("body[data-ready]").wait_for()
        page.keyboard.press("3")
        page.locator(".bank summary").first.click()
        page.locator(".score-saved").first.wait_for(state="hidden")
        picture(page, "formgrader.png")
    finally:
        lab.terminate()
        lab.wait()


def main() -> None:
    """Make a course, walk it, and keep the pictures; `presenting` as an argument takes only those."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = Path(place) / "data"
        academy("init", "--data", folder)
        chromium = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox", "--disable-gpu"])
        with AcademyServer(folder) as server:
            assert Releases(server.store, COURSE.id).is_open(MAP.id)
            screen = chromium.new_context(viewport={"width": 1600, "height": 900}, reduced_motion="reduce")
            present(screen.new_page(), server)
            if sys.argv[1:] == ["presenting"]:
                return
            phone = Phone(chromium, device_scale_factor=2, reduced_motion="reduce")
            fill_in(phone, server)
        desk = chromium.new_context(
            viewport={"width": 1200, "height": 900}, reduced_motion="reduce"
        ).new_page()
        grade(desk, folder)
        chromium.close()


if __name__ == "__main__":
    main()
