"""The flagship course says what its information note says."""

from datetime import date

import pytest

from academy.course import load_course
from academy.course.examples import example_work
from academy.course.lint.whole import lint_course
from academy.exports.passport import paper_of
from academy.exports.pdf import to_pdf
from academy.passport import Passport

COURSE = load_course("innovative-workers-education")
LANGUAGES = COURSE.languages
WEEKS = [module for module in COURSE.modules if module.week]


def test_the_course_has_no_finding_and_no_translation_left_behind():
    assert [str(found) for found in lint_course(COURSE.folder)] == []


def test_title_code_and_dates_are_those_of_the_note():
    assert COURSE.title == "Global Workers' Academy on Innovative Workers' Education"
    assert COURSE.code == "A9719407"
    assert (COURSE.start, COURSE.end) == (date(2026, 3, 9), date(2026, 4, 3))


def test_four_modules_of_five_to_six_hours_begin_on_mondays_within_the_dates():
    assert len(WEEKS) == 4
    for module in WEEKS:
        assert 300 <= module.minutes <= 360
        assert module.minutes == sum(activity.minutes for activity in module.activities)
        assert module.starts.weekday() == 0
        assert COURSE.start <= module.starts <= COURSE.end


def test_the_entry_comes_first_and_takes_half_an_hour():
    entry = COURSE.modules[0]
    assert (entry.id, entry.week, entry.minutes) == ("welcome", False, 30)
    assert sum(activity.minutes for activity in entry.activities) == 30


def test_every_week_has_a_live_an_own_time_and_a_peer_activity():
    for module in WEEKS:
        assert {activity.mode for activity in module.activities} == {"live", "own-time", "peers"}


def test_the_closed_lists_have_seven_drivers_and_four_purposes():
    assert len(COURSE.lists["drivers"]) == 7
    assert [option.id for option in COURSE.lists["union_purpose"]] == [
        "organizing",
        "social-dialogue",
        "collective-bargaining",
        "policy-influence",
    ]


def test_seven_outcomes_three_roles_five_partners():
    assert (len(COURSE.outcomes), len(COURSE.roles), len(COURSE.partners)) == (7, 3, 5)


def test_the_certificate_counts_and_never_asks_for_a_mark():
    for rule in COURSE.certificate.rules:
        assert rule.at_least is not None or rule.at_most is not None, rule.id
        assert not {"points", "level", "score", "grade"} & rule.model_fields_set


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_translation_has_other_words_for_everything_a_participant_reads(language):
    other = load_course(COURSE.folder, language)
    assert other.title != COURSE.title
    for here, there in zip(COURSE.modules, other.modules, strict=True):
        assert here.title != there.title
        for a, b in zip(here.activities, there.activities, strict=True):
            assert (a.id, a.minutes) == (b.id, b.minutes)
            assert a.title != b.title
    for name, options in COURSE.lists.items():
        for a, b in zip(options, other.lists[name], strict=True):
            assert a.id == b.id
            assert a.label != b.label


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_whole_passport_is_an_accessible_pdf_with_the_fonts_of_the_kit_alone(language):
    course = load_course("innovative-workers-education", language)
    work = example_work(course, "" if language == "en" else language)
    made = to_pdf(paper_of(Passport.of_work(course, work, "Amina")), machine_fonts=False)
    assert made.accessible
    assert made.missing == ""
