"""What is special in the exercises of weeks 0 and 1."""

import re
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


def test_the_priorities_that_were_chosen_have_a_second_ring_on_the_map():
    found = exercise("priorities")
    flat = flatten(found, example_of(found))
    work = example_work(COURSE).having(found, flat)
    drawn = call(found.draws["urgency-power"], nest(found, flat), found, work)
    assert [row[3] for row in drawn.rows] == ["Yes", "Yes", "No", "No", "No", "No"]
    assert drawn.svg.count('"chosen"') == 2
    assert "You chose 2 as priorities" in drawn.sentence


@pytest.mark.parametrize("thresholds", [{}, {"urgent": 5, "in_power": 2}])
@pytest.mark.parametrize("language", COURSE.languages)
def test_the_map_and_the_priorities_say_the_same_of_what_is_urgent_and_in_ones_power(language, thresholds):
    course = load_course(COURSE.folder, language)
    course = course.model_copy(update={"thresholds": course.thresholds | thresholds})
    pairs = [(u, p) for u in (1, 2, 3, 4, 5) for p in (1, 2, 3, 4, 5)]
    for begin in range(0, len(pairs), 12):
        rows = {f"r{n}": pair for n, pair in enumerate(pairs[begin : begin + 12], 1)}
        flat = {"map": list(rows)}
        for row, (urgency, power) in rows.items():
            flat |= {
                f"map/{row}/urgency": urgency,
                f"map/{row}/power": power,
                f"map/{row}/driver": "technology",
            }
        work = Work(course, lambda exercise, flat=flat: flat if exercise == "context-map" else {})
        there, here = course.exercise("context-map"), course.exercise("priorities")
        first = call(there.draws["urgency-power"], nest(there, flat), there, work)
        second = call(here.draws["urgency-power"], nest(here, {}), here, work)
        least = (course.thresholds["urgent"], course.thresholds["in_power"])
        both = [n for n, (u, p) in enumerate(rows.values(), 1) if u >= least[0] and p >= least[1]]
        for drawn in (first, second):
            assert strong(drawn.svg) == both
            assert drawn.head[-3 if drawn is second else -2 :][:2] == [
                there.texts["urgency"],
                there.texts["power"],
            ]
        label = next(o.label for o in course.lists["drivers"] if o.id == "technology")
        told = [int(n) for n in re.findall(rf"(\d+) {label}", first.sentence)]
        assert told == both
        assert re.findall(r"\(([\d, ]+)\)", second.sentence) == ([", ".join(map(str, both))] if both else [])


def strong(svg):
    """The numbers of the points that have a heavy ring."""
    return sorted(
        int(n) for n in re.findall(r'class="mark strong"[^>]*/>(?:<circle[^>]*/>)?<text[^>]*>(\d+)<', svg)
    )
