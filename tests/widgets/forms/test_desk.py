import uuid
from datetime import timedelta

import pytest
import yaml
from jupyter_client.session import json_packer

from academy.course import load_course
from academy.data import DataFolder
from academy.session import Session
from academy.store import Answers, Feedback, Releases, open_store
from academy.store.quota import QUOTA, Quota
from academy.store.rows import MOST_ROWS
from academy.store.schema import PersonRow, utc_now
from academy.store.values import LARGEST_VALUE
from academy_widgets.forms.desk import Desk
from tests.support.people import enrolled

COURSE = load_course("innovative-workers-education")
MAP = COURSE.exercise("context-map")


@pytest.fixture
def data(tmp_path):
    return DataFolder.create(tmp_path / "data")


@pytest.fixture
def store(data):
    store = open_store(data.store_url)
    with store.write() as session:
        for name in ("amina", "bao"):
            enrolled(session, COURSE.id, f"p-{name}", name=name)
    return store


def desk_of(person, store, data, language="en"):
    course = load_course(COURSE.id, language)
    session = Session(f"p-{person}", "participant", person, language, None, course, store, data)
    return Desk(session, course.exercise("context-map"))


@pytest.fixture
def desk(store, data):
    return desk_of("amina", store, data)


def edit(path, value, **more):
    return {"id": str(uuid.uuid4()), "path": path, "value": value, "age": 10, "base": 0, **more}


def example(language="en"):
    """The edits of the shipped example, as a participant would make them."""
    name = "example.yaml" if language == "en" else f"example.{language}.yaml"
    rows = yaml.safe_load((MAP.folder / name).read_text("utf-8"))["answers"]["map"]
    ids = [f"r{place}" for place in range(len(rows))]
    cells = [
        edit(f"map/{i}/{column}", value)
        for i, row in zip(ids, rows, strict=True)
        for column, value in row.items()
    ]
    return [edit("map", ids), *cells]


def test_a_cell_of_a_row_that_is_in_no_list_is_refused_and_not_kept(desk):
    stray = [edit(f"map/r{number:04}/change", "x") for number in range(10)]
    reply = desk.answer(
        {"kind": "save", "n": 1, "edits": [edit("map", ["ra"]), edit("map/ra/change", "kept"), *stray]}
    )
    assert set(reply["refused"]) == {each["id"] for each in stray}
    assert len(reply["ids"]) == 2
    assert desk.document()["values"] == {"map": ["ra"], "map/ra/change": "kept"}


def test_a_cell_is_kept_wherever_its_list_stands_in_what_came_and_though_its_row_was_removed(desk):
    desk.answer({"kind": "save", "n": 1, "edits": [edit("map/rb/change", "first"), edit("map", ["rb"])]})
    desk.answer({"kind": "save", "n": 2, "edits": [edit("map", [])]})
    reply = desk.answer(
        {"kind": "save", "n": 3, "edits": [edit("map/rb/change", "typed elsewhere meanwhile")]}
    )
    assert "refused" not in reply
    assert desk.document()["values"]["map/rb/change"] == "typed elsewhere meanwhile"
    many = [edit("map/rb/change", f"word {number}") for number in range(500)]
    beyond = [edit("map/rnew/change", "of a row whose list comes late"), *many, edit("map", ["rnew"])]
    assert "refused" not in desk.answer({"kind": "save", "n": 4, "edits": beyond})


def test_a_table_may_have_had_so_many_rows_and_what_is_there_can_still_be_ordered(desk):
    for start in range(0, 600, 100):
        reply = desk.answer(
            {"kind": "save", "n": 1, "edits": [edit("map", [f"r{n}" for n in range(start, start + 100)])]}
        )
        assert ("refused" in reply) is (start + 100 > MOST_ROWS)
    reply = desk.answer({"kind": "save", "n": 1, "edits": [edit("map", ["r3", "r1"])]})
    assert "refused" not in reply
    assert "r599" not in desk.document()["values"]["map"]


def test_who_writes_more_in_a_minute_than_anybody_can_is_told_and_can_go_on_later(store, data, at_time):
    now = utc_now().replace(second=5)
    at_time(lambda: now)
    assert QUOTA.bytes > 60 * LARGEST_VALUE
    desk = desk_of("amina", open_store(data.store_url, quota=Quota(bytes=100_000)), data)
    replies = []
    for _ in range(400):
        replies.append(
            desk.answer(
                {"kind": "save", "n": 1, "edits": [edit("map", ["ra"]), edit("map/ra/change", "x" * 20_000)]}
            )
        )
        if replies[-1]["kind"] == "not-saved":
            break
    assert len(replies) == 5
    assert "wait a minute" in replies[-1]["text"]
    assert replies[-1]["retry"]
    now += timedelta(minutes=1)
    assert desk.answer({"kind": "save", "n": 1, "edits": [edit("map/ra/change", "later")]})["kind"] == "saved"


