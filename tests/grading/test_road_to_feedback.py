"""The whole way on the real context map: ordinary nbgrader commands, formgrader in a real browser, feedback."""

import re
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from nbgrader.api import Gradebook
from playwright.sync_api import expect

from academy.course import load_course
from academy.data import DataFolder
from academy.store import Feedback, Releases, open_store
from academy_grading.grades import grade_writes
from academy_grading.grades.database import gradebook_url
from academy_grading.sources.course_root import build_course
from tests.grading.classroom import Class, example
from tests.grading.lab import (
    COURSE,
    MAP,
    ask,
    grades,
    nothing_ran,
    open_submission,
    opened,
    press,
    run,
    submission_id,
    submission_page,
)

HOSTILE = (
    '<script>window.broken = 1</script><img src=x onerror="window.broken = 2"> ![i](https://example.org/i.png) '
    "[l](javascript:window.broken=3) &lt;b&gt; $x^2$ \\(y\\) *bold* _i_ `code` | ~~gone~~ <b>fat</b> "
    "=== BEGIN MARK SCHEME"
)
PYTHON = "\"\"\"\nimport os\nopen('broken.txt', 'w')\n```\n=cmd()|' /C calc'!A0"


@pytest.fixture(scope="module")
def road(tmp_path_factory):
    """Four participants submitted; the exercise was generated, released, collected and autograded by command."""
    course = load_course(COURSE)
    exercise = course.exercise(MAP)
    data = DataFolder.create(tmp_path_factory.mktemp("road") / "data")
    people = Class(data, course, open_store(data.store_url))
    people.submit("p-full", MAP, example(exercise.folder / "example.yaml"))
    people.submit("p-arabic", MAP, example(exercise.folder / "example.ar.yaml"), "ar")
    people.submit("p-short", MAP, {"map": ["r1"], "map/r1/driver": "technology"})
    people.submit(
        "p-rough",
        MAP,
        {
            "map": ["r1", "r2"],
            "map/r1/change": HOSTILE,
            "map/r1/who": PYTHON,
            "map/r1/evidence": "a\x00b \u202egnp.exe",
            "map/r1/driver": "<script>window.broken = 4</script>",
            "map/r2/need": "</div></td></table><script>window.broken = 5</script>",
        },
    )
    build_course(data, course)
    root, done = people.root, {}
    for verb in ("generate_assignment", "release_assignment", "collect", "autograde"):
        done[verb] = run(f"{verb} {MAP}", root)
        assert done[verb].returncode == 0, done[verb].stderr
    yield SimpleNamespace(people=people, root=root, done=done, store=people.store, url=gradebook_url(root))
    people.store.close()


@pytest.fixture(scope="module")
def lab(road):
    """`academy lab` as a process of its own, and its link."""
    with opened(road.people.data, COURSE) as lab:
        yield lab


@pytest.fixture(scope="module")
def page(lab, chromium):
    """A browser in which the facilitator opened the printed link."""
    context = chromium.new_context(viewport={"width": 1200, "height": 900})
    page = context.new_page()
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(lab.link)
    page.wait_for_selector(f"text={MAP}")
    yield page
    context.close()


def test_releasing_opened_the_exercise_in_the_app(road):
    assert Releases(road.store, COURSE).is_open(MAP)
    assert "is open now" in road.done["release_assignment"].stderr


def test_everybody_who_submitted_was_collected_and_graded(road):
    assert sorted(folder.name for folder in (road.root / "submitted").iterdir()) == [
        *("p-arabic", "p-full", "p-rough", "p-short"),
    ]
    assert all("Traceback" not in done.stderr for done in road.done.values())


def test_the_worked_examples_have_all_points_in_both_languages(road):
    for person in ("p-full", "p-arabic"):
        scores = {
            name: score for name, (score, _) in grades(road, person).items() if name.startswith("check-")
        }
        assert sum(scores.values()) == road.people.course.exercise(MAP).points
    waiting = [name for name, (_, waits) in grades(road, "p-full").items() if waits]
    assert waiting == [f"criterion-{name}" for name in ("context", "evidence", "people", "need")]


