"""A passport that begins from another one, and its travel log."""

import copy

import pytest

from academy.course.model import Review
from academy.errors import StoreError
from academy.passport import Passport
from academy.passport.travel import begin_from, shared_answers, travel_of
from academy.people import Teams
from academy.store import Answers, Releases
from tests.support.people import enrolled

from .conftest import Writer


@pytest.fixture(autouse=True)
def _open(store, course):
    for exercise in course.exercises:
        Releases(store, course.id).release(exercise.id)


@pytest.fixture
def document(store, course, amina):
    """Amina's whole passport as its file."""
    amina.fill("groups", "plan", "diary-1")
    return Passport.of(store, course, amina.person).document()


@pytest.fixture
def bao(store, course):
    return Writer(store, course, "p-bao")


def draft(writer, exercise):
    return writer.answers.draft(writer.person, exercise).values


def test_empty_exercises_are_filled_from_another_passport(store, course, document, amina, bao):
    assert begin_from(store, course, bao.person, document) == 2
    assert draft(bao, "plan") == draft(amina, "plan")
    travel = travel_of(store, course, bao.person)
    assert travel.origin.holder == "Amina"
    assert travel.count("kept") == len(travel.changes) > 0


def test_what_is_personal_does_not_travel_even_if_the_file_has_it(store, course, document, bao):
    assert document["answers"]["diary-1"]  # somebody may write what they like into a file
    begin_from(store, course, bao.person, document)
    assert draft(bao, "diary-1") == {}


@pytest.mark.parametrize("kind", ["personal", "private", "review"])
def test_what_is_about_a_person_is_in_no_file_and_out_of_none(store, course, document, bao, kind):
    about = {"personal": True, "private": True, "review": Review(of="groups", shows=["groups"])}[kind]
    plan = course.exercise("plan").model_copy(update={kind: about})
    others = [exercise for exercise in course.exercises if exercise.id != "plan"]
    shut = course.model_copy(update={"exercises": (*others, plan)})
    assert set(shared_answers(shut, document["answers"])) == {"groups"}
    assert begin_from(store, shut, bao.person, document) == 1
    assert draft(bao, "plan") == {}


def test_half_characters_in_a_file_do_not_break_the_pages_that_they_come_to(store, course, document, bao):
    document["answers"]["groups"]["union"] = "Lantern \ud800 Bay"
    document["holder"] = "Amina \udfff"
    begin_from(store, course, bao.person, document)
    kept = [draft(bao, "groups")["union"], travel_of(store, course, bao.person).origin.holder]
    kept += [change.was for change in travel_of(store, course, bao.person).changes]
    assert "\n".join(kept).encode().decode().startswith("Lantern \ufffd Bay")


def test_the_log_says_what_was_kept_changed_and_dropped(store, course, document, bao):
    begin_from(store, course, bao.person, document)
    bao.write("groups", union="Old Harbour")
    bao.put("groups", {"people": ["r1"]})
    changes = {change.label: change for change in travel_of(store, course, bao.person).changes}
    assert (changes["Your union"].state, changes["Your union"].was, changes["Your union"].now) == (
        "changed",
        "Lantern Bay",
        "Old Harbour",
    )
    assert changes["People: Cleaners"].state == "kept"
    assert (changes["People: Carers"].state, changes["People: Carers"].now) == ("dropped", "")


def test_what_somebody_wrote_is_never_touched(store, course, document, bao):
    bao.write("groups", union="Old Harbour")
    assert begin_from(store, course, bao.person, document) == 1
    assert draft(bao, "groups") == {"union": "Old Harbour"}


def test_a_passport_begins_once(store, course, document, bao):
    begin_from(store, course, bao.person, document)
    with pytest.raises(StoreError, match="already begun from another"):
        begin_from(store, course, bao.person, document)


def test_closed_exercises_take_nothing(store, course, document, bao):
    Releases(store, course.id).withdraw("plan")
    assert begin_from(store, course, bao.person, document) == 1
    assert draft(bao, "plan") == {}


def test_where_all_is_begun_nothing_is_taken(store, course, document, amina):
    with pytest.raises(StoreError, match="Nothing was taken over"):
        begin_from(store, course, amina.person, document)
    assert travel_of(store, course, amina.person) is None


def test_only_what_the_form_could_have_sent_is_taken(store, course, document, bao):
    hostile = copy.deepcopy(document)
    hostile["answers"]["groups"] |= {
        "people/r1/name": {"$ne": 1},
        "people/../x": "a",
        "nowhere": "b",
        "union": 7,
    }
    hostile["answers"]["travel-log"] = {"origin": {"holder": "x"}}
    begin_from(store, course, bao.person, hostile)
    assert set(draft(bao, "groups")) <= set(document["answers"]["groups"])
    assert not {"people/r1/name", "union"} & set(draft(bao, "groups"))
    assert travel_of(store, course, bao.person).origin.holder == "Amina"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": "something"}, "no passport"),
        ({"course": {"id": "another"}}, "another course"),
        ({"course": None}, "another course"),
        ({"answers": []}, "another course"),
        ({"answers": {"groups": {"union": None}}}, "is empty"),
    ],
)
def test_what_is_no_passport_of_the_course_is_refused(store, course, document, bao, change, words):
    with pytest.raises(StoreError, match=words):
        begin_from(store, course, bao.person, document | change)
    assert Answers(store, course.id).everything(bao.person) == {}


@pytest.mark.parametrize("document", [None, [], "text", 7], ids=str)
def test_anything_else_is_refused(store, course, bao, document):
    with pytest.raises(StoreError, match="no passport"):
        begin_from(store, course, bao.person, document)


def test_a_team_begins_together(store, course, document, bao):
    with store.write() as session:
        enrolled(session, course.id, "p-chi")
    team = Teams(store, course.id).make("Team", ["p-bao", "p-chi"])
    begin_from(store, course, "p-chi", document)
    assert Answers(store, course.id).draft(team.id, "plan").values
    assert travel_of(store, course, "p-bao").origin.holder == "Amina"
