"""Exercises that build on each other: references, hidden fields, the person's other work."""

import pytest

from academy.course import Exercise, Work, load_course, nest, problems, run_checks
from academy.course.checks import call, run_computes
from academy.course.examples import example_work, flatten
from academy.course.lint.translations import states
from academy.course.lint.whole import lint_course
from academy.course.refs import as_text, choices, shown_value
from academy.course.values import acceptable
from academy.errors import CourseError
from tests.course.chained import EXAMPLES


@pytest.fixture
def course(chained):
    return load_course(chained)


@pytest.fixture
def plan(course):
    return course.exercise("plan")


@pytest.fixture
def flat(plan):
    return flatten(plan, EXAMPLES["plan"])


@pytest.fixture
def work(course):
    return example_work(course)


def said(found):
    return {problem.path: problem.text for problem in found}


def errors(folder):
    return [(f.file.name, f.path, f.text) for f in lint_course(folder) if f.level == "error"]


def test_the_course_of_these_tests_has_no_mistake(chained):
    assert errors(chained) == []


# -- only_if


def test_a_box_that_nobody_ticked_counts_as_false(plan, work):
    found = said(problems(plan, {"for": "r1"}, work))
    assert "why-not" in found
    assert "tool" not in found


def test_a_hidden_answer_is_kept_but_neither_judged_nor_in_the_document(plan, flat, work):
    hidden = flat | {"tool": "nonsense", "which": "x" * 5000}
    assert problems(plan, hidden, work) == []
    assert nest(plan, hidden)["which"] is None
    assert nest(plan, flat | {"online": True})["why-not"] is None


def test_a_field_that_hangs_on_a_hidden_one_is_hidden_too(plan, flat):
    shown = flat | {"online": True, "tool": "other", "which": "Radio Bay"}
    assert nest(plan, shown)["which"] == "Radio Bay"
    assert nest(plan, shown | {"online": False})["which"] is None


def test_a_column_may_hang_on_its_row_and_on_a_field_of_the_exercise(plan, flat, work):
    shown = flat | {"online": True, "tool": "radio", "steps/r2/live": True}
    assert set(said(problems(plan, shown, work))) == {"steps/r1/link", "steps/r2/room", "steps/r2/link"}
    filled = shown | {"steps/r1/room": "Hall", "steps/r2/room": "Hall"}
    assert [row["room"] for row in nest(plan, filled)["steps"]] == [None, "Hall"]


# -- references


def test_what_can_be_chosen_has_the_names_of_the_rows(plan, work):
    assert [(c.id, c.label) for c in choices(plan, plan.field("for"), work)] == [
        ("r1", "Cleaners"),
        ("r2", "Carers"),
    ]
    assert [(c.id, c.label) for c in choices(plan, plan.field("way"), work)] == [("hall", "In the hall")]


def test_a_row_without_a_name_is_called_by_its_number(plan, course):
    groups = course.exercise("groups")
    work = Work(course, lambda _: {"people": ["ra", "rb"], "people/ra/name": "Cleaners"})
    assert [c.label for c in choices(plan, plan.field("for"), work)] == ["Cleaners", "Group 2"]
    assert work.label("groups.people", "rb") == "Group 2"
    assert work.label("groups.people", "gone") == ""
    assert groups.id == "groups"


def test_a_row_of_its_own_table_can_choose_the_others(plan, flat, work):
    after = plan.field("steps").column("after")
    there = work.having(plan, flat)
    assert [c.label for c in choices(plan, after, there, "r2")] == ["Meet"]
    assert as_text(plan, after, ["r1", "r2"], there) == "Meet, Ask"


