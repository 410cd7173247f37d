"""Forms as files, paper, and answers that come back: whose they are, and for whom."""

import json
import re
from urllib.parse import unquote

import httpx
import pytest

from academy.store import Answers, Edit
from tests.support.offline import answers_file, unpacked_form

COURSE = "innovative-workers-education"
FORM = "offline/context-map.html"


@pytest.fixture
def amina(server, visit):
    """Amina, signed in, with an answer of her own; gives the visitor and the pseudonym."""
    new = server.people.add("Amina")
    edit = Edit("typed-by-amina", "map/r1/change", "The port unloads at night")
    Answers(server.store, COURSE).save(new.person.id, "context-map", [edit])
    return visit().sign_in(new.code), new.person.id


def bring(visitor, *files, address="answers", **fields):
    """Send answers files as the page does."""
    sent = [("files", (f"{n}.answers.json", json.dumps(file).encode())) for n, file in enumerate(files)]
    sent = sent or [("files", ("", b""))]
    return visitor.post(address, files=sent, data={"_xsrf": visitor.xsrf(), **fields})


def values(server, person):
    return Answers(server.store, COURSE).draft(person, "context-map").values


def test_a_form_is_a_file_with_its_owners_answers(amina):
    visitor, person = amina
    answer = visitor.get(FORM)
    assert answer.status_code == 200
    plain, named = answer.headers["content-disposition"].split("; ")[1:]
    assert plain == 'filename="context-map.html"'
    assert re.fullmatch(
        r"filename\*=UTF-8''Context map - Amina( \(\d+\))? - \d{4}-\d\d-\d\d\.html", unquote(named)
    )
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["cache-control"] == "no-store"
    data = unpacked_form(answer.content)["data"]
    assert data["ticket"]["person"] == person
    assert data["doc"]["values"] == {"map/r1/change": "The port unloads at night"}


def test_everybody_else_gets_a_form_of_their_own_and_nobody_none(amina, visit):
    for role in ("participant", "mentor", "facilitator"):
        data = unpacked_form(visit("Bao", role=role).get(FORM).content)["data"]
        assert "values" not in data["doc"]
        assert data["ticket"]["person"] != amina[1]
    for address in (FORM, "paper/context-map.json", "answers", "answers/context-map"):
        answer = visit().get(address)
        assert answer.status_code == 302, address
        assert "/login" in answer.headers["location"]


def test_answers_come_back_into_their_owners_form(server, amina):
    visitor, person = amina
    file = answers_file(visitor.get(FORM).content, {"map/r1/who": "Crane drivers"})
    answer = bring(visitor, file, address="answers/context-map")
    assert answer.status_code == 200
    assert "Answers taken: 1." in answer.text
    assert values(server, person)["map/r1/who"] == "Crane drivers"
    assert "Already here from before: 1." in bring(visitor, file).text


def test_a_text_that_was_pasted_is_as_good_as_a_file(server, amina):
    visitor, person = amina
    text = json.dumps(answers_file(visitor.get(FORM).content, {"map/r1/who": "Crane drivers"}))
    assert "Answers taken: 1." in bring(visitor, text=text).text
    assert values(server, person)["map/r1/who"] == "Crane drivers"


def test_another_identity_brings_nothing_in_for_amina(server, amina, visit):
    visitor, person = amina
    file = answers_file(visitor.get(FORM).content, {"map/r1/change": "Not hers"})
    before = values(server, person)
    for role in ("participant", "mentor"):
        answer = bring(visit("Bao", role=role), file)
        assert "somebody else&#39;s form" in answer.text
        assert "Amina" not in answer.text
    assert values(server, person) == before


def test_nobody_brings_nothing_in(server, amina, visit):
    visitor, person = amina
    file = answers_file(visitor.get(FORM).content, {"map/r1/change": "Not hers"})
    before = values(server, person)
    nobody = visit()
    assert bring(nobody, file).status_code == 403
    assert nobody.post("answers", files=[("files", ("a.json", b"{}"))]).status_code == 403
    assert visitor.post("answers", files=[("files", ("a.json", json.dumps(file)))]).status_code == 403
    assert values(server, person) == before


def test_a_facilitator_brings_many_files_and_a_bad_one_spoils_nothing(server, visit):
    people = [server.people.add(name) for name in ("Chen", "Dina")]
    files = [
        answers_file(visit().sign_in(new.code).get(FORM).content, {"map": ["r1"], "map/r1/who": f"Group {n}"})
        for n, new in enumerate(people)
    ]
    forged = files[0] | {"ticket": files[0]["ticket"] | {"person": people[1].person.id}}
    answer = bring(visit("Mona", role="facilitator"), files[0], forged, files[1])
    assert answer.text.count("Answers taken: 2.") == 2
    assert answer.text.count("is not as this course wrote it") == 1
    assert "Chen" in answer.text
    for n, new in enumerate(people):
        assert values(server, new.person.id) == {"map": ["r1"], "map/r1/who": f"Group {n}"}


def test_what_a_file_says_is_text_on_the_page(amina):
    visitor, _person = amina
    hostile = "<script>alert(1)</script>"
    file = answers_file(visitor.get(FORM).content, {"map/r1/nothing": hostile})
    answer = visitor.post(
        "answers",
        data={"_xsrf": visitor.xsrf()},
        files=[("files", (f"{hostile}.json", json.dumps(file).encode()))],
    )
    assert "Left out because they do not fit" in answer.text
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text


def test_no_file_at_all_is_asked_for(amina):
    answer = bring(amina[0])
    assert (answer.status_code, "Please choose an answers file" in answer.text) == (400, True)


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x"])
def test_what_no_form_sends_is_refused_and_is_no_fault_of_the_server(amina, visit, kind):
    for who in (amina[0], visit()):
        answer = who.post("answers", content=b"--x\r\nfoo", headers={"Content-Type": kind})
        assert answer.status_code == 400


def test_bodies_have_their_limits(amina, visit):
    visitor, _person = amina
    large = {"kind": "academy-answers", "filler": "x" * 300_000}
    assert "is damaged" in bring(visitor, large).text, "larger than other forms may be"
    for size in (3_000_000, 30_000_000):
        answer = bring(visitor, {"filler": "x" * size})
        assert (answer.status_code, "is too large for answers files" in answer.text) == (413, True)
    try:
        status = bring(visit(), {"filler": "x" * 100_000}).status_code
    except httpx.TransportError:  # the server closes the line before it has read everything
        status = 400
    assert status in (400, 403)


def test_a_facilitators_paper_has_room_for_somebodys_name(visit):
    assert visit("Mona", role="facilitator").get("paper/context-map.json").json()["name"] == ""


def test_the_paper_has_the_intro_in_the_persons_language(server, visit):
    new = server.people.add("Amina", language="ar")
    sheet = visit().sign_in(new.code).get("paper/context-map.json").json()
    assert set(sheet) == {"course", "intro", "name", "texts"}
    assert sheet["name"].startswith("Amina")
    assert sheet["texts"]["paper_name"] != "Name or code"
    assert "الدورة" in sheet["intro"]


@pytest.mark.parametrize("address", ["offline/nothing.html", "paper/nothing.json", "answers/nothing"])
def test_exercises_that_are_not_there_are_not_found(amina, address):
    assert amina[0].get(address).status_code == 404
