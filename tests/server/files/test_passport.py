"""The passport of who asks, and of nobody else."""

import io
import json
import secrets

import docx
import pytest

from academy.course import load_course
from academy.store import Answers, Edit, Releases
from tests.course.chained import write
from tests.support.server import AcademyServer

KINDS = ["pdf", "html", "docx", "json"]
PASSPORT = "title: Our passport\npages: [{id: holder, code: P1, title: Holder, shows: [groups.union]}]\n"
NASTY = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def academy_server(pages, tmp_path_factory):
    root = tmp_path_factory.mktemp("courses")
    folder = write(root / "exercises")
    (folder / "passport.yaml").write_text(PASSPORT)
    named = {"notebooks": "notebooks", "template": "template", "assets": "assets"}
    options = {name: str(pages / part) for name, part in named.items()} | {"ip": "127.0.0.1"}
    with AcademyServer(root / "academy-data", **options).start(
        ACADEMY_EXERCISES=str(folder.parent)
    ) as server:
        server.course = load_course(folder)
        for exercise in server.course.exercises:
            Releases(server.store, server.course.id).release(exercise.id)
        yield server


@pytest.fixture
def holder(server, visit):
    """Somebody who has written the name of a union."""

    def come(name, union):
        visitor = visit()
        added = server.people.add(name)
        visitor.sign_in(added.code)
        Answers(server.store, server.course.id).save(
            added.person.id, "groups", [Edit(secrets.token_hex(6), "union", union)]
        )
        return visitor

    return come


@pytest.mark.parametrize("kind", KINDS)
def test_everybody_gets_their_own_passport(holder, kind):
    amina, bao = holder("Amina", "Lantern Bay"), holder("Bao", "Old Harbour")
    for visitor, own, other in ((amina, "Lantern Bay", "Old Harbour"), (bao, "Old Harbour", "Lantern Bay")):
        answer = visitor.get(f"passport/file.{kind}")
        assert answer.status_code == 200
        assert "attachment" in answer.headers["content-disposition"]
        assert answer.headers["cache-control"] == "no-store"
        text = _text(kind, answer.content)
        if kind == "pdf":  # its letters are packed; the other kinds show whose it is
            continue
        assert own in text
        assert other not in text


def _text(kind, content):
    if kind == "docx":
        return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)
    if kind == "pdf":
        assert content.startswith(b"%PDF-")
    return content.decode("utf-8", "replace")


@pytest.mark.parametrize("address", ["passport", *(f"passport/file.{kind}" for kind in KINDS)])
def test_who_is_not_signed_in_is_sent_to_the_door(visit, address):
    answer = visit().get(address)
    assert answer.status_code == 302
    assert "login" in answer.headers["location"]


@pytest.mark.parametrize("address", ["passport/file.exe", "passport/p-amina/file.pdf", "passport/file.pdf/x"])
def test_there_is_no_other_address(holder, address):
    assert holder("Amina", "Lantern Bay").get(address).status_code == 404


@pytest.mark.parametrize("role", ["facilitator", "mentor"])
def test_a_facilitator_or_mentor_gets_their_own_and_not_a_participants(holder, visit, role):
    holder("Amina", "Lantern Bay")
    text = visit("Mona", role=role).get("passport/file.json?person=Amina").text
    assert "Lantern Bay" not in text


def test_a_pdf_that_would_lack_letters_says_so_first_and_offers_the_others(holder):
    visitor = holder("Amina", "Harbour \U00100000")
    answer = visitor.get("passport/file.pdf")
    assert answer.status_code == 409
    assert "content-disposition" not in answer.headers
    assert "can&#39;t show some letters" in answer.text
    assert "\U00100000" in answer.text
    for kind in ("html", "docx"):
        assert f"passport/file.{kind}" in answer.text
    assert visitor.get("passport/file.html").status_code == 200
    anyway = visitor.get("passport/file.pdf?anyway=1")
    assert anyway.status_code == 200
    assert b"pdfuaid" not in anyway.content
    assert visitor.get("passport").status_code == 200


def test_what_was_written_stays_text(holder):
    page = holder(NASTY[:20], NASTY).get("passport/file.html").text
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def send(visitor, content, **more):
    fields = {"_xsrf": visitor.xsrf(), **more}
    return visitor.post(
        "passport/start", data=fields, files={"passport": ("p.json", content, "application/json")}
    )


def test_a_passport_begins_from_a_colleagues_file(holder, visit, server):
    file = holder("Amina", "Lantern Bay").get("passport/file.json").content
    bao = visit("Bao")
    answer = send(bao, file)
    assert (answer.status_code, answer.headers["location"]) == (302, f"/c/{server.edition}/passport?taken=1")
    assert "have answers now: 1" in bao.get("passport?taken=1").text
    assert "Lantern Bay" in bao.get("passport/file.json").text


def test_a_file_is_taken_for_who_sends_it_and_for_nobody_else(holder, visit):
    file = holder("Amina", "Lantern Bay").get("passport/file.json").content
    bao, chi = visit("Bao"), holder("Chi", "Sandgate")
    send(bao, file, person="Chi", owner="Chi")
    assert "Lantern Bay" not in chi.get("passport/file.json").text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "No file was chosen"),
        (b"not json", "no passport"),
        (b"[]", "no passport"),
        (b"[" * 100_000, "no passport"),
        (b"[" * 900 + b"]" * 900, "no passport"),
    ],
    ids=["empty", "text", "list", "deep", "deep to the end"],
)
def test_another_file_is_refused_with_a_sentence(visit, content, words):
    answer = send(visit("Bao"), content)
    assert answer.status_code == 409
    assert words in answer.text


def test_a_file_as_large_as_a_whole_passport_arrives_and_a_larger_one_is_refused(visit):
    assert "no passport" in send(visit("Bao"), json.dumps({"x": "y" * 900_000}).encode()).text
    assert "too large" in send(visit("Chi"), b"x" * 1_010_000).text


def test_without_the_word_of_the_form_nothing_is_taken(holder, visit):
    file = holder("Amina", "Lantern Bay").get("passport/file.json").content
    bao = visit("Bao")
    assert bao.post("passport/start", files={"passport": ("p.json", file)}).status_code == 403
    assert "Lantern Bay" not in bao.get("passport/file.json").text


def test_nobody_begins_from_a_file_without_signing_in(visit):
    answer = send(visit(), b"{}")
    assert answer.status_code in (302, 403)
