"""Every exercise of the flagship course: its examples, its cases, what a blank form earns, what a person reads."""

import re

import pytest

from academy.course import Work, load_course, nest, problems, run_checks
from academy.course.examples import example_of, example_work, flatten, read_example
from academy.course.lint.proving.cases import answers_of, case_faults, drawing_faults, read_cases

COURSE = load_course("innovative-workers-education")
TRANSLATED = {language: load_course(COURSE.folder, language) for language in COURSE.languages}
EXERCISES = COURSE.exercises
EXAMPLES = [(e, file.stem) for e in EXERCISES for file in sorted(e.folder.glob("example*.yaml"))]
CASES = [
    (exercise, case)
    for exercise in EXERCISES
    if (exercise.folder / "cases.yaml").is_file()
    for case in read_cases(exercise.folder / "cases.yaml")[0]
]
# Of the 40 points of a module: presence, coherence, access and ethics.
PLAN = {
    "context-map": (5, 10, 5),
    "people": (1, 2, 2),
    "priorities": (1, 6, 1),
    "compare-1": (1, 1, 1),
}

each_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
each_example = pytest.mark.parametrize(("exercise", "name"), EXAMPLES, ids=lambda x: getattr(x, "id", x))
each_language = pytest.mark.parametrize("language", COURSE.languages)


def results(exercise, flat, work, language="en"):
    other = TRANSLATED[language].exercise(exercise.id)
    work = work.having(other, flat)
    return {r.id: r for r in run_checks(other, nest(other, flat), work)}


@each_language
@each_example
def test_an_example_can_be_submitted_and_earns_everything(exercise, name, language):
    flat = flatten(exercise, read_example(exercise.folder / f"{name}.yaml"))
    work = example_work(TRANSLATED[language], name.partition(".")[2])
    assert problems(TRANSLATED[language].exercise(exercise.id), flat, work) == []
    missed = [r.id for r in results(exercise, flat, work, language).values() if not r.passed]
    assert missed == []


@pytest.mark.parametrize("language", [language for language in COURSE.languages if language != "en"])
@pytest.mark.parametrize("exercise", [e for e in EXERCISES if not e.review], ids=lambda e: e.id)
def test_the_story_of_the_worked_examples_goes_on_in_every_language(exercise, language):
    """The same story: other words, the same choices and numbers. A map may have fewer rows."""
    there = flatten(exercise, example_of(exercise, language))
    here = flatten(exercise, example_of(exercise))
    for path, value in there.items():
        part = exercise.at(path)
        if part is None or part.type in ("text", "line"):
            assert part is None or value != here[path], path
        elif path not in ("languages", "map"):
            assert value == here[path], path
    assert exercise.id == "context-map" or set(there) == set(here)


@each_exercise
def test_there_is_an_example_which_says_that_it_is_invented(exercise):
    assert example_of(exercise)
    for file in exercise.folder.glob("example.yaml"):
        assert re.search(r"\binvented\b", file.read_text("utf-8")), file


@pytest.mark.parametrize("work", [example_work(COURSE), Work(COURSE)], ids=["the rest done", "nothing else"])
@each_exercise
def test_a_blank_form_earns_nothing(exercise, work):
    assert [r.id for r in results(exercise, {}, work).values() if r.earned or (r.passed and r.points)] == []


@pytest.mark.parametrize(("exercise", "case"), CASES, ids=lambda x: getattr(x, "name", getattr(x, "id", x)))
def test_case(exercise, case):
    told = [told for told in case_faults(exercise, [case], COURSE) if not told[1].startswith("no case ")]
    assert told == []


@pytest.mark.parametrize(("exercise", "case"), CASES, ids=lambda x: getattr(x, "name", getattr(x, "id", x)))
def test_points_do_not_depend_on_the_language_of_the_page(exercise, case):
    flat = flatten(exercise, answers_of(case, exercise.folder))
    language = (case.start or "").partition(".")[2]
    earned = [
        {
            i: r.earned
            for i, r in results(exercise, flat, example_work(course, language, case.work), lang).items()
        }
        for lang, course in TRANSLATED.items()
    ]
    assert all(points == earned[0] for points in earned)


@each_exercise
def test_every_check_is_met_and_missed_by_a_case(exercise):
    if exercise.like is None:
        file = exercise.folder / "cases.yaml"
        cases, faults = read_cases(file) if file.is_file() else ([], [])
        assert faults == []
        assert list(case_faults(exercise, cases, COURSE)) == []


@each_exercise
def test_pictures_draw_the_example_and_are_light(exercise):
    assert list(drawing_faults(exercise, COURSE)) == []


@each_language
@each_exercise
def test_whatever_is_asked_has_a_label_and_a_help_text(exercise, language):
    for address, column in TRANSLATED[language].exercise(exercise.id).all_columns():
        assert column.label.strip(), address
        assert column.help.strip(), address


@each_exercise
def test_the_examples_of_the_help_are_those_that_the_check_knows(exercise):
    helps = [
        " ".join(column.help for _, column in course.exercise(exercise.id).all_columns())
        for course in TRANSLATED.values()
    ]
    for known in COURSE.exercise(exercise.id).words.get("help_examples", []):
        assert any(known in help for help in helps), known


@each_exercise
def test_a_facilitator_finds_a_note(exercise):
    folder = exercise.folder.parent / exercise.like if exercise.like else exercise.folder
    note = (folder / "facilitator.md").read_text("utf-8")
    assert note.startswith("# ")
    assert "**Time**" in note


@pytest.mark.parametrize("name", [name for name in PLAN if COURSE.has(name)])
def test_points_follow_the_plan(name):
    assert COURSE.exercise(name).points == sum(PLAN[name])


def test_no_module_gives_more_than_its_40_points_and_10_for_reviews_given():
    for module in COURSE.modules:
        exercises = [COURSE.exercise(name) for name in module.exercises]
        assert sum(each.points for each in exercises if not each.review) <= 40
        assert sum(each.points for each in exercises if each.review) <= 10