def test_a_saved_answer_is_in_the_next_document(desk, store, data):
    sent = [edit("map", ["ra"]), edit("map/ra/change", "The port unloads at night")]
    reply = desk.answer({"kind": "save", "n": 7, "edits": sent})
    assert (reply["kind"], reply["n"], reply["ids"]) == ("saved", 7, [item["id"] for item in sent])
    document = desk_of("amina", store, data).document()
    assert document["values"] == {"map": ["ra"], "map/ra/change": "The port unloads at night"}
    assert document["rev"] == reply["rev"]


def test_nobody_sees_the_answers_of_another(desk, store, data):
    desk.answer({"kind": "save", "n": 1, "edits": [edit("map", ["ra"])]})
    other = desk_of("bao", store, data)
    assert other.document()["values"] == {}
    assert other.answer({"kind": "sync", "n": 1, "rev": 0, "person": "p-amina"})["changed"] == {}
    assert other.answer({"kind": "history", "n": 1, "path": "map", "person_id": "p-amina"})["items"] == []


@pytest.mark.parametrize(
    "message",
    [None, "save", [], {}, {"kind": "drop"}, {"kind": "__class__"}, {"kind": ["save"]}],
)
def test_messages_that_no_form_sends_get_no_answer(desk, message):
    assert desk.answer(message) is None


@pytest.mark.parametrize("edits", [None, "x", [None], [{"id": 5}], [[]], {"id": "x"}])
def test_misshapen_edits_change_nothing(desk, store, edits):
    desk.answer({"kind": "save", "n": "x", "edits": edits})
    assert Answers(store, COURSE.id).history("p-amina", "context-map") == []


def test_a_refused_answer_is_named_and_the_others_are_saved(desk):
    good, bad = edit("map", ["ra"]), edit("map/ra/urgency", {"$gt": 1})
    reply = desk.answer({"kind": "save", "n": 1, "edits": [good, bad]})
    assert reply["ids"] == [good["id"]]
    assert reply["refused"][bad["id"]].endswith(".")


def test_with_a_refused_answer_nothing_is_handed_in_and_the_page_does_not_send_it_again(desk, store):
    Releases(store, COURSE.id).release("context-map")
    good, bad = example(), edit("map/r1/urgency", {"$gt": 1})
    reply = desk.answer({"kind": "submit", "n": 3, "key": "key-12345678", "edits": [*good, bad]})
    assert (reply["kind"], reply["retry"], reply["n"]) == ("not-saved", False, 3)
    assert list(reply["refused"]) == [bad["id"]]
    assert reply["ids"] == [each["id"] for each in good]
    assert "could not be saved. They are still here" in reply["text"]
    assert Answers(store, COURSE.id).submissions("context-map") == []


@pytest.mark.parametrize("path", ["map/ra/walk", "walk", None, ["map"]])
def test_the_history_of_an_answer_that_is_not_asked_for_is_refused_in_a_sentence(desk, path):
    reply = desk.answer({"kind": "history", "n": 2, "path": path})
    assert (reply["kind"], reply["n"], reply["retry"], reply["refused"]) == ("not-saved", 2, True, {})
    assert reply["text"].startswith("This answer has a name that the course does not know.")


def test_the_history_has_the_newest_fifty_texts_oldest_first(desk):
    desk.answer({"kind": "save", "n": 1, "edits": [edit("map", ["ra"])]})
    for number in range(52):
        desk.answer({"kind": "save", "n": 1, "edits": [edit("map/ra/who", f"text {number}", age=0)]})
    items = desk.answer({"kind": "history", "path": "map/ra/who"})["items"]
    assert [item["value"] for item in items] == [f"text {number}" for number in range(2, 52)]
    assert [item["rev"] for item in items] == sorted(item["rev"] for item in items)
    assert items[0]["at_text"].endswith(" UTC")


def test_wild_ages_and_bases_are_tamed(desk):
    for wild in (-5, 1e300, float("inf"), "soon", None, [1]):
        reply = desk.answer({"kind": "save", "n": 1, "edits": [edit("map", ["ra"], age=wild, base=wild)]})
        assert reply["kind"] == "saved"


def test_a_closed_exercise_can_be_written_but_not_submitted(desk, store):
    reply = desk.answer({"kind": "submit", "n": 1, "key": "key-12345678", "edits": example()})
    assert reply["kind"] == "not-submitted"
    assert "not open yet" in reply["text"]
    assert len(reply["ids"]) == len(example())
    assert Answers(store, COURSE.id).submissions("context-map") == []


