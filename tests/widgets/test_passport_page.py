"""The passport, its thread and home as a person sees them."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from academy.course import load_course
from academy.passport import Passport
from academy.passport.travel import begin_from
from academy.session import Session
from academy.store import Releases
from academy_widgets import pages
from academy_widgets import passport_page as passports
from tests.passport.conftest import *  # noqa: F403 - the same people and course
from tests.passport.conftest import Writer

EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def see(store, course, data, at_page):
    """What a page shows to a person."""

    def show(function, person="p-amina", name="Amina", given=course):
        session = Session(person, "participant", name, "en", "Africa/Nairobi", given, store, data)
        at_page(session if person else None)
        return function().data

    return show


def test_the_passport_shows_answers_as_text_and_says_where_empty_ones_come_from(see, amina):
    amina.write("groups", union=EVIL)
    html = see(passports.passport_page)
    assert "&lt;img src=x" in html
    assert EVIL not in html
    assert "Not filled in yet." in html
    assert "Passport of Amina." in html


def test_an_answer_has_the_direction_of_its_letters_and_a_number_that_of_the_page(see, amina):
    amina.fill("groups", "plan")
    amina.write("groups", union="نقابة")
    html = see(passports.passport_page)
    assert '<p dir="auto">نقابة</p>' in html
    cells = re.findall(r"<(?:td|dd|p)( dir=\"auto\")?>([^<]+)</", html)
    numbers = [way for way, text in cells if not any(sign.isalpha() for sign in text)]
    assert numbers
    assert not any(numbers)


def test_a_picture_stands_beside_its_sentence_and_its_table_and_holds_only_shapes(see, amina):
    amina.fill("groups", "plan")
    amina.write("plan", steps__r1__what=EVIL)
    html = see(passports.passport_page)
    assert "<svg " in html
    assert EVIL not in html
    assert "3 steps by minutes." in html


def test_what_to_check_again_is_told_with_old_and_new_value_on_the_passport_and_at_home(see, amina):
    amina.fill("groups", "plan")
    amina.submit("groups", "plan")
    assert "Check again" not in see(passports.passport_page)
    amina.write("groups", union="Harbour <b>Union")
    html = see(passports.passport_page)
    assert "Lantern Bay" in html
    assert "Harbour &lt;b&gt;Union" in html
    assert "Something that you built on has changed: Plan." in see(pages.home_page)


def test_the_thread_names_what_is_missing_and_says_when_it_is_whole(see, amina):
    html = see(passports.thread_page)
    assert "Links that are missing: 3." in html
    assert "No step is planned." in html
    steps = {"steps": ["r1", "r2"]}
    for row, other in (("r1", "r2"), ("r2", "r1")):
        steps |= {
            f"steps/{row}/what": f"Step {row}",
            f"steps/{row}/whom": ["r1"],
            f"steps/{row}/after": [other],
        }
    amina.fill("groups")
    amina.put("plan", steps)
    assert "Your golden thread is whole" in see(passports.thread_page)


def test_a_stamp_is_told_with_its_time_and_an_open_one_with_what_it_waits_for(see, amina):
    amina.fill("groups")
    assert "Everything is there: submit it, and the stamp comes." in see(passports.passport_page)
    amina.submit("groups")
    html = see(passports.passport_page)
    assert "Stamped on " in html
    assert "0 of 2 exercises are submitted." in html


def test_another_person_sees_only_their_own(see, store, course, amina):
    amina.write("groups", union="Secret Union")
    Writer(store, course, "p-bao").write("groups", union="Open Union")
    for page in (passports.passport_page, passports.thread_page):
        html = see(page, "p-bao", "Bao")
        assert "Secret Union" not in html
        assert "Open Union" in html


def test_nobody_sees_anything(see, amina):
    amina.write("groups", union="Secret Union")
    for page in (passports.passport_page, passports.thread_page, pages.home_page):
        assert "Nobody is signed in" in see(page, "")


def test_home_says_when_weeks_end_in_the_persons_own_time_and_is_kind_to_who_is_late(see, course, amina):
    today = datetime.now(UTC).date()
    starts = [today - timedelta(days=10), today - timedelta(days=3)]
    modules = [m.model_copy(update={"starts": day}) for m, day in zip(course.modules, starts, strict=True)]
    dated = course.model_copy(
        update={"modules": modules, "start": starts[0], "end": today + timedelta(days=30)}
    )
    html = see(pages.home_page, given=dated)
    assert 'href="../../calendar.ics"' in html
    assert 'href="passport.ipynb"' in html
    assert "This week is over. You can still hand everything in" in html
    assert "0 of 3 exercises are submitted. About 330 minutes are left." in html
    assert "in your time (Africa/Nairobi)" in html
    assert "· 02:59" in html  # 23:59 UTC
    amina.fill("groups")
    amina.submit("groups")
    assert "This week is over." not in see(pages.home_page, given=dated)


def test_the_page_leads_to_the_files_to_take_away(see):
    assert 'href="../../passport"' in see(passports.passport_page)


def test_the_travel_log_says_where_a_passport_came_from_and_what_changed(see, store, folder, course, amina):
    plan = folder / "passport.yaml"
    plan.write_text(plan.read_text("utf-8").replace("part: stamps", "part: travel-log"), "utf-8")
    given = load_course(folder)
    assert "did not begin from another one" in see(passports.passport_page, given=given)
    amina.write("groups", union="Lantern Bay")
    document = Passport.of(store, course, amina.person).document()
    Releases(store, course.id).release("groups")
    begin_from(store, course, "p-bao", document | {"holder": EVIL})
    Writer(store, course, "p-bao").write("groups", union="Old Harbour")
    html = see(passports.passport_page, person="p-bao", name="Bao", given=given)
    assert "1 changed and 0 dropped" in html
    assert "Old Harbour" in html
    assert "Lantern Bay" in html
    assert EVIL not in html
