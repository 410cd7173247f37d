"""What the desk answers to a page: facilitators get it all, everybody else a sentence, and nothing is believed."""

import json

import pytest

from academy.deadlines import Extensions
from academy.errors import AcademyError, StoreError
from academy.messages import LONGEST, Messages
from academy.status_file import StatusFile
from academy.store import Releases
from academy.store.schema import CourseEvent
from academy_widgets.facilitator.cohort_desk import CohortDesk
from academy_widgets.facilitator.desk_widget import FacilitatorDesk

MESSAGES = [
    {"kind": "look", "n": 0},
    {"kind": "pictures"},
    {"kind": "stop", "exercise": "idea", "owner": "p-nobody"},
    {"kind": "open", "exercise": "idea"},
    {"kind": "close", "exercise": "idea-reviews"},
    {"kind": "extend", "module": "week", "days": 2},
    {"kind": "extension-back", "id": 1},
    {"kind": "say", "texts": {"en": "Hello"}, "days": 7},
    {"kind": "message-back", "id": 1},
]


def asked(widget, content):
    sent = []
    widget.send = sent.append
    widget._answer(widget, content, [])
    return sent


def nothing_was_done(group):
    assert [release.exercise for release in Releases(group.store, "small").all()] == ["idea-reviews"]
    assert Extensions(group.store, group.course).given() == []
    assert Messages(group.store, "small").standing() == []


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m["kind"])
@pytest.mark.parametrize("role", ["participant", "mentor"])
def test_nobody_but_a_facilitator_is_answered(group, session_of, at_page, role, message):
    group.submit(group.join("Amina")[0])
    session = session_of(role)
    at_page(session)
    widget = FacilitatorDesk.for_current()
    assert widget.doc == {"refused": "This page is for facilitators. Ask one of them if you need it."}
    (reply,) = asked(widget, {**message, "role": "facilitator", "by": "f-desk"})
    assert reply == {"kind": "not-done", "ask": 0, "text": widget.doc["refused"]}
    widget.tell()
    nothing_was_done(group)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m["kind"])
def test_without_anybody_signed_in_nothing_is_answered(group, at_page, message):
    at_page(None)
    widget = FacilitatorDesk.for_current()
    assert set(widget.doc) == {"refused"}
    assert asked(widget, message) == []
    nothing_was_done(group)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m["kind"])
def test_who_is_no_facilitator_any_more_gets_no_more_answers(group, session_of, message):
    session = session_of()
    desk = CohortDesk(session)
    desk.document()
    group.people.set_active(session.person_id, False)
    assert desk.answer(message)["kind"] == "not-done"
    group.join("Amina")
    assert desk.changes() is None
    with pytest.raises(AcademyError):
        desk.document()
    nothing_was_done(group)


@pytest.mark.parametrize("content", [None, "look", [], {}, {"kind": "save"}, {"kind": ["look"]}])
def test_other_messages_have_no_answer(desk, content):
    assert desk.answer(content) is None


