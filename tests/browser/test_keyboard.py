"""The largest form of the course, filled in from end to end and submitted by somebody who has only keys."""

import re

import pytest
from playwright.sync_api import expect

from academy.course import load_course
from academy.course.examples import example_of, flatten
from academy.store import Answers, Edit, Releases
from tests.support.phone import SECONDS

COURSE = load_course("innovative-workers-education")
LARGEST = max(COURSE.exercises, key=lambda exercise: len(list(exercise.all_columns())))
MOST_STEPS = 3000
# What has the focus: which answer it is part of, what it is, and whether one sees that.
FOCUS = """() => {
  const element = document.activeElement;
  const group = element.name ? [...document.getElementsByName(element.name)] : [];
  const box = element.getBoundingClientRect();
  const mark = element.matches('.point input') ? element.nextElementSibling : element;
  return {
    id: element.id,
    kind: element.type ?? element.localName,
    value: element.value ?? '',
    checked: !!element.checked,
    options: element.options ? [...element.options].map((one) => one.value).slice(1) : group.map((one) => one.value),
    add: element.matches('.add') && !element.getAttribute('aria-disabled'),
    table: element.closest('.field.table')?.querySelector('.add').id ?? '',
    submit: element.matches('.submit'),
    marked: getComputedStyle(mark).outlineStyle !== 'none',
    seen: box.bottom > 0 && box.top < innerHeight,
  };
}"""


class Hands:
    """Presses keys, and knows what to answer where."""

    def __init__(self, page, exercise):
        self.page = page
        self.exercise = exercise
        self.answers = flatten(exercise, example_of(exercise))
        self.rows = {field.id: [] for field in exercise.fields}
        self.done = set()
        self.unmarked = []

    def focus(self):
        found = self.page.evaluate(FOCUS)
        if found["id"] and not (found["marked"] and found["seen"]):
            self.unmarked.append(found["id"])
        return found

    def press(self, key):
        self.page.keyboard.press(key)

    def fill(self, form):
        """Go through the form and submit it."""
        form.evaluate("form => { form.tabIndex = -1; form.focus(); form.removeAttribute('tabindex'); }")
        for _ in range(MOST_STEPS):
            self.press("Tab")
            found = self.focus()
            while found["add"] and self.wanted(found["id"]):
                self.press("Enter")
                found = self.focus()
                self.answer(found)
            if found["submit"]:
                self.press("Enter")
                return
            self.answer(found)
        raise AssertionError("the keys do not lead to the end of the form")

    def wanted(self, id_):
        """Whether the table of this button lacks a row."""
        field = id_.split("/")[1]
        return len(self.rows[field]) < len(self.answers.get(field, []))

    def answer(self, found):
        """Answer what has the focus, if it is an answer; a box is one of several."""
        path = self.path(found["id"])
        if path is None or (path in self.done and found["kind"] != "checkbox"):
            return
        value = self.answers.get(path)
        if value is None or value == []:
            return
        self.done.add(path)
        column = self.exercise.at(path)
        value = self.actual(column, value)
        if found["kind"] == "checkbox":
            chosen = value if isinstance(value, list) else [found["value"]] if value is True else []
            if found["value"] in chosen and not found["checked"]:
                self.press("Space")
        elif found["kind"] in ("radio", "select-one"):
            self.choose(str(value))
        elif column.type == "date":
            year, month, day = value.split("-")
            self.page.keyboard.type(f"{month}{day}{year}")
        else:
            self.page.keyboard.insert_text(str(value))

    def choose(self, value):
        """Go through the choices with the arrow keys."""
        self.press("Space" if self.focus()["kind"] == "radio" else "ArrowDown")
        for _ in range(60):
            found = self.focus()
            if found["value"] == value:
                return
            self.press("ArrowDown")
        raise AssertionError(f"the keys do not lead to {value}")

    def actual(self, column, value):
        """A chosen row of this form by the id that it got here."""
        exercise, _, table = (column.of or "").partition(".")
        if exercise != self.exercise.id or not isinstance(value, str | list):
            return value
        ids = {f"r{n}": row for n, row in enumerate(self.rows.get(table, []), 1)}
        return [ids.get(one, one) for one in value] if isinstance(value, list) else ids.get(value, value)

    def stored(self):
        """What should be stored, as far as rows are concerned: the cells in the order of no list."""
        cells = {path: value for path, value in self.answers.items() if path.count("/") == 2}
        ids = {
            f"{field}/r{n}": f"{field}/{row}"
            for field, rows in self.rows.items()
            for n, row in enumerate(rows, 1)
        }
        return {
            f"{ids[path.rpartition('/')[0]]}/{path.rpartition('/')[2]}": alike(
                self.actual(self.exercise.at(path), value)
            )
            for path, value in cells.items()
        }

    def path(self, id_):
        """The answer that an element is part of, with rows by their number as in the example."""
        parts = re.sub(r"^f\d+/", "", id_).split("/")
        field = self.exercise.field(parts[0])
        if field is None or len(parts) != (4 if field.type == "table" else 2):
            return None
        if field.type != "table":
            return field.id
        rows = self.rows[parts[0]]
        if parts[1] not in rows:
            rows.append(parts[1])
        return f"{parts[0]}/r{rows.index(parts[1]) + 1}/{parts[2]}" if parts[2] else None


def alike(value):
    return sorted(value) if isinstance(value, list) else value


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
    form = hand.page.locator(
        ".academy-form", has=hand.page.locator(f"[id*='/{LARGEST.fields[0].id}/']")
    ).first
    form.wait_for()
    hands = Hands(hand.page, LARGEST)
    hands.fill(form)
    expect(form.locator(".submitted")).to_contain_text("1", timeout=60 * SECONDS)
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
