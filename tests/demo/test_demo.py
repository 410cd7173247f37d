"""Invented people and passports: the same for the same seed, at every stage, and clearly invented."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from sqlalchemy import delete

from academy.course import Work, load_course, nest, problems, run_checks
from academy.course.examples import example_of
from academy.course.files.yaml_files import read_yaml
from academy.data import DataFolder
from academy.demo import answers as fill_module
from academy.demo import fill
from academy.demo.answers import answers_to, some_of, story_of, tells
from academy.demo.reviews import review_each_other, words_for
from academy.errors import PeopleError
from academy.passport import Passport
from academy.peers.forms import review_form
from academy.peers.rounds import Round
from academy.store import Answers, Releases
from academy.store.schema import ReviewRow
from academy.work import work_of
from academy_app.cli.options import opened_folder

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


def test_the_first_tells_a_story_as_it_is_written_and_others_vary_theirs(twelve):
    folder, demo = twelve
    told = Answers(folder.store, COURSE.id)

    def as_written(person):
        story = story_of(demo.cast[person.id], person.language)
        course = load_course(COURSE.folder, person.language)
        found = told.everything(person.id)
        for exercise in course.exercises:
            if exercise.review or exercise.id not in found:
                continue
            written = answers_to(exercise, story, COURSE.language)
            if any(written.get(path) != value for path, value in found[exercise.id].items()):
                return False
        return True

    first, *others = [person for person in demo.participants if told.everything(person.id)]
    assert as_written(first)
    assert not all(as_written(person) for person in others)


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
    given = review_each_other(folder.store, COURSE, demo.participants, demo.cast)
    done = [task for task in round_.all() if task.state == "done"]
    assert given == len(done) > 0
    assert all(task.author != task.reviewer for task in done)
    for (
        task
    ) in round_.all():  # what somebody cannot read was given back, and nothing is left in anybody's hand
        reads = demo.cast[task.author]["language"] in demo.cast[task.reviewer]["languages"]
        assert task.state == ("done" if reads else "passed")


ROUNDS = [exercise for exercise in COURSE.exercises if exercise.review]


@pytest.fixture(scope="module")
def reviewed(twelve):
    """What the twelve wrote about each other, by round."""
    folder, demo = twelve
    for each in ROUNDS:
        Releases(folder.store, COURSE.id).release(each.id)
    review_each_other(folder.store, COURSE, demo.participants, demo.cast)
    answers, found = Answers(folder.store, COURSE.id), {}
    for each in ROUNDS:
        for task in Round(folder.store, COURSE, each).all():
            if task.state == "done":
                flat = answers.draft(task.reviewer, each.id).values
                cells = {
                    path.split("/")[2]: v
                    for path, v in flat.items()
                    if path.startswith(f"reviews/{task.row}/")
                }
                author = demo.cast[task.author]
                found.setdefault(each.id, []).append((author, demo.cast[task.reviewer], cells))
    return found


def quoted(text):
    return re.findall(r"[\"«]([^\"»]+)[\"»]", text)


def test_an_invented_review_speaks_of_the_work_that_it_is_about_in_its_language(reviewed):
    assert set(reviewed) == {each.id for each in ROUNDS}
    for name, reviews in reviewed.items():
        worked = strings(example_of(COURSE.exercise(name)))
        worked = {*worked, *strings(example_of(COURSE.exercise(name), "ar"))}
        for author, reviewer, cells in reviews:
            assert author["language"] in reviewer["languages"]
            work = " ".join(text for *_, text in texts_of(told_by(author))).casefold()
            said = [text for text in strings(cells) if len(text.split()) > 3]
            assert said
            for text in said:
                letters = [c for c in text if c.isalpha()]
                arabic = sum("\u0600" <= c <= "\u06ff" for c in letters)
                assert (arabic * 2 > len(letters)) == (author["language"] == "ar"), text
                if text not in worked:
                    assert all(words.casefold() in work for words in quoted(text)), text
            first = next(v for v in cells.values() if isinstance(v, str))
            assert quoted(first), first


def test_somebody_who_can_read_only_the_last_work_that_is_offered_reviews_it(filled):
    folder, demo = filled("one", participants=6)
    Releases(folder.store, COURSE.id).release("compare-reviews")
    round_ = Round(folder.store, COURSE, COURSE.exercise("compare-reviews"))
    reader, offered = demo.participants[0], []
    while (task := round_.next_for(reader.id)).author not in offered:
        offered.append(task.author)
        round_.give_back(reader.id, task.key)
    assert len(offered) > 3
    with folder.store.write() as session:
        session.execute(delete(ReviewRow))  # as if nobody had been offered any
    language = demo.cast[offered[-1]]["language"]
    other = next(each for each in COURSE.languages if each != language)
    cast = {person: given | {"language": other} for person, given in demo.cast.items()}
    cast[offered[-1]] = demo.cast[offered[-1]]
    cast[reader.id] = demo.cast[reader.id] | {"languages": [language]}
    assert review_each_other(folder.store, COURSE, [reader], cast) == 1
    assert [task.author for task in round_.all() if task.state == "done"] == [offered[-1]]
    assert not [task for task in round_.all() if task.state == "leased"]


def test_two_reviews_of_different_stories_or_of_one_person_differ(reviewed):
    by_story, by_person = {}, {}
    for author, _, cells in reviewed["compare-reviews"]:
        by_story.setdefault(author["story"], set()).add(cells["like"])
        by_person.setdefault(author["name"], []).append(cells["like"])
    assert len(by_story) >= 3
    for story, said in by_story.items():
        assert not any(said & other for name, other in by_story.items() if name != story)
    assert any(len(said) > 1 for said in by_person.values())
    assert all(len(said) == len(set(said)) for said in by_person.values())


def test_everybody_who_can_read_a_work_has_a_whole_review_to_write_about_it():
    for round_, author, reviewer in itertools.product(ROUNDS, CAST, CAST):
        if author is reviewer or author["language"] not in reviewer["languages"]:
            continue
        if not tells(
            COURSE.exercise(round_.review.of), story_of(author, author["language"]), author["language"]
        ):
            continue
        both = (author["story"], reviewer["story"])
        if round_.id != "compare-reviews" and both != ("domestic", "domestic"):
            continue  # who tells another story has handed in nothing in this round and reviews nobody
        course = course_of(author)
        about, added = words_for(course.exercise(round_.id), author, reviewer, author["language"])
        form = review_form(course.exercise(round_.id))
        for one, other in itertools.product(about, added or [{}]):
            assert problems(form, one | other, Work(None)) == [], (both, one)
        assert len(about) >= 2, both


def test_people_have_maps_of_their_own(twelve):
    folder, demo = twelve
    answers = Answers(folder.store, COURSE.id)
    changes = {
        answers.draft(person.id, "context-map").values.get("map/r1/change") for person in demo.participants
    }
    assert len(changes - {None}) >= 4


CAST = read_yaml(Path(fill_module.__file__).with_name("people.yaml"))["people"]
each_person = pytest.mark.parametrize("given", CAST, ids=lambda given: given["name"])


def course_of(given):
    return load_course(COURSE.folder, given["language"])


def told_by(given):
    """What a person of the demonstration writes when they write everything, by exercise."""
    course, story = course_of(given), story_of(given, given["language"])
    return {
        e.id: answers_to(e, story, given["language"])
        for e in course.exercises
        if not e.review and tells(e, story, given["language"])
    }


def texts_of(told):
    found = []
    for name, flat in told.items():
        for path, value in flat.items():
            part = COURSE.exercise(name).at(path)
            if part and part.type in ("text", "line") and isinstance(value, str):
                found.append((name, path, value))
    return found


@each_person
def test_a_person_can_submit_what_they_write_and_passes_the_checks_of_the_map(given):
    told, course = told_by(given), course_of(given)
    work = Work(course, lambda name: told.get(name, {}))
    for name, flat in told.items():
        assert problems(course.exercise(name), flat, work) == [], name
    found = course.exercise("context-map")
    results = run_checks(found, nest(found, told["context-map"]), work)
    assert [result.id for result in results if not result.passed] == []


@each_person
def test_what_a_person_says_of_themselves_fits_together(given):
    profile = told_by(given)["profile"]
    assert (profile["union"], profile["role"], profile["region"]) == (
        given["union"],
        given["role"],
        given["region"],
    )
    assert (profile["time_zone"], profile["languages"]) == (given["zone"], given["languages"])
    assert given["town"] in given["union"]
    assert given["language"] in profile["languages"]
    assert (given["language"] == "ar") == ("ar" in profile["languages"])
    place = given["zone"].partition("-")[0]
    fitting = {"africa": {"africa"}, "america": {"americas"}, "europe": {"europe-central-asia"}}
    assert given["region"] in fitting.get(place, {"asia-pacific", "arab-states", "europe-central-asia"})


def test_people_are_of_many_regions_roles_and_unions():
    assert len({given["union"] for given in CAST}) == len(CAST)
    for name, least in (("region", 5), ("role", 4), ("zone", 10), ("story", 5)):
        assert len({given[name] for given in CAST}) >= least, name


@each_person
def test_a_passport_is_told_from_one_story_in_the_language_of_its_reader(given):
    told = told_by(given)
    others = {one["union"] for one in CAST} - {given["union"]}
    worked = {value for *_, value in texts_of(told_by(CAST[0]))}
    for name, path, value in texts_of(told):
        assert not [union for union in others if union in value], (name, path)
        if given["story"] != "domestic" and name != "profile":
            assert value not in worked, (name, path)
        letters = [c for c in value if c.isalpha()]
        arabic = sum("\u0600" <= c <= "\u06ff" for c in letters)
        assert not letters or (arabic * 2 > len(letters)) == (given["language"] == "ar"), (name, path)
    if given["story"] == "domestic":
        assert set(told) == {e.id for e in COURSE.exercises if not e.review}


def passport_of(given):
    told, course = told_by(given), course_of(given)
    return Passport.of_work(course, Work(course, lambda name: told.get(name, {})), given["name"])


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def filled_entries(given):
    """What a passport shows, page by page: an entry without words, rows and picture is none."""
    return {
        page.id: [e.address for e in page.entries if e.text or e.rows or e.picture]
        for page in passport_of(given).pages
    }


@pytest.mark.parametrize("given", [g for g in CAST if g["language"] == "ar"], ids=lambda given: given["name"])
def test_an_arabic_passport_goes_as_far_as_an_english_one_and_is_in_arabic(given):
    shown = filled_entries(given)
    assert shown == filled_entries(CAST[0])
    assert all(shown[name] for name in ("pedagogy", "digital", "proof", "pilot"))
    for said in strings([page["entries"] for page in passport_of(given).document()["pages"]]):
        said = re.sub(r"<[^>]*>", "", said)
        assert not re.search(r"[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}", said), said
        assert not re.search(r"[\u0600-\u06ff)] ?[,;] ", said), said


def test_the_towns_of_the_worked_examples_are_in_nobody_elses_passport():
    for given in CAST[1:]:
        for name, path, value in texts_of(told_by(given)):
            if name != "who-is-online":  # an economy keeps its name
                assert not re.search(r"Lantern Bay|\bthe Bay\b|خليج الفنار", value), (name, path)


def test_a_passport_in_each_language_is_among_the_farthest(twelve):
    folder, demo = twelve
    answers = Answers(folder.store, COURSE.id)
    wanted = {e.id for e in COURSE.exercises if not e.review}
    whole = {p.language for p in demo.participants if wanted <= set(answers.everything(p.id))}
    assert whole >= {"en", "ar"}


def test_people_who_are_far_have_a_whole_passport(twelve):
    folder, demo = twelve
    answers = Answers(folder.store, COURSE.id)
    far = [p for p in demo.participants if len(answers.everything(p.id)) > len(COURSE.exercises) / 2]
    assert len(far) >= 2


def test_somebody_who_has_not_finished_has_whole_rows():
    exercise = COURSE.exercise("context-map")
    flat = answers_to(exercise, {"union": "x", "town": "y"}, "en")
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
