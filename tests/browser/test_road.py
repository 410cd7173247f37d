"""The whole way: from a phone to the gradebook and back."""

import json
import re
import subprocess
import sys

import pytest
import yaml
from playwright.sync_api import expect

from academy.course import load_course
from academy.store import Answers
from tests.browser.conftest import nbgrader
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
    process.wait(30)


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
    expect(form.root.locator(".submitted")).to_contain_text("1")
    submission = Answers(served.store, COURSE.id).latest_submissions("context-map")[person]
    assert submission.number == 1

    # The facilitator collects and autogrades with the ordinary commands.
    nbgrader(root, "collect", "context-map")
    answers = json.loads((root / "submitted" / person / "context-map" / "answers.json").read_text("utf-8"))
    assert "Amina" not in json.dumps(answers)
    nbgrader(root, "autograde", "context-map")

    # By hand, in formgrader: levels and a comment. What she wrote is text there, and nothing of it runs.
    desk = phone()
    desk.page.set_viewport_size({"width": 1280, "height": 900})
    grade_by_hand(desk.page, lab, person)
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
    expect(form.root.locator(".submitted")).to_contain_text("2")
    amina.open_week(served)
    expect(feedback).to_contain_text("On version 1")
    expect(feedback).to_contain_text("newer version")
    assert amina.faults == desk.faults == []
    assert amina.page.evaluate("window.ran") is None


def grade_by_hand(page, link, person):
    """Open the submission in formgrader, give level 3 for each criterion and write one comment."""
    page.goto(link)
    base = re.match(r"http://[^/]+/", link)[0]
    page.goto(f"{base}formgrader/gradebook/context-map/context-map")
    page.locator("table tbody a").first.click()
    page.wait_for_url("**/formgrader/submissions/**")
    expect(page.get_by_text("Contextual analysis").first).to_be_visible()
    expect(page.get_by_text(HOSTILE).first).to_be_visible()
    assert page.evaluate("window.ran") is None
    expect(page.locator("img[onerror]")).to_have_count(0)
    assert person in page.content()
    assert "Amina<" not in page.content()
    for criterion in MAP.rubric:
        score = page.locator(f"#criterion-{criterion.id}")
        with page.expect_response(lambda answer: sent(answer, "grade")):
            score.fill("3")  # when formgrader lets it be written
            score.press("Tab")
    comment = page.locator("textarea.comment").first
    with page.expect_response(lambda answer: sent(answer, "comment")):
        comment.fill("Strong evidence from your own survey, <b>Amina</b>.")
        comment.press("Tab")


def sent(answer, what):
    return f"/api/{what}/" in answer.url and answer.request.method == "PUT" and answer.ok
