"""A person with two devices submits on one while the other writes."""

import uuid

from academy.course import load_course
from academy.data import DataFolder
from academy.session import Session
from academy.store import Answers, Edit, Releases, open_store
from academy_widgets.forms import desk as desks
from tests.support.people import enrolled

COURSE = load_course("innovative-workers-education")


def test_what_another_device_writes_meanwhile_is_not_in_the_submission(tmp_path, monkeypatch):
    data = DataFolder.create(tmp_path / "data")
    store = open_store(data.store_url)
    with store.write() as session:
        enrolled(session, COURSE.id, "p-amina")
    Releases(store, COURSE.id).release("context-map")
    answers = Answers(store, COURSE.id)
    person = Session("p-amina", "participant", "Amina", "en", None, COURSE, store, data)
    desk = desks.Desk(person, COURSE.exercise("context-map"))

    def other_device_writes(*_given):
        answers.save("p-amina", "context-map", [Edit(uuid.uuid4().hex, "map", [])], "other")
        return []

    monkeypatch.setattr(desks, "problems", other_device_writes)
    edits = [{"id": uuid.uuid4().hex, "path": "map", "value": ["ra"], "age": 0, "base": 0}]
    desk.answer({"kind": "submit", "n": 1, "key": uuid.uuid4().hex, "edits": edits, "device": "this"})
    (submission,) = answers.submissions("context-map")
    assert answers.values_at("p-amina", "context-map", submission.rev) == {"map": ["ra"]}
    assert answers.draft("p-amina", "context-map").values == {"map": []}
