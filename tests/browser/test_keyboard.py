"""The largest form of the course, filled in from end to end and submitted by somebody who has only keys."""

import pytest

from academy.course import load_course
from academy.course.examples import example_of, flatten
from academy.store import Answers, Edit, Releases
from tests.support.hands import Hands, alike

COURSE = load_course("innovative-workers-education")
LARGEST = max(COURSE.exercises, key=lambda exercise: len(list(exercise.all_columns())))


@pytest.fixture
def everything_else(served):
    """Somebody who has done all the other exercises, as the worked examples do them."""

    def have(person):
        for exercise in COURSE.exercises:
            Releases(served.store, COURSE.id).release(exercise.id)
            if exercise.id != LARGEST.id:
                flat = flatten(exercise, example_of(exercise))
                edits = [
                    Edit(f"{exercise.id}-{n:05}"[-60:], path, value)
                    for n, (path, value) in enumerate(flat.items())
                ]
                Answers(served.store, COURSE.id).save(person, exercise.id, edits)

    return have


def test_the_keys_alone_fill_the_largest_form_and_submit_it(served, phone, everything_else):
    hand = phone()
    person = hand.sign_in(served, "Bongani")
    everything_else(person)
    page = next(module.page for module in COURSE.modules if LARGEST.id in module.exercises)
    hand.page.goto(f"{served.url}voila/render/{page}.ipynb")
    hands = Hands(hand.page, LARGEST, flatten(LARGEST, example_of(LARGEST)))
    hands.fill_and_submit()
    assert hands.unmarked == []
    stored = Answers(served.store, COURSE.id).draft(person, LARGEST.id).values
    cells = {path: alike(value) for path, value in stored.items() if path.count("/") == 2}
    assert cells == hands.stored()
    assert {name: len(rows) for name, rows in hands.rows.items() if rows} == {
        name: len(stored[name])
        for name in stored
        if LARGEST.field(name) and LARGEST.field(name).type == "table"
    }
    assert hand.faults == []
