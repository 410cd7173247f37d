"""Away from the page and back: in a file without internet, and on paper."""

import json
import re

from playwright.sync_api import expect

from academy.course import load_course
from academy.session import session_of
from academy.store import Answers
from academy_widgets.forms.offline_form import offline_form
from tests.support.offline import answers_file

COURSE = load_course("innovative-workers-education")
# What the browser's own dialogue would show: who presses the button has no dialogue in a test.
NO_DIALOGUE = "window.print = () => { document.documentElement.dataset.printed = ''; }"


def test_a_form_goes_home_and_its_answers_come_back(served, phone, tmp_path):
    amina = phone()
    person = amina.sign_in(served, "Amina")
    form = amina.open_week(served)
    card = form.add_row()
    card.locator("textarea").first.fill("Typed just before the download")
    with amina.page.expect_download() as download:
        form.root.get_by_role("link", name="Download to fill in without internet").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert re.fullmatch(r"Context map - Amina - \d{4}-\d\d-\d\d\.html", file.name)

    amina.context.set_offline(True)
    amina.page.goto(file.as_uri())
    home = amina.form()
    expect(home.root.locator("textarea").first).to_have_value("Typed just before the download")
    home.root.locator("textarea").nth(1).fill("Crane drivers over fifty")
    with amina.page.expect_download() as download:
        home.root.get_by_role("button", name="Save the answers file").click()
    answers = tmp_path / download.value.suggested_filename
    download.value.save_as(answers)
    amina.context.set_offline(False)

    form = amina.open_week(served)
    form.root.get_by_role("link", name="Bring in an answers file").click()
    amina.page.get_by_label("Your answers file").set_input_files(answers)
    amina.page.get_by_role("button", name="Bring in").click()
    expect(amina.page.get_by_text("Answers taken: 1.")).to_be_visible()
    amina.page.get_by_role("link", name="Back to the page").click()
    form = amina.form()
    expect(form.root.locator("textarea").nth(1)).to_have_value("Crane drivers over fifty")
    stored = Answers(served.store, COURSE.id).draft(person, "context-map").values
    assert "Crane drivers over fifty" in stored.values()
    assert amina.faults == []


def test_the_form_is_printed_alone_and_the_page_is_as_it_was(served, phone):
    amina = phone()
    amina.page.add_init_script(NO_DIALOGUE)
    amina.sign_in(served, "Amina")
    form = amina.open_week(served)
    form.root.get_by_role("button", name="Print on paper").click()
    expect(amina.page.locator("html[data-printed]")).to_have_count(1)
    amina.page.emulate_media(media="print")
    paper = amina.page.locator(".academy-paper")
    expect(paper.locator(".paper-head").first).to_contain_text("Amina")
    expect(paper.get_by_text(COURSE.exercise("context-map").intro.split("\n")[0])).to_be_visible()
    expect(paper.locator(".paper-row")).to_have_count(5)
    expect(amina.page.locator("main")).to_be_hidden()
    amina.page.emulate_media(media="screen")
    expect(paper).to_be_hidden()
    amina.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(paper).to_have_count(0)
    amina.page.emulate_media(media="print")
    expect(amina.page.locator("main")).to_be_visible()
    assert amina.faults == []


def test_the_form_that_cannot_be_laid_out_is_printed_as_it_is(served, phone):
    amina = phone()
    amina.page.add_init_script(NO_DIALOGUE)
    amina.sign_in(served, "Amina")
    form = amina.open_week(served)
    served.kill()
    form.root.get_by_role("button", name="Print on paper").click()
    expect(amina.page.locator("html[data-printed]")).to_have_count(1)
    expect(amina.page.locator(".academy-paper")).to_have_count(0)


def test_a_facilitator_brings_in_what_people_sent(served, phone, tmp_path):
    """From the cohort page, many files at once; each is told."""
    mona = phone()
    mona.sign_in(served, "Mona", role="facilitator")
    files = []
    for name in ("Amina", "Bao"):
        person = served.people.add(name).person.id
        session = session_of(person, served.data, served.store, COURSE.id)
        page = offline_form(session, session.course.exercise("context-map"))
        files.append(tmp_path / f"{name}.answers.json")
        files[-1].write_text(
            json.dumps(answers_file(page, {"map": ["r1"], "map/r1/who": f"Written by {name}"})), "utf-8"
        )
    mona.page.goto(f"{served.url}voila/render/facilitator/cohort.ipynb")
    mona.page.get_by_role("link", name="Bring in the answers files").click()
    mona.page.get_by_label("Answers files").set_input_files(files)
    mona.page.get_by_role("button", name="Bring in").click()
    expect(mona.page.get_by_text("Answers taken: 2.")).to_have_count(2)
    for name in ("Amina", "Bao"):
        expect(mona.page.get_by_text(f"Context map · {name}")).to_be_visible()
