"""A phone-sized browser in somebody's hand, and what they do with the form."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.patience import SECONDS
from tests.support.server import AcademyServer

__all__ = ["Phone", "PhoneForm"]

SIZE = {"width": 360, "height": 740}
WEEK = "voila/render/week-1-transformation.ipynb"


class Phone:
    """A browser of its own, with its own cookies and storage."""

    def __init__(self, chromium: Browser, **options: Any) -> None:
        self.context = chromium.new_context(viewport=SIZE, **options)
        self.context.set_default_timeout(1000 * SECONDS)
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def close(self) -> None:
        self.context.close()

    def sign_in(
        self, server: AcademyServer, name: str, language: str | None = None, role: str = "participant"
    ) -> str:
        """Open the personal link of a new person; returns the pseudonym."""
        added = server.people.add(name, role=role, language=language)
        self.page.goto(f"{server.url}j/{added.link_token}")
        self.page.locator("form:not(.langs) button").first.click()
        self.page.wait_for_url(re.compile("home|/$"))
        return added.person.id

    def open_week(self, server: AcademyServer) -> PhoneForm:
        self.page.goto(server.url + WEEK)
        return self.form()

    def form(self, exercise: str = "context-map") -> PhoneForm:
        form = self.page.locator(f'.academy-form[data-exercise="{exercise}"]')
        form.wait_for()
        return PhoneForm(self.page, form)


class PhoneForm:
    """The form of the context map, filled in with its native controls."""

    def __init__(self, page: Page, root: Locator) -> None:
        self.page = page
        self.root = root

    @property
    def cards(self) -> Locator:
        return self.root.locator(".cards > fieldset")

    def add_row(self) -> Locator:
        count = self.cards.count()
        self.root.locator("button.add").click()
        expect(self.cards).to_have_count(count + 1)
        return self.cards.nth(count)

    def open_card(self, card: Locator) -> Locator:
        """Unfold a card if it is folded."""
        toggle = card.locator("button.toggle")
        if toggle.get_attribute("aria-expanded") == "false":
            toggle.click()
        return card

    def fill_row(self, card: Locator, row: dict[str, Any]) -> None:
        """Fill a card in: `row` has values by column id, fields stand in the order of the exercise."""
        fields = card.locator(".cells > .field")
        for place, value in enumerate(row.values()):
            self.fill(fields.nth(place), value)

    def fill(self, field: Locator, value: Any) -> None:
        """Answer one field, whatever its control is."""
        if field.locator("textarea").count():
            field.locator("textarea").fill(value)
        elif field.locator("select").count():
            field.locator("select").select_option(value)
        else:
            for one in value if isinstance(value, list) else [value]:
                field.locator(f'input[value="{one}"]').check()

    def wait_until_saved(self) -> None:
        expect(self.root.locator(".status")).to_have_attribute("data-state", "saved")

    def submit(self) -> None:
        self.root.locator("button.submit").click()
