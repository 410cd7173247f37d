"""The passport as a paper and as a file."""

import json

import pytest

from academy.course import load_course
from academy.documents.passport import PASSPORT
from academy.exports import Answer, Drawing, Grid, Paragraph
from academy.exports.html import to_html
from academy.exports.passport import file_name, paper_of, to_json
from academy.passport import Passport
from academy.passport.travel import begin_from, travel_of
from academy.store import Releases


@pytest.fixture
def passport(store, course, amina):
    amina.fill("groups", "plan", "diary-1")
    amina.submit("groups")
    return Passport.of(store, course, amina.person)


def section(paper, title):
    return next(section for section in paper.sections if title in section.title)


def test_every_page_of_the_passport_is_in_the_paper_and_the_thread_after_them(passport):
    paper = paper_of(passport)
    titles = [section.title for section in paper.sections]
    assert titles[: len(passport.pages)] == [f"{page.code} {page.title}" for page in passport.pages]
    assert titles[-1] == "The golden thread"
    assert (paper.title, dict(paper.facts)["Holder"]) == ("Our passport", "Amina")


def test_texts_tables_pictures_and_stamps_are_there(passport):
    paper = paper_of(passport)
    assert Answer("Union", "Lantern Bay") in section(paper, "Holder").blocks or any(
        isinstance(block, Answer) and block.text == "Lantern Bay" for block in section(paper, "Holder").blocks
    )
    kinds = {type(block) for block in section(paper, "People").blocks}
    assert {Grid, Drawing} <= kinds
    (stamps,) = [block for block in section(paper, "Stamps").blocks if isinstance(block, Grid)]
    assert stamps.rows[0][1:3] == ["stamped", "1/1"]


def test_missing_links_of_the_thread_are_told_in_sentences(store, course, amina):
    amina.fill("groups")
    paper = paper_of(Passport.of(store, course, amina.person))
    sentences = [b.text for b in section(paper, "golden thread").blocks if isinstance(b, Paragraph)]
    assert "No step is planned." in sentences


def test_an_empty_page_says_so(store, course):
    paper = paper_of(Passport.of(store, course, "p-amina"))
    assert section(paper, "Holder").blocks[-1].text == "Nothing is written here yet."


def test_the_paper_speaks_the_language_of_the_course(store, course, folder, amina):
    amina.fill("groups")
    arabic = load_course(folder, "ar")
    page = to_html(paper_of(Passport.of(store, arabic, amina.person))).decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "جوازنا" in page


def test_the_travel_log_is_on_its_page(store, course, folder, passport):
    plan = folder / "passport.yaml"
    plan.write_text(plan.read_text("utf-8").replace("part: stamps", "part: travel-log"), "utf-8")
    for exercise in course.exercises:
        Releases(store, course.id).release(exercise.id)
    begin_from(store, course, "p-bao", json.loads(to_json(passport)))
    found = Passport.of(store, load_course(folder), "p-bao")
    text = " ".join(
        b.text for b in section(paper_of(found, travel_of(store, course, "p-bao")), "Stamps").blocks
    )
    assert "of Amina" in text
    assert "0 changed and 0 dropped" in text


def test_the_file_has_no_personal_answers(passport):
    document = json.loads(to_json(passport))
    assert json.dumps(document, ensure_ascii=False, indent=1).encode() == to_json(passport)
    assert PASSPORT.check(document) == document
    assert document["format"] == "academy-passport/1"
    assert set(document["answers"]) == {"groups", "plan"}


def test_the_name_of_a_file_is_plain(passport):
    assert file_name(passport, "pdf") == "passport-amina.pdf"
    strange = Passport(passport.course, 'Äé "x"/../ناديا', "", (), (), (), None)
    assert file_name(strange, "pdf") == "passport-x.pdf"
