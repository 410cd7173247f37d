"""Sample units: what is played, and what would stop a learner."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy import units
from academy.course import load_course, nest
from academy.course.examples import flatten, read_example

EXERCISE = load_course("innovative-workers-education").exercise("sample-unit")
BLANK = nest(EXERCISE, {})
EXAMPLE = nest(EXERCISE, flatten(EXERCISE, read_example(EXERCISE.folder / "example.yaml")))


def scene(name: str, *ways: str, end: bool = False) -> dict[str, Any]:
    row: dict[str, Any] = {
        "_id": name,
        "name": name,
        "body": f"You are in {name}.",
        "goes": "end" if end else "on",
    }
    for place, letter in enumerate("abc"):
        to = ways[place] if place < len(ways) else None
        row |= {letter: to and f"Go to {to}", f"{letter}_said": to and "You go.", f"{letter}_to": to}
    return row


def scenario(*scenes: dict[str, Any]) -> dict[str, Any]:
    return BLANK | {"kind": "scenario", "title": "A day", "scenes": list(scenes)}


def found(answers: dict[str, Any]) -> list[tuple[str, str]]:
    return [(fault.path, fault.what) for fault in units.faults(answers)]


def test_nothing_is_played_and_everything_is_missing_while_no_kind_is_chosen():
    assert units.unit(BLANK) is None
    assert units.written(BLANK) == []
    assert found(BLANK) == [("kind", "missing")]


def test_the_worked_example_plays_and_its_first_scene_leads_to_two_others():
    assert units.faults(EXAMPLE) == []
    played = units.unit(EXAMPLE)
    assert played is not None
    assert [way["to"] for way in played["scenes"][0]["choices"]] == ["r2", "r3"]
    assert [place["end"] for place in played["scenes"]] == [False, False, False, True, True, True]


@pytest.mark.parametrize("kind", units.FIELDS)
def test_an_empty_unit_of_each_kind_is_missing_something_and_can_be_asked_for(kind):
    answers = BLANK | {"kind": kind}
    assert {what for _, what in found(answers)} == {"missing"}
    assert units.unit(answers)["kind"] == kind


def test_a_scene_without_ways_that_does_not_end_is_a_dead_end():
    answers = scenario(scene("one", "two", "end"), scene("two"), scene("end", end=True))
    assert found(answers) == [("scenes/two/a_to", "dead-end")]


def test_a_scene_that_no_choice_leads_to_is_named():
    answers = scenario(scene("one", "end", "end"), scene("lost", "end", "end"), scene("end", end=True))
    assert found(answers) == [("scenes/lost/name", "not-reached")]


def test_going_round_for_ever_is_no_ending():
    answers = scenario(scene("one", "two", "end"), scene("two", "three", "three"), scene("three", "two", "two"),
                       scene("end", end=True))  # fmt: skip
    assert found(answers) == [("scenes/two/goes", "no-ending"), ("scenes/three/goes", "no-ending")]


def test_a_scenario_that_goes_round_may_still_end():
    assert (
        found(scenario(scene("one", "one", "two"), scene("two", "one", "end"), scene("end", end=True))) == []
    )


def test_one_choice_is_none():
    answers = scenario(scene("one", "end"), scene("end", end=True))
    assert found(answers) == [("scenes/one/b", "half-choice")]


@pytest.mark.parametrize(("part", "place"), [("a", "a"), ("b_said", "b"), ("c_to", "c_to")])
def test_half_a_choice_is_told(part, place):
    row = scene("one", "end", "end", "end") | {part: None}
    assert found(scenario(row, scene("end", end=True))) == [(f"scenes/one/{place}", "half-choice")]


def test_a_choice_that_leads_to_a_scene_which_was_removed_leads_nowhere():
    answers = scenario(scene("one", "gone", "gone"), scene("end", end=True))
    assert ("scenes/one/a_to", "dead-end") in found(answers)


def test_the_choices_of_an_ending_are_not_played():
    row = scene("end", "one", end=True)
    assert units.unit(scenario(row))["scenes"][0]["choices"] == []


def test_a_card_that_asks_needs_a_back():
    card = {"_id": "r1", "heading": "Yesterday", "body": "Think.", "ask": "Sure?", "answer": None}
    answers = BLANK | {"kind": "micro-lesson", "action": "Write.", "cards": [card]}
    assert found(answers) == [("cards/r1/answer", "half-card")]
    assert found(answers | {"cards": [card | {"answer": "Few are."}]}) == []


def test_a_quiz_needs_a_reason_for_each_answer_and_one_that_holds():
    row = {
        "_id": "r1",
        "question": "What counts?",
        "a": "Both",
        "a_said": "Yes.",
        "b": "None",
        "b_said": "No.",
    }
    row |= {"c": None, "c_said": None, "right": "a"}
    quiz = BLANK | {"kind": "quiz", "questions": [row]}
    assert found(quiz) == []
    for change in ({"b_said": None}, {"right": "c"}, {"right": None}, {"question": None}):
        assert found(quiz | {"questions": [row | change]}) == [("questions/r1/right", "half-answer")]


def test_what_a_learner_meets_has_no_names_of_scenes_and_no_ids():
    said = units.written(scenario(scene("secret-name", "end", "end"), scene("end", end=True)))
    assert said == [
        "A day",
        "You are in secret-name.",
        "Go to end",
        "You go.",
        "Go to end",
        "You go.",
        "You are in end.",
    ]


NAMES = ("s1", "s2", "s3", "s4", "s5")
PLACES = st.sampled_from(NAMES)
SCENES = st.lists(st.one_of(st.lists(PLACES, max_size=3), st.none()), min_size=1, max_size=len(NAMES)).map(
    lambda ways: [scene(n, *(w or ()), end=w is None) for n, w in zip(NAMES, ways, strict=False)]
)


@given(SCENES)
def test_without_a_fault_every_way_that_a_learner_can_go_can_end(scenes):
    """A walk that always takes the choice nearest to an ending comes to one from wherever she is."""
    if units.faults(scenario(*scenes)):
        return
    played = {place["id"]: place for place in units.unit(scenario(*scenes))["scenes"]}
    ends = {name for name, place in played.items() if place["end"]}
    for _ in played:
        ends |= {name for name, place in played.items() if {way["to"] for way in place["choices"]} & ends}
    assert ends == set(played)
    assert all(place["end"] or len(place["choices"]) >= 2 for place in played.values())


@given(SCENES)
def test_any_scenario_can_be_judged_and_each_scene_has_one_fault_at_most(scenes):
    places = [fault.path.split("/")[1] for fault in units.faults(scenario(*scenes))]
    assert len(places) == len(set(places))
