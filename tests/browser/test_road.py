"""The whole way: from a phone to the gradebook and back."""

import json
import re
import subprocess
import sys
import uuid

import pytest
import yaml
from nbgrader.api import Gradebook
from playwright.sync_api import expect

from academy.course import load_course
from academy.data import gradebook_url
from academy.store import Answers, Edit
from tests.browser.conftest import nbgrader
from tests.support.hostile import CORPUS
from tests.support.patience import SECONDS
from tests.support.ports import free_port

COURSE = load_course("innovative-workers-education")
MAP = COURSE.exercise("context-map")
HOSTILE = '<img src=x onerror="window.ran=1"> **bold** <script>window.ran=2</script>'


def example(name):
    rows = yaml.safe_load((MAP.folder / name).read_text("utf-8"))["answers"]["map"]
    order = [column.id for column in MAP.field("map").columns]
    return [{name: row[name] for name in order} for row in rows]


def realistic_map():
    """Five rows in English with somebody's HTML among them, and one in Arabic."""
    rows = [*example("example.yaml")[:5], example("example.ar.yaml")[0]]
    rows[0]["evidence"] = f"{rows[0]['evidence']} {HOSTILE}"
    return rows


def hand_in(served, name, rows, language="en"):
    """Somebody else hands in rows; returns their pseudonym, their personal link and their language."""
    added = served.people.add(name, language=language)
    answers = {"map": [f"r{number}" for number in range(1, len(rows) + 1)]}
    for row_id, row in zip(answers["map"], rows, strict=True):
        answers |= {f"map/{row_id}/{column}": value for column, value in row.items()}
    desk = Answers(served.store, COURSE.id)
    edits = [Edit(uuid.uuid4().hex, path, value) for path, value in answers.items()]
    desk.save(added.person.id, MAP.id, edits)
    desk.submit(added.person.id, MAP.id, uuid.uuid4().hex, MAP.version, language)
    return added.person.id, (f"{served.url}j/{added.link_token}", language)


