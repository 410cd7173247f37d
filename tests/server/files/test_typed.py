"""Answers from paper, typed in by a facilitator: for whom, and what becomes of what the person wrote."""

import re
from datetime import timedelta

import pytest

from academy.people.leaving import withdraw
from academy.store import Answers, Edit
from academy.store.schema import utc_now
from tests.support.offline import unpacked_form

COURSE = "innovative-workers-education"
PAGE = "paper/context-map"
OWN = "The port unloads at night, and I wrote this myself"


@pytest.fixture
def amina(server, visit):
    """Amina, signed in, with an answer of her own that she has not handed in."""
    new = server.people.add("Amina")
    edit = Edit("typed-by-amina", "map/r1/change", OWN)
    rows = Edit("rows-by-amina", "map", ["r1"])
    Answers(server.store, COURSE).save(new.person.id, "context-map", [edit, rows], "phone")
    return visit().sign_in(new.code), new.person.id


def type_in(visitor, person, page=PAGE, **fields):
    return visitor.post(page, data={"_xsrf": visitor.xsrf(), "person": person} | fields)


def new_row(text):
    """The first row that is still empty on the page."""
    return re.findall(r'name="rows/map" value="(\w+)"', text)[-1]


def test_a_facilitator_types_a_paper_in_and_the_history_keeps_who_it_was(server, visit, amina):
    visitor, person = amina
    mona = visit("Mona", role="facilitator")
    page = mona.get(f"{PAGE}?person={person}").text
    assert OWN not in page, "what she has not handed in is nobody's to read"
    row = new_row(page)
    fields = {"rows/map": row, f"a/map/{row}/change": "Cranes\r\nfrom an office", f"a/map/{row}/urgency": "4"}
    fields |= {
        f"a/map/{row}/driver": "technology",
        f"s/map/{row}/effect": "1",
        f"a/map/{row}/effect": ["voice"],
    }
    answer = type_in(mona, person, **fields)
    assert answer.status_code == 200
    assert "Cranes" in answer.text, "what was typed in stands there again, to go on"
    draft = Answers(server.store, COURSE).draft(person, "context-map").values
    assert draft["map"] == ["r1", row]
    assert draft["map/r1/change"] == OWN
    assert draft[f"map/{row}/change"] == "Cranes\nfrom an office"
    assert (draft[f"map/{row}/urgency"], draft[f"map/{row}/effect"]) == (4, ["voice"])
    typed = [r for r in Answers(server.store, COURSE).history(person, "context-map") if r.device == "paper"]
    assert {r.author for r in typed} == {mona.person}
    told = unpacked_form(visitor.get("offline/context-map.html").content)["data"]["doc"]["typed_in"]
    assert "typed in by \u2068Mona" in told
    again = type_in(mona, person, **fields)
    assert again.status_code == 200
    assert len(Answers(server.store, COURSE).history(person, "context-map")) == len(typed) + 2


def test_what_was_written_after_the_paper_stays_and_what_was_before_gives_way(server, visit, amina):
    _visitor, person = amina
    mona = visit("Mona", role="facilitator")
    path = "map/r1/change"
    yesterday = (utc_now() - timedelta(days=2)).date().isoformat()
    answer = type_in(mona, person, **{"rows/map": "r1", f"a/{path}": "Older, on paper", "written": yesterday})
    assert answer.status_code == 200
    answers = Answers(server.store, COURSE)
    assert answers.draft(person, "context-map").values[path] == OWN
    assert "Older, on paper" in [r.value for r in answers.history(person, "context-map", path)]
    type_in(mona, person, **{"rows/map": "r1", f"a/{path}": "Newer, on paper"})
    assert answers.draft(person, "context-map").values[path] == "Newer, on paper"
    assert OWN in [r.value for r in answers.history(person, "context-map", path)], "nothing is overwritten"


@pytest.mark.parametrize("role", ["participant", "mentor"])
def test_nobody_else_finds_the_page(server, visit, amina, role):
    person = amina[1]
    bao = visit("Bao", role=role)
    for address in ("paper", PAGE, f"{PAGE}?person={person}"):
        assert bao.get(address).status_code == 404
    assert type_in(bao, person, **{"rows/map": "r1", "a/map/r1/change": "by Bao"}).status_code == 404
    assert Answers(server.store, COURSE).draft(person, "context-map").values["map/r1/change"] == OWN


def test_who_is_not_signed_in_is_sent_to_the_door_and_changes_nothing(server, visit, amina):
    person = amina[1]
    answer = visit().get(f"{PAGE}?person={person}")
    assert answer.status_code == 302
    assert "/login" in answer.headers["location"]
    stranger = visit()
    assert stranger.post(PAGE, data={"person": person, "a/map/r1/change": "x"}).status_code in (302, 403)
    assert Answers(server.store, COURSE).draft(person, "context-map").values["map/r1/change"] == OWN


def test_a_facilitator_without_the_word_against_forged_requests_changes_nothing(server, visit, amina):
    mona = visit("Mona", role="facilitator")
    assert mona.post(PAGE, data={"person": amina[1], "a/map/r1/change": "x"}).status_code == 403


@pytest.mark.parametrize("exercise", ["journal-1", "readiness", "compare-reviews", "nothing"])
def test_a_journal_and_reviews_are_not_typed_in(visit, amina, exercise):
    mona = visit("Mona", role="facilitator")
    assert mona.get(f"paper/{exercise}?person={amina[1]}").status_code == 404
    assert type_in(mona, amina[1], page=f"paper/{exercise}").status_code == 404


def test_hostile_fields_are_left_out_and_said(server, visit, amina):
    person = amina[1]
    mona = visit("Mona", role="facilitator")
    nasty = "<script>alert(1)</script>"
    fields = {"rows/map": ["rnew", "../../x"], "a/map/rnew/driver": "no-such", "a/map/rnew/change": nasty}
    fields |= {"a/map/rnew/urgency": "x", "a/nothing": "1", "a/map/../../x/change": "y"}
    answer = type_in(mona, person, **fields)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    draft = Answers(server.store, COURSE).draft(person, "context-map").values
    assert draft["map/rnew/change"] == nasty
    assert "map/rnew/driver" not in draft
    assert set(draft["map"]) == {"r1", "rnew"}
    assert type_in(mona, "p-nobody").status_code == 404
    assert type_in(mona, "").status_code == 404
    assert type_in(mona, person, page="paper").status_code == 404
    assert type_in(mona, mona.person).status_code == 404, "only for participants"


def test_a_facilitator_chooses_the_paper_and_whose_it_is(server, visit, amina):
    mona = visit("Mona", role="facilitator")
    page = mona.get("paper").text
    assert "Amina" in page
    assert "journal-1" not in page
    opened = mona.get(f"paper?exercise=context-map&person={amina[1]}").text
    assert 'action="' in opened
    assert "rows/map" in opened
    withdraw(server.people, amina[1])
    assert amina[1] not in mona.get("paper").text, "who has left is not offered"
    assert mona.get(f"paper?exercise=context-map&person={amina[1]}").status_code == 404
    assert "Type in answers from paper" in mona.get("answers").text
    assert "Type in answers from paper" not in visit("Bao").get("answers").text
