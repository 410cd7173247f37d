"""The facilitators' desk in a browser: it keeps itself up to date, works with the keys alone, and on a phone."""

import os
import re
import secrets
from datetime import date, timedelta

import nbformat
import pytest
from playwright.sync_api import expect

from academy.course import load_course
from academy.deadlines import Extensions
from academy.store import Answers, Edit, Releases
from tests.peers.small import small_course
from tests.support.phone import Phone
from tests.support.server import ROOT, AcademyServer

SHOTS = os.environ.get("ACADEMY_SHOTS")
DESK, HOME = "voila/render/facilitator/desk.ipynb", "voila/render/home.ipynb"
STOPS = ["They publish our list", "They still publish it"]
HOSTILE = "<img src=x onerror=window.broken=1>"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    root = tmp_path_factory.mktemp("desk")
    pages = {"home": "from academy_widgets import home\n\nhome()"}
    pages |= {"facilitator/desk": "from academy_widgets import facilitator_desk\n\nfacilitator_desk()"}
    for name, code in pages.items():
        file = root / "notebooks" / f"{name}.ipynb"
        file.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)]), file)
    folder = small_course(root / "courses")
    told = folder / "course.yaml"
    began = date.today() - timedelta(days=2)
    activity = (
        f"    starts: {began}\n    activities: [{{id: a, title: An idea, minutes: 30, exercise: idea}}]\n"
    )
    text = re.sub(r"^start: .*$", f"start: {began}", told.read_text("utf-8"), flags=re.MULTILINE)
    text = re.sub(r"^end: .*$", f"end: {began + timedelta(days=30)}", text, flags=re.MULTILINE)
    told.write_text(text + activity, "utf-8")
    (folder / "desk.yaml").write_text(
        f"stops: [{{answer: idea.what, said: [{', '.join(STOPS)}]}}]\n", "utf-8"
    )
    server = AcademyServer(root / "data", notebooks=str(root / "notebooks"))
    with server.start(ACADEMY_EXERCISES=str(folder.parent)):
        server.course = load_course(folder)
        yield server


@pytest.fixture
def desk(served, chromium):
    phone = Phone(chromium)
    phone.sign_in(served, "Desk", role="facilitator")
    phone.page.goto(served.url + DESK)
    expect(phone.page.get_by_role("tab", name="What waits for me")).to_be_visible()
    yield phone.page
    assert phone.faults == []
    phone.close()


def submit(served, person, text="A circle at the gate"):
    answers = Answers(served.store, "small")
    answers.save(person, "idea", [Edit(secrets.token_hex(6), "what", text)])
    answers.submit(person, "idea", secrets.token_hex(6), "v1")


def test_what_happens_in_the_course_is_seen_without_a_touch(served, desk):
    amina = served.people.add(f"Amina {HOSTILE}").person.id
    desk.get_by_role("tab", name="Who is where").click()
    row = desk.locator(".person").filter(has_text=amina)
    expect(row).to_contain_text(f"Amina {HOSTILE[:20]}")
    expect(row.locator(".light")).to_have_text(re.compile("1 ○ 0/2"))
    submit(served, amina)
    expect(row.locator(".light")).to_have_text(re.compile("1 ◐ 1/2"))
    row.locator("summary").click()
    expect(row).to_contain_text("handed in, waits for feedback")
    desk.get_by_role("tab", name="What waits").click()
    assert desk.evaluate("window.broken") is None
    submit(served, amina, STOPS[0])
    flag = desk.locator(".things .stop")
    flag.get_by_role("button", name="Go there").click()
    expect(flag.locator(".kept")).to_have_text(STOPS[0])
    expect(flag.locator(".kept")).to_be_in_viewport()
    submit(served, amina, STOPS[1])
    expect(flag.locator(".kept")).to_have_text(STOPS[1])  # the newest, without a touch
    expect(flag.locator(".inside")).to_contain_text("version 3")
    submit(served, served.people.add("Zoe").person.id)
    expect(desk.locator(".things .collect")).to_contain_text("Who? (2)")
    expect(flag.locator(".kept")).to_be_visible()  # news about others fold nothing
    if SHOTS:
        desk.screenshot(path=f"{SHOTS}/desk-stop.png")
    submit(served, amina)
    expect(flag).to_have_count(0)
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_with_the_keys_alone_an_exercise_opens_and_a_message_goes_up_and_comes_down(served, desk, chromium):
    desk.get_by_role("tab", name="What waits for me").focus()
    for _ in range(2):
        desk.keyboard.press("ArrowRight")
    expect(desk.get_by_role("tab", name="Exercises and ends")).to_be_focused()
    button = desk.get_by_role("button", name="Open: An idea")
    button.focus()
    desk.keyboard.press("Enter")
    closing = desk.get_by_role("button", name="Close: An idea")
    expect(closing).to_be_focused()
    assert Releases(served.store, "small").is_open("idea")
    days = desk.get_by_label("More days for everybody")
    days.focus()
    desk.keyboard.press("Enter")
    expect(desk.locator(".given")).to_contain_text("2 more days for everybody")
    assert len(Extensions(served.store, served.course).given()) == 1

    desk.get_by_role("tab", name="Exercises and ends").focus()
    desk.keyboard.press("ArrowRight")
    area = desk.get_by_label("Message (English)")
    area.focus()
    desk.keyboard.type(f"We meet at ten. {HOSTILE}")
    desk.get_by_role("button", name="Put it on the home page").focus()
    desk.keyboard.press("Enter")
    standing = desk.locator(".standing li")
    expect(standing).to_contain_text(f"We meet at ten. {HOSTILE}")

    bao = Phone(chromium)
    bao.sign_in(served, "Bao", language="ar")
    expect(bao.page.locator(".said")).to_contain_text(f"We meet at ten. {HOSTILE}")
    desk.locator(".standing").get_by_role("button", name="Take back").focus()
    desk.keyboard.press("Enter")
    expect(standing).to_have_count(0)
    bao.page.goto(served.url + HOME)
    expect(bao.page.locator(".next").first).to_be_visible()
    expect(bao.page.locator(".said")).to_have_count(0)
    assert bao.page.evaluate("window.broken") is None
    bao.close()


def test_the_desk_is_accessible_and_fits_a_phone_in_each_panel(served, desk):
    submit(served, served.people.add("Carmen").person.id)
    desk.evaluate((ROOT / "node_modules/axe-core/axe.min.js").read_text("utf-8"))
    for name in ("things", "people", "exercises", "messages", "pictures"):
        desk.locator(f"#desk-tab-{name}").click()
        expect(desk.locator(f"#desk-{name}")).to_be_visible()
        found = desk.evaluate(
            "axe.run('.academy-desk', {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})"
        )
        assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found["violations"]] == []
        assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def test_nobody_else_opens_the_desk(served, chromium):
    phone = Phone(chromium)
    phone.sign_in(served, "Dina")
    answer = phone.page.goto(served.url + DESK)
    assert answer.status == 403
    phone.close()