@pytest.fixture
def lab(served):
    """The facilitator's JupyterLab, as `academy lab` opens it; gives the link that it prints."""
    command = [sys.executable, "-m", "academy", "lab", "--no-browser", "--port", str(free_port())]
    command += ["--data", str(served.data.path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if link := re.search(r"http://\S+", line):
            yield link[0]
            break
    else:
        raise AssertionError(said)
    process.terminate()
    process.wait(SECONDS)


def test_a_context_map_goes_from_a_phone_to_the_gradebook_and_back(served, phone, lab):
    root = served.data.course_root(COURSE.id)
    amina = phone()
    person = amina.sign_in(served, "Amina")

    # Before the release she can write; after nbgrader has released it she can submit.
    form = amina.open_week(served)
    form.fill_row(form.add_row(), realistic_map()[0])
    form.wait_until_saved()
    expect(form.root.locator(".submit-closed")).to_contain_text("not open yet")
    nbgrader(root, "generate_assignment", "context-map", "--force")
    nbgrader(root, "release_assignment", "context-map")
    form = amina.open_week(served)
    expect(form.root.locator(".submit-closed")).to_be_hidden()

    # A submission with gaps is not taken: a summary names them, and its links lead to the fields.
    form.submit()
    expect(form.root.locator(".summary")).to_be_visible()
    form.root.locator(".summary a").first.click()
    expect(form.root.locator(":focus")).to_be_visible()
    for row in realistic_map()[1:]:
        form.fill_row(form.add_row(), row)
    form.wait_until_saved()
    form.submit()
    expect(form.root.locator(".submitted")).to_contain_text("version 1")
    submission = Answers(served.store, COURSE.id).latest_submissions("context-map")[person]
    assert submission.number == 1

    # So do three others. One of them tries whatever a text field takes.
    hostile = [{"change": text, "evidence": text} for text in CORPUS.values()]
    others = dict(
        [
            hand_in(served, "Bao", hostile),
            hand_in(served, "Carmen", hostile),
            hand_in(served, "Dalal", example("example.ar.yaml"), "ar"),
        ]
    )

    # The facilitator collects and autogrades with the ordinary commands.
    nbgrader(root, "collect", "context-map")
    answers = json.loads((root / "submitted" / person / "context-map" / "answers.json").read_text("utf-8"))
    assert "Amina" not in json.dumps(answers)
    nbgrader(root, "autograde", "context-map")

    # By hand, three in formgrader and the last one on the app's own page. What they wrote is text there.
    desk = phone()
    desk.page.set_viewport_size({"width": 1280, "height": 900})
    grade_in_formgrader(desk.page, lab, person)
    tablet = phone()
    tablet.page.set_viewport_size({"width": 820, "height": 1180})
    tablet.sign_in(served, "Farid", role="facilitator")
    last = grade_on_the_page(tablet.page, served)
    nbgrader(root, "generate_feedback", "context-map")
    nbgrader(root, "release_feedback", "context-map")

    # She reads it in the app.
    amina.open_week(served)
    feedback = amina.page.locator("#feedback-context-map")
    expect(feedback).to_contain_text("Level 3 of 4: solid")
    expect(feedback).to_contain_text(MAP.rubric[0].levels[2])
    expect(feedback).to_contain_text("Strong evidence from your own survey, <b>Amina</b>.")
    expect(feedback).to_contain_text("What the checks found")
    for check in MAP.checks:
        expect(feedback).to_contain_text(check.title)

    # A newer version is another submission; the feedback stays with the one it judged.
    form = amina.form()
    first = form.open_card(form.cards.first)
    form.fill(first.locator(".cells > .field").nth(2), "Young cleaners who work through apps")
    form.wait_until_saved()
    form.submit()
    expect(form.root.locator(".submitted")).to_contain_text("version 2")
    amina.open_week(served)
    expect(feedback).to_contain_text("On version 1")
    expect(feedback).to_contain_text("newer version")

    # Who was graded on the page reads it too, in their language.
    link, language = others[last]
    other = phone()
    other.page.goto(link)
    other.page.locator("form:not(.langs) button").first.click()
    other.page.wait_for_url(re.compile("home|/$"))
    other.open_week(served)
    feedback = other.page.locator("#feedback-context-map")
    expect(feedback).to_contain_text(load_course(COURSE.id, language).exercise(MAP.id).rubric[0].levels[1])
    expect(feedback).to_contain_text("A <i>word</i> to you.")
    assert amina.faults == desk.faults == tablet.faults == other.faults == []
    assert amina.page.evaluate("window.ran") is None


def grade_in_formgrader(page, link, person):
    """Grade three with the keys, hers first and with a comment."""
    page.goto(link)
    base = re.match(r"http://[^/]+/", link)[0]
    page.goto(f"{base}formgrader/gradebook/context-map/context-map")
    hers = page.locator("#main-table a.name-shown", has_text=person)
    expect(hers).to_have_count(1)  # hidden until names are asked for
    page.goto(base + hers.get_attribute("href").removeprefix("/"))
    seen = []
    for number in range(3):
        expect(page.locator("body[data-ready]")).to_be_attached()
        seen.append(page.url.partition("?")[0].rstrip("/"))
        nothing_ran(page)
        if number == 0:
            expect(page.get_by_text(HOSTILE).first).to_be_visible()
            assert person in page.content()
            assert "Amina<" not in page.content()
            page.get_by_label("Comment to the participant").first.fill(
                "Strong evidence from your own survey, <b>Amina</b>."
            )
        for criterion in MAP.rubric:
            levels = page.get_by_role("radiogroup", name=criterion.label).locator(".level")
            levels.first.press("3")
            expect(levels.nth(2)).to_have_attribute("aria-checked", "true")
        page.keyboard.press("Control+Enter")
        page.wait_for_url(lambda url: url.partition("?")[0].rstrip("/") not in seen)


def grade_on_the_page(page, served):
    """Grade the last one in the app; returns whose it was."""
    page.goto(f"{served.url}voila/render/facilitator/grade.ipynb#context-map")
    lines = page.locator(".academy-grade .list li")
    expect(lines).to_have_count(4)
    expect(lines.filter(has_text="to be given")).to_have_count(1)
    page.get_by_role("button", name="Next ungraded").click()
    expect(page.locator(".academy-grade .answers")).to_be_visible()
    nothing_ran(page)
    for criterion in MAP.rubric:
        levels = page.get_by_role("radiogroup", name=criterion.label).locator(".level")
        levels.first.press("2")
        expect(levels.nth(1)).to_have_attribute("aria-checked", "true")
    page.get_by_label("Comment to the participant").first.fill("A <i>word</i> to you.")
    work = page.url.rpartition("/")[2]
    page.keyboard.press("Control+Enter")
    expect(page.locator(".academy-grade .said")).to_contain_text("Everything here is graded.")
    expect(lines.filter(has_text="to be given")).to_have_count(0)
    with Gradebook(gradebook_url(served.data, COURSE.id), COURSE.id) as gradebook:
        return gradebook.find_submission_notebook_by_id(work).student.id


def nothing_ran(page):
    """What they wrote is there as text: it did not run, load or lead anywhere."""
    assert page.evaluate("[window.ran, window.harmed]") == [None, None]
    attacks = "img[src], iframe, form input[name=token], .answers a, main a[href^=http], [onload], [onerror]"
    expect(page.locator(".academy-answers").locator(attacks)).to_have_count(0)