def test_almost_nothing_has_almost_no_points(road):
    scores = [score for score, _ in grades(road, "p-short").values() if score]
    assert sum(scores) < 6


def test_python_written_as_an_answer_did_not_run(road):
    assert not list(road.root.rglob("broken.txt"))


def test_formgrader_opens_from_the_printed_link_and_asks_nobody_else(page, lab):
    assert page.url.endswith("/formgrader/manage_assignments")
    expect(page.locator("text=released")).to_be_visible()
    assert [url for url in page.asked if not url.startswith(lab.base)] == []


def test_a_second_lab_on_the_same_port_is_told_in_a_sentence(road, lab):
    from academy.errors import AcademyError
    from academy_grading.lab import open_lab

    with pytest.raises(AcademyError, match=f"Port {lab.port} is in use"):
        open_lab(road.people.data, COURSE, lab.port, browser=False)


def test_hostile_answers_are_seen_character_by_character_and_nothing_runs(page, road, lab):
    open_submission(page, road, lab, "p-rough")
    texts = page.locator(".academy-text").all_text_contents()
    assert HOSTILE in texts
    assert "<script>window.broken = 4</script>" in texts
    assert "</div></td></table><script>window.broken = 5</script>" in texts
    assert "aU+0000b U+202Egnp.exe" in texts
    assert PYTHON in page.locator(".academy-text", has_text="import os").inner_text()
    expect(page.locator("code", has_text="sheet.check")).to_have_count(0)
    assert [url for url in page.asked if not url.startswith(lab.base)] == []
    nothing_ran(page)


def test_arabic_answers_read_from_right_to_left_on_a_page_that_does_not(page, road, lab):
    page.goto(submission_page(road, lab, "p-arabic"))
    text = page.locator(".academy-text").nth(1)
    assert text.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert page.evaluate("getComputedStyle(document.body).direction") == "ltr"


def test_an_address_that_somebody_made_up_is_not_run(page, lab):
    page.goto(
        f'{lab.base}/formgrader/manage_submissions/";window.broken=6;"<img src=x onerror=window.broken=7>'
    )
    nothing_ran(page)


def test_checks_are_read_as_sentences(page, road, lab):
    page.goto(submission_page(road, lab, "p-short"))
    panel = page.locator(".nbgrader_cell", has=page.locator("#check-four-drivers"))
    expect(panel).to_contain_text("✘ At least four different drivers: not yet.")


def test_nothing_can_be_given_before_formgrader_would_save_it(page, road, lab):
    asked, waiting, refused = re.compile("/api/(grades|comments)"), [], []
    page.route(asked, lambda route: route.continue_() if refused else waiting.append(route))
    page.goto(submission_page(road, lab, "p-rough"))
    level, comment = page.locator("#criterion-context"), page.locator("#criterion-need-comment")
    full = page.locator(".nbgrader_cell", has=level).locator(".level").last
    expect(level).not_to_be_editable()
    expect(comment).not_to_be_editable()
    expect(full).to_be_disabled()
    while len(waiting) < 2:
        page.evaluate("document.readyState")
    refused += [route for route in waiting if "comments" in route.request.url]
    for route in waiting:
        route.abort() if route in refused else route.continue_()
    expect(level).to_be_editable()
    expect(full).to_be_enabled()
    expect(comment).to_be_editable()  # it was asked for again
    page.unroute(asked)


@pytest.mark.parametrize(
    "path",
    ["manage_assignments", "manage_students", "gradebook", f"gradebook/{MAP}/{MAP}", "submissions/{id}/"],
)
def test_formgraders_pages_run_their_own_scripts_and_no_others(road, lab, path):
    path = path.format(id=submission_id(road, "p-rough"))
    answer = ask(lab, f"formgrader/{path}")
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    assert (policy["default-src"], policy["connect-src"]) == ("'none'", "'self'")
    nonce = re.fullmatch(r"'nonce-([\w-]{20,})'", policy["script-src"])[1]
    soup = BeautifulSoup(answer.text, "html.parser")
    assert {script.get("nonce") for script in soup.find_all("script")} == {nonce}
    assert not [tag for tag in soup.find_all() if any(name.startswith("on") for name in tag.attrs)]


