"""Formgrader's commands are done beside its server: pages are answered meanwhile, and whatever ends is told."""

import os
import re
import shutil
import socket
import struct
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import httpx
import psutil
import pytest
from nbgrader.api import Gradebook

from academy.course import load_course
from academy.data import DataFolder
from academy.people import People
from academy.people.leaving import readmit, withdraw
from academy.store import Releases, open_store
from academy_grading.grades.database import gradebook_url
from academy_grading.sources.course_root import build_course
from tests.grading.classroom import GOAL, Class
from tests.grading.cohort import api_of, config_of, said
from tests.grading.conftest import CHECKS, write_course
from tests.grading.lab import ask, opened, started
from tests.support import postgres
from tests.support.databases import SERVER
from tests.support.patience import SECONDS

WAITING = CHECKS.replace(
    "    return bool(",
    """\
    if answers["goal"].startswith("/"):
        import socket

        with socket.socket(socket.AF_UNIX) as line:
            line.connect(answers["goal"])
            line.recv(1)
    return bool(""",
)
"""A check that goes on when the test lets it: the goal is where to ask."""
STEPS = {
    "assignment/plan/assign": ("generate_assignment", "plan"),
    "assignment/plan/release": ("release_assignment", "plan"),
    "assignment/plan/collect": ("collect", "plan"),
    "submission/plan/p-one/autograde": ("autograde", "plan", "p-one"),
    "submission/plan/p-two/autograde": ("autograde", "plan", "p-two"),
    "submission/plan/nobody/autograde": ("autograde", "plan", "nobody"),
    "assignment/plan/p-one/generate_feedback": ("generate_feedback", "plan", "p-one"),
    "assignment/plan/generate_feedback": ("generate_feedback", "plan"),
    "assignment/plan/p-one/release_feedback": ("release_feedback", "plan", "p-one"),
    "assignment/plan/release_feedback": ("release_feedback", "plan"),
    "assignment/none/assign": ("generate_assignment", "none"),
    "assignment/plan/unrelease": ("unrelease", "plan"),
}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Where the course is, and where checks wait."""
    folder = tmp_path_factory.mktemp("beside")
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as short:
        course = write_course(folder)
        (course / "plan" / "checks.py").write_text(WAITING, "utf-8")
        patch.setenv("ACADEMY_EXERCISES", str(course.parent))
        patch.setenv("PATH", os.environ["PATH"])
        yield SimpleNamespace(folder=folder, course=course, line=Path(short) / "line")


def a_class(place, name, gradebook):
    """Two people submitted, and one whose check waits."""
    data = DataFolder.create(place.folder / name)
    people = Class(data, load_course(place.course), open_store(data.store_url))
    for person in ("p-one", "p-two"):
        people.submit(person, "plan", GOAL)
    people.submit("p-waits", "plan", {"goal": str(place.line)})
    build_course(data, people.course)
    shutil.copy(gradebook, people.root)
    return people


@pytest.fixture(scope="module")
def twin(place, empty_gradebook):
    """The same class, for which nbgrader is called without a server, and what it answers at each step."""
    people = a_class(place, "twin", empty_gradebook)
    api = api_of(config_of(people.root))
    answers = [getattr(api, name)(*given) for name, *given in STEPS.values()]
    people.store.close()
    return SimpleNamespace(people=people, answers=answers, said=said(people.root))


@pytest.fixture(scope="module")
def lab(place, twin, empty_gradebook):
    """The lab of a class for which all buttons have been pressed once."""
    people = a_class(place, "lab", empty_gradebook)
    with opened(people.data, "small-course") as lab:
        lab.people, lab.root = people, people.root
        lab.answers = [command(lab, path) for path in STEPS]
        lab.said = said(people.root)
        command(lab, "assignment/plan/release")
        yield lab
    people.store.close()


def command(lab, path):
    """What the server says when a button is pressed."""
    answer = ask(lab, f"formgrader/api/{path}", "POST")
    assert answer.status_code == 200
    return answer.json()


@contextmanager
def waiting_check(lab, place):
    """Press the button for the submission whose check waits; gives the answer to come and our end of the line."""
    with socket.socket(socket.AF_UNIX) as asked, ThreadPoolExecutor(1) as thread:
        asked.bind(str(place.line))
        asked.listen()
        asked.settimeout(60)
        try:
            result = thread.submit(command, lab, "submission/plan/p-waits/autograde")
            line, _ = asked.accept()
            with line:
                yield result, line
        finally:
            place.line.unlink()


def beside(line):
    """The process that does commands, which started the one that forked the check at the other end of a line."""
    check, _, _ = struct.unpack("3i", line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
    process = psutil.Process(check).parent().parent()
    assert "academy_grading.formgrader.command_server" in process.cmdline()
    return process


def heard(result, root):
    """What nbgrader answers, without what differs from time to time and what it tells those who look for faults."""
    known = {"success": result["success"], "error": result.get("error", "").splitlines()[-1:]}
    lines = [
        line for line in result.get("log", "").splitlines() if re.match(r"\[(INFO|WARNING|ERROR)]", line)
    ]
    text = "\n".join(lines + known["error"]).replace(str(root), "ROOT")
    return known["success"], re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+", "MOMENT", text)


def test_each_button_has_the_result_that_nbgrader_has(lab, twin):
    ours = [heard(answer, lab.root) for answer in lab.answers]
    theirs = [heard(answer, twin.people.root) for answer in twin.answers]
    assert ours == theirs
    assert [success for success, _ in ours].count(False) == 2
    assert without_time(lab.said) == without_time(twin.said)
    assert lab.said["p-one"]["score"] == 2


def without_time(book):
    return {person: {**about, "timestamp": None} for person, about in book.items()}


def test_while_a_submission_is_graded_colleagues_go_on(lab, place):
    with Gradebook(gradebook_url(lab.root), "small-course") as book:
        key = book.find_submission_notebook("plan", "plan", "p-one").id
    with waiting_check(lab, place) as (result, line):
        for page in ("manage_submissions/plan", "api/submissions/plan", f"submissions/{key}/"):
            assert ask(lab, f"formgrader/{page}").status_code == 200
        grades = ask(lab, f"formgrader/api/grades?submission_id={key}").json()
        (grade,) = [grade for grade in grades if grade["name"] == "criterion-reach"]
        change = {"version": grade["version"], "manual_score": 3}
        kept = ask(lab, f"formgrader/api/grade/{grade['id']}", "PUT", json=change)
        assert kept.json()["manual_score"] == 3
        assert not result.done()
        line.close()
        assert result.result()["success"]
    assert said(lab.root)["p-waits"]["grades"]["check-has-goal"]["auto_score"] == 2


def test_what_is_not_there_is_not_found_and_what_is_there_is_given_one_by_one(lab):
    with Gradebook(gradebook_url(lab.root), "small-course") as book:
        key = book.find_submission_notebook("plan", "plan", "p-two").id
    for kind, field in (("grade", "manual_score"), ("comment", "manual_comment")):
        all_of_them = ask(lab, f"formgrader/api/{kind}s?submission_id={key}").json()
        assert all_of_them
        for one in all_of_them:
            assert ask(lab, f"formgrader/api/{kind}/{one['id']}").json() == one
        place = f"formgrader/api/{kind}/{one['id']}"
        assert ask(lab, place, "PUT", json=[one]).status_code == 400
        for method, sent in (("GET", None), ("PUT", {field: None})):
            assert ask(lab, f"formgrader/api/{kind}/nobody", method, json=sent).status_code == 404
        assert ask(lab, f"formgrader/api/{kind}s?submission_id=nobody").status_code == 404
        refused = ask(lab, place, "PUT", json={"version": one["version"], field: {}})
        assert (refused.status_code, list(refused.json())) == (400, ["message"])
        stale = ask(lab, place, "PUT", json={"version": "of an old page", field: "1"})
        assert (stale.status_code, stale.json()["now"]) == (409, one)
    file = lab.root / "autograded" / "p-two" / "plan" / "answers.json"
    assert ask(lab, f"formgrader/submissions/{key}/answers.json").status_code == 200
    moved = file.rename(file.with_name("elsewhere"))
    file.symlink_to(moved)
    assert ask(lab, f"formgrader/submissions/{key}/answers.json").status_code == 404
    moved.rename(file)


def test_the_way_leads_to_the_first_and_the_next_that_waits_and_to_the_list_where_none_does(lab):
    with Gradebook(gradebook_url(lab.root), "small-course") as book:
        works = book.notebook_submissions("plan", "plan")
        waits = sorted(one.id for one in works if one.needs_manual_grade)
    assert len(waits) > 1

    def leads(path):
        answer = ask(lab, f"formgrader/{path}/next_ungraded")
        return answer.headers["location"] if answer.status_code == 302 else answer.status_code

    assert leads("gradebook/plan/plan") == f"/formgrader/submissions/{waits[0]}/"
    assert leads(f"submissions/{waits[0]}") == f"/formgrader/submissions/{waits[1]}/"
    assert leads(f"submissions/{waits[-1]}") == f"/formgrader/submissions/{waits[0]}/"
    assert leads("gradebook/plan/other") == "/formgrader/gradebook/plan/other?all_graded"
    assert leads("submissions/nobody") == 404


@pytest.mark.skipif(not SERVER, reason="who reads a file of SQLite is in nobody's way")
def test_pages_that_were_read_are_in_the_way_of_no_upgrade(lab):
    with Gradebook(gradebook_url(lab.root), "small-course") as book:
        key = book.find_submission_notebook("plan", "plan", "p-one").id
    for page in ("api/submissions/plan", f"submissions/{key}/", f"api/grades?submission_id={key}"):
        assert ask(lab, f"formgrader/{page}").status_code == 200
    postgres.until_nothing_is_open(gradebook_url(lab.root))


def state(lab):
    there = {
        str(file): file.stat().st_mtime_ns for file in lab.root.rglob("*") if "gradebook.db" not in file.name
    }
    return said(lab.root), Releases(lab.people.store, "small-course").is_open("plan"), there


@pytest.mark.parametrize("path", STEPS)
def test_nothing_is_done_for_who_has_no_token_and_for_other_sites(lab, path):
    before = state(lab)
    assert ask(lab, f"formgrader/api/{path}", "POST", known=False).status_code == 403
    with httpx.Client(base_url=lab.base, timeout=SECONDS, follow_redirects=True) as browser:
        assert browser.get(lab.link).status_code == 200
        assert browser.get("/formgrader/api/status").json() == {"status": True}
        assert browser.post(f"/formgrader/api/{path}").status_code == 403
        assert state(lab) == before
        word = {"X-XSRFToken": browser.cookies["_xsrf"]}
        assert (
            browser.post("/formgrader/api/submission/plan/nobody/autograde", headers=word).status_code == 200
        )


def test_a_command_that_is_killed_is_told_in_a_sentence_and_can_be_given_again(lab, place):
    with waiting_check(lab, place) as (result, line):
        beside(line).kill()
        told = result.result()
    assert told["success"] is False
    assert told["error"].startswith("This was cut short")
    assert "Traceback" not in str(told)
    with waiting_check(lab, place) as (result, line):
        line.close()
        assert result.result()["success"]


def test_a_process_that_was_killed_while_it_had_nothing_to_do_is_replaced(lab, place):
    with waiting_check(lab, place) as (result, line):
        process = beside(line)
        line.close()
        assert result.result()["success"]
    process.kill()
    process.wait(SECONDS)
    answers = [command(lab, "assignment/plan/release") for _ in range(2)]
    assert answers[-1]["success"]
    assert answers[0]["success"] or answers[0]["error"].startswith("This was cut short")


def test_the_process_ends_with_the_server_even_if_that_is_killed(lab, place):
    with started(lab.people.data, "small-course") as second, waiting_check(second, place) as (result, line):
        process = beside(line)
        process.parent().kill()
        assert process.wait(SECONDS) is None
        with pytest.raises(httpx.HTTPError):
            result.result()


TABLES = {
    "assignments": "name",
    "notebooks/plan": "name",
    "students": "id",
    "submissions/plan": "student",
    "submitted_notebooks/plan/plan": "student",
}


def tables(lab):
    return {path: ask(lab, f"formgrader/api/{path}").json() for path in TABLES}


def test_who_has_left_is_in_no_table_and_no_count_until_they_are_taken_back(lab):
    team = People(lab.people.store, lab.people.data.secret, lab.people.course.id)
    with Gradebook(gradebook_url(lab.root), "small-course") as book:
        keys = {who: book.find_submission_notebook("plan", "plan", who).id for who in ("p-one", "p-two")}
        scores = {row["student"]: row["score"] for row in book.submission_dicts("plan")}
        mean_of_all = book.average_assignment_score("plan")
    before = tables(lab)
    assert {row["id"] for row in before["students"]} == scores.keys() == {"p-one", "p-two", "p-waits"}
    assert (before["assignments"][0]["num_submissions"], before["notebooks/plan"][0]["num_submissions"]) == (
        3,
        3,
    )
    assert before["assignments"][0]["average_score"] == mean_of_all

    withdraw(team, "p-two")
    after = tables(lab)
    for path in ("students", "submissions/plan", "submitted_notebooks/plan/plan"):
        assert {row[TABLES[path]] for row in after[path]} == {"p-one", "p-waits"}, path
    for path in ("assignments", "notebooks/plan"):
        (row,) = after[path]
        assert row["num_submissions"] == 2, path
        assert row["average_score"] == (scores["p-one"] + scores["p-waits"]) / 2, path
    assert sorted(row["index"] for row in after["submitted_notebooks/plan/plan"]) == [0, 1]
    steps = {who: ask(lab, f"formgrader/submissions/{key}/next") for who, key in keys.items()}
    assert {answer.status_code for answer in steps.values()} == {302}
    assert keys["p-two"] not in steps["p-one"].headers["location"]
    assert ask(lab, f"formgrader/submissions/{keys['p-two']}/").status_code == 200, (
        "by its address, as before"
    )

    withdraw(team, "p-one")
    withdraw(team, "p-waits")
    assert ask(lab, "formgrader/api/students").json() == []
    (row,) = ask(lab, "formgrader/api/notebooks/plan").json()
    assert (row["num_submissions"], row["average_score"], row["needs_manual_grade"]) == (0, 0, False)

    for person in scores:
        readmit(team, person)
    assert tables(lab) == before