def test_a_row_can_choose_a_row_of_the_same_id_in_another_table():
    line = {"id": "what", "type": "line", "label": "What"}
    keep = {"id": "keep", "type": "ref", "label": "Keep", "of": "scale.core", "choose": [1, 2]}
    two = Exercise.model_validate(
        {
            "id": "scale",
            "module": "first",
            "title": "Scale",
            "minutes": 10,
            "fields": [
                {"id": "core", "type": "table", "label": "Core", "rows": [1, 2], "columns": [line]},
                {"id": "places", "type": "table", "label": "Places", "rows": [1, 2], "columns": [line, keep]},
            ],
        }
    )
    flat = {"core": ["r1"], "core/r1/what": "Partners", "places": ["r1"], "places/r1/keep": ["r1"]}
    assert problems(two, flat) == []


def test_a_reference_without_a_choice_shows_what_is_there(plan, work):
    assert shown_value(plan, plan.field("their-union"), work) == ["Lantern Bay"]
    assert shown_value(plan, plan.field("names"), work) == ["Cleaners", "Carers"]
    assert shown_value(plan, plan.field("names"), Work(None)) == []
    whole = plan.field("names").model_copy(update={"of": "groups.people"})
    assert shown_value(plan, whole, work) == ["Cleaners", "Carers"]
    assert shown_value(plan, whole.model_copy(update={"show": "minutes"}), work) == ["60", "20"]


def test_what_was_chosen_elsewhere_is_called_nothing_where_the_course_is_not_known(plan, work):
    assert as_text(plan, plan.field("for"), "r2", work) == "Carers"
    assert as_text(plan, plan.field("way"), ["hall", "phone"], work) == "In the hall, By phone"
    assert as_text(plan, plan.field("for"), "r2", Work(None)) == ""


def test_a_check_that_needs_the_course_says_so_where_there_is_none():
    with pytest.raises(CourseError, match="must be given the person's other work"):
        Work(None).course  # noqa: B018 - that it is asked for is what is tried


@pytest.mark.parametrize(
    ("path", "value"),
    [("for", "r9"), ("way", ["phone"]), ("steps/r2/after", ["r7"]), ("steps/r2/after", ["r2"])],
)
def test_a_choice_that_is_gone_stops_a_submission(plan, flat, work, path, value):
    assert said(problems(plan, flat | {path: value}, work)) == {
        path: "What you chose here is not there any more. Please choose again."
    }


def test_without_the_other_work_a_choice_is_not_doubted(plan, flat):
    assert problems(plan, flat | {"for": "r9"}) == []


def test_the_form_may_send_rows_for_a_choice_and_nothing_for_what_is_only_shown(plan):
    assert acceptable(plan, "for", "r1")
    assert not acceptable(plan, "for", ["r1"])
    assert acceptable(plan, "way", ["hall"])
    assert not acceptable(plan, "names", "x")
    assert not acceptable(plan, "steps/r1/load", "x")


# -- work


def test_a_check_with_three_parameters_sees_the_other_work(plan, flat, work):
    earned = {r.id: r.earned for r in run_checks(plan, nest(plan, flat), work)}
    assert earned == {"known": 3, "short": 2, "own": 1}
    nothing = {r.id: r.earned for r in run_checks(plan, nest(plan, flat))}
    assert nothing == {"known": 0, "short": 0, "own": 1}


def test_work_is_read_when_it_is_asked_for_and_once(course):
    asked = []
    work = Work(course, lambda exercise: asked.append(exercise) or {"union": "Ours"})
    assert asked == []
    assert work["groups"]["union"] == "Ours"
    assert work["groups"]["people"] == []
    assert asked == ["groups"]


def test_an_exercise_that_is_not_there_is_an_empty_document(course):
    assert Work(course)["nowhere"]["anything"] == []
    assert Work(course).rows("nowhere.table") == []


# -- computed columns, pictures, texts


def test_a_computed_column_has_a_text_for_each_row(plan, flat):
    found = run_computes(
        plan, nest(plan, flat | {"steps/r2/minutes": 90}), None, "load", plan.computes["load"]
    )
    assert found == {"steps/r1/load": "short", "steps/r2/load": "long"}