@pytest.mark.parametrize(
    "message",
    [
        {"kind": "open", "exercise": "../idea"},
        {"kind": "open", "exercise": None},
        {"kind": "extend", "module": "week", "days": "2"},
        {"kind": "extend", "module": "week", "days": 2, "person": "p-nobody"},
        {"kind": "extend", "module": "week", "days": 2, "person": {"id": 1}},
        {"kind": "extend", "module": "week", "days": 10**400},
        {"kind": "say", "texts": "Hello", "days": 7},
        {"kind": "say", "texts": {"xx": "Hello", "en": 3}, "days": 7},
        {"kind": "say", "texts": {"en": "Hello"}, "days": True},
        {"kind": "message-back", "id": -1},
        {"kind": "extension-back", "id": "1; drop table person"},
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence_and_not_done(group, desk, message):
    reply = desk.answer(message)
    assert (reply["kind"], reply["ask"]) == ("not-done", 0)
    assert reply["text"].endswith(".")
    nothing_was_done(group)


def test_the_page_learns_what_was_done_with_the_answer(group, desk):
    def ask(kind, **more):
        reply = desk.answer({"kind": kind, **more})
        assert (reply["kind"], reply["ask"]) == ("done", more.get("ask", 0))
        return reply["text"], reply["changes"]

    desk.document()
    text, changes = ask("open", exercise="idea", ask=7)
    assert (text, changes["opened"]) == ("It is open now.", ["idea", "idea-reviews"])
    assert Releases(group.store, "small").is_open("idea")
    text, changes = ask("close", exercise="idea")
    assert (text, changes["opened"]) == ("It is closed now. What was written is kept.", ["idea-reviews"])
    text, changes = ask("extend", module="week", days=2)
    assert text == "The new end stands on the home page now."
    (extension,) = changes["extensions"]
    assert (extension["module"], extension["days"], extension["person"]) == ("week", 2, "")
    assert "17 March" in changes["ends"]["week"]
    text, changes = ask("extension-back", id=extension["id"])
    assert (text, changes["extensions"]) == ("The end is where it was before.", [])
    assert "15 March" in changes["ends"]["week"]
    text, changes = ask("say", texts={"en": "Hello", "ar": "مرحبا", "fr": "Salut"}, days=3)
    (message,) = changes["messages"]
    assert text == "Your message stands on the home page now."
    assert message["texts"] == {"en": "Hello", "ar": "مرحبا"}
    assert (message["by"], message["person"]) == ("Desk", "")
    text, changes = ask("message-back", id=message["id"])
    assert (text, changes["messages"]) == ("The message is gone from the home page.", [])


def test_what_is_said_or_given_to_one_person_names_them(group, desk):
    (amina,) = group.join("Amina")
    desk.document()
    given = desk.answer({"kind": "extend", "module": "week", "days": 2, "person": amina})["changes"]
    assert [each["person"] for each in given["extensions"]] == ["Amina"]
    assert "ends" not in given, "nobody else's end has moved"
    said = desk.answer({"kind": "say", "texts": {"en": "Hello"}, "days": 3, "person": amina})["changes"]
    assert [each["person"] for each in said["messages"]] == ["Amina"]


def test_what_is_opened_and_closed_is_written_down_once_with_who_did_it(group, desk):
    for kind in ("open", "open", "close", "close"):
        assert desk.answer({"kind": kind, "exercise": "idea"})["kind"] == "done"
    with group.store.session() as session:
        log = [(line.kind, line.by, line.subject) for line in session.query(CourseEvent)]
    by = desk.session.person_id
    assert log == [("opened", by, "idea"), ("closed", by, "idea")]


def test_what_stays_as_it_is_comes_with_the_first_document(group, desk, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = desk.document()
    assert (found["course"], found["longest"], found["grading"]) == ("A small course", LONGEST, False)
    assert found["modules"] == [{"id": "week", "title": "A week", "mark": "1"}]
    names = [("en", "English", "ltr"), ("ar", "العربية", "rtl")]
    assert [(each["id"], each["name"], each["dir"]) for each in found["languages"]] == names
    about = {"module": "week", "private": False}
    assert found["exercises"] == [
        {"id": "idea", "title": "An idea", "round": False} | about,
        {"id": "idea-reviews", "title": "Read each other's ideas", "round": True} | about,
    ]
    (tmp_path / "grade.ipynb").touch()
    assert desk.document()["grading"] is True


@pytest.mark.parametrize(
    ("message", "kind", "of"),
    [({"kind": "pictures"}, "pictures", "pictures"), ({"kind": "stop", "exercise": "idea"}, "stop", "found")],
)
def test_a_page_that_has_slept_can_ask_at_once(group, session_of, message, kind, of):
    (amina,) = group.join("Amina")
    reply = CohortDesk(session_of()).answer({**message, "owner": amina, "ask": 3})
    assert (reply["kind"], reply["ask"], isinstance(reply[of], list)) == (kind, 3, True)


def test_an_error_of_ours_is_a_sentence_and_is_written_into_the_log(desk, monkeypatch, caplog):
    monkeypatch.setattr(desk.extensions, "give", lambda *_: 1 / 0)
    text = "Something went wrong on the server. Please try again in a moment."
    reply = desk.answer({"kind": "extend", "module": "week", "days": 2, "ask": 4})
    assert reply == {"kind": "not-done", "ask": 4, "text": text}
    assert "a message of the desk was not answered" in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_while_the_database_is_busy_nothing_is_told_and_later_what_there_is(session_of):
    class Desk:
        busy = True

        def document(self):
            return {"n": 0}

        def changes(self):
            if self.busy:
                raise StoreError("busy")
            return {"kind": "changed", "n": 1}

    desk, sent = Desk(), []
    widget = FacilitatorDesk(desk, "en")
    widget.send = sent.append
    widget.tell()
    assert sent == []
    desk.busy = False
    widget.tell()
    assert sent == [{"kind": "changed", "n": 1}]


def test_of_the_people_only_those_who_moved_are_told(group, desk):
    amina, bao, carmen = group.join("Amina", "Bao", "Carmen")
    assert len(desk.document()["people"]) == 3
    assert desk.changes() is None
    group.submit(bao)
    told = desk.changes()
    assert [line[0] for line in told["people"]] == [bao]
    assert told["n"] == 1
    group.people.set_active(carmen, False)
    assert desk.changes()["gone"] == [carmen]
    assert amina


def test_a_page_that_missed_something_gets_it_all(group, desk):
    first = desk.document()
    assert desk.answer({"kind": "look", "n": first["n"]})["kind"] == "current"
    group.join("Amina")
    assert desk.changes()["n"] == 1
    everything = desk.answer({"kind": "look", "n": 0})
    assert everything["kind"] == "all"
    assert everything["n"] == 1
    assert [line[1] for line in everything["people"]] == ["Amina"]


def test_a_document_is_json_and_holds_no_private_data(group, desk):
    group.people.add("Amina", email="amina@example.org", full_name="Amina Secret")
    text = json.dumps(desk.document())
    assert "Amina" in text
    assert "example.org" not in text
    assert "Secret" not in text


def test_what_a_page_sets_on_the_widget_changes_nothing(group, session_of, at_page):
    session = session_of("participant")
    at_page(session)
    widget = FacilitatorDesk.for_current()
    widget.set_state({"doc": {"n": 0}})
    assert asked(widget, {"kind": "look"})[0]["kind"] == "not-done"


def test_the_desk_says_that_somebody_guesses_at_the_door(group, session_of):
    session = session_of("facilitator")
    pulse = StatusFile(session.data_folder)
    session.data_folder.runtime.mkdir(exist_ok=True)
    desk = CohortDesk(session)
    assert [thing for thing in desk.document()["things"] if thing["kind"] == "door"] == []
    assert desk.changes() is None
    pulse.beat({"door": {"wrong": 412, "refused": 7, "came": 0, "held": 0, "many": 0}})
    changed = desk.changes()
    (thing,) = [thing for thing in changed["things"] if thing["kind"] == "door"]
    assert "412" in thing["text"]
    assert thing["count"] == 7
    assert desk.changes() is None
    pulse.stop()
    assert [thing for thing in desk.changes()["things"] if thing["kind"] == "door"] == []
