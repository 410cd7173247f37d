"""The context map: its checks, its texts and its examples."""

import pytest

from academy.course import load_course, nest, problems, run_checks
from academy.course.examples import flatten, read_example
from academy.course.lint.proving.cases import answers_of, case_faults, read_cases
from academy.words import count_words

COURSE = "innovative-workers-education"
EXERCISE = load_course(COURSE).exercise("context-map")
CASES, FAULTS = read_cases(EXERCISE.folder / "cases.yaml")
LANGUAGES = load_course(COURSE).languages


def exercise(language="en"):
    return load_course(COURSE, language).exercise("context-map")


def example(name="example"):
    return flatten(EXERCISE, read_example(EXERCISE.folder / f"{name}.yaml"))


def results(flat, language="en"):
    found = exercise(language)
    return {result.id: result for result in run_checks(found, nest(found, flat))}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case):
    told = [text for text in case_faults(EXERCISE, [case]) if not text[1].startswith("no case ")]
    assert told == []
    assert case.passes or case.misses


def test_the_cases_are_read_without_a_fault_and_reach_every_check_both_ways():
    assert FAULTS == []
    assert list(case_faults(EXERCISE, CASES)) == []


def test_a_blank_form_earns_nothing():
    assert sum(result.earned for result in results({}).values()) == 0


@pytest.mark.parametrize("name", ["example", "example.ar"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_example_can_be_submitted_and_earns_everything_in_every_language_of_the_page(name, language):
    flat = example(name)
    assert problems(exercise(language), flat) == []
    assert sum(result.earned for result in results(flat, language).values()) == EXERCISE.points == 20


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_points_do_not_depend_on_the_language_of_the_page(case):
    flat = flatten(EXERCISE, answers_of(case, EXERCISE.folder))
    english, arabic = results(flat, "en"), results(flat, "ar")
    assert {i: r.earned for i, r in english.items()} == {i: r.earned for i, r in arabic.items()}


def test_points_follow_the_plan_presence_5_coherence_10_access_and_ethics_5():
    points = {check.id: check.points for check in EXERCISE.checks}
    presence = ["complete-rows", "enough-words"]
    access = ["specific-people", "own-words", "no-personal-data"]
    assert sum(points[i] for i in presence) == 5
    assert sum(points[i] for i in access) == 5
    assert sum(points[i] for i in points if i not in presence + access) == 10


def test_some_of_the_drivers_give_some_of_the_points():
    flat = example()
    for row in ("r3", "r4", "r5", "r6"):
        flat[f"map/{row}/driver"] = "platform-labour"
    assert results(flat)["four-drivers"].earned == 1.5


@pytest.mark.parametrize(
    ("check", "path", "value"),
    [
        ("complete-rows", "map/r4/power", None),
        ("specific-people", "map/r2/who", "All the workers"),
        ("need-in-action", "map/r3/need", "Understand the law and be aware of their rights at work"),
        ("own-words", "map/r5/evidence", "tbd, tbd"),
        ("no-personal-data", "map/r6/evidence", "Ask Sami, +961 70 123 456"),
    ],
)
def test_advice_points_to_the_place(check, path, value):
    flat = example() | {path: value}
    result = results(flat)[check]
    assert not result.passed
    assert result.fields == (path,)


def test_a_row_with_gaps_counts_as_one_unfinished_row():
    flat = example() | {"map/r1/who": None, "map/r1/need": None}
    assert results(flat)["complete-rows"].earned == 2.5


def test_the_shortest_map_that_can_be_submitted_asks_for_a_few_words_more():
    flat = {"map": ["r1", "r2", "r3", "r4", "r5"]}
    words = {"change": 12, "who": 3, "evidence": 5, "need": 8}
    for row in flat["map"][:]:
        flat |= {
            f"map/{row}/{column}": " ".join(f"{column}{n}" for n in range(count))
            for column, count in words.items()
        }
    assert sum(count_words(v) for k, v in flat.items() if k != "map") == 140
    assert not results(flat)["enough-words"].passed


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_a_label_and_a_help_text(language):
    for _, column in exercise(language).all_columns():
        assert column.label
        assert column.help


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_of_the_help_texts_are_the_ones_that_the_check_knows(language):
    helps = " ".join(column.help for _, column in exercise(language).all_columns())
    known = [text for text in EXERCISE.words["help_examples"] if text in helps]
    assert len(known) == 4


def test_urgency_and_power_have_words_at_both_ends_in_every_language():
    for language in LANGUAGES:
        for name in ("urgency", "power"):
            column = exercise(language).field("map").column(name)
            assert column.low
            assert column.high
