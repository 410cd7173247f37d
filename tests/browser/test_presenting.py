"""What a presenter meets: a line that is lost, the end, a colleague who presents too, and Undo."""

import os
import re
from pathlib import Path
from secrets import token_hex

from playwright.sync_api import expect

from academy.course import load_course
from academy.live import Ballot, Live
from tests.browser.test_webinar import DRIVERS, Presenter, rank, send
from tests.support.patience import until

SHOTS = os.environ.get("ACADEMY_SHOTS")
"""A folder for pictures of what was tried, to be looked at."""
WEEK = "voila/render/week-1-transformation.ipynb"
COURSE = "innovative-workers-education"
FILLED = """async lines => {
  const width = (line, part) => line.querySelector(part).getBoundingClientRect().width;
  await Promise.all(document.getAnimations().map(({ finished }) => finished));
  return lines.map((line) => Math.round((1000 * width(line, ".fill")) / width(line, ".track")) / 1000);
}"""
"""What share of its track each bar of a board fills, as it is drawn."""
RANKING = "Which driver pushes hardest?"


def shot(page, name):
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"))


def on_board(presenter, title):
    expect(presenter.slide.locator("h2")).to_have_text(title)


def begins(presenter):
    """The live part begins, on the cover already; its first board is opened."""
    presenter.press("s")
    way_in = presenter.page.get_by_role("dialog")
    expect(way_in.locator(".code")).to_have_text(re.compile(r"^\w{3} \w{3}$"))
    expect(way_in.locator("img.qr")).to_be_visible()
    presenter.press("Escape")
    expect(way_in).to_have_count(0)
    presenter.press("l")
    expect(presenter.slide.locator(".code")).to_have_text(re.compile(r"^\w{3} \w{3}$"))
    presenter.press("PageDown")
    expect(presenter.slide).to_have_attribute("data-phase", "open")
    return presenter.slide.locator(".code").first.inner_text().replace(" ", "")


def joins(phone, served, name, code, language=None):
    phone.sign_in(served, name, language=language)
    phone.page.goto(f"{served.url}live/{code}")
    return phone.page


def test_a_line_that_is_lost_brings_presenter_and_answers_back_to_where_the_room_is(
    served_to_few, chromium, phone
):
    presenter = Presenter(chromium, served_to_few)
    try:
        code = begins(presenter)
        presenter.board(RANKING)
        amina, salma = phone(), phone()
        page = joins(amina, served_to_few, "Amina", code)
        arabic = joins(salma, served_to_few, "Salma", code, language="ar")
        rank(arabic, DRIVERS)
        send(arabic)
        expect(arabic.locator(".got")).to_be_visible()
        amina.context.set_offline(True)
        rank(page, DRIVERS[3:] + DRIVERS[:3])
        send(page)
        expect(page.locator("#line")).to_contain_text("kept on this device")
        shot(page, "phone-kept")

        presenter.context.set_offline(True)
        presenter.press("l")
        complaint = presenter.page.locator(".complaint")
        expect(complaint).to_contain_text("No connection")
        on_board(presenter, "One word for change in your union")
        spoken = presenter.page.locator("[role=alert]:visible, #academy-status:visible")
        expect(spoken.filter(has_text=re.compile(r"\w"))).to_have_count(1)
        shot(presenter.page, "presenter-lost")
        presenter.context.set_offline(False)
        on_board(presenter, RANKING)
        expect(complaint).to_be_hidden()

        presenter.sees_answers(1)
        presenter.shows_results()  # and closes the board: what was given before that still counts
        expect(presenter.slide).to_have_attribute("data-phase", "revealed")
        amina.context.set_offline(False)
        expect(page.locator(".got")).to_be_visible()
        presenter.sees_answers(2)
        shot(presenter.page, "presenter-ranking")
        bars = page.locator(".bars progress")
        expect(bars).to_have_count(len(DRIVERS))
        lengths = bars.evaluate_all("bars => bars.map((bar) => bar.value / bar.max)")
        assert lengths == sorted(lengths, reverse=True)
        assert lengths[0] > 0.5
        page.screenshot(path=f"{SHOTS}/phone-ranking.png", full_page=True) if SHOTS else None
        arabic.screenshot(path=f"{SHOTS}/phone-ranking-ar.png", full_page=True) if SHOTS else None
        assert presenter.faults == amina.faults == salma.faults == []
    finally:
        presenter.close()


def test_what_was_written_too_late_is_told_and_asked_about_when_the_board_opens_again(
    served_to_few, chromium, phone
):
    presenter = Presenter(chromium, served_to_few)
    try:
        code = begins(presenter)
        amina = phone()
        amina.page.clock.install()
        page = joins(amina, served_to_few, "Amina", code)
        expect(page.locator("#answer")).to_be_visible()
        amina.context.set_offline(True)
        presenter.press("c")
        expect(presenter.slide).to_have_attribute("data-phase", "locked")
        page.clock.fast_forward(
            60_000
        )  # else, on a busy machine, the form seems to have come after the closing
        page.get_by_label("On a phone, with data that I pay for").check()
        send(page)
        expect(page.locator("#line")).to_contain_text("kept on this device")
        amina.context.set_offline(False)
        expect(page.locator("#line")).to_contain_text("Closed before your answer came")
        shot(page, "phone-late")
        presenter.sees_answers(0)
        presenter.press("c")
        expect(page.locator("#line")).to_contain_text("Does it still hold?")
        expect(page.get_by_label("On a phone, with data that I pay for")).to_be_checked()
        shot(page, "phone-asked-again")
        send(page)
        presenter.sees_answers(1)
        live = Live(served_to_few.store, load_course(COURSE), served_to_few.data.secret)
        for choice in ("phone-data", "phone-data", "computer", "computer"):
            ballot = Ballot(f"p-{token_hex(4)}", "how-connected", token_hex(8), choice)
            live.room(code).answer(ballot)
        presenter.sees_answers(5)
        lines = presenter.shows_results().locator(".bars li")
        expect(lines.first).to_contain_text("60 %")
        assert lines.evaluate_all(FILLED) == [0.6, 0, 0.4, 0, 0], "the whole track is everybody who answered"
        shot(presenter.page, "presenter-bars")
    finally:
        presenter.close()


