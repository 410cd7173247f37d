"""One form, several writers."""

import uuid

import pytest

from academy.course import load_course
from academy.data import DataFolder
from academy.people import People, Teams
from academy.progress import steps
from academy.session import Session
from academy.store import Releases, open_store
from academy_widgets import passport_page
from academy_widgets.forms.desk import Desk

COURSE = load_course("innovative-workers-education")
MAP = COURSE.exercise("context-map")


@pytest.fixture
def data(tmp_path):
    return DataFolder.create(tmp_path / "data")


@pytest.fixture
def people(data):
    return People(open_store(data.store_url), data.secret, COURSE.id)


@pytest.fixture
def team(people):
    members = [people.add(name).person.id for name in ("Amina", "Bao")]
    return Teams(people.store, COURSE.id).make("Dockers", members)


def desk_of(person, people, data, exercise=MAP):
    team = Teams(people.store, COURSE.id).of(person.id)
    session = Session(
        person.id, person.role, person.display_name, "en", None, COURSE, people.store, data, team
    )
    return Desk(session, exercise)


def save(desk, path, value, device):
    edits = [{"id": str(uuid.uuid4()), "path": path, "value": value, "age": 10, "base": 0}]
    return desk.answer({"kind": "save", "n": 1, "edits": edits, "device": device})


def test_members_write_in_the_same_map_and_nothing_is_overwritten_silently(people, data, team):
    amina, bao = (desk_of(member, people, data) for member in team.members)
    save(amina, "map", ["ra"], "phone")
    save(amina, "map", ["ra"], "phone")
    save(amina, "map/ra/need", "Read the plan", "phone")
    assert bao.document()["values"]["map/ra/need"] == "Read the plan"
    reply = save(bao, "map/ra/need", "Write a letter", "laptop")
    assert reply["overtaken"] == [{"path": "map/ra/need", "yours": "Read the plan", "now": "Write a letter"}]
    values = [item["value"] for item in amina.answer({"kind": "history", "path": "map/ra/need"})["items"]]
    assert values == ["Read the plan", "Write a letter"]


def test_each_member_keeps_a_draft_of_their_own_on_a_shared_phone(people, data, team):
    names = {desk_of(member, people, data).document()["person"] for member in team.members}
    assert len(names) == 2


def test_a_personal_exercise_stays_ones_own(people, data, team):
    own = MAP.model_copy(update={"personal": True})
    amina, bao = (desk_of(member, people, data, own) for member in team.members)
    save(amina, "map", ["ra"], "phone")
    assert bao.document()["values"] == {}


def test_a_submission_of_one_is_a_step_of_all(people, data, team):
    Releases(people.store, COURSE.id).release("context-map")
    amina, bao = team.members
    save(desk_of(amina, people, data), "map", ["ra"], "phone")
    for member in (amina, bao):
        found = {step.exercise.id: step for step in steps(people.store, COURSE, member.id, team)}
        assert found["context-map"].state == "started"
    alone = {step.exercise.id: step for step in steps(people.store, COURSE, amina.id)}
    assert alone["context-map"].state == "open"


def test_who_was_taken_out_while_the_page_was_open_writes_there_no_more(people, data, team):
    third = people.add("Carmen").person
    Teams(people.store, COURSE.id).add(team.id, third.id)
    desk = desk_of(third, people, data)
    Teams(people.store, COURSE.id).remove(third.id)
    for message in ({"kind": "sync", "rev": 0}, {"kind": "history", "path": "map"}):
        assert "no longer in this team" in desk.answer(message)["text"]
    assert "no longer in this team" in save(desk, "map", ["rb"], "phone")["text"]
    assert desk_of(team.members[0], people, data).document()["values"] == {}


def test_the_passport_of_a_team_says_what_each_has_brought(people, data, team):
    amina, bao = team.members
    save(desk_of(amina, people, data), "map", ["ra"], "phone")
    save(desk_of(amina, people, data), "map", ["ra"], "phone")
    save(desk_of(amina, people, data), "map/ra/need", "Read the plan", "phone")
    profile = COURSE.exercise("profile")
    save(desk_of(bao, people, data, profile), "contribution", "I asked the <b>night</b> shift.", "laptop")
    session = Session(amina.id, amina.role, amina.display_name, "en", None, COURSE, people.store, data, team)
    one, other = passport_page.makers(session)
    assert (one["answers"], one["exercises"], one["statement"]) == (2, ["Context map"], "")
    assert (other["answers"], other["statement"]) == (0, "I asked the <b>night</b> shift.")
    alone = Session(amina.id, amina.role, amina.display_name, "en", None, COURSE, people.store, data)
    assert passport_page.makers(alone) == []