def test_of_a_submission_our_own_two_files_are_given_out_and_never_shown(road, lab):
    place = f"formgrader/submissions/{submission_id(road, 'p-full')}"
    answer = ask(lab, f"{place}/answers.json")
    assert answer.json()["person"] == "p-full"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert ask(lab, f"{place}/{MAP}.ipynb").status_code == 200
    for name in ("timestamp.txt", "x.html", "../../../gradebook.db", "%2e%2e/p-rough/answers.json"):
        assert ask(lab, f"{place}/{name}").status_code == 404
    assert ask(lab, "formgrader/submissions/nobody/answers.json").status_code == 404


def test_nothing_is_shown_or_changed_for_who_has_no_token(road, lab):
    key = submission_id(road, "p-full")
    with Gradebook(road.url, COURSE) as gradebook:
        grade = gradebook.find_grade("criterion-need", MAP, MAP, "p-full")
        change = {"version": grade_writes.grade(grade)["version"], "manual_score": 4}
        place = f"formgrader/api/grade/{grade.id}"
    for path in (f"api/grades?submission_id={key}", f"submissions/{key}/answers.json", f"submissions/{key}/"):
        answer = ask(lab, f"formgrader/{path}", known=False)
        assert (answer.status_code, "login" in answer.headers.get("Location", "")) in (
            (302, True),
            (403, False),
        )
    assert ask(lab, place, "PUT", known=False, json=change).status_code == 403
    assert grades(road, "p-full")["criterion-need"] == (None, True)
    assert ask(lab, place, "PUT", json=change).json()["manual_score"] == 4


def test_two_graders_on_one_work_are_asked_whose_points_count(page, road, lab):
    open_submission(page, road, lab, "p-arabic")
    slower = page.context.new_page()
    open_submission(slower, road, lab, "p-arabic")
    for key in ("3", "Enter", "4", "Enter", "2", "Enter", "1"):  # from the first criterion to the last
        page.keyboard.press(key)
    expect(page.locator(".waits")).to_have_count(0)
    slower.locator("#criterion-context-comment").fill("Mine, typed for a while.")
    slower.locator(".criterion").first.locator(".level").nth(1).click()
    clash = slower.locator(".criterion").first.locator(".clash")
    expect(clash).to_contain_text("Somebody else changed this")
    expect(clash).to_contain_text("Theirs: 3")
    expect(slower.locator("#criterion-context")).to_have_value("2")
    clash.get_by_role("button", name="Keep mine").click()
    expect(clash).to_have_count(0)
    slower.keyboard.press("F8")  # saves what is typed, and goes on
    slower.wait_for_url(lambda url: submission_id(road, "p-arabic") not in url)
    with Gradebook(road.url, COURSE) as gradebook:
        notebook = gradebook.find_submission_notebook(MAP, MAP, "p-arabic")
        points = {row.name: row.manual_score for row in notebook.grades if row.manual_score is not None}
        said = [row.comment for row in notebook.comments if row.comment]
    assert [points[f"criterion-{criterion}"] for criterion in ("context", "evidence", "people", "need")] == [
        2,
        4,
        2,
        1,
    ]
    assert said == ["Mine, typed for a while."]
    slower.close()


def test_more_points_than_there_are_are_asked_about_and_the_number_stays_to_be_seen(page, road, lab):
    open_submission(page, road, lab, "p-arabic")
    score = page.locator(".criterion .score").first
    before = score.input_value()
    score.fill("99")
    score.press("Tab")
    clash = page.locator(".clash")
    expect(clash).to_contain_text("Which number did you mean?")
    expect(score).to_have_value("99")
    with Gradebook(road.url, COURSE) as gradebook:
        (row,) = (
            grade
            for grade in gradebook.find_submission_notebook(MAP, MAP, "p-arabic").grades
            if grade.name == "criterion-context"
        )
        assert (str(int(row.manual_score)), row.extra_credit) == (before, None)
    score.fill(before)
    score.press("Tab")
    expect(clash).to_have_count(0)


