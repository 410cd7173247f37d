"""A small course from its first day: what each page of a participant and of the desk says on the way."""

import json

import pytest

from academy.deadlines import Extensions
from academy.messages import Messages
from academy.store import Feedback
from academy_widgets import pages, passport_page
from academy_widgets.peer_review import board
from academy_widgets.peer_review.page import review_parts
from tests.support.walk import Walk, parts_of

CHANCE = (
    r"\b[fmpt]-[0-9a-z]{6}\b|\b\d{1,2} [A-Z][a-z]+ 20\d\d|\d\d:\d\d UTC|\b20\d\d-\d\d-\d\d(T[\d:.+]+)?"
    r"|(?<=[/\"=-])(?=[a-z]*[0-9])[0-9a-z]{10,}\b|\b\d{10}\b"
)
"""Ids, tokens and times are others each time."""
DOCUMENT = {
    "comments": [{"cell": "", "text": "Well **done**."}],
    "rubric": [{"id": "clear", "score": 3, "points": 4, "comment": "Say who."}],
    "checks": [{"id": "said", "earned": 1, "points": 2, "title": "Said", "hint": "What?"}],
    "points": 4,
    "max_points": 6,
    "submission": 1,
}
PAGES = {
    "home": pages.home_page,
    "feedback": lambda: pages.feedback_page("idea"),
    "passport": passport_page.passport_page,
    "thread": passport_page.thread_page,
    "reviews": lambda: review_parts("idea-reviews"),
}
BOARDS = {"cohort": pages.cohort_page, "rounds": lambda: board.board_parts(True)}


class Course:
    """Looks at all pages after each step."""

    def __init__(self, at_page, sessions):
        self.at_page, self.sessions = at_page, sessions
        self.walks = {name: Walk(None, "body", CHANCE) for name in (*PAGES, *BOARDS)}

    def step(self, name):
        for page, show in (PAGES | BOARDS).items():
            self.at_page(self.sessions["desk" if page in BOARDS else "amina"])
            made = show()
            parts = [made] if hasattr(made, "data") else list(made)
            html = "".join(getattr(part, "data", f"<p>{type(part).__name__}</p>") for part in parts)
            self.walks[page].note(name, parts_of(f"<body>{html}</body>", "body"))


@pytest.fixture
def course(folder, group, session_of, at_page):
    group.clock.now = group.clock.now.replace(month=3, day=12)
    sessions = {"amina": session_of("participant", "Amina"), "desk": session_of("facilitator", "Desk")}
    return Course(at_page, sessions)


def test_each_page_says_at_each_step_what_it_said(group, course, as_drawn):
    amina, desk = (course.sessions[name].person_id for name in ("amina", "desk"))
    course.step("nobody else is there")
    bao, carmen = group.join("Bao", "Carmen")
    Extensions(group.store, group.course, group.clock).give("week", 3, desk)
    Messages(group.store, "small").send({"en": "Bring a <pen>."}, desk)
    course.step("two more came, the end was moved, and something was said")
    for person, text in ((amina, "A study circle"), (bao, "A radio hour"), (carmen, "A walk")):
        group.submit(person, text)
    course.step("all have submitted")
    Feedback(group.store, "small").release(amina, "idea", 1, DOCUMENT)
    course.step("there is feedback")
    for person in (bao, carmen):
        group.give(person)
        group.give(person, level=4)
    course.step("the others have reviewed")
    task = group.round.next_for(amina)
    group.write(task)
    course.step("a review is begun")
    group.submit(amina, "A study circle at the port, each Monday")
    course.step("submitted once more")
    for name, walk in course.walks.items():
        assert walk.is_as_read(f"course/{name}", as_drawn), name


def test_the_desk_says_at_each_step_what_it_said(group, desk, as_drawn):
    walk = Walk(None, "", CHANCE)

    def step(name, *said):
        told = said or (desk.document(),)
        walk.note(name, [line for part in told for line in json.dumps(part, indent=1).splitlines()])

    step("nobody is there")
    amina, bao, carmen = group.join("Amina", "Bao", "Carmen")
    group.teams.make("Night shift", [bao, carmen])
    group.submit(amina)
    step("three have come")
    for message in (
        {"kind": "open", "exercise": "idea", "ask": 7},
        {"kind": "extend", "module": "week", "days": 3, "person": amina},
        {"kind": "say", "texts": {"en": "Hello"}, "days": 3},
        {"kind": "pictures", "ask": 8},
        {"kind": "stop", "exercise": "idea", "owner": amina},
        {"kind": "close", "exercise": "idea"},
        {"kind": "extension-back", "id": 1},
        {"kind": "message-back", "id": 1},
        {"kind": "open", "exercise": "nothing"},
        {"kind": "extend", "module": "week", "days": -30},
        {"kind": "say", "texts": {}, "days": 3},
        {"kind": "stop", "exercise": "idea", "owner": "p-nobody"},
        {"kind": "dance"},
    ):
        reply = desk.answer(message)
        (reply or {}).pop("changes", None)
        step(f"asked: {message['kind']}", reply)
    group.submit(bao)
    step("one more")
    assert walk.is_as_read("course/desk", as_drawn)
