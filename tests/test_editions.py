"""Editions: a course with dates and people of its own."""

from datetime import date, timedelta

import pytest

from academy.course import load_course
from academy.editions import Edition, Editions, edition_called, edition_of_code, in_edition, load_edition
from academy.errors import CourseError
from academy.live import Live
from academy.store import Releases, open_store
from tests.support.courses import FLAGSHIP

COURSE = load_course(FLAGSHIP)
WEEK = timedelta(days=7)


@pytest.fixture
def store(tmp_path):
    store = open_store(tmp_path / "academy.sqlite")
    yield store
    store.close()


@pytest.fixture
def editions(store):
    return Editions(store)


def test_the_first_edition_of_a_course_has_its_id_and_is_made_once(editions):
    assert editions.ensure(COURSE) == editions.ensure(COURSE) == Edition(FLAGSHIP, FLAGSHIP)
    assert editions.all() == [Edition(FLAGSHIP, FLAGSHIP)]


def test_an_edition_moves_every_date_of_its_course_by_as_much_as_its_beginning(editions, store):
    editions.new("second", COURSE, title="  North,\n autumn ", start=COURSE.start + WEEK)
    course = load_edition(store, "second")
    assert (course.id, course.edition) == (FLAGSHIP, "second")
    assert (course.start, course.end) == (COURSE.start + WEEK, COURSE.end + WEEK)
    before, after = ([m.starts for m in each.modules if m.starts] for each in (COURSE, course))
    assert after == [day + WEEK for day in before] != []
    assert {exercise.edition for exercise in course.exercises} == {"second"}
    assert edition_called(store, "second").title == "North, autumn"


def test_an_edition_without_dates_has_those_of_the_course_and_may_end_earlier(editions, store):
    editions.new("same", COURSE)
    assert (load_edition(store, "same").start, load_edition(store, "same").end) == (COURSE.start, COURSE.end)
    editions.new("short", COURSE, end=COURSE.start + WEEK)
    assert load_edition(store, "short").end == COURSE.start + WEEK


def test_an_id_that_the_store_does_not_know_is_that_of_a_course(store):
    assert edition_called(store, FLAGSHIP) == Edition(FLAGSHIP, FLAGSHIP)
    assert load_edition(store, FLAGSHIP) is load_course(FLAGSHIP)
    assert in_edition(COURSE, Edition(FLAGSHIP, FLAGSHIP)) is COURSE


@pytest.mark.parametrize("wrong", ["North", "1st", "", "a b", "../x", "a" * 65, "ä"])
def test_an_id_that_can_not_stand_in_an_address_is_refused_and_nothing_is_made(editions, wrong):
    with pytest.raises(CourseError, match="small letters"):
        editions.new(wrong, COURSE)
    assert editions.all() == []


def test_an_id_that_is_taken_and_an_end_before_the_start_are_refused(editions):
    editions.new("second", COURSE)
    with pytest.raises(CourseError, match="already"):
        editions.new("second", COURSE)
    with pytest.raises(CourseError, match="before it begins"):
        editions.new("third", COURSE, start=date(2027, 2, 1), end=date(2027, 1, 31))
    assert [edition.id for edition in editions.all()] == ["second"]


def test_in_a_closed_edition_nothing_is_submitted_until_it_is_opened_again(editions, store):
    for name in ("one", "two"):
        editions.new(name, COURSE)
        Releases(store, name).release("profile")
    assert editions.close("one").closed
    assert not Releases(store, "one").is_open("profile")
    assert Releases(store, "two").is_open("profile")
    assert not editions.reopen("one").closed
    assert Releases(store, "one").is_open("profile")


@pytest.mark.parametrize("act", ["close", "reopen"])
def test_an_edition_that_is_not_there_is_told(editions, act):
    with pytest.raises(CourseError, match="no edition nowhere"):
        getattr(editions, act)("nowhere")


def test_the_code_of_a_live_session_leads_to_its_edition(editions, store):
    editions.new("second", COURSE)
    room = Live(store, load_edition(store, "second"), b"s" * 32).start("webinar-1", "f-one")
    assert edition_of_code(store, room.code) == "second"
    assert edition_of_code(store, "AAAAAA") is None
    assert Live(store, COURSE, b"s" * 32).room(room.code) is None
