"""A whole round of peer review: five people, one who drops out, one who is late, one who is unkind."""

import re
import secrets

import nbformat
import pytest
from playwright.sync_api import expect

from academy.course import load_course
from academy.peers.rounds import Round
from academy.store import Answers, Edit, Releases
from tests.peers.small import small_course
from tests.support.patience import until
from tests.support.server import AcademyServer

ROUND = "voila/render/reviews.ipynb"
BOARD = "voila/render/facilitator/reviews.ipynb"
STAR = "You begin where the night shift is, and that is where nobody else goes to listen."
WISH = "Say what a person does who missed the first evening and hears of it only in May."
UNKIND = "This is a stupid idea and nobody will ever come to it, whatever you write there."


@pytest.fixture
def served(tmp_path):
    folder = small_course(tmp_path / "courses")
    pages = {"home": "from academy_widgets import home\nhome()"}
    pages |= {"reviews": 'from academy_widgets import reviews\n\nreviews("idea-reviews")'}
    pages |= {"facilitator/reviews": "from academy_widgets import review_rounds\n\nreview_rounds()"}
    for name, code in pages.items():
        file = folder / "pages" / f"{name}.ipynb"
        file.parent.mkdir(parents=True, exist_ok=True)
        lesson = nbformat.v4.new_markdown_cell("A line to read.\n\n" * 40)
        cells = [lesson, nbformat.v4.new_code_cell(code)]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), file)
    server = AcademyServer(tmp_path / "data")
    with server.start(ACADEMY_EXERCISES=str(folder.parent)):
        course = load_course(folder)
        server.round = Round(server.store, course, course.exercise("idea-reviews"))
        Releases(server.store, "small").release("idea-reviews")
        yield server


class Person:
    """Somebody with a phone, whose idea is submitted."""

    def __init__(self, served, phone, name):
        self.served, self.phone, self.name = served, phone(), name
        self.id = self.phone.sign_in(served, name)
        self.page = self.phone.page

    def submit(self):
        answers = Answers(self.served.store, "small")
        answers.save(
            self.id, "idea", [Edit(secrets.token_hex(6), "what", f"A circle at the gate of {self.id}")]
        )
        answers.submit(self.id, "idea", secrets.token_hex(6), "v1", "en")

    def open(self):
        self.page.goto(self.served.url + ROUND)
        expect(self.page.locator(".received")).to_be_visible()

    def take(self):
        self.open()
        work = self.page.locator(".work")
        button = self.page.get_by_role("button", name=re.compile("work to review|Get the next")).first
        expect(work.or_(button).first).to_be_visible()
        if not work.count():  # it is not in hand already
            press(self.page, button)
        expect(work).to_be_visible()

    def review(self, star=STAR, wish=WISH):
        form = self.page.locator(".academy-form").first
        form.locator("textarea").nth(0).fill(star)
        form.locator("textarea").nth(1).fill(wish)
        form.locator("input[value='3']").check()
        form.locator("button.submit").click()
        expect(form.locator(".submitted")).to_be_visible()


def press(page, button):
    """Press a button that sends a form, and wait for the page that follows, with its script."""
    with page.expect_navigation():
        button.click()


