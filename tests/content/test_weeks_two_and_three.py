"""What weeks 2 and 3 promise: points by the plan, room for plans without a screen, lessons that fit the forms."""

import json
import re
from pathlib import Path

import pytest

from academy.course import load_course, nest, problems, run_checks
from academy.course.examples import example_work, flatten, read_example
from academy.course.lint.proving.cases import answers_of, read_cases

ROOT = Path(__file__).resolve().parents[2]
COURSE = load_course("innovative-workers-education")
MODULES = {module.id: module for module in COURSE.modules}
# For each module: the exercises with checks, and the checks that look at presence, and at access, ethics and safety.
PRESENCE = ("complete-",)
ACCESS = {
    "pedagogies": {"within-data", "within-time", "low-tech-twins", "own-words-no-names", "left-out", "measures",
                   "somebody-missing"},
    "digital-and-ai": {"routes-for-all", "route-b-fits", "no-stop", "learners-told", "data-kept", "without-a-phone",
                       "own-words-no-names"},
}  # fmt: skip
WITHOUT_A_SCREEN = {
    "canvas": "a course without any network earns every point",
    "tool-fit": "a plan without any tool earns every point",
    "ai-register": "a course without AI and without data earns every point",
}


def lesson(module):
    cells = json.loads((ROOT / "notebooks" / f"{MODULES[module].page}.ipynb").read_text("utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells]


def checks(module):
    """The checks of a module's own exercises; reviews given have points of their own."""
    exercises = [COURSE.exercise(name) for name in MODULES[module].exercises]
    return [check for exercise in exercises if not exercise.review for check in exercise.checks]


@pytest.mark.parametrize("module", ACCESS)
def test_a_module_gives_10_points_for_presence_20_for_coherence_and_10_for_access(module):
    found = checks(module)
    presence = sum(c.points for c in found if c.id.startswith(PRESENCE))
    access = sum(c.points for c in found if c.id in ACCESS[module])
    assert (presence, sum(c.points for c in found) - presence - access, access) == (10, 20, 10)


@pytest.mark.parametrize(("name", "case"), WITHOUT_A_SCREEN.items())
def test_a_plan_without_a_screen_earns_every_point_and_can_be_submitted(name, case):
    exercise = COURSE.exercise(name)
    cases, faults = read_cases(exercise.folder / "cases.yaml")
    assert faults == []
    (chosen,) = [c for c in cases if c.name == case]
    flat = flatten(exercise, answers_of(chosen, exercise.folder))
    work = example_work(COURSE, instead=chosen.work).having(exercise, flat)
    assert problems(exercise, flat, work) == []
    assert sum(r.earned for r in run_checks(exercise, nest(exercise, flat), work)) == exercise.points


@pytest.mark.parametrize("module", ACCESS)
def test_the_page_has_every_exercise_of_its_module_in_its_order_with_a_call_a_cell(module):
    called = re.findall(r'^(?:exercise|reviews)\("([\w-]+)"\)', "\n".join(lesson(module)), re.MULTILINE)
    assert called == MODULES[module].exercises


@pytest.mark.parametrize("module", ACCESS)
def test_the_page_says_minutes_data_and_what_comes_next(module):
    text = "\n".join(lesson(module))
    assert f"**Time** {MODULES[module].minutes} minutes" in text
    assert "**Data**" in text
    assert "**You need**" in text
    assert "## What comes next" in text


@pytest.mark.parametrize("module", ACCESS)
def test_each_of_five_topics_has_an_invented_example_sources_with_a_year_and_three_questions(module):
    cells = lesson(module)
    topics = [n for n, cell in enumerate(cells) if re.match(r"## \d\. ", cell)]
    assert len(topics) == 5
    for n in topics:
        assert "*An invented example.*" in cells[n]
        assert re.search(r"^\*\*Sources\*\* .*\(\d{4}", cells[n], re.MULTILINE)
        assert len(re.findall(r"^\*\*\d\. ", cells[n + 1], re.MULTILINE)) == 3


def test_every_method_of_the_list_has_a_card_of_its_name_that_says_all_five_things():
    cards = dict(
        re.findall(r"^\*\*([^*]+)\.\*\* (\*Good for\*.*)$", "\n".join(lesson("pedagogies")), re.MULTILINE)
    )
    methods = {option.label for option in COURSE.lists["methods"] if option.id != "other"}
    assert len(methods) >= 20
    assert set(cards) == methods
    for name, card in cards.items():
        for part in ("*Cost*", "*Data*", "*Think of*", "*Example*"):
            assert part in card, name


def test_the_lesson_names_the_six_kinds_of_learning_in_the_words_of_the_form():
    text = "\n".join(lesson("pedagogies"))
    for option in COURSE.lists["learning_types"]:
        assert f"**{option.label}**" in text


def test_every_shipped_practice_is_told_and_says_its_source_or_that_it_is_invented():
    text = "\n".join(lesson("pedagogies"))
    options = COURSE.exercise("practice-grid").field("cases").column("case").options
    for option in options:
        if option.id == "own":
            continue
        name = option.label.replace(" (invented)", "")
        (told,) = re.findall(
            rf"^\*\*{re.escape(name)}\*\*? .*|^\*\*{re.escape(name)}\.\*\* .*", text, re.MULTILINE
        )
        assert ("*(invented" in told) if "(invented)" in option.label else ("*Source*" in told), name


def test_the_ten_principles_of_the_lesson_are_those_of_the_register():
    text = "\n".join(lesson("digital-and-ai"))
    assert len(re.findall(r"^\d+\. \*[^*]+\*[:.]?", text, re.MULTILINE)) >= 10
    options = COURSE.exercise("ai-register").field("uses").column("principles").options
    assert len(options) == 10


def test_each_zone_of_the_canvas_has_its_sentence():
    exercise = COURSE.exercise("canvas")
    answers = nest(exercise, flatten(exercise, read_example(exercise.folder / "example.yaml")))
    steps = [
        {"_id": f"r{n}", "mode": mode, "data_mb": data, "minutes": 10}
        for n, (mode, data) in enumerate(
            [("own", 1), ("own", 50), ("live", 5), ("live", 100), ("face-to-face", 0)]
        )
    ]
    answers["story"] = [row | step for row, step in zip([answers["story"][0]] * 5, steps, strict=True)]
    said = exercise.computes["zone"](answers, exercise)
    keys = ("light-own", "heavy-own", "light-live", "heavy-live", "person")
    assert list(said.values()) == [exercise.texts[f"zone-{key}"] for key in keys]


def test_the_picture_of_the_canvas_has_a_bar_for_each_kind_of_learning_and_the_table_says_the_same():
    exercise = COURSE.exercise("canvas")
    answers = nest(exercise, flatten(exercise, read_example(exercise.folder / "example.yaml")))
    drawn = exercise.draws["balance"](answers, exercise)
    assert [row[0] for row in drawn.rows] == [option.label for option in COURSE.lists["learning_types"]]
    assert sum(float(row[1]) for row in drawn.rows) == answers["total_minutes"]
    assert drawn.rows[0][0] in drawn.svg
    assert len(drawn.svg) < 4096
    assert exercise.draws["balance"](nest(exercise, {}), exercise) is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"decides": "yes"}, "stop-decides"),
        (
            {"data": ["membership"], "provider": "company", "ground": "Consent.", "less": "Less."},
            "stop-membership",
        ),
        ({"data": ["personal"]}, "stop-ground"),
        ({"data": ["personal"], "ground": "Consent.", "less": "Less."}, "go-on"),
        ({}, "go-on"),
    ],
)
def test_the_register_says_stop_where_a_use_must_not_begin(change, sentence):
    exercise = COURSE.exercise("ai-register")
    answers = nest(exercise, flatten(exercise, read_example(exercise.folder / "example.yaml")))
    answers["uses"] = [answers["uses"][0] | {"provider": "device"} | change]
    assert list(exercise.computes["stop"](answers, exercise).values()) == [exercise.texts[sentence]]
