"""A paper that was handed in on paper, handed in by a facilitator after one question; its owner reads who did it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from academy.deadlines import due
from academy.offline.handing_in import handed_in_by, look, week_ended
from academy.offline.typed import PaperAnswers
from academy.people.leaving import withdraw
from academy.session import session_of
from academy.store import Answers, Edit, Releases
from academy_widgets.forms.desk import Desk
from tests.grading.classroom import example

COURSE = "innovative-workers-education"
PAGE = "paper/context-map"
EXAMPLE = Path("exercises") / COURSE / "context-map" / "example.yaml"


@pytest.fixture
def amina(server, visit):
    """Amina, who wrote on paper only."""
    Releases(server.store, COURSE).release("context-map")
    new = server.people.add("Amina")
    return visit().sign_in(new.code), new.person.id


@pytest.fixture
def nour(visit):
    return visit("Nour", role="facilitator")


def a_paper(server):
    """The fields of the page as a whole paper fills them."""
    flat = example(Path(__file__).parents[3] / EXAMPLE)
    fields = {"rows/map": flat.pop("map")}
    for path, value in flat.items():
        fields[f"a/{path}"] = value if isinstance(value, list) else str(value)
    return fields


def type_in(visitor, person, **fields):
    return visitor.post(PAGE, data={"_xsrf": visitor.xsrf(), "person": person} | fields)


def asked(text):
    """What the question carries: the key and the revision."""
    return {name: re.search(rf'name="{name}" value="([^"]+)"', text)[1] for name in ("sure", "rev")}


def made(server, person):
    return Answers(server.store, COURSE).submissions("context-map", person)


def nour_id(server):
    return [p for p in server.people.all("facilitator") if p.display_name.startswith("Nour")][-1].id


def form_of(server, person):
    session = session_of(person, server.data, server.store, COURSE)
    return Desk(session, session.course.exercise("context-map")).document()


def test_a_facilitator_hands_a_paper_in_after_one_question_and_its_owner_reads_who_did(server, nour, amina):
    person = amina[1]
    assert "Handed in on paper: submit for \u2068Amina" in nour.get(f"{PAGE}?person={person}").text
    answer = type_in(nour, person, **a_paper(server), **{"hand-in": "1"})
    assert answer.status_code == 200
    assert "Submit for \u2068Amina" in answer.text
    assert made(server, person) == [], "it is asked first"
    assert '<h3 id="ask-title" tabindex="-1" autofocus>' in answer.text, "the question is read first"
    sure = asked(answer.text)
    done = type_in(nour, person, **sure)
    assert done.status_code == 200
    assert "Submitted from paper by \u2068Nour" in done.text
    assert type_in(nour, person, **sure).status_code == 200, "the same press twice is one submission"
    (one,) = made(server, person)
    assert one.number == 1
    draft = Answers(server.store, COURSE).draft(person, "context-map")
    assert Answers(server.store, COURSE).values_at(person, "context-map", one.rev) == draft.values
    assert [name.startswith("Nour") for name in handed_in_by(server.store, COURSE, [one]).values()] == [True]
    document = form_of(server, person)
    assert re.fullmatch(
        r"\u2068Nour.*\u2069 submitted it for you, from paper\.", document["submissions"][0]["by_text"]
    )
    assert 'name="sure"' not in type_in(nour, person, **{"hand-in": "1"}).text, "nothing has changed since"
    Answers(server.store, COURSE).submit(person, "context-map", "by-herself", "1")
    assert "by_text" not in form_of(server, person)["submissions"][1]


def test_what_its_owner_wrote_and_did_not_hand_in_is_not_handed_in_by_others(server, nour, amina):
    person = amina[1]
    answers = Answers(server.store, COURSE)
    sure = asked(type_in(nour, person, **a_paper(server), **{"hand-in": "1"}).text)
    own = [Edit("own-edit-1", "map/r1/who", "The people I fear for")]
    answers.save(person, "context-map", own, "phone")
    late = type_in(nour, person, **sure)
    assert late.status_code == 409
    assert "Something has changed since you were asked" in late.text
    again = type_in(nour, person, **{"hand-in": "1"})
    assert "has also written answers that nobody else may see" in again.text
    assert 'name="sure"' not in again.text
    assert made(server, person) == []
    answers.submit(person, "context-map", "by-herself", "1")
    typed = {"rows/map": "r1", "a/map/r1/who": "Night-shift crane drivers over fifty"}
    assert asked(type_in(nour, person, **typed, **{"hand-in": "1"}).text), "what she handed in is no secret"


def test_a_paper_with_gaps_or_nothing_in_it_is_not_handed_in_and_the_gaps_are_named(server, nour, amina):
    person = amina[1]
    assert "There is nothing to submit yet" in type_in(nour, person, **{"hand-in": "1"}).text
    fields = a_paper(server) | {"a/map/r1/who": ""}
    answer = type_in(nour, person, **fields, **{"hand-in": "1"})
    assert "Places that need a look: 1" in answer.text
    assert "Who is hit first?</bdi>:" in answer.text
    assert 'name="sure"' not in answer.text
    rev = Answers(server.store, COURSE).draft(person, "context-map").rev
    assert type_in(nour, person, sure="paper-0123456789", rev=str(rev)).status_code == 409
    assert made(server, person) == []


def test_a_week_that_has_ended_is_said_and_stops_nothing(server, nour, amina, at_time):
    person = amina[1]
    answer = type_in(nour, person, **a_paper(server), **{"hand-in": "1"}).text
    session = session_of(person, server.data, server.store, COURSE)
    exercise = session.course.exercise("context-map")
    typed = PaperAnswers(server.store, session.course, exercise, session.owner(exercise), nour_id(server))
    assert ("so it will be noted as late" in answer) == (week_ended(session, typed) is not None)
    module = next(each for each in session.course.modules if exercise.id in each.exercises)
    end = due(session.course, module)
    for later, said in ((timedelta(), None), (timedelta(minutes=1), end)):
        at_time(end + later)
        assert week_ended(session, typed) == said
        assert look(typed, session).state == "ready"


def test_a_paper_of_an_exercise_that_is_not_open_waits(server, nour, amina):
    Releases(server.store, COURSE).withdraw("context-map")
    answer = type_in(nour, amina[1], **a_paper(server), **{"hand-in": "1"}).text
    assert "this exercise is not open yet. What you typed in is saved." in answer
    assert 'name="sure"' not in answer


@pytest.mark.parametrize("who", ["participant", "mentor", "owner"])
def test_nobody_else_hands_a_paper_in(server, visit, nour, amina, who):
    visitor, person = amina
    sure = asked(type_in(nour, person, **a_paper(server), **{"hand-in": "1"}).text)
    other = visitor if who == "owner" else visit("Bao", role=who)
    assert type_in(other, person, **sure).status_code == 404
    assert type_in(other, person, **{"hand-in": "1"}).status_code == 404
    assert made(server, person) == []


def test_nobody_who_is_not_signed_in_or_comes_from_elsewhere_hands_a_paper_in(server, visit, nour, amina):
    person = amina[1]
    sure = asked(type_in(nour, person, **a_paper(server), **{"hand-in": "1"}).text)
    assert visit().post(PAGE, data={"person": person} | sure).status_code in (302, 403)
    assert nour.post(PAGE, data={"person": person} | sure).status_code == 403, "without the page's word"
    assert type_in(nour, "p-nobody", **sure).status_code == 404
    assert type_in(nour, person, **sure | {"rev": "9" * 30}).status_code == 409
    assert type_in(nour, person, **sure | {"sure": "<script>"}).status_code == 409
    withdraw(server.people, person)
    assert type_in(nour, person, **sure).status_code == 404
    assert made(server, person) == []