def test_a_round_goes_from_the_first_work_to_the_last_reply(served, phone):
    amina, bao, carmen, dina, emeka = (
        Person(served, phone, name) for name in ("Amina", "Bao", "Carmen", "Dina", "Emeka")
    )
    for person in (amina, bao, carmen, dina):
        person.submit()
    emeka.open()
    expect(emeka.page.locator(".received")).to_contain_text("Submit “An idea” first")

    # Dina takes work and is not seen again; the others give what they owe, with whatever comes first.
    dina.take()
    for person in (amina, bao, carmen):
        person.take()
        expect(person.page.locator(".work")).not_to_contain_text(person.id)
        person.review()

    # Words of the work go into the form with one press.
    bao.take()
    bao.page.locator("button.quote").first.click()
    expect(bao.page.locator(".academy-form textarea").first).to_have_value(
        re.compile("“A circle at the gate of")
    )

    # Emeka is late: the work goes into the pool at once, and so does he.
    emeka.submit()
    emeka.take()
    emeka.review(star=UNKIND)
    for person in (amina, bao, carmen, emeka):
        person.take()
        person.review()
    loads = [len(served.round.received(person.id)) for person in (amina, bao, carmen, dina, emeka)]
    assert sum(loads) == 8
    assert min(loads) >= 1

    # A facilitator sees the unkind one, hides it, and reads the work of the one who lacks a review now.
    desk = phone()
    desk.page.set_viewport_size({"width": 1280, "height": 900})
    desk.sign_in(served, "Desk", role="facilitator")
    desk.page.goto(served.url + BOARD)
    unkind = desk.page.locator("details.sent").filter(has_text=UNKIND)
    unkind.locator("summary").click()
    unkind.get_by_label("Why, for the log").fill("Nobody is helped by this.")
    press(desk.page, unkind.get_by_role("button", name="Hide and ask for another"))
    expect(desk.page.locator(".board")).to_contain_text("hidden")
    hurt = next(t.author for t in served.round.all() if t.reviewer == emeka.id and t.state == "hidden")
    row = (
        desk.page.locator("tr")
        .filter(has=desk.page.locator("th", has_text=hurt))
        .filter(has=desk.page.get_by_role("button", name="Review it myself"))
    )
    press(desk.page, row.get_by_role("button", name="Review it myself"))
    desk.page.goto(served.url + ROUND)
    form = desk.page.locator(".academy-form").first
    form.locator("textarea").nth(0).fill(STAR)
    form.locator("textarea").nth(1).fill(WISH)
    form.locator("button.submit").click()
    expect(form.locator(".submitted")).to_be_visible()

    # Whoever has two reviews reads them, nobody by name, and answers each wish.
    complete = next(p for p in (amina, bao, carmen, emeka) if len(served.round.received(p.id)) >= 2)
    complete.open()
    expect(complete.page.locator(".review")).to_have_count(len(served.round.received(complete.id)))
    text = complete.page.locator("main").inner_text()
    assert UNKIND not in text
    for other in (amina, bao, carmen, dina, emeka):
        if other is not complete:
            assert other.id not in complete.page.content()
            assert f"{other.name}" not in text
    reply = complete.page.locator(".academy-form").last
    reply.locator("input[value='accept']").check()
    reply.locator("textarea").first.fill("We will send a voice message to all.")
    reply.locator("button.submit").click()
    expect(reply.locator(".submitted")).to_be_visible()
    assert all(person.phone.faults == [] for person in (amina, bao, carmen, dina, emeka))


def test_asking_for_work_and_handing_a_review_in_leave_one_where_one_was(served, phone):
    amina, bao, carmen = (Person(served, phone, name) for name in ("Amina", "Bao", "Carmen"))
    for person in (amina, bao, carmen):
        person.submit()
    amina.open()
    page = amina.page
    ask = page.get_by_role("button", name="Get work to review")
    ask.scroll_into_view_if_needed()
    top = "element => element.getBoundingClientRect().top"
    before = page.locator(".reviews h3").evaluate(top)
    press(page, ask)
    expect(page.locator(".reviews h3")).to_be_focused()
    assert until(lambda: page.locator(".reviews h3").evaluate(top) == pytest.approx(before, abs=2))
    assert page.evaluate("scrollY") > 0

    form = page.locator(".academy-form").first
    button = form.locator("button.submit")
    form.locator("textarea").nth(0).fill(STAR)
    form.locator("textarea").nth(1).fill(WISH)
    button.scroll_into_view_if_needed()
    button.click()
    expect(page.locator(".reviews h3")).to_have_text("Your reviews: 1 of 2 given")
    expect(page.locator(".given")).to_contain_text(STAR)
    expect(button).to_be_in_viewport()
    expect(form.locator(".submitted")).to_be_visible()
    expect(page.get_by_role("button", name="I can't review this work")).to_have_count(0)

    # The way on is at hand there, and leads to where the new work begins.
    press(page, page.locator("[id^=next-]").get_by_role("button", name="Get the next work to review"))
    expect(page.locator(".reviews h3")).to_be_focused()
    expect(page.locator(".reviews h3")).to_be_in_viewport()
    expect(page.locator(".work")).to_be_visible()
    amina.review()
    press(page, page.locator(".reviews").get_by_role("button", name="Review one more"))
    expect(page.get_by_text("There is no work waiting just now.").locator("visible=true")).to_have_count(1)
    assert amina.phone.faults == []
