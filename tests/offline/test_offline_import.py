"""Answers files: taken once, beside what is there, and told apart when they are not what they should be."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from academy.course import load_course
from academy.offline.ticket import Seals, Ticket
from academy.people import Teams
from academy.people.leaving import remove
from academy.store import Answers, Edit
from academy_widgets.forms.offline_form import offline_form, paper_sheet
from tests.offline.conftest import COURSE
from tests.support.offline import unpacked_form

MAP = {"map": ["ra"], "map/ra/change": "The port unloads at night", "map/ra/urgency": 4}


def test_answers_of_a_file_are_in_the_form(office, amina):
    report = office.take(office.file(amina, MAP), by=amina)
    assert (report.taken, report.text) == (True, "Answers taken: 3.")
    assert report.exercise == "Context map"
    assert office.values(amina) == MAP


def test_the_same_file_may_come_twice(office, amina):
    file = office.file(amina, MAP)
    office.take(file, by=amina)
    again = office.take(file)
    assert (again.taken, again.text) == (True, "Already here from before: 3.")
    assert len(office.history(amina)) == 3


def test_what_was_typed_on_after_a_file_comes_with_the_next(office, amina):
    file = office.file(amina, MAP)
    office.take(file, by=amina)
    later = office.file(amina, {"map/ra/change": "Remote cranes unload the port at night"})
    file["edits"] = [file["edits"][0], file["edits"][2], later["edits"][0] | {"base": 0}]
    assert office.take(file, by=amina).text == "Answers taken: 1. Already here from before: 2."
    assert office.values(amina)["map/ra/change"] == "Remote cranes unload the port at night"


def test_a_newer_answer_in_the_app_stays_and_the_older_one_is_in_the_history(office, amina):
    office.take(office.file(amina, MAP), by=amina)
    file = office.file(amina, {"map/ra/change": "An hour ago"})
    file["ticket"] |= {}
    file["edits"][0] |= {"at": (datetime.now(UTC).timestamp() - 3600) * 1000, "base": 0}
    answers = Answers(office.store, COURSE)
    answers.save(amina, "context-map", [Edit("typed-in-the-app", "map/ra/change", "Just now")], "laptop")
    report = office.take(file, by=amina)
    assert "kept in the history and not shown: 1" in report.text
    assert office.values(amina)["map/ra/change"] == "Just now"
    assert "An hour ago" in [row.value for row in office.history(amina, "map/ra/change")]


def test_rows_added_here_and_there_are_all_there(office, amina):
    office.take(office.file(amina, MAP), by=amina)
    file = office.file(amina, {"map": ["ra", "rfile"], "map/rfile/who": "Cleaners at the airport"})
    base = office.history(amina, "map")[-1].id
    Answers(office.store, COURSE).save(
        amina, "context-map", [Edit("typed-in-the-app", "map", ["ra", "rapp"], base=base)], "laptop", ["map"]
    )
    office.take(file, by=amina)
    assert sorted(office.values(amina)["map"]) == ["ra", "rapp", "rfile"]


@pytest.mark.parametrize("days", [-400, 400])
def test_a_clock_that_is_wrong_moves_no_answer_before_the_form_or_after_now(office, amina, days):
    file = office.file(amina, MAP)
    issued = datetime.fromisoformat(file["ticket"]["issued"])
    for edit in file["edits"]:
        edit["at"] += timedelta(days=days).total_seconds() * 1000
    office.take(file, by=amina)
    for row in office.history(amina):
        assert issued - timedelta(seconds=1) <= row.edited_at <= datetime.now(UTC)


def test_a_dry_run_tells_the_same_and_keeps_nothing(office, amina):
    file = office.file(amina, MAP | {"map/ra/shoe": "size"})
    foretold = office.take(file, dry_run=True)
    assert foretold.text == (
        "Answers that would be taken: 3. Left out because they do not fit their fields: 1."
    )
    assert office.history(amina) == []
    assert office.take(file).text == foretold.text.replace("that would be taken", "taken")


def test_another_persons_file_is_told_apart(office, amina):
    bao = office.join("Bao")
    report = office.take(office.file(amina, MAP), by=bao)
    assert not report.taken
    assert "somebody else's form" in report.text
    assert (report.person, report.exercise) == ("", ""), "nothing is told about it"
    assert office.history(amina) == office.history(bao) == []


def test_a_facilitator_brings_everybodys_files(office, amina):
    bao = office.join("Bao")
    for person in (amina, bao):
        report = office.take(office.file(person, {"map": ["r1"]}))
        assert (report.taken, report.person) == (True, office.people.get(person).display_name)
    assert office.values(amina) == office.values(bao) == {"map": ["r1"]}


@pytest.mark.parametrize("part", ["course", "exercise", "version", "person", "owner", "issued", "seal"])
def test_a_changed_identity_is_found_out(office, amina, part):
    bao = office.join("Bao")
    file = office.file(bao, MAP)
    forged = {"person": amina, "owner": amina, "issued": "2020-01-01T00:00:00+00:00"}
    file["ticket"][part] = forged.get(part, file["ticket"][part][:-1] + "x")
    for by in (None, amina, bao):
        report = office.take(file, by=by)
        assert not report.taken
        assert "is not as this course wrote it" in report.text
    assert office.history(amina) == office.history(bao) == []


def test_a_file_sealed_by_another_server_is_found_out(office, amina, tmp_path):
    from tests.offline.conftest import Office

    other = Office(tmp_path / "other")
    file = other.file(other.join("Amina"), MAP)
    assert "is not as this course wrote it" in office.take(file).text
    other.store.close()


def resealed(office, file, **changed):
    from academy.offline import Seals, Ticket

    ticket = {name: value for name, value in file["ticket"].items() if name != "seal"} | changed
    return file | {"ticket": Seals(office.data.secret).sealed(Ticket(**ticket))}


def test_a_file_of_another_course_or_exercise_is_told_apart(office, amina):
    file = office.file(amina, MAP)
    assert "another course" in office.take(resealed(office, file, course="other")).text
    assert "not in the course any more" in office.take(resealed(office, file, exercise="gone")).text
    exercise = office.course.exercises[0]
    other = exercise.model_copy(update={"id": "poster", "title": "Poster"})
    course = office.course.model_copy(update={"exercises": (*office.course.exercises, other)})
    report = office.take(file, course=course, by=amina, expected="poster")
    assert not report.taken
    assert "These are the answers to “Context map”, not to “Poster”" in report.text
    assert office.history(amina) == []


def test_a_file_of_another_version_is_told_apart_and_what_fits_is_taken_when_asked_for(office, amina):
    file = resealed(office, office.file(amina, MAP | {"map/ra/gone": "x"}), version="0123456789abcdef")
    report = office.take(file, by=amina)
    assert (report.taken, report.fits) == (False, 3)
    assert "has changed since this form was downloaded" in report.text
    assert office.history(amina) == []
    report = office.take(file, by=amina, fit=True)
    assert (report.taken, report.refused) == (True, (("map/ra/gone", "x"),))
    assert office.values(amina) == MAP


def test_who_has_no_access_any_more_is_named_as_the_reason(office, amina):
    file = office.file(amina, MAP)
    office.people.set_active(amina, False)
    said = office.take(file).text
    assert said.startswith("Amina has left the course.")
    assert f"academy people readmit {amina}." in said
    assert "You are not in this course any more" in office.take(file, by=amina).text
    assert office.history(amina) == []
    remove(office.people, amina, "delete")
    assert "has been removed from the course" in office.take(file).text


def test_a_team_gets_the_answers_and_a_team_that_changed_does_not(office, amina):
    before = office.file(amina, MAP)
    team = Teams(office.store, office.course.id).make("The night shift", [amina, office.join("Bao")])
    assert "Download the form again" in office.take(before, by=amina).text
    assert "Ask Amina to download the form again" in office.take(before).text
    report = office.take(office.file(amina, MAP), by=amina)
    assert report.taken
    assert office.values(team.id) == MAP
    assert {row.author for row in office.history(team.id)} == {amina}
    assert office.history(amina) == []


@pytest.mark.parametrize(
    "edit",
    [
        {"path": "map/ra/urgency", "value": {"deep": 1}},
        {"path": "map/ra/change", "value": "x" * 30_000},
        {"path": "map/ra/nothing", "value": "x"},
        {"path": "../../etc", "value": "x"},
        {"path": "map/ra/change", "value": 7},
        {"id": "no", "path": "map/ra/change", "value": "x"},
        {"path": ["map"], "value": "x"},
    ],
)
def test_answers_that_no_form_sends_are_left_out_and_listed(office, amina, edit):
    file = office.file(amina, MAP)
    file["edits"].append(file["edits"][0] | {"id": "another-edit"} | edit)
    report = office.take(file, by=amina)
    assert report.text.endswith("Left out because they do not fit their fields: 1.")
    assert len(report.refused) == 1
    assert office.values(amina) == MAP


@pytest.mark.parametrize("edit", [None, 7, "x", [], {}])
def test_things_among_the_answers_that_are_none_are_left_out(office, amina, edit):
    file = office.file(amina, MAP)
    file["edits"].append(edit)
    assert len(office.take(file, by=amina).refused) == 1
    assert office.values(amina) == MAP


@pytest.mark.parametrize("at", [None, "yesterday", 1e300, -1e14, float("inf"), True])
def test_an_answer_without_a_proper_time_counts_as_typed_meanwhile(office, amina, at):
    file = office.file(amina, MAP)
    for edit in file["edits"]:
        edit |= {"at": at, "base": at}
    assert office.take(file, by=amina).taken
    assert office.values(amina) == MAP


def test_a_cell_of_a_row_that_is_in_no_list_is_not_kept(office, amina):
    strays = {f"map/r{number:03}/change": "x" for number in range(300)}
    assert office.take(office.file(amina, MAP | strays), by=amina).taken
    assert office.values(amina) == MAP


def test_halves_of_characters_do_no_harm(office, amina):
    content = json.dumps(office.file(amina, {"map": ["ra"], "map/ra/change": "port \ud83d"})).encode()
    assert office.take(content, by=amina).taken
    assert office.values(amina)["map/ra/change"] == "port \ufffd"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is not an answers file"),
        (b"\xff\xfe\x00", "is not an answers file"),
        (b"[1]", "is not an answers file"),
        (b'{"kind": "other"}', "is not an answers file"),
        (b"[" * 100_000, "is not an answers file"),
        (b'{"kind": "academy-answers", "x": ' + b"[" * 900 + b"]" * 900 + b"}", "is not an answers file"),
        (b'{"kind": "academy-answers", "format": 2, "edits": []}', "is damaged"),
        (b'{"kind": "academy-answers", "format": 1, "edits": {}}', "is damaged"),
        (b'{"kind": "academy-answers", "format": 1, "edits": [], "ticket": []}', "not as this course wrote"),
        (b"<!DOCTYPE html><html>", "This is the form itself"),
        (b" " * (2 * 1024 * 1024 + 1), "is too large"),
    ],
)
def test_what_is_no_answers_file_is_said_so(office, content, sentence):
    report = office.take(content)
    assert not report.taken
    assert sentence in report.text


def test_a_downloaded_form_is_not_mistaken_for_its_answers(office, amina):
    assert "This is the form itself" in office.take(office.form(amina), by=amina).text


def test_reports_speak_the_readers_language(office, amina):
    course = load_course(COURSE, "ar")
    report = office.take(office.file(amina, MAP), course=course, language="ar")
    assert (report.taken, report.exercise) == (True, "خريطة السياق")
    assert "Answers" not in report.text


def test_the_intro_is_read_without_the_stars_of_its_markdown(office, amina):
    session = office.session(amina)
    exercise = session.course.exercise("context-map")
    exercise = exercise.model_copy(update={"intro": "A *persona* is **never** one.\n\n2 * 3 * 4 stays."})
    assert paper_sheet(session, exercise)["intro"] == "A persona is never one.\n\n2 * 3 * 4 stays."
    assert "<p>A persona is never one.</p>" in offline_form(session, exercise).decode()


def test_the_end_of_a_name_keeps_its_order_among_arabic_words(office):
    assert "\u2066.answers.json\u2069" in office.take(b"", language="ar").text
    assert office.take(b"").text.endswith("ends in .answers.json.")


def test_a_form_with_newer_answers_does_not_bring_old_ones_back(office, amina):
    office.take(office.file(amina, MAP), by=amina)
    data = unpacked_form(office.form(amina))["data"]
    assert data["doc"]["values"] == MAP
    assert set(data["doc"]["revs"]) == set(MAP)


def test_a_form_of_an_exercise_that_is_gone_is_told_to_each_in_their_way(office, amina):
    file = office.file(amina, MAP)
    left = tuple(exercise for exercise in office.course.exercises if exercise.id != "context-map")
    without = office.course.model_copy(update={"exercises": left})
    own, brought = office.take(file, without, by=amina), office.take(file, without)
    assert (own.taken, brought.taken) == (False, False)
    assert "not in the course any more. Nothing was taken. Please ask your facilitator." in own.text
    assert "Put the exercise back, or ask for the answers in another form." in brought.text
    assert office.history(amina) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda sealed: None,
        lambda sealed: [sealed],
        lambda sealed: {**sealed, "seal": None},
        lambda sealed: {**sealed, "seal": sealed["seal"][::-1]},
        lambda sealed: {**sealed, "version": 3},
        lambda sealed: {name: value for name, value in sealed.items() if name != "owner"},
    ],
)
def test_what_is_no_ticket_of_ours_is_none(change):
    seals, long = Seals(b"s" * 32), "v" * 100
    ticket = Ticket("course", "map", long, "p-amina", "p-amina", "2026-03-10T09:00:00+00:00")
    assert seals.ticket(seals.sealed(ticket)) == ticket
    assert seals.ticket(change(seals.sealed(ticket))) is None
    assert Seals(b"t" * 32).ticket(seals.sealed(ticket)) is None
    assert seals.ticket(seals.sealed(replace(ticket, version=f"{long}v"))) is None
