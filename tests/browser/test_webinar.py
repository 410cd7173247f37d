"""Module 1's webinar with everyone in it: a presenter at a projector, and three people with three kinds of browser."""

import re

from playwright.sync_api import expect

from tests.support.phone import Phone

SCREEN = {"width": 1920, "height": 1080}
DRIVERS = ["technology", "artificial-intelligence", "digitalisation", "platform-labour", "climate-transition"]
DRIVERS += ["demography", "inequality"]


class Presenter(Phone):
    """Somebody with a clicker."""

    def __init__(self, chromium, server, who="Rosa"):
        """`who` is a new facilitator's name, or a presenter whose second screen this is."""
        super().__init__(chromium, reduced_motion="reduce")
        self.page.set_viewport_size(SCREEN)
        if isinstance(who, Presenter):
            self.context.add_cookies(who.context.cookies())
        else:
            self.sign_in(server, who, role="facilitator")
        self.page.goto(f"{server.url}present/week-1-transformation")
        expect(self.page.locator("body.ready")).to_be_attached()

    @property
    def slide(self):
        return self.page.locator(".slide.current")

    def press(self, key):
        self.page.keyboard.press(key)

    def board(self, title):
        """Go to the next board and open it."""
        self.press("l")
        expect(self.slide.locator("h2")).to_have_text(title)
        self.press("PageDown")
        expect(self.slide).to_have_attribute("data-phase", "open")

    def sees_answers(self, n):
        expect(self.slide.locator(".people")).to_have_text(re.compile(rf"^{n} of \d+ answered$"))

    def shows_results(self):
        self.press("PageDown")
        expect(self.slide).to_have_attribute("data-view", "results")
        expect(self.slide.locator(".results > *")).not_to_have_count(0)
        return self.slide.locator(".results")


def rank(page, order):
    """Give each driver its place on the page that needs no script."""
    for place, driver in enumerate(order, 1):
        page.locator(f"#p-{driver}").select_option(str(place))


def send(page):
    page.locator("#answer button").last.click()


def test_a_webinar_is_played_by_a_presenter_and_three_people(served_to_few, chromium, phone):
    presenter = Presenter(chromium, served_to_few)
    try:
        play(presenter, served_to_few, phone)
        assert presenter.faults == []
    finally:
        presenter.close()


def play(presenter, served, phone):
    presenter.press("l")
    expect(presenter.slide.locator(".not-yet")).to_be_visible()
    presenter.press("s")
    code = presenter.slide.locator(".code")
    expect(code).to_have_text(re.compile(r"^\w{3} \w{3}$"))
    room = f"{served.url}live/{code.inner_text().replace(' ', '')}"
    expect(presenter.slide.locator(".address")).to_have_text(f"{served.root.partition('://')[2]}live")
    assert presenter.page.locator("img.qr").first.evaluate(
        "image => image.decode().then(() => image.naturalWidth)"
    )

    amina, bao, salma = phone(), phone(java_script_enabled=False), phone()
    amina.sign_in(served, "Amina")
    amina.page.goto(f"{served.url}voila/render/week-1-transformation.ipynb")
    frame = amina.page.frame_locator(".live-now iframe")  # it opens by itself, because the session runs
    bao.sign_in(served, "Bao")
    bao.page.goto(room)
    salma.sign_in(served, "Salma", language="ar")
    salma.page.goto(room)
    expect(salma.page.locator("html")).to_have_attribute("dir", "rtl")

    presenter.press("PageDown")
    expect(presenter.slide).to_have_attribute("data-phase", "open")
    frame.get_by_label("On a phone, with data that I pay for").check()
    frame.locator("#answer button").click()
    expect(frame.locator(".got")).to_be_visible()
    presenter.sees_answers(1)
    expect(presenter.shows_results().locator("li").first).to_contain_text("100 %")

    presenter.board("Which driver pushes hardest?")
    bao.page.reload()  # without script the page is asked for again
    rank(bao.page, DRIVERS)
    send(bao.page)
    expect(bao.page.locator(".got")).to_be_visible()
    rank(salma.page, DRIVERS[3:] + DRIVERS[:3])
    send(salma.page)
    expect(salma.page.locator(".got")).to_be_visible()
    presenter.sees_answers(2)
    expect(frame.locator("#p-technology")).to_be_visible()
    rank(frame, DRIVERS[3:] + DRIVERS[:3])
    amina.context.set_offline(True)
    frame.locator("#answer button").click()
    expect(frame.locator("#line")).to_contain_text("kept on this device")
    presenter.sees_answers(2)
    expect(salma.page.locator(".bars")).to_have_count(0)  # held until it is revealed
    amina.context.set_offline(False)
    expect(frame.locator(".got")).to_be_visible()
    presenter.sees_answers(3)
    order = presenter.shows_results().locator("li .label")
    expect(order.first).to_have_text("Platform labour")
    expect(presenter.slide).to_have_attribute("data-phase", "revealed")
    expect(salma.page.locator(".bars li")).to_have_count(7)

    presenter.board("One word for change in your union")
    expect(salma.page.locator("input[name=v]").first).to_be_visible()
    salma.page.locator("input[name=v]").first.fill("أمل")
    send(salma.page)
    presenter.sees_answers(1)
    expect(presenter.shows_results()).to_contain_text("أمل")

    presenter.board("Six letters, six cards")
    bao.page.reload()
    bao.page.locator("#c-legal").fill("<b>Fines</b> are never paid")
    send(bao.page)
    expect(bao.page.locator(".got")).to_be_visible()
    expect(presenter.shows_results()).to_contain_text("<b>Fines</b> are never paid")

    presenter.board("Which letter was hardest?")
    presenter.press("u")  # it was opened too early
    expect(presenter.slide).to_have_attribute("data-phase", "waiting")

    presenter.board("Your first row")
    expect(frame.locator("textarea[name=v]")).to_be_visible()
    frame.locator("textarea[name=v]").fill("The shift plan comes by message at night.")
    frame.locator("#answer button").click()
    presenter.sees_answers(1)
    presenter.press("m")  # what is written is shown only when it was let through
    presenter.page.get_by_role("dialog").get_by_role("button", name="Show", exact=True).click()
    expect(presenter.page.get_by_role("dialog")).to_contain_text("Shown (1)")
    presenter.press("Escape")
    expect(presenter.shows_results()).to_contain_text("The shift plan comes by message at night.")

    presenter.page.get_by_role("button", name="End", exact=True).click()
    presenter.page.get_by_role("button", name="End it now").click()
    amina.page.reload()
    boards = amina.page.locator(".live-home details")
    expect(boards).to_have_count(7)
    boards.nth(4).locator("summary").click()  # nobody was asked it in the meeting: she answers at home
    board = boards.nth(4).frame_locator("iframe")
    board.get_by_label("Legal").check()
    board.locator("#answer button").click()
    expect(board.locator(".got")).to_be_visible()
    assert amina.faults == salma.faults == []
