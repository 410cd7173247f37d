"""What checks share."""

import pytest

from academy.course import judging as j
from academy.course import load_course, nest

FULL = {
    "for": "r1",
    "why-not": "No signal in the valley",
    "steps": ["r1", "r2"],
    "steps/r1/what": "We meet in the hall on Sunday",
    "steps/r2/what": "We ask who could not come",
}


@pytest.fixture
def plan(chained):
    return load_course(chained).exercise("plan")


def test_complete_counts_rows_and_what_is_required_and_shown(plan):
    assert j.complete(plan, nest(plan, FULL), ["for", "why-not", "steps"]).share == 1
    gap = j.complete(plan, nest(plan, FULL | {"steps/r2/what": ""}), ["for", "steps"])
    assert (gap.share, gap.paths) == (0.75, ["steps/r2/what"])
    hidden = j.complete(plan, nest(plan, FULL | {"online": True, "tool": "radio"}), ["tool", "why-not"])
    assert hidden.share == 1


def test_complete_of_a_field_that_is_not_there_names_it(plan):
    with pytest.raises(KeyError, match="forr"):
        j.complete(plan, nest(plan, FULL), ["forr"])


def test_complete_of_nothing_is_nothing(plan):
    found = j.complete(plan, nest(plan, {}), ["for", "steps"])
    assert (found.share, found.paths) == (0, ["for", "steps"])


def test_texts_have_their_paths_and_can_be_limited_to_a_column(plan):
    answers = nest(plan, FULL)
    assert [path for path, _ in j.texts(plan, answers)] == ["why-not", "steps/r1/what", "steps/r2/what"]
    assert [path for path, _ in j.texts(plan, answers, ["steps.what"])] == ["steps/r1/what", "steps/r2/what"]


def test_each_gives_a_share_and_the_weak_places(plan):
    found = j.each(j.texts(plan, nest(plan, FULL), ["steps"]), lambda text: "hall" in text)
    assert (found.share, found.paths) == (0.5, ["steps/r2/what"])
    assert j.each([], bool).share == 0


def test_a_single_strange_text_loses_the_points_and_so_does_an_empty_form(plan):
    assert j.own_words(plan, nest(plan, FULL)).share == 1
    found = j.own_words(plan, nest(plan, FULL | {"steps/r2/what": "tbd"}))
    assert (found.share, list(found.paths)) == (0, ["steps/r2/what"])
    assert j.own_words(plan, nest(plan, {})).share == 0


def test_the_same_text_in_two_rows_is_no_text_of_their_own(plan):
    same = FULL | {"steps/r2/what": FULL["steps/r1/what"]}
    assert j.own_words(plan, nest(plan, same)).share == 1
    assert j.own_words(plan, nest(plan, same), different=["steps.what"]).share == 0


def test_personal_data_is_found_in_any_text(plan):
    assert j.no_personal_data(plan, nest(plan, FULL)).share == 1
    found = j.no_personal_data(plan, nest(plan, FULL | {"why-not": "Ask ana@example.org"}))
    assert list(found.paths) == ["why-not"]


def test_share_of_rows_points_to_the_places(plan):
    rows = nest(plan, FULL)["steps"]
    found = j.share(rows, lambda row: "hall" in row["what"], "steps", "what")
    assert (found.share, found.paths) == (0.5, ["steps/r2/what"])


def test_values_of_several_choices_are_counted_one_by_one(plan):
    rows = {"steps": [{"_id": "r1", "after": ["r2", "r3"]}, {"_id": "r2", "after": None}]}
    assert j.values(rows, "steps.after") == {"r2", "r3"}
