"""What the kit made before there were editions goes on: a data folder, addresses, codes, files, an open page."""

import json

import pytest
import sqlalchemy as sa

from academy.data import gradebook_url
from academy.desk.grades import grades
from academy.editions import Editions
from academy.store import Answers, EditionSettings, Releases, Settings, open_store
from academy.store.schema import Enrolment, TeamMember
from tests.support.one_course import EXERCISES, FOLDER, NOTEBOOKS, TOLD, folder_of_one_course
from tests.support.server import AcademyServer
from tests.support.visitor import Visitor

COURSE = "small-course"
IDS = {name: told[0] for name, told in TOLD["codes"].items()}


@pytest.fixture
def data(tmp_path):
    return folder_of_one_course(tmp_path / "data")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("before") / "data"
    folder_of_one_course(folder)
    with AcademyServer(folder, ip="127.0.0.1", notebooks=str(NOTEBOOKS)).start(
        ACADEMY_EXERCISES=str(EXERCISES)
    ) as running:
        yield running


@pytest.fixture
def visit(server):
    """Somebody at the server's own address, as links from before lead there."""
    opened = []

    def come(name=None):
        visitor = Visitor(server.root)
        opened.append(visitor)
        if name:
            visitor.sign_in(TOLD["codes"][name][2])
        return visitor

    yield come
    for visitor in opened:
        visitor.close()


def test_the_course_becomes_the_first_edition_with_its_people_roles_teams_and_settings(data):
    store = open_store(data.store_url)
    (edition,) = Editions(store).all()
    assert (edition.id, edition.course, edition.closed) == (COURSE, COURSE, False)
    with store.session() as session:
        roles = {row.display_name: row.role for row in session.scalars(sa.select(Enrolment))}
        groups = {row.person_id: row.groups for row in session.scalars(sa.select(Enrolment)) if row.groups}
        members = {(row.edition, row.person_id) for row in session.scalars(sa.select(TeamMember))}
    assert roles == {
        "Amina": "participant",
        "Bruno": "participant",
        "Carla": "participant",
        "Maya": "mentor",
        "Facilitator": "facilitator",
        "The two": "team",
    }
    assert groups == {IDS["Amina"]: ["North"]}
    assert members == {(COURSE, IDS["Bruno"]), (COURSE, IDS["Carla"])}
    assert EditionSettings(store, COURSE).get("join.open") is True
    assert EditionSettings(store, COURSE).get("at_start") == ["plan"]
    assert Settings(store).get("course") is None
    store.close()


def test_what_people_wrote_handed_in_and_got_for_it_is_where_it_was(data):
    store = open_store(data.store_url)
    answers = Answers(store, COURSE)
    assert answers.draft(IDS["Amina"], "plan").values["goal"] == "Reach night workers in the port"
    assert [one.number for one in answers.submissions("plan", IDS["Amina"])] == [1]
    assert Releases(store, COURSE).is_open("plan")
    assert (IDS["Amina"], "plan") in grades(gradebook_url(data, COURSE))
    store.close()


@pytest.mark.parametrize("name", ["Amina", "Facilitator"])
def test_links_and_codes_from_before_sign_in(visit, name):
    visitor = visit()
    address = f"/j/{TOLD['codes'][name][1]}"
    assert visitor.form(address).headers["location"] == f"/c/{COURSE}/"
    assert visitor.get(f"/c/{COURSE}/voila/render/home.ipynb").status_code == 200


@pytest.mark.parametrize("word", TOLD["join"])
def test_the_code_and_the_link_for_joining_lead_into_the_course(visit, word):
    visitor = visit()
    assert "Small course" in visitor.get(f"/join/{word}").text
    assert "Small course" in visitor.form(f"/join/{word}", name="Dora").text


@pytest.mark.parametrize(
    "address",
    [
        "voila/render/plan.ipynb",
        "passport",
        "calendar.ics",
        "offline/plan.html",
        "voila/render/home.ipynb?x=1",
    ],
)
def test_addresses_from_before_lead_to_those_of_the_edition(visit, address):
    visitor = visit("Amina")
    answer = visitor.get(f"/{address}")
    assert (answer.status_code, answer.headers["location"]) == (302, f"/c/{COURSE}/{address}")
    assert visitor.get(answer.headers["location"]).status_code == 200


def test_the_code_on_the_screen_of_a_session_that_goes_on_opens_it(visit):
    visitor = visit("Amina")
    assert "You are in." in visitor.get(f"/live/{TOLD['live']}").text
    assert visitor.get(f"/live/{TOLD['live']}/state").json()["state"] == "live"


def test_a_file_of_answers_from_before_is_taken(visit, server):
    visitor = visit("Facilitator")
    sent = visitor.post(
        "/answers",
        files={"files": ("a.json", (FOLDER / "offline_answers.json").read_bytes(), "application/json")},
        data={"_xsrf": visitor.xsrf()},
    )
    assert sent.status_code == 200, sent.text
    values = Answers(server.store, COURSE).history(IDS["Amina"], "plan")
    assert "Written away from the server, on the ship" in json.dumps([one.value for one in values])
