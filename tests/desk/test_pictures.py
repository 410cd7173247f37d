"""What must not go on, and pictures of a cohort, on the flagship course."""

import csv
import io
import secrets
import shutil

import pytest

from academy.course import load_course
from academy.course.desk_plan import desk_plan
from academy.course.examples import example_of, flatten
from academy.course.lint.desk import plan_faults
from academy.course.lint.whole import lint_course
from academy.desk.people import cohort
from academy.desk.pictures import _hide_small, cohort_pictures
from academy.desk.stopped import stopped
from academy.desk.waiting import stops, waiting
from academy.errors import CourseError
from academy.people import People
from academy.store import Answers, Edit, open_store

COURSE = load_course("innovative-workers-education")
PLAN = desk_plan(COURSE)


@pytest.fixture
def union(tmp_path):
    """People of the flagship course: `union(name, exercise, **changes)` hands in the worked example, changed."""
    store = open_store(tmp_path / "academy.sqlite")
    people, answers = People(store, b"s" * 32), Answers(store, COURSE.id)

    def hand_in(name, exercise, **changes):
        there = {person.display_name: person.id for person in people.all()}
        person = there.get(name) or people.add(name).person.id
        chosen = COURSE.exercise(exercise)
        flat = flatten(chosen, example_of(chosen)) | {k.replace("__", "/"): v for k, v in changes.items()}
        edits = [Edit(secrets.token_hex(6), path, value) for path, value in flat.items()]
        answers.save(person, exercise, edits)
        answers.submit(person, exercise, secrets.token_hex(6), "v1")
        return person

    hand_in.store, hand_in.people = store, people
    yield hand_in
    store.close()


def drawn(union, language="en"):
    course = load_course(COURSE.folder, language)
    made = cohort_pictures(union.store, course, PLAN, cohort(union.store, course))
    return {picture.id: picture for picture in made}


def test_a_stop_in_what_was_handed_in_comes_first_and_goes_when_it_is_mended(union):
    union("Bao", "ai-register")
    amina = union("Amina", "ai-register", uses__r1__decides="yes")
    known = {}

    def found():
        return waiting(union.store, COURSE, PLAN, cohort(union.store, COURSE), {}, known)

    first = found()[0]
    assert (first.kind, first.exercise.id, first.who) == ("stop", "ai-register", (amina,))
    assert len(known) == 2
    union("Amina", "ai-register", uses__r1__decides="yes")
    again = found()[0]
    assert (again.who, again.newest > first.newest) == ((amina,), True)
    union("Amina", "ai-register", uses__r1__decides="no")
    assert all(thing.kind != "stop" for thing in found())


def test_a_stop_leads_to_the_very_answer_as_it_was_handed_in_last(union):
    amina = union("Amina", "ai-register", uses__r1__decides="yes")
    union("Amina", "ai-register", uses__r1__decides="yes", uses__r1__who="The newest user")
    (found,) = stopped(union.store, COURSE, PLAN, COURSE.exercise("ai-register"), amina)
    assert (found.by, found.number) == (amina, 2)
    said = dict(reversed(found.answers))
    assert "The newest user" in said.values()
    assert found.answers[0][0] == "What the register says"
    column = next(c for c in COURSE.exercise("ai-register").field("uses").columns if c.id == "decides")
    assert said[column.label] == column.option_label("yes")
    union("Amina", "ai-register", uses__r1__decides="no")
    assert stopped(union.store, COURSE, PLAN, COURSE.exercise("ai-register"), amina) == []
    assert stopped(union.store, COURSE, PLAN, COURSE.exercise("ai-register"), "p-nobody") == []


def test_what_has_no_points_waits_for_feedback_like_the_rest(union):
    assert not COURSE.exercise("profile").points
    amina = union("Amina", "profile")
    found = waiting(union.store, COURSE, PLAN, cohort(union.store, COURSE), {}, {})
    assert ("collect", "profile", (amina,)) in [(each.kind, each.exercise.id, each.who) for each in found]


