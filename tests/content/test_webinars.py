"""The four webinars of the flagship course: one for each module, whole, and translated."""

from collections import Counter

import pytest

from academy.course import load_course

COURSE = load_course("innovative-workers-education")
MODULES = [module for module in COURSE.modules if module.week]


@pytest.mark.parametrize("webinar", COURSE.webinars, ids=lambda webinar: webinar.id)
def test_a_webinar_takes_the_minutes_that_its_module_gives_to_the_live_session(webinar):
    (module,) = [module for module in MODULES if module.id == webinar.module]
    (live,) = [activity for activity in module.activities if activity.mode == "live"]
    assert sum(activity.minutes for activity in webinar.activities) == live.minutes


def test_each_module_has_one_webinar_and_together_they_use_every_kind():
    assert [webinar.module for webinar in COURSE.webinars] == [module.id for module in MODULES]
    kinds = Counter(activity.kind for webinar in COURSE.webinars for activity in webinar.activities)
    assert len(kinds) == 10, kinds


@pytest.mark.parametrize("webinar", COURSE.webinars, ids=lambda webinar: webinar.id)
def test_whoever_could_not_come_answers_everything_at_home_and_the_presenter_is_never_without_a_note(webinar):
    assert all(activity.home and activity.notes for activity in webinar.activities)


@pytest.mark.parametrize("webinar", COURSE.webinars, ids=lambda webinar: webinar.id)
def test_whoever_answers_a_quiz_is_told_why(webinar):
    for activity in webinar.activities:
        if activity.kind == "quiz":
            assert activity.why
            assert all(option.why for option in activity.options)
        if activity.right:
            assert activity.show == "reveal", activity.id


def test_the_chain_begins_with_what_went_in_and_is_not_sorted_already():
    chain = COURSE.webinar("webinar-4").activity("sort-chain")
    assert chain.right == ["input", "activity", "output", "outcome", "result", "wider"]
    assert chain.option_ids != chain.right
