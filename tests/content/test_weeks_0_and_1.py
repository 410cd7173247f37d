"""What is special in the exercises of weeks 0 and 1."""

import zoneinfo

import pytest

from academy.course import Work, load_course, nest
from academy.course.checks import call
from academy.course.examples import example_of, example_work, flatten

COURSE = load_course("innovative-workers-education")
LANGUAGES = COURSE.languages


def exercise(name, language="en"):
    return load_course(COURSE.folder, language).exercise(name)


def cards(flat, language="en"):
    readiness = exercise("readiness", language)
    return call(readiness.computes["cards"], nest(readiness, flat), readiness, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_with_a_1_or_a_2_brings_its_own_help_card(language):
    readiness = exercise("readiness", language)
    items = [field.id for field in readiness.fields if field.type == "scale"]
    assert len(items) == 10
    for item in items:
        assert cards({item: 2}, language) == readiness.texts[item]
        assert cards({item: 3}, language) == readiness.texts["none_yet"]
    assert cards(dict.fromkeys(items, 1), language).count("\n\n") == 9
    assert cards(dict.fromkeys(items, 4), language) == readiness.texts["all_fine"]
    assert cards({}, language) == readiness.texts["none_yet"]


def test_what_is_for_oneself_is_private_and_has_no_points():
    for name in ("readiness", "journal-1", "journal-2", "journal-3", "journal-4"):
        found = exercise(name)
        assert found.private
        assert found.personal
        assert found.points == 0
        assert found.rubric == []


def test_a_profile_asks_for_no_name_no_sex_and_no_age():
    asked = {field.id for field in exercise("profile").fields}
    assert not asked & {"name", "sex", "gender", "age", "age_band"}


def test_every_time_zone_of_the_profile_is_one_that_computers_know():
    known = {name.lower().replace("/", "-") for name in zoneinfo.available_timezones()}
    options = [option.id for option in exercise("profile").field("time_zone").options]
    assert len(options) > 40
    assert set(options) <= known


def draw(name, flat, work):
    found = exercise(name)
    return call(found.draws["confidence"], nest(found, flat), found, work.having(found, flat))


def test_the_last_journal_says_what_has_moved_since_the_first():
    work = example_work(COURSE)
    flat = flatten(exercise("journal-4"), example_of(exercise("journal-4")))
    drawn = draw("journal-4", flat, work)
    assert "5 of the seven aims feel more certain, 2 the same and 0 less" in drawn.sentence
    assert drawn.rows[0][1:] == ["2", "4"]
    assert len(drawn.head) == 3


def test_a_last_journal_without_a_first_one_shows_today_alone():
    flat = flatten(exercise("journal-4"), example_of(exercise("journal-4")))
    drawn = draw("journal-4", flat, Work(COURSE))
    assert drawn.sentence == exercise("journal-4").texts["start"]
    assert len(drawn.head) == 2


def test_the_priorities_that_were_chosen_stand_out_on_the_map():
    found = exercise("priorities")
    flat = flatten(found, example_of(found))
    work = example_work(COURSE).having(found, flat)
    drawn = call(found.draws["urgency-power"], nest(found, flat), found, work)
    assert [row[3] for row in drawn.rows] == ["Yes", "Yes", "No", "No", "No", "No"]
    assert drawn.svg.count("mark strong") == 2
    assert "You chose 2 as priorities" in drawn.sentence
