"""The player's Python side: whose unit it plays, and what a page can ask of it."""

import uuid

import pytest

from academy.course import load_course
from academy.data import DataFolder
from academy.errors import CourseError
from academy.session import Session
from academy.store import Answers, open_store
from academy.store.values import Edit
from academy_widgets.player import Player, drafted
from tests.support.people import enrolled

COURSE = load_course("innovative-workers-education")


@pytest.fixture
def session_of(tmp_path):
    data = DataFolder.create(tmp_path / "data")
    store = open_store(data.store_url)
    with store.write() as session:
        for name in ("amina", "bao"):
            enrolled(session, COURSE.id, f"p-{name}", name=name)
    return lambda person: Session(f"p-{person}", "participant", person, "en", None, COURSE, store, data)


def write(session, **values):
    edits = [Edit(uuid.uuid4().hex, path, value) for path, value in values.items()]
    Answers(session.store, COURSE.id).save(session.person_id, "sample-unit", edits, "phone")


def play_as(session, at_page, exercise="sample-unit"):
    at_page(session)
    return Player.for_current(exercise)


def asked(widget, content):
    sent = []
    widget.send = sent.append
    widget._answer(widget, content, [])
    return sent


def test_a_person_plays_what_she_has_written_and_nobody_else_does(session_of, at_page):
    write(session_of("amina"), kind="story", title="Pia", hook="At six she was late.")
    assert play_as(session_of("amina"), at_page).unit["parts"][0] == "At six she was late."
    assert play_as(session_of("bao"), at_page).unit is None


def test_the_unit_is_read_anew_when_the_page_asks(session_of, at_page):
    widget = play_as(session_of("amina"), at_page)
    write(session_of("amina"), kind="quiz", title="Who pays?")
    (reply,) = asked(widget, {"kind": "read"})
    assert (reply["kind"], reply["unit"]["title"]) == ("unit", "Who pays?")


@pytest.mark.parametrize("more", [{"person": "p-amina"}, {"owner": "p-amina"}, {"exercise": "profile"}])
def test_a_message_cannot_ask_for_the_unit_of_another(session_of, at_page, more):
    write(session_of("amina"), kind="quiz", title="Who pays?")
    widget = play_as(session_of("bao"), at_page)
    assert asked(widget, {"kind": "read", **more}) == [{"kind": "unit", "unit": None}]


@pytest.mark.parametrize("content", [None, "read", [], {}, {"kind": "save"}, {"kind": ["read"]}])
def test_other_messages_have_no_answer(session_of, at_page, content):
    assert asked(play_as(session_of("amina"), at_page), content) == []


def test_what_a_page_sets_on_the_widget_is_not_what_is_played(session_of, at_page):
    widget = play_as(session_of("bao"), at_page)
    widget.set_state({"unit": {"kind": "quiz", "title": "Put here"}})
    assert asked(widget, {"kind": "read"}) == [{"kind": "unit", "unit": None}]


def test_without_anybody_signed_in_there_is_an_empty_player(at_page):
    widget = play_as(None, at_page)
    assert widget.unit is None
    assert asked(widget, {"kind": "read"}) == [{"kind": "unit", "unit": None}]


def test_an_exercise_that_is_not_there_is_told(session_of, at_page):
    with pytest.raises(CourseError, match="no exercise sample-units"):
        play_as(session_of("amina"), at_page, "sample-units")


def test_a_unit_of_nobody_is_nothing(session_of):
    assert drafted(session_of("bao"), "sample-unit") is None
