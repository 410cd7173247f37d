"""The desk of an exercise that builds on others: what it sends around the answers, pictures, and how little."""

import json
import uuid

import pytest

from academy.course import load_course
from academy.course.examples import flatten, read_example
from academy.data import DataFolder
from academy.session import Session
from academy.store import Answers, Edit, Releases, open_store
from academy_widgets.forms.desk import Desk
from tests.course.chained import write
from tests.support.people import enrolled


@pytest.fixture
def course(tmp_path):
    return load_course(write(tmp_path))


@pytest.fixture
def data(tmp_path):
    return DataFolder.create(tmp_path / "data")


@pytest.fixture
def store(data):
    store = open_store(data.store_url)
    with store.write() as session:
        for name in ("amina", "bao"):
            enrolled(session, "small", f"p-{name}", name=name)
    yield store
    store.close()


def desk_of(person, course, store, data, exercise="plan"):
    session = Session(f"p-{person}", "participant", person, "en", None, course, store, data)
    return Desk(session, course.exercise(exercise))


@pytest.fixture
def desk(course, store, data):
    return desk_of("amina", course, store, data)


def edit(path, value):
    return {"id": str(uuid.uuid4()), "path": path, "value": value, "age": 10, "base": 0}


def write_groups(store, person="p-amina", name="Cleaners"):
    edits = {"union": "Ours", "people": ["ra"], "people/ra/name": name, "people/ra/minutes": 60}
    Answers(store, "chained").save(
        person, "groups", [Edit(uuid.uuid4().hex, *item) for item in edits.items()]
    )


def test_the_document_has_what_there_is_to_choose_and_to_read(desk, store):
    write_groups(store)
    document = desk.document()
    assert document["options"] == {"for": [{"id": "ra", "label": "Cleaners"}], "way": []}
    assert document["shown"] == {"their-union": ["Ours"], "names": ["Cleaners"]}
    assert document["where"] == {
        "way": {"text": "There is nothing to choose yet. First fill in “Groups”."},
    }


def test_where_to_go_names_the_page_of_another_module(course, store, data):
    (course.folder / "course.yaml").write_text(
        (course.folder / "course.yaml").read_text().replace("week: false", "week: false\n    page: entry"),
        "utf-8",
    )
    document = desk_of("amina", load_course(course.folder), store, data).document()
    assert document["where"]["for"]["page"] == "entry.ipynb"


def test_nobody_sees_what_another_wrote_elsewhere(course, store, data):
    write_groups(store, name="Secret")
    document = desk_of("bao", course, store, data).document()
    assert "Secret" not in json.dumps(document)
    reply = desk_of("bao", course, store, data).answer({"kind": "pictures", "n": 1, "ids": ["minutes"]})
    assert reply == {"kind": "pictures", "n": 1, "pictures": {"minutes": None}}


def test_after_a_look_at_the_kernel_new_choices_are_there(desk, store):
    desk.document()
    write_groups(store)
    assert desk.answer({"kind": "sync", "n": 1, "rev": 0})["options"]["for"] == [
        {"id": "ra", "label": "Cleaners"}
    ]


def test_a_submission_is_stopped_by_a_choice_that_is_gone(desk, store):
    Releases(store, "chained").release("plan")
    write_groups(store)
    sent = [
        edit("for", "rz"),
        edit("why-not", "No signal"),
        edit("steps", ["rs"]),
        edit("steps/rs/what", "Meet"),
    ]
    reply = desk.answer({"kind": "submit", "n": 1, "key": "k" * 12, "edits": sent})
    assert reply["kind"] == "not-submitted"
    assert [problem["path"] for problem in reply["problems"]] == ["for"]
    reply = desk.answer({"kind": "submit", "n": 2, "key": "k" * 12, "edits": [edit("for", "ra")]})
    assert reply["kind"] == "submitted"


def test_pictures_come_when_they_are_asked_for_and_only_those_of_the_exercise(desk):
    desk.answer({"kind": "save", "n": 1, "edits": [edit("steps", ["rs"]), edit("steps/rs/minutes", 30)]})
    reply = desk.answer({"kind": "pictures", "n": 2, "ids": ["minutes", "secret", 7]})
    assert list(reply["pictures"]) == ["minutes"]
    assert reply["pictures"]["minutes"]["sentence"] == "1 steps by minutes."
    for ids in (None, "minutes", {}, [[]]):
        assert desk.answer({"kind": "pictures", "n": 3, "ids": ids})["pictures"] == {}


def test_a_save_tells_only_what_is_new(desk):
    first = desk.answer({"kind": "save", "n": 1, "edits": [edit("steps", ["ra", "rb"])]})
    assert first["computed"] == {"steps/ra/load": "short", "steps/rb/load": "short"}
    assert first["advice"]
    second = desk.answer({"kind": "save", "n": 2, "edits": [edit("steps/rb/minutes", 90)]})
    assert second["computed"] == {"steps/rb/load": "long"}
    assert "advice" not in second
    third = desk.answer({"kind": "save", "n": 3, "edits": [edit("steps/rb/room", "Hall")]})
    assert "computed" not in third


def test_who_asks_again_because_the_answer_was_lost_is_told_everything(desk):
    sent = [edit("steps", ["ra"]), edit("steps/ra/minutes", 90)]
    assert desk.answer({"kind": "save", "n": 1, "edits": sent})["computed"]
    again = desk.answer({"kind": "save", "n": 2, "edits": sent})
    assert again["computed"] == {"steps/ra/load": "long"}
    assert again["advice"]


@pytest.mark.parametrize("full", [False, True], ids=["the first answer", "in a full form"])
def test_typing_one_answer_takes_less_than_a_kilobyte_each_way(store, data, full):
    course = load_course("innovative-workers-education")
    exercise = course.exercise("context-map")
    desk = desk_of("amina", course, store, data, "context-map")
    if full:
        flat = flatten(exercise, read_example(exercise.folder / "example.yaml"))
        desk.answer({"kind": "save", "n": 1, "edits": [edit(*item) for item in flat.items()]})
    else:
        desk.answer({"kind": "save", "n": 1, "edits": [edit("map", ["r1"])]})
    message = {
        "kind": "save",
        "n": 2,
        "edits": [edit("map/r1/who", "Members at the port")],
        "device": "d" * 12,
    }
    reply = desk.answer(message)
    assert reply["kind"] == "saved"
    assert len(json.dumps(message)) < 1024
    assert len(json.dumps(reply, ensure_ascii=False).encode()) < 1024