def test_a_draft_that_was_not_handed_in_is_nobodys_business(union):
    amina = union("Amina", "ai-register")
    path = [Edit(secrets.token_hex(6), "uses/r1/decides", "yes")]
    Answers(union.store, COURSE.id).save(amina, "ai-register", path)
    assert list(stops(union.store, COURSE, PLAN, cohort(union.store, COURSE), {})) == []


def test_each_picture_has_a_sentence_a_table_and_a_csv(union):
    for name in ("Amina", "Bao"):
        for exercise in ("profile", "context-map", "people"):
            union(name, exercise)
    pictures = drawn(union)
    assert set(pictures) == {"drivers", "access", "coverage", "minutes"}, "five are needed for a balance"
    for picture in pictures.values():
        rows = list(csv.reader(io.StringIO(picture.csv)))
        assert rows[0] == list(picture.picture.head)
        assert len(rows) == len(picture.picture.rows) + 1
        assert picture.picture.sentence.endswith(".")
        assert picture.picture.svg.startswith("<svg")
        assert list(picture.frame().columns) == rows[0]
    assert pictures["drivers"].picture.sentence.startswith("2 maps.")
    driver = pictures["drivers"].frame()
    regions = driver.columns[2:]
    assert (driver[regions].astype(int).sum(axis=1) == driver[driver.columns[1]].astype(int)).all()


def test_pictures_speak_the_facilitators_language_and_are_drawn_from_the_right(union):
    union("Amina", "context-map")
    picture = drawn(union, "ar")["drivers"]
    assert 'direction="rtl"' in picture.picture.svg
    assert "خرائط" in picture.picture.sentence


def test_a_balance_counts_nobody_before_there_are_five_and_then_in_fives(union):
    roles = ["trainer"] * 5 + ["institute"] * 5 + ["practitioner"] * 3
    balance = None
    for n, role in enumerate(roles):
        union(f"P {n}", "profile", role=role)
        before, balance = balance, drawn(union).get("balance-profile-role")
        if n < 4:
            assert balance is None
        elif n % 5 != 4:
            assert balance.csv == before.csv, "who watches must not see who came in"
    counts = dict(balance.picture.rows)
    assert sorted(counts.values()).count("5") == 2
    assert "3" not in counts.values()


def test_a_small_count_cannot_be_found_by_subtracting():
    assert _hide_small({"a": 20, "b": 7, "c": 2, "d": 0}, 5) == {"a": 20, "b": None, "c": None, "d": 0}
    assert _hide_small({"a": 20, "b": 3, "c": 2}, 5) == {"a": 20, "b": None, "c": None}
    assert _hide_small({"a": 20, "b": 7}, 5) == {"a": 20, "b": 7}


def test_the_flagships_plan_names_only_what_is_there():
    assert list(plan_faults(COURSE)) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("drivers: context-map.map.nothing", "drivers"),
        ("stops: [{check: ai-register.nothing}]", "stops.1.check"),
        ("stops: [{answer: profile.role}]", "stops.1"),
        ("coverage: [{outcome: nothing, exercises: [canvas]}]", "coverage.nothing"),
        ("coverage: [{outcome: design, exercises: [nothing]}]", "coverage.design"),
    ],
)
def test_a_plan_that_names_what_is_not_there_is_told(tmp_path, text, place):
    (tmp_path / "desk.yaml").write_text(text, "utf-8")
    faults = list(plan_faults(COURSE.model_copy(update={"folder": tmp_path})))
    assert [fault.path for fault in faults] == [place]


def test_a_plan_with_an_unknown_key_is_refused_with_its_place(tmp_path, folder):
    (folder / "desk.yaml").write_text("pictured: [drivers]", "utf-8")
    with pytest.raises(CourseError, match=r"desk.yaml: pictured: this key is not known"):
        desk_plan(load_course(folder))
    assert any("desk.yaml" in str(finding) for finding in lint_course(folder))
    shutil.rmtree(folder)