def test_words_to_start_a_comment_from_are_in_the_participants_language(page, road, lab):
    open_submission(page, road, lab, "p-arabic")
    first = page.locator(".criterion").first
    first.locator(".bank summary").click()
    offer = first.locator(".offer:visible").first
    expect(offer).to_have_attribute("lang", "ar")
    text = offer.text_content()
    offer.click()
    expect(page.locator("#criterion-context-comment")).to_have_value(f"Mine, typed for a while.\n\n{text}")
    expect(page.locator(".criterion .comment-saved").first).to_be_visible()


def test_levels_and_comments_given_in_formgrader_reach_the_participant(page, road, lab):
    open_submission(page, road, lab, "p-rough")
    for number, name in enumerate(("context", "evidence", "people", "need"), 1):
        with page.expect_response(lambda r: "/api/grade/" in r.url and r.request.method == "PUT") as saved:
            page.fill(f"#criterion-{name}", str(number))
            page.press(f"#criterion-{name}", "Tab")
        assert saved.value.ok
    with page.expect_response(lambda r: "/api/comment/" in r.url and r.request.method == "PUT") as saved:
        page.fill("#criterion-need-comment", "Who is <b>first</b>?")
        page.press("#criterion-need-comment", "Tab")
    assert saved.value.ok
    for verb in ("generate_feedback", "release_feedback"):
        done = run(f"{verb} {MAP}", road.root)
        assert done.returncode == 0, done.stderr
    assert "p-short: some points are still to be given" in done.stderr
    row = Feedback(road.store, COURSE).latest("p-rough", MAP)
    assert row.submission == 1
    assert [item["score"] for item in row.document["rubric"]] == [1, 2, 3, 4]
    assert row.document["rubric"][3]["comment"] == "Who is <b>first</b>?"
    assert Feedback(road.store, COURSE).latest("p-full", MAP) is None


def test_the_feedback_page_is_as_safe_as_formgrader(page, road, chromium):
    file = road.root / "feedback" / "p-rough" / MAP / f"{MAP}.html"
    feedback = chromium.new_page()
    asked: list[str] = []
    feedback.on("request", lambda request: asked.append(request.url))
    feedback.goto(file.as_uri())
    assert HOSTILE in feedback.locator(".academy-text").all_text_contents()
    expect(feedback.locator("text=Who is <b>first</b>?")).to_be_visible()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    nothing_ran(feedback)
    feedback.close()


def test_formgraders_buttons_go_the_same_way_for_a_second_submission(page, road, lab):
    road.people.submit("p-rough", MAP, {"map/r1/change": "We thought again about the night shift."})
    assert "p-rough: collected submission 2" in press(lab, f"assignment/{MAP}/collect")
    press(lab, f"submission/{MAP}/p-rough/autograde")
    press(lab, f"assignment/{MAP}/p-rough/generate_feedback")
    assert "still to be given" in press(lab, f"assignment/{MAP}/p-rough/release_feedback")
    with Gradebook(road.url, COURSE) as gradebook:
        for row in gradebook.find_submission_notebook(MAP, MAP, "p-rough").grades:
            row.needs_manual_grade = False
        gradebook.db.commit()
    assert "released feedback on submission 2" in press(lab, f"assignment/{MAP}/p-rough/release_feedback")
    rows = [row for row in Feedback(road.store, COURSE).all(MAP) if row.person_id == "p-rough"]
    assert [row.submission for row in rows] == [1, 2]
    page.goto(submission_page(road, lab, "p-rough"))
    assert "We thought again about the night shift." in page.locator(".academy-text").all_text_contents()
