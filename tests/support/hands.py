"""Somebody who has only keys: goes through pages and forms, and knows what to answer where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page

from academy.course import Exercise
from academy.course.fields import Column
from tests.support.patience import until

__all__ = ["Hands", "alike", "tab_to"]

MOST_STEPS = 3000
Flat = dict[str, Any]
Found = dict[str, Any]
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


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what has the focus, or something around it, is what a selector says."""
    inside = "selector => document.activeElement.closest(selector) !== null"
    for _ in range(MOST_STEPS):
        if page.evaluate(inside, selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {selector}")


def _shows(found: Found) -> bool:
    return bool(found["marked"] and found["seen"])


class Hands:
    """Fills one form in with the answers that it is given by path, with rows r1, r2, … by their number.

    `known` has the rows of the other exercises of the same person: their ids in the order of the table, by exercise
    and table. What this form adds is put there too. `unmarked` are the ids of what had the focus unseen.
    """

    def __init__(
        self,
        page: Page,
        exercise: Exercise,
        answers: Mapping[str, Any],
        known: dict[tuple[str, str], list[str]] | None = None,
    ) -> None:
        self.page = page
        self.exercise = exercise
        self.answers = answers
        self.known = {} if known is None else known
        self.rows: dict[str, list[str]] = {
            field.id: self.known.setdefault((exercise.id, field.id), []) for field in exercise.fields
        }
        self.done: set[str] = set()
        # Rows of this form may point to rows that are added later, or are not there to choose from yet.
        self.later = {path for path, value in answers.items() if value and self.points_within(path)}
        self.unmarked: list[str] = []

    def focus(self) -> Found:
        found: Found = self.page.evaluate(FOCUS)
        if found["id"] and not (_shows(found) or until(lambda: _shows(self.page.evaluate(FOCUS)))):
            self.unmarked.append(found["id"])
        return found

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def fill_and_submit(self) -> None:
        """Walk to the form, go through it to its end, submit it, and see that it has been."""
        selector = f'.academy-form[data-exercise="{self.exercise.id}"]'
        form = self.page.locator(selector).first
        form.wait_for()
        tab_to(self.page, selector)
        self.fill()
        said = form.locator(".submitted, .summary").filter(visible=True)
        said.first.wait_for()
        missing = form.locator(".summary").filter(visible=True).all_inner_texts()
        assert not missing, missing

    def fill(self) -> None:
        """Go through the form that has the focus, to its end, and press what submits it.

        What points to a row that is added later is answered on a way back from the end.
        """
        back = False
        found = self.focus()
        for _ in range(MOST_STEPS):
            while found["add"] and self.wanted(found["id"]):
                self.press("Enter")
                found = self.focus()
                self.answer(found)
            if found["submit"] and not self.later:
                self.press("Enter")
                return
            self.answer(found)
            back = back or found["submit"]
            back = back and bool(self.later)
            self.press("Shift+Tab" if back else "Tab")
            found = self.focus()
        raise AssertionError("the keys do not lead to the end of the form")

    def points_within(self, path: str) -> bool:
        """Whether one row of this form is chosen there."""
        column = self.exercise.at(path)
        of = column.of if column is not None else None
        return (of or "").startswith(f"{self.exercise.id}.") and isinstance(self.answers[path], str)

    def wanted(self, id_: str) -> bool:
        """Whether the table of this button lacks a row."""
        field = id_.split("/")[1]
        return len(self.rows[field]) < len(self.answers.get(field, []))

    def answer(self, found: Found) -> None:
        """Answer what has the focus, if it is an answer; a box is one of several."""
        path = self.path(found["id"])
        if path is None or (path in self.done and found["kind"] != "checkbox"):
            return
        value = self.answers.get(path)
        if value is None or value == []:
            return
        column = self.exercise.at(path)
        assert column is not None
        value = self.actual(column, value)
        if path in self.later and str(value) not in found["options"]:
            return
        self.later.discard(path)
        self.done.add(path)
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

    def choose(self, value: str) -> None:
        """Go through the choices with the arrow keys."""
        self.press("Space" if self.focus()["kind"] == "radio" else "ArrowDown")
        for _ in range(60):
            found = self.focus()
            if found["value"] == value:
                return
            self.press("ArrowDown")
        raise AssertionError(f"the keys do not lead to {value}")

    def actual(self, column: Column, value: Any) -> Any:
        """A chosen row by the id that it got here."""
        exercise, _, table = (column.of or "").partition(".")
        if not table or not isinstance(value, str | list):
            return value
        ids = {f"r{n}": row for n, row in enumerate(self.known.get((exercise, table), []), 1)}
        return [ids.get(one, one) for one in value] if isinstance(value, list) else ids.get(value, value)

    def stored(self) -> Flat:
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

    def path(self, id_: str) -> str | None:
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


def alike(value: Any) -> Any:
    """A value of which order says nothing, in one order."""
    return sorted(value) if isinstance(value, list) else value
