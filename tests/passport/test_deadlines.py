"""Weeks, their ends in everybody's own time, and the calendar file."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from academy.calendar import calendar_file
from academy.course import load_course
from academy.deadlines import due, is_over, this_week, weeks, zone_called
from academy.i18n import translator
from academy.progress import steps

FLAGSHIP = load_course("innovative-workers-education")
FIRST = next(module for module in FLAGSHIP.modules if module.id == "transformation")
LAST = FLAGSHIP.modules[-1]


def at(day, month, hour=12):
    return datetime(2026, month, day, hour, tzinfo=UTC)


def test_a_week_ends_on_its_sunday_night_in_the_courses_time_zone():
    assert due(FLAGSHIP, FIRST) == datetime(2026, 3, 15, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Nowhere/Land", "../etc/passwd", "\0"])
def test_a_week_ends_by_utc_where_nobody_knows_the_courses_time_zone(zone):
    course = FLAGSHIP.model_copy(update={"time_zone": zone})
    assert due(course, FIRST) == datetime(2026, 3, 15, 23, 59, tzinfo=UTC)


def test_the_last_week_ends_with_the_course_also_after_the_clocks_have_changed():
    assert due(FLAGSHIP, LAST) == datetime(2026, 4, 3, 21, 59, tzinfo=UTC)


@pytest.mark.parametrize(("second", "over"), [(0, False), (30, False), (59, False), (60, True)])
def test_the_minute_that_is_shown_belongs_to_the_week(mine, second, over):
    after = timedelta(seconds=second)
    assert is_over(due(FLAGSHIP, FIRST), datetime(2026, 3, 15, 22, 59, tzinfo=UTC) + after) == over
    assert (mine(mine(at(10, 3))[0].ends + after)[0].state == "past") == over


def test_a_module_without_a_date_has_no_end():
    assert due(FLAGSHIP, FIRST.model_copy(update={"starts": None})) is None


@pytest.fixture
def mine(store, course, amina):
    dated = [
        module.model_copy(update={"starts": course.start + timedelta(days=7 * n)})
        for n, module in enumerate(course.modules)
    ]
    dated_course = course.model_copy(update={"modules": dated})

    def at_time(now):
        return weeks(dated_course, steps(store, dated_course, "p-amina"), now)

    return at_time


def test_a_week_knows_what_is_left_of_it(mine, amina):
    first, second = mine(at(10, 3))
    assert (first.state, first.done, first.of, first.minutes, first.late) == ("now", 0, 1, 30, False)
    assert (second.state, second.minutes) == ("ahead", 290 + 20 + 20)
    amina.fill("groups")
    amina.submit("groups")
    first, _ = mine(at(10, 3))
    assert (first.done, first.minutes) == (1, 0)


def test_what_is_open_after_its_week_is_late_and_nothing_else_happens(mine, amina):
    assert [week.late for week in mine(at(17, 3))] == [True, False]
    amina.fill("groups")
    amina.submit("groups")  # nothing is locked
    assert [week.late for week in mine(at(17, 3))] == [False, False]


def test_the_week_of_today_is_the_one_that_runs(mine):
    assert this_week(mine(at(10, 3)), at(10, 3)).module.id == "entry"
    assert this_week(mine(at(17, 3)), at(17, 3)).module.id == "first"
    assert this_week(mine(at(1, 2)), at(1, 2)) is None
    assert this_week(mine(at(1, 6)), at(1, 6)) is None


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("america-los_angeles", "America/Los_Angeles"),
        ("Africa/Nairobi", "Africa/Nairobi"),
        ("etc-utc", "Etc/UTC"),
        ("nowhere", None),
        ("../etc/passwd", None),
        (None, None),
        (7, None),
    ],
)
def test_a_time_zone_is_known_by_its_name_and_as_an_id(name, zone):
    assert zone_called(name) == zone


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_calendar_file_has_a_week_and_an_end_for_each_dated_module(language):
    course = load_course(FLAGSHIP.folder, language)
    text = calendar_file(course, translator(language), at(1, 3))
    calendar = Calendar.from_ical(text)
    events = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    dated = [module for module in course.modules if module.starts]
    assert len(events) == 2 * len(dated)
    end = events[f"{course.id}.transformation.end@academy-kit"]
    assert end["dtstart"].dt == due(course, FIRST)
    for event in events.values():  # RFC 5545: an end is later than the beginning, or there is none
        assert "dtend" not in event or event["dtend"].dt > event["dtstart"].dt
    assert dated[0].title in str(events[f"{course.id}.{dated[0].id}.week@academy-kit"]["summary"])
    assert len(calendar.walk("VALARM")) == len(dated)


def test_the_same_moment_gives_the_same_file_so_that_a_calendar_updates_and_never_doubles():
    gettext = translator("en")
    assert calendar_file(FLAGSHIP, gettext, at(1, 3)) == calendar_file(FLAGSHIP, gettext, at(1, 3))
