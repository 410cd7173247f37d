"""A form goes on when the code of its exercise is broken."""

import uuid
from dataclasses import replace

from academy.course import load_course
from academy.data import DataFolder
from academy.session import Session
from academy.store import Answers, Releases, open_store
from academy_widgets.forms.desk import Desk
from tests.support.people import enrolled

COURSE = load_course("innovative-workers-education")


def broken(_answers):
    raise ZeroDivisionError


def test_a_check_with_an_error_in_it_stops_neither_saving_nor_opening_nor_submitting(tmp_path):
    data = DataFolder.create(tmp_path / "data")
    store = open_store(data.store_url)
    with store.write() as session:
        enrolled(session, COURSE.id, "p-amina")
    exercise = COURSE.exercise("context-map")
    note = exercise.fields[0].model_copy(
        update={"id": "note", "type": "text", "columns": [], "rows": None, "required": True, "words": None}
    )
    checks = [replace(check, function=broken) for check in exercise.checks]
    exercise = exercise.model_copy(update={"fields": [note], "checks": checks, "computes": {"count": broken}})
    Releases(store, COURSE.id).release(exercise.id)
    desk = Desk(Session("p-amina", "participant", "Amina", "en", None, COURSE, store, data), exercise)
    edits = [{"id": str(uuid.uuid4()), "path": "note", "value": "Kept", "age": 0, "base": 0}]
    assert desk.answer({"kind": "save", "n": 1, "edits": edits})["kind"] == "saved"
    assert (desk.document()["values"], desk.document()["computed"]) == ({"note": "Kept"}, {})
    submit = {"kind": "submit", "n": 2, "key": str(uuid.uuid4()), "edits": []}
    assert desk.answer(submit)["kind"] == "submitted"
    assert len(Answers(store, COURSE.id).submissions(exercise.id)) == 1