def test_an_unfinished_map_is_not_submitted_and_each_gap_is_named(desk, store):
    Releases(store, COURSE.id).release("context-map")
    reply = desk.answer({"kind": "submit", "n": 1, "key": "key-12345678", "edits": [edit("map", ["ra"])]})
    assert reply["kind"] == "not-submitted"
    paths = [problem["path"] for problem in reply["problems"]]
    assert "map" in paths
    assert "map/ra/driver" in paths


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_example_is_submitted_once_however_often_it_is_sent(store, data, language):
    desk = desk_of("amina", store, data, language)
    Releases(store, COURSE.id).release("context-map")
    edits = example("en")
    first = desk.answer({"kind": "submit", "n": 1, "key": "key-12345678", "edits": edits})
    assert first["kind"] == "submitted", first
    again = desk.answer({"kind": "submit", "n": 2, "key": "key-12345678", "edits": edits})
    assert again["submission"] == first["submission"]
    assert len(again["submissions"]) == 1
    later = desk.answer({"kind": "submit", "n": 3, "key": "key-87654321", "edits": []})
    assert later["submission"]["number"] == 2


def test_advice_is_a_few_questions_and_none_on_a_blank_form(desk):
    assert desk.document()["advice"] == []
    reply = desk.answer({"kind": "save", "n": 1, "edits": [edit("map", ["ra"])]})
    assert 1 <= len(reply["advice"]) <= 3
    assert all(item["text"].rstrip().endswith("?") for item in reply["advice"])


def test_what_is_merely_unfinished_is_not_asked_about(desk):
    reply = desk.answer({"kind": "save", "n": 1, "edits": [edit("map", ["ra"])]})
    quiet = {check.id for check in MAP.checks if not check.asks}
    assert quiet
    assert not quiet & {item["id"] for item in reply["advice"]}


def test_sync_brings_what_changed_elsewhere(desk, store, data):
    reply = desk.answer({"kind": "save", "n": 1, "edits": [edit("map", ["ra"])]})
    desk_of("amina", store, data).answer(
        {"kind": "save", "n": 1, "edits": [edit("map/ra/who", "crane drivers")]}
    )
    news = desk.answer({"kind": "sync", "n": 2, "rev": reply["rev"]})
    assert {path: item["value"] for path, item in news["changed"].items()} == {"map/ra/who": "crane drivers"}


def test_an_answer_overtaken_elsewhere_is_shown_with_the_other_text(desk, store, data):
    laptop = desk_of("amina", store, data)
    typed = [edit("map", ["ra"]), edit("map/ra/who", "crane drivers", age=0)]
    laptop.answer({"kind": "save", "n": 1, "device": "laptop", "edits": typed})
    old = edit("map/ra/who", "typed offline before", age=900_000)
    reply = desk.answer({"kind": "save", "n": 1, "device": "phone", "edits": [old]})
    assert reply["overtaken"] == [
        {"path": "map/ra/who", "yours": "typed offline before", "now": "crane drivers"}
    ]
    assert reply["changed"]["map/ra/who"]["value"] == "crane drivers"


def test_a_database_without_room_is_said_and_the_page_may_try_again(desk, store):
    with store.session() as session:
        pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar()
        session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    long = [edit(f"map/r{i}/change", "x" * 15_000) for i in range(20)]
    rows = edit("map", [f"r{i}" for i in range(20)])
    reply = desk.answer({"kind": "save", "n": 4, "edits": [rows, *long]})
    assert reply["kind"] == "not-saved"
    assert reply["retry"]
    assert "no room" in reply["text"]


def test_an_error_of_ours_is_a_sentence(desk, monkeypatch, caplog):
    monkeypatch.setattr(desk.answers, "save", lambda *_: 1 / 0)
    reply = desk.answer({"kind": "save", "n": 4, "edits": []})
    assert reply["kind"] == "not-saved"
    assert "Traceback" not in reply["text"]
    assert "division" in caplog.text


def test_feedback_of_others_is_not_shown(store, data, at_page):
    from academy_widgets import pages

    document = {
        "points": 3,
        "max_points": 36,
        "checks": [],
        "rubric": [],
        "comments": [{"cell": "x", "text": "Well seen"}],
    }
    Feedback(store, COURSE.id).release("p-bao", "context-map", 1, document)
    for person, seen in (("amina", False), ("bao", True)):
        session = desk_of(person, store, data).session
        at_page(session)
        assert ("Well seen" in pages.feedback_page("context-map").data) is seen