def test_a_presenters_desk_shows_the_newest_answer_also_where_an_older_one_comes_last(
    served_to_few, chromium
):
    presenter = Presenter(chromium, served_to_few)
    try:
        code = begins(presenter)
        presenter.board(RANKING)
        presenter.board("One word for change in your union")
        held = []

        def hold_the_first(route):
            if held:
                route.continue_()
            else:
                held.append((route, route.fetch()))

        presenter.page.route("**/desk?*", hold_the_first)
        presenter.press("m")
        items = presenter.page.get_by_role("dialog").locator(".items")
        assert until(lambda: presenter.page.evaluate("1") and held)
        live = Live(served_to_few.store, load_course(COURSE), served_to_few.data.secret)
        live.room(code).answer(Ballot(f"p-{token_hex(4)}", "word-for-change", token_hex(8), ["dignity"]))
        expect(items).to_contain_text("dignity")
        (route, older) = held[0]
        with presenter.page.expect_response("**/desk?*") as came:
            route.fulfill(response=older)
        came.value.finished()
        presenter.page.evaluate("() => new Promise((drawn) => setTimeout(drawn))")
        expect(items).to_contain_text("dignity")
    finally:
        presenter.close()


def test_at_the_end_presenter_and_screens_stay_and_what_is_closed_for_good_can_be_read(
    served_to_few, chromium, phone
):
    presenter = Presenter(chromium, served_to_few)
    screen = None
    try:
        code = begins(presenter)
        amina = phone()
        page = joins(amina, served_to_few, "Amina", code)
        page.get_by_label("On a phone, with data that I pay for").check()
        send(page)
        presenter.sees_answers(1)
        presenter.shows_results()
        screen = Presenter(chromium, served_to_few, presenter)
        screen.press("l")
        on_board(screen, "How are you here today?")
        presenter.page.get_by_role("button", name="End", exact=True).click()
        presenter.page.get_by_role("button", name="End it now").click()
        expect(presenter.slide.locator(".phase")).to_have_text("The meeting is over")
        expect(screen.slide.locator(".phase")).to_have_text("The meeting is over")
        for one in (presenter, screen):
            on_board(one, "How are you here today?")
        expect(presenter.slide.locator(".results")).to_contain_text("100 %")
        shot(presenter.page, "presenter-ended")
        presenter.press("m")
        expect(presenter.page.get_by_role("dialog")).to_contain_text("CSV")
        presenter.press("Escape")

        presenter.page.get_by_role("button", name="Close for good").click()
        shot(presenter.page, "presenter-close-dialog")
        presenter.page.get_by_role("button", name="Close it for good").click()
        expect(presenter.slide.locator(".phase")).to_have_text("Closed for good")
        expect(presenter.slide.locator(".results")).to_contain_text("100 %")
        shot(presenter.page, "presenter-closed")

        page.goto(served_to_few.url + WEEK)
        home = page.locator(".live-home")
        expect(home.locator(".live-closed")).to_be_visible()
        expect(home.locator(".live-open")).to_be_hidden()
        home.locator("summary").first.click()
        board = home.frame_locator("iframe")
        expect(board.locator("#room")).to_contain_text("This question is closed.")
        shot(page, "phone-closed")
        presenter.press("s")  # a new meeting is a new session
        expect(presenter.slide.locator(".phase")).to_have_text("Not open yet")
    finally:
        presenter.close()
        if screen:
            screen.close()


def test_two_who_present_hear_of_each_other_and_undo_says_what_it_takes_back(served_to_few, chromium):
    rosa, bao = Presenter(chromium, served_to_few), Presenter(chromium, served_to_few, "Bao")
    try:
        begins(rosa)
        undo = rosa.page.get_by_role("button", name="Undo: opening")
        expect(undo).to_be_visible()
        bao.page.reload()  # the room was not there yet when the page was opened
        expect(rosa.page.locator(".others")).to_contain_text("Bao")
        bao.press("l")
        on_board(bao, "How are you here today?")
        expect(bao.page.locator(".others")).to_contain_text("Rosa")
        shot(bao.page, "presenter-second")
        bao.press("l")
        asked = bao.page.get_by_role("dialog")
        expect(asked).to_contain_text("Rosa is presenting")
        shot(bao.page, "presenter-take-over")
        asked.get_by_role("button", name="Leave it").click()
        on_board(bao, "How are you here today?")
        on_board(rosa, "How are you here today?")
        bao.press("l")
        asked.get_by_role("button", name="Take over").click()
        on_board(bao, RANKING)
        on_board(rosa, RANKING)
        expect(rosa.page.locator(".others")).to_contain_text("is presenting: the room and this screen follow")
        shot(rosa.page, "presenter-taken")
        expect(bao.page.get_by_role("button", name="Undo: back to “How are you here today?”")).to_be_visible()
        bao.press("u")
        on_board(rosa, "How are you here today?")
        on_board(bao, "How are you here today?")
        expect(undo).to_be_visible()
        assert rosa.faults == bao.faults == []
    finally:
        rosa.close()
        bao.close()
