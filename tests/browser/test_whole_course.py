"""The whole course on a phone, by somebody who has only keys: from the welcome to a passport with its stamps."""

import pytest
from playwright.sync_api import expect

from academy.course import load_course
from academy.course.examples import example_of, flatten
from academy.demo import fill
from academy.passport import Passport
from academy.peers.forms import REVIEWS, review_form
from academy.store import Releases
from tests.support.hands import Hands, tab_to

COURSE = load_course("innovative-workers-education")
COLLEAGUES = 5


class Walk:
    """A participant's way through the course, with keys alone."""

    def __init__(self, served, hand):
        self.served = served
        self.hand = hand
        self.page = hand.page
        self.known = {}

    def open_from_home(self, page):
        """Go home and follow the link to a page."""
        self.page.goto(f"{self.served.url}voila/render/home.ipynb")
        self.page.locator(".weeks").wait_for()
        tab_to(self.page, f"main a[href*='{page}']")
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(f"**/{page}.ipynb*")

    def submit(self, exercise):
        if exercise.review is None:
            self.fill(exercise, flatten(exercise, example_of(exercise)))
            return
        page = next(module.page for module in COURSE.modules if exercise.id in module.exercises)
        for row in example_of(exercise)[REVIEWS]:
            self.open_from_home(page)
            tab_to(self.page, ".reviews button")
            self.page.keyboard.press("Enter")
            self.fill(review_form(exercise), {name: value for name, value in row.items() if name != "_id"})

    def fill(self, exercise, answers):
        Hands(self.page, exercise, answers, self.known).fill_and_submit()


@pytest.fixture
def course(served):
    """The course with all exercises open, and colleagues of whom some have submitted everything."""
    for exercise in COURSE.exercises:
        Releases(served.store, COURSE.id).release(exercise.id)
    fill(served.store, served.people, COURSE, participants=COLLEAGUES)
    return served


def test_the_keys_alone_lead_from_the_welcome_to_a_whole_passport(course, phone):
    hand = phone()
    person = hand.sign_in(course, "Bongani")
    walk = Walk(course, hand)
    for module in COURSE.modules:
        walk.open_from_home(module.page)
        for name in module.exercises:
            walk.submit(COURSE.exercise(name))
    walk.open_from_home("passport")
    expect(hand.page.locator(".stamp")).to_have_count(len(COURSE.modules))
    passport = Passport.of(course.store, COURSE, person)
    assert {stamp.module: stamp.state for stamp in passport.stamps} == {
        module.id: "stamped" for module in COURSE.modules
    }
    assert passport.thread.missing == ()
    assert len(passport.thread.strands) >= 2
    assert hand.faults == []
