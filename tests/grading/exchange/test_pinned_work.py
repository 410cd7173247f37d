"""Other exercises' answers go with a submission as they were, so that checks and graders see what was submitted."""

import json

import pytest
from bs4 import BeautifulSoup

from academy.course import load_course
from academy.course.examples import example_work
from academy.data import DataFolder
from academy.store import Answers, Edit, open_store
from academy_grading.sheet import open_sheet
from academy_grading.sources.readable_answers import readable_answers
from tests.course.chained import EXAMPLES, write
from tests.grading.classroom import Class
from tests.grading.conftest import set_up

FIRST = {
    "union": "Lantern Bay",
    "reach": ["hall"],
    "people": ["ra"],
    "people/ra/name": "Cleaners <b>",
    "people/ra/minutes": 60,
}
PLAN = {
    "for": "ra",
    "way": ["hall"],
    "why-not": "No signal",
    "tool": "radio",
    "steps": ["rx"],
    "steps/rx/what": "Meet",
}


@pytest.fixture
def chain(tmp_path, monkeypatch):
    folder = write(tmp_path / "exercises")
    monkeypatch.setenv("ACADEMY_EXERCISES", str(folder.parent))
    data = DataFolder.create(tmp_path / "data")
    store = open_store(data.store_url)
    yield Class(data, load_course(folder), store)
    store.close()


@pytest.fixture
def api(chain, empty_gradebook, monkeypatch):
    return set_up(chain, empty_gradebook, monkeypatch)


def test_a_submission_keeps_the_other_answers_as_they_were_when_it_was_made(api, chain):
    assert api.generate_assignment("plan")["success"]
    chain.submit("p-one", "groups", FIRST)
    chain.submit("p-two", "groups", {"union": "Another union"})
    chain.submit("p-one", "plan", PLAN)
    chain.submit("p-one", "groups", {"people": [], "union": "Changed since"})
    assert api.collect("plan")["success"]
    folder = chain.root / "submitted" / "p-one" / "plan"
    document = json.loads((folder / "answers.json").read_text("utf-8"))
    assert document["work"] == {"groups": FIRST}
    sheet = open_sheet(str(folder / "answers.json"), course="chained", exercise="plan")
    assert sheet.check("known") == 3
    assert sheet.check("short") == 2
    assert "Cleaners" in (folder / "plan.ipynb").read_text("utf-8")


def test_what_is_for_the_person_alone_does_not_go_along(api, chain):
    file = chain.course.folder / "diary-1" / "exercise.yaml"
    file.write_text(file.read_text() + "personal: true\nprivate: true\n")
    assert api.generate_assignment("plan")["success"]
    chain.submit("p-one", "groups", FIRST)
    chain.submit("p-one", "diary-1", {"happened": "A secret"})
    chain.submit("p-one", "plan", PLAN)
    assert api.collect("plan")["success"]
    folder = chain.root / "submitted" / "p-one" / "plan"
    assert set(json.loads((folder / "answers.json").read_text("utf-8"))["work"]) == {"groups"}
    assert "A secret" not in "".join(file.read_text("utf-8") for file in folder.iterdir())


def test_what_the_course_never_asked_or_asks_no_more_does_not_go_along(api, chain):
    assert api.generate_assignment("plan")["success"]
    chain.person("p-one")
    for name in ("gone", "travel-log"):
        Answers(chain.store, "chained").save("p-one", name, [Edit(f"edit-{name}", "origin", "A secret")])
    chain.submit("p-one", "plan", PLAN)
    assert api.collect("plan")["success"]
    document = json.loads((chain.root / "submitted" / "p-one" / "plan" / "answers.json").read_text("utf-8"))
    assert document["work"] == {}


def test_answers_that_were_collected_without_other_work_still_open(tmp_path, chain):
    (tmp_path / "answers.json").write_text(json.dumps({"answers": PLAN}))
    sheet = open_sheet(str(tmp_path / "answers.json"), course="chained", exercise="plan")
    assert sheet.check("known") == 0


def page(chain, flat):
    course = chain.course
    groups = dict(FIRST)
    work = example_work(course).having(course.exercise("groups"), groups)
    return BeautifulSoup(readable_answers(course.exercise("plan"), flat, "en", work), "html.parser")


def under(soup, label):
    return next(tag for tag in soup.find_all("h3") if tag.get_text() == label).find_next_sibling()


def test_a_grader_reads_the_names_of_what_was_chosen_and_shown(chain):
    soup = page(chain, PLAN)
    assert under(soup, "For whom").get_text() == "Cleaners <b>"
    assert under(soup, "Which way").get_text() == "In the hall"
    assert under(soup, "Union").get_text() == "Lantern Bay"
    assert not soup.find("b")


def test_a_grader_does_not_see_what_the_participant_did_not_see(chain):
    labels = [tag.get_text() for tag in page(chain, PLAN).find_all("h3")]
    assert "Why not?" in labels
    assert "Tool" not in labels
    rows = [tag.get_text() for tag in page(chain, PLAN).find_all("th")]
    assert "Room" not in rows
    assert "Load" in rows


def test_a_choice_that_is_gone_is_seen_as_it_came(chain):
    assert under(page(chain, PLAN | {"for": "rz"}), "For whom").get_text() == "rz"


def test_the_example_of_the_course_can_be_read_by_a_grader(chain):
    from academy.course.examples import flatten

    plan = chain.course.exercise("plan")
    soup = BeautifulSoup(
        readable_answers(plan, flatten(plan, EXAMPLES["plan"]), "en", example_work(chain.course)),
        "html.parser",
    )
    assert "Carers" not in under(soup, "For whom").get_text()
    assert under(soup, "For whom").get_text() == "Cleaners"


def test_a_members_personal_answers_are_theirs_and_the_rest_is_the_teams(chain):
    from academy.course import load_course as load
    from academy.people import Teams
    from academy.work import answers_of, work_of

    file = chain.course.folder / "diary-1" / "exercise.yaml"
    file.write_text(file.read_text() + "personal: true\n")
    course = load(chain.course.folder)
    for name in ("p-one", "p-two"):
        chain.person(name)
        chain.submit(name, "groups", {"union": f"Of {name}"})
        chain.submit(name, "diary-1", {"happened": f"By {name}"})
    team = Teams(chain.store, chain.course.id).make("We", ["p-one", "p-two"])
    chain.known.add(team.id)
    chain.submit(team.id, "groups", {"union": "Ours"})
    flat = answers_of(chain.store, course, "p-one")
    assert flat == {"groups": {"union": "Ours"}, "diary-1": {"happened": "By p-one"}}
    work = work_of(chain.store, course, "p-one")
    assert (work["groups"]["union"], work["diary-1"]["happened"]) == ("Ours", "By p-one")
    assert work_of(chain.store, course, team.id)["diary-1"]["happened"] is None
    assert answers_of(chain.store, course, team.id) == {"groups": {"union": "Ours"}}
