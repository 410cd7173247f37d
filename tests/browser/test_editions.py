"""Two courses and three editions on one server, walked by one person: here a participant, there a facilitator."""

import datetime as dt
import json

import pytest
from playwright.sync_api import expect

from academy.course import load_course
from academy.data import DataFolder
from academy.editions import Editions
from academy.people import People
from academy.store import Answers, Releases
from tests.support.courses import FLAGSHIP
from tests.support.outsider import drop_in
from tests.support.server import AcademyServer

MAP = "context-map"


@pytest.fixture
def server(tmp_path):
    folder = DataFolder.create(tmp_path / "data")
    other = load_course(drop_in(folder.path))
    server = AcademyServer(folder.path, course=FLAGSHIP)
    editions = Editions(server.store)
    flagship = editions.ensure(load_course(FLAGSHIP)) and load_course(FLAGSHIP)
    editions.new("north", flagship, title="North", start=dt.date(2027, 1, 4))
    editions.new("cuidar-norte", other)
    for edition in (FLAGSHIP, "north"):
        Releases(server.store, edition).release(MAP)
    with server:
        yield server


def test_one_person_is_a_participant_in_one_edition_a_facilitator_in_another_and_nobody_in_a_third(
    server, phone
):
    people = {
        name: People(server.store, server.data.secret, name) for name in (FLAGSHIP, "north", "cuidar-norte")
    }
    amina = people[FLAGSHIP].add("Amina")
    people["north"].enrol(amina.person.id, "facilitator")
    one = phone()
    page, root = one.page, server.root
    page.goto(f"{root}j/{amina.link_token}")
    page.locator("form:not(.langs) button").first.click()
    page.wait_for_url(root)
    mine = page.locator("section.course-card:has(a.button)")
    expect(mine).to_have_count(2)
    expect(page.get_by_text("You take part", exact=True)).to_have_count(1)
    expect(page.get_by_text("You are a facilitator", exact=True)).to_have_count(1)
    expect(page.locator("section[class=course-card]:not(:has(a.button)) h3")).to_have_attribute("lang", "es")

    mine.nth(0).locator("a.button").click()
    page.wait_for_url(f"{root}c/{FLAGSHIP}/voila/render/home.ipynb")
    expect(page.locator('a[href*="facilitator/desk"]')).to_have_count(0)
    assert page.goto(f"{root}c/{FLAGSHIP}/voila/render/facilitator/cohort.ipynb").status == 403
    page.goto(f"{root}c/{FLAGSHIP}/voila/render/week-1-transformation.ipynb")
    form = one.form()
    card = form.add_row()
    card.locator("textarea").first.fill("Ferry crews wait unpaid")
    form.wait_until_saved()

    page.goto(f"{root}c/north/")
    page.wait_for_url(f"{root}c/north/voila/render/home.ipynb")
    expect(page.locator('a[href*="facilitator/desk"]')).not_to_have_count(0)
    page.goto(f"{root}c/north/voila/render/week-1-transformation.ipynb")
    expect(one.form().cards).to_have_count(0)
    kept = json.loads(page.evaluate("JSON.stringify(Object.keys(localStorage))"))
    drafts = [key for key in kept if key.startswith(f"academy/{amina.person.id}/")]
    assert {key.split("/")[2] for key in drafts} <= {FLAGSHIP, "north"}
    assert "Ferry crews" not in page.locator("main").inner_text()
    assert Answers(server.store, "north").everything(amina.person.id) == {}

    page.goto(f"{root}c/cuidar-norte/")
    expect(page.locator("h1")).to_have_text("You are not in this course")
    assert one.faults == []