def test_a_picture_has_a_drawing_a_sentence_and_a_table(chained, flat):
    for language, sentence in (("en", "2 steps by minutes."), ("ar", "2 خطوات")):
        plan = load_course(chained, language).exercise("plan")
        picture = call(plan.draws["minutes"], nest(plan, flat), plan, None)
        assert picture.svg.startswith("<svg ")
        assert picture.sentence == sentence
        assert picture.rows == [["Meet", "30"], ["Ask", "20"]]


def test_texts_and_pictures_are_translated_and_followed(chained):
    raw = {"texts": {"shown": "{n} steps"}, "pictures": [{"id": "minutes", "title": "Minutes"}]}
    found = {state.path: state.state for state in states(chained / "plan", raw, "ar")}
    assert found == {"texts.shown": "stale", "pictures.minutes.title": "stale"}
    (chained / "plan" / "ar.yaml").write_text("texts: {shwon: x}\n", "utf-8")
    found = {state.path: state.state for state in states(chained / "plan", raw, "ar")}
    assert found == {"texts.shown": "missing", "texts.shwon": "unknown", "pictures.minutes.title": "missing"}


def test_word_lists_of_the_course_are_there_in_every_exercise(plan):
    assert plan.words["stand_ins"] == ["tbd", "لاحقا"]


# -- like


def test_an_exercise_like_another_has_everything_but_what_it_says_itself(chained):
    diary = load_course(chained, "ar").exercise("diary-2")
    assert diary.title == "يوميات ثانية"
    assert diary.field("happened").label == "ماذا حدث؟"
    assert [check.title for check in diary.checks] == ["شيء"]
    assert load_course(chained).exercise("diary-2").intro == "Write."


def test_a_change_of_the_other_exercise_is_a_new_version(chained):
    before = load_course(chained).exercise("diary-2").version
    file = chained / "diary-1" / "checks.py"
    file.write_text(file.read_text() + "\n# changed\n")
    assert load_course(chained).exercise("diary-2").version != before


def test_its_example_is_the_other_ones(course):
    assert example_work(course)["diary-2"]["happened"] == "We met."


# -- what the linter says

PLAN = "plan/exercise.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "words"),
    [
        (PLAN, "field: tool, is: [other]", "field: tol, is: [other]", "fields.which.only_if.field", "tool"),
        (PLAN, "is: [other]", "is: [others]", "fields.which.only_if.is", "did you mean other"),
        (
            PLAN,
            "field: tool, is: [other]",
            "field: for-whom, is: [x]",
            "fields.which.only_if.field",
            "no field",
        ),
        (PLAN, "field: live, is", "field: what, is", "fields.steps.room.only_if.field", "line field"),
        (PLAN, "of: groups.people, choose", "of: groups.persons, choose", "fields.for.of", "groups.persons"),
        (
            PLAN,
            "of: groups.people, choose",
            "of: groups.union, choose",
            "fields.for.of",
            "nothing can be chosen",
        ),
        (PLAN, "after: steps,", "after: step,", "pictures.minutes.after", "did you mean steps"),
        (PLAN, "[steps.minutes, ", "[steps.minute, ", "pictures.minutes.fields", "steps.minute"),
        (
            PLAN,
            "pictures:\n  - {id: minutes",
            "pictures:\n  - {id: hours",
            "pictures.hours",
            "draws no picture",
        ),
        (PLAN, "compute: load", "compute: loads", "fields.steps.load.compute", "did you mean load"),
        ("diary-2/exercise.yaml", "like: diary-1", "like: diary-9", "like", "no other exercise diary-9"),
        ("course.yaml", "week: false", "week: true", "modules.entry.minutes", "300 to 360"),
        (
            "plan/cases.yaml",
            "{groups: {people: []}}",
            "{group: {}}",
            "cases.nobody",
            "no exercise of the course",
        ),
        (
            "plan/cases.yaml",
            "{groups: {people: []}}",
            "{groups: {folk: []}}",
            "cases.nobody",
            "no field folk",
        ),
        ("plan/checks.py", "    rows = [row for", "    1 / 0\n    rows = [row for", "minutes", "stops"),
        ("plan/checks.py", "    if not rows:", "    if rows:", "minutes", "draws nothing"),
        ("plan/example.yaml", "for: r1", "for: r7", "for", "not there any more"),
        ("plan/example.yaml", "answers:", "answer:", "answers", "write the answers below the key “answers”"),
        ("plan/example.yaml", "for: r1", "fore: r1", "answers", "the exercise has no field fore"),
        ("plan/cases.yaml", "cases:\n", "case:\n", "cases", "write a list of cases, each with a name"),
        (
            "plan/checks.py",
            "    free = (",
            "    1 / bool(answers['for'] is None)\n    free = (",
            "answers",
            "a check stops on the example with ZeroDivisionError: division by zero. Mend it in checks.py.",
        ),
        (
            "plan/checks.py",
            'row["minutes"]) for row in rows]',
            'row["minutes"]) for row in rows * 40]',
            "minutes",
            "bytes; 4096 are the most. Draw less.",
        ),
        (
            "plan/checks.py",
            'title="Short"',
            'title=" "',
            "short",
            "no title; say in a few words what is good",
        ),
        (
            PLAN,
            "only_if: {field: tool, is: [other]}",
            "only_if: {field: which, is: [other]}",
            "fields.which.only_if.field",
            "no field which",
        ),
    ],
)
def test_the_linter_names_what_leads_nowhere(chained, file, old, new, place, words):
    text = (chained / file).read_text("utf-8")
    assert old in text
    (chained / file).write_text(text.replace(old, new, 1), "utf-8")
    found = [(where, text) for _, where, text in errors(chained) if where == place]
    assert found, errors(chained)
    assert any(words in text and text.endswith(".") for _, text in found), found


