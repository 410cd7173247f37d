"""The live part of a page and the room's ranking beside one's own, as a person sees them."""

import os
import secrets

import pytest

import academy_widgets
from academy.course import load_course
from academy.data import DataFolder
from academy.errors import CourseError
from academy.live import Ballot, Live
from academy.session import Session
from academy.store import open_store
from academy_widgets import live_page
from tests.live.small import small_course

MINE = ["ageing", "climate", "platforms"]


@pytest.fixture
def people(tmp_path, monkeypatch, at_page):
    """A room of a small course; `people.be(name)` sits down at a page, `people.rank(n)` lets so many rank."""
    data = DataFolder.ensure(tmp_path / "data")
    store = open_store(data.store_url)

    class People:
        course = load_course(small_course(tmp_path / "exercises", 5))
        live = Live(store, course, data.secret)

        def be(self, person, language="en"):
            course = load_course(self.course.folder, language)
            session = Session(person, "participant", person, language, None, course, store, data)
            at_page(session if person else None)

        def rank(self, n):
            room = self.live.home("webinar-1")
            for place in range(n):
                order = MINE if place == 0 else ["platforms", "climate", "ageing"]
                room.answer(Ballot(f"p-{place}", "drivers", secrets.token_hex(6), order))

    monkeypatch.setitem(os.environ, "ACADEMY_BASE", "/kit/")
    yield People()
    store.close()


def test_the_live_part_names_its_boards_and_leaves_the_questions_to_the_room(people):
    people.be("p-0")
    html = live_page.live_page("webinar-1").data
    assert 'data-webinar="webinar-1"' in html
    assert 'data-base="/kit/"' in html
    assert html.count("<details") == len(people.course.webinar("webinar-1").activities)
    assert "<p dir" not in html
    one = live_page.live_page("webinar-1", "drivers").data
    assert one.count("<details") == 1


def test_the_page_brings_the_room_so_that_it_need_not_ask_for_it(people):
    people.be("p-0")
    assert "data-code" not in live_page.live_page("webinar-1").data
    home = people.live.home("webinar-1")
    assert f'data-code="{home.code}" data-state="home"' in live_page.live_page("webinar-1").data
    room = people.live.start("webinar-1", "p-facilitator")
    assert f'data-code="{room.code}" data-state="live"' in live_page.live_page("webinar-1").data


def test_an_author_who_is_not_signed_in_reads_what_would_be_asked(people, monkeypatch):
    people.be("")
    monkeypatch.setenv("ACADEMY_COURSE", str(people.course.folder))
    html = live_page.live_page("webinar-1").data
    assert "/present/" in html
    assert "data-base" not in html
    assert live_page.room_table("drivers").empty
    assert "signed in" in live_page.beside_page("drivers").data


def test_a_name_that_is_not_there_is_told_to_the_author(people):
    people.be("p-0")
    for call in (
        lambda: live_page.live_page("webinar-9"),
        lambda: live_page.live_page("webinar-1", "nothing"),
        lambda: live_page.room_table("nothing"),
    ):
        with pytest.raises(CourseError, match="Check the name"):
            call()


def test_ones_own_order_stands_beside_the_rooms_from_five_people_on(people):
    people.be("p-0")
    assert "Nobody has ranked yet" in live_page.beside_page("drivers").data
    people.rank(4)
    assert "Too few have ranked yet" in live_page.beside_page("drivers").data
    people.rank(6)
    html = live_page.beside_page("drivers").data
    assert "The room puts “Platforms” first, you put “Ageing” first." in html
    assert "<polyline" in html


def test_another_person_sees_the_rooms_order_and_nobody_elses(people):
    people.rank(6)
    people.be("p-nobody-yet")
    html = live_page.beside_page("drivers").data
    assert "You have not ranked yet" in html
    assert "Ageing” first" not in html


def test_the_rooms_answers_are_a_table_without_small_counts(people):
    people.be("p-0")
    people.rank(4)
    assert live_page.room_table("drivers").empty
    people.rank(6)
    table = academy_widgets.cohort("drivers")
    assert list(table["id"]) == ["platforms", "climate", "ageing"]
    assert table["first"].isna()["Ageing"]