def test_what_people_write_is_text_in_the_pages(store, data, at_page):
    from academy_widgets import pages

    attack = "<img src=x onerror=alert(1)>"
    with store.write() as session:
        session.get(PersonRow, "p-amina").display_name = attack
    document = {
        "points": 3,
        "max_points": 36,
        "checks": [{"id": "gone", "title": attack, "hint": attack, "earned": 0, "points": 2}],
        "rubric": [{"id": MAP.rubric[0].id, "score": 2.5, "points": 4, "comment": attack}],
        "comments": [{"cell": "x", "text": attack}],
    }
    Feedback(store, COURSE.id).release("p-amina", "context-map", 1, document)
    session = Session("p-amina", "facilitator", attack, "en", None, COURSE, store, data)
    at_page(session)
    for html in (pages.home_page().data, pages.feedback_page("context-map").data, pages.cohort_page().data):
        assert "<img" not in html
    assert "&lt;img" in pages.feedback_page("context-map").data


def test_the_cohort_is_for_facilitators_only(store, data, at_page):
    from academy_widgets import pages

    session = Session("p-amina", "participant", "amina", "en", None, COURSE, store, data)
    at_page(session)
    assert "bao" not in pages.cohort_page().data


def test_the_cohort_says_of_each_person_who_waits_for_whom(store, data, at_page):
    from academy_widgets import pages

    Releases(store, COURSE.id).release("context-map")
    session = Session("f-fatima", "facilitator", "fatima", "en", None, COURSE, store, data)
    at_page(session)
    assert "Not begun" in pages.cohort_page().data
    desk = desk_of("amina", store, data)
    desk.answer({"kind": "submit", "n": 1, "key": str(uuid.uuid4()), "edits": example()})
    assert "Waits for feedback (version 1)" in pages.cohort_page().data
    document = {"points": 1, "max_points": 2, "checks": [], "rubric": [], "comments": [], "submission": 1}
    Feedback(store, COURSE.id).release("p-amina", "context-map", 1, document)
    assert "Has feedback (version 1)" in pages.cohort_page().data
    desk.answer({"kind": "submit", "n": 2, "key": str(uuid.uuid4()), "edits": []})
    assert "Submitted again since the feedback (version 2)" in pages.cohort_page().data


def test_half_a_character_does_not_shut_anybody_out_of_their_form(desk, store, data):
    reply = desk.answer(
        {"kind": "save", "n": 1, "edits": [edit("map", ["ra"]), edit("map/ra/change", "half \ud83d of 😀")]}
    )
    document = desk_of("amina", store, data).document()
    assert document["values"]["map/ra/change"] == "half \ufffd of 😀"
    assert json_packer(reply)
    assert json_packer(document)


def test_a_number_beyond_all_measure_does_not_shut_anybody_out_of_their_form(desk, store, data):
    huge = edit("map/ra/power", 10**400)
    reply = desk.answer({"kind": "save", "n": 1, "edits": [edit("map", ["ra"]), huge]})
    assert list(reply["refused"]) == [huge["id"]]
    assert desk_of("amina", store, data).document()["values"] == {"map": ["ra"]}


def test_a_submission_whose_answer_was_lost_is_confirmed_even_if_the_exercise_has_closed(desk, store):
    Releases(store, COURSE.id).release("context-map")
    key = str(uuid.uuid4())
    first = desk.answer({"kind": "submit", "n": 1, "key": key, "edits": example()})
    Releases(store, COURSE.id).withdraw("context-map")
    again = desk.answer({"kind": "submit", "n": 2, "key": key, "edits": []})
    assert (again["kind"], again["submission"]) == ("submitted", first["submission"])
    other = desk.answer({"kind": "submit", "n": 3, "key": str(uuid.uuid4()), "edits": []})
    assert other["kind"] == "not-submitted"


def test_the_cohort_does_not_wait_for_feedback_on_what_is_private(store, data, at_page):
    from academy_widgets import pages

    session = Session("f-fatima", "facilitator", "fatima", "en", None, COURSE, store, data)
    at_page(session)
    journal = COURSE.exercise("journal-1")
    Answers(store, COURSE.id).submit("p-amina", journal.id, str(uuid.uuid4()), journal.version)
    html = pages.cohort_page().data
    assert "Done, for the person alone (version 1)" in html
    assert "Waits for feedback" not in html


def test_home_numbers_the_weeks_and_not_what_comes_before_them(store, data, at_page):
    from academy_widgets import pages

    session = Session("p-amina", "participant", "amina", "en", None, COURSE, store, data)
    at_page(session)
    lines = [line.strip() for line in pages.home_page().data.splitlines()]
    heads = [
        lines[n + 1]
        for n, line in enumerate(lines)
        if line.startswith('<p class="meta">Module') and n + 1 < len(lines)
    ]
    assert len(heads) == 4
    assert "transformation" in heads[0]
    assert '<p class="meta">Before you start</p>' in lines