def test_an_example_that_cannot_be_read_is_an_empty_one_for_the_others(chained):
    (chained / "groups" / "example.yaml").write_text("answers: {folk: []}\n", "utf-8")
    work = example_work(load_course(chained), instead={"groups": {"union": "Port"}})
    assert (work["groups"]["people"], work["groups"]["union"]) == ([], "Port")
    assert work["diary-1"]["happened"] == "We met."


def test_a_field_may_hang_on_one_that_hangs_on_nothing_there(chained):
    file = chained / PLAN
    text = file.read_text("utf-8")
    file.write_text(
        text.replace(
            "only_if: {field: online, is: [true]}\n  - id: which",
            "only_if: {field: line, is: [true]}\n  - id: which",
        ),
        "utf-8",
    )
    assert "fields.tool.only_if.field" in [place for _, place, _ in errors(chained)]


def test_fields_that_wait_for_each_other_are_told(chained):
    file = chained / PLAN
    text = file.read_text("utf-8").replace(
        "{id: online, type: bool, label: Online}",
        ("{id: online, type: bool, label: Online, only_if: {field: tool, is: [radio]}}"),
    )
    file.write_text(text, "utf-8")
    (told,) = [(file, text) for file, _, text in errors(chained) if "wait for each other" in text]
    assert told[0] == "exercise.yaml"
    assert "The same at " in told[1], "fields wait in a circle, and that is one mistake"
    assert "fields.tool.only_if" in told[1]
    plan = load_course(chained).exercise("plan")
    assert nest(plan, {"online": True})["steps"] == []


def test_a_blank_form_may_earn_nothing_whatever_the_other_exercises_hold(chained):
    file = chained / "plan" / "checks.py"
    text = file.read_text().replace(
        'work.row("groups.people", answers["for"]) is not None', "bool(work.rows('groups.people'))"
    )
    file.write_text(text)
    assert any(p == "known" and "empty form earns" in t for _, p, t in errors(chained))


def test_a_check_that_looks_at_the_course_says_so_where_there_is_none():
    with pytest.raises(CourseError, match="looks at the course"):
        assert Work(None).course
