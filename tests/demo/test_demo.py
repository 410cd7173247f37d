"""Invented people and passports: the same for the same seed, at every stage, and clearly invented."""

from __future__ import annotations

import pytest

from academy.cli.options import opened_folder
from academy.course import load_course, nest, problems, run_checks
from academy.course.examples import example_work
from academy.data import DataFolder
from academy.demo import fill
from academy.demo.answers import answers_to, some_of, stories
from academy.demo.reviews import review_each_other
from academy.errors import PeopleError
from academy.peers.rounds import Round
from academy.store import Answers, Releases
from academy.work import work_of

COURSE = load_course("innovative-workers-education")


@pytest.fixture
def filled(tmp_path):
    made = []

    def make(name, **chosen):
        opened = opened_folder(DataFolder.create(tmp_path / name))
        folder = opened.__enter__()
        made.append(opened)
        return folder, fill(folder.store, folder.people, COURSE, **chosen)

    yield make
    for opened in made:
        opened.__exit__(None, None, None)


@pytest.fixture(scope="module")
def twelve(tmp_path_factory):
    """Twelve people, made once: each takes a moment."""
    with opened_folder(DataFolder.create(tmp_path_factory.mktemp("twelve") / "data")) as folder:
        yield folder, fill(folder.store, folder.people, COURSE, participants=12)


def everything(folder, demo):
    answers = Answers(folder.store, COURSE.id)
    return [
        (person.display_name, person.language, answers.everything(person.id)) for person in demo.participants
    ]


def test_the_same_seed_gives_the_same_people_and_answers(filled):
    assert everything(*filled("one", participants=5, seed=3)) == everything(
        *filled("two", participants=5, seed=3)
    )


def test_another_seed_gives_other_people(filled):
    one, two = (filled(name, participants=4, seed=seed)[1] for name, seed in (("one", 1), ("two", 2)))
    assert [p.display_name for p in one.participants] != [p.display_name for p in two.participants]


def test_the_first_has_submitted_everything_and_passes_every_check(twelve):
    folder, demo = twelve
    answers, person = Answers(folder.store, COURSE.id), demo.participants[0]
    work = work_of(folder.store, COURSE, person.id)
    for exercise in [exercise for exercise in COURSE.exercises if not exercise.review]:
        assert answers.submissions(exercise.id, person.id), exercise.id
        missed = [r.id for r in run_checks(exercise, work[exercise.id], work) if not r.passed]
        assert missed == [], exercise.id


def test_people_are_at_different_stages(twelve):
    folder, demo = twelve
    begun = {len(Answers(folder.store, COURSE.id).everything(person.id)) for person in demo.participants}
    assert 0 in begun
    assert len(begun) >= min(len(COURSE.exercises), 3)
    assert demo.submissions >= len([exercise for exercise in COURSE.exercises if not exercise.review])
    assert demo.mentors


def test_people_review_each_other_in_the_rounds_that_are_open(filled):
    folder, demo = filled("one", participants=3)
    rounds = [exercise for exercise in COURSE.exercises if exercise.review]
    assert not any(Round(folder.store, COURSE, each).all() for each in rounds)
    Releases(folder.store, COURSE.id).release("compare-reviews")
    round_ = Round(folder.store, COURSE, COURSE.exercise("compare-reviews"))
    given = review_each_other(folder.store, COURSE, demo.participants)
    assert given == len(round_.all()) > 0
    assert all(task.state == "done" and task.author != task.reviewer for task in round_.all())


def test_people_have_maps_of_their_own(twelve):
    folder, demo = twelve
    answers = Answers(folder.store, COURSE.id)
    changes = {
        answers.draft(person.id, "context-map").values.get("map/r1/change") for person in demo.participants
    }
    assert len(changes - {None}) >= 4


@pytest.mark.parametrize("name", sorted(stories()))
def test_a_story_fits_its_exercises_and_passes_the_checks_of_the_map(name):
    story = stories()[name]
    assert "context-map" not in story or len(story["context-map"]["map"]) >= 5
    for exercise in COURSE.exercises:
        flat = answers_to(exercise, story, "en")
        assert problems(exercise, flat, example_work(COURSE)) == [], exercise.id
    found = COURSE.exercise("context-map")
    results = run_checks(found, nest(found, answers_to(found, story, "en")))
    assert [result.id for result in results if not result.passed] == []


def test_somebody_who_has_not_finished_has_whole_rows():
    exercise = COURSE.exercise("context-map")
    flat = answers_to(exercise, {"union": "x"}, "en")
    half = some_of(exercise, flat, 0.5)
    assert half["map"] == flat["map"][: len(half["map"])]
    assert 0 < len(half["map"]) < len(flat["map"])
    assert {path.split("/")[1] for path in half if "/" in path} == set(half["map"])


def test_people_of_the_same_name_get_numbers(filled):
    folder, demo = filled("one", participants=1)
    again = fill(folder.store, folder.people, COURSE, participants=1)
    assert demo.participants[0].display_name != again.participants[0].display_name


@pytest.mark.parametrize("number", [0, 201])
def test_a_number_that_makes_no_sense_is_refused(filled, number):
    with pytest.raises(PeopleError, match="Choose from 1 to 200"):
        filled("one", participants=number)
