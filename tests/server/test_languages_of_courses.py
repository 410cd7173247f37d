"""Courses in languages that the interface does not speak: what the course says is its own, the rest says what it is."""

import re

import pytest
from bs4 import BeautifulSoup

from academy.course import load_course
from academy.live import Live
from academy.peers.rounds import Round
from academy.store import Answers, Edit, Releases
from tests.support.offline import unpacked_form
from tests.support.server import AcademyServer
from tests.support.tongues import LESSON, TITLE, WHAT, course_in
from tests.support.visitor import Visitor


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """Serve the course in languages: each once, its exercises open."""
    servers = {}

    def serve(*tags):
        if tags not in servers:
            root = tmp_path_factory.mktemp("course")
            root_course = course_in(root, *tags)
            server = AcademyServer(root / "data", notebooks=str(root / "notebooks"), course="workshop")
            server.course = load_course(root_course)
            for name in ("story", "story-reviews"):
                Releases(server.store, "workshop").release(name)
            servers[tags] = server.start(ACADEMY_EXERCISES=str(root / "exercises"))
        return servers[tags]

    yield serve
    for server in servers.values():
        server.close()


@pytest.fixture
def visit():
    """Somebody at a server: nobody known, or with a name a new person who has signed in, whose id is `.person`."""
    there = []

    def come(server, name="", language=None, role="participant", **settings):
        visitor = Visitor(server.url, **settings)
        there.append(visitor)
        if name:
            added = server.people.add(name, role=role, language=language)
            visitor.sign_in(added.code)
            visitor.person = added.person.id
        return visitor

    yield come
    for visitor in there:
        visitor.close()


def page(answer):
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "html.parser")


def root_of(html):
    return html.html["lang"], html.html["dir"], html.html.get("data-said")


def language_of(html, text):
    """The language and direction of the part in which a text stands, as a browser finds them."""
    part = next(
        p for p in html.find_all(string=re.compile(re.escape(text))) if not p.find_parent(["script", "title"])
    )
    tagged = part.find_parent(lang=True)
    return tagged["lang"], tagged["dir"]


@pytest.mark.parametrize(("tag", "way"), [("es", "ltr"), ("ur", "rtl")])
def test_a_page_is_in_the_language_of_the_course_and_its_menu_in_that_of_the_interface(
    opened, tag, way, visit
):
    html = page(visit(opened(tag), "Amina").get("voila/render/week-1.ipynb"))
    assert root_of(html) == (tag, way, "en")
    assert language_of(html, LESSON[tag].split("\n")[2]) == (tag, way)
    assert language_of(html, "Sign out on all devices") == ("en", "ltr")
    assert language_of(html, "Get work to review") == ("en", "ltr")
    assert html.find("script", src=re.compile("said-"))


def test_the_first_page_speaks_both(opened, visit):
    html = page(visit(opened("ur"), "Amina").get("voila/render/home.ipynb"))
    assert root_of(html) == ("ur", "rtl", "en")
    assert language_of(html, "What is next") == ("en", "ltr")
    assert language_of(html, TITLE["ur"]) == ("ur", "rtl")


def test_who_signs_in_is_spoken_to_in_the_interface_language(opened, visit):
    html = page(visit(opened("ur")).get("login"))
    assert root_of(html) == ("ur", "rtl", "en")
    assert language_of(html, "Your code") == ("en", "ltr")
    assert language_of(html, TITLE["ur"]) == ("ur", "rtl")


def test_a_browser_gets_the_nearest_language_of_the_course(opened, visit):
    server = opened("en", "pt-BR")

    def asked(languages):
        return root_of(page(visit(server, headers={"Accept-Language": languages}).get("login")))

    assert asked("pt-PT,en;q=0.5") == ("pt-BR", "ltr", "en")
    assert asked("pt-BR") == ("pt-BR", "ltr", "en")
    assert asked("en-US,pt-BR;q=0.9") == ("en", "ltr", None)
    assert asked("ja") == ("en", "ltr", None)


def test_somebody_chooses_any_language_of_the_course(opened, visit):
    server = opened("en", "pt-BR")
    visitor = visit(server, "Amina")
    html = page(visitor.get("voila/render/week-1.ipynb"))
    assert root_of(html) == ("en", "ltr", None)
    choice = html.find("button", value="pt-BR")
    assert (choice["lang"], choice["dir"], choice.text) == ("pt-BR", "ltr", "Português (Brasil)")
    visitor.post("language", data={"_xsrf": visitor.xsrf(), "lang": "pt-BR", "next": "/"})
    assert next(p for p in server.people.all() if p.id == visitor.person).language == "pt-BR"
    html = page(visitor.get("voila/render/week-1.ipynb"))
    assert root_of(html) == ("pt-BR", "ltr", "en")
    assert "Todos aprendem com todos." in html.text
    visitor.post("language", data={"_xsrf": visitor.xsrf(), "lang": "ur", "next": "/"})
    assert next(p for p in server.people.all() if p.id == visitor.person).language == "pt-BR"


@pytest.mark.parametrize(("tag", "way"), [("es", "ltr"), ("ur", "rtl")])
def test_the_form_in_a_file_and_on_paper_keeps_both_languages(opened, tag, way, visit):
    visitor = visit(opened(tag), "Amina")
    answer = visitor.get("offline/story.html")
    html = page(answer)
    assert root_of(html) == (tag, way, "en")
    assert language_of(html, "works without internet") == ("en", "ltr")
    data = unpacked_form(answer.content)["data"]
    assert (data["lang"], data["dir"]) == (tag, way)
    assert data["spec"]["fields"][0]["label"] == WHAT[tag]
    assert data["texts"]["required"] == "\u2066required\u2069"
    sheet = visitor.get("paper/story.json").json()
    assert sheet["course"] == TITLE[tag]
    assert all(text.startswith("\u2066") for text in sheet["texts"].values())


@pytest.mark.parametrize("tag", ["es", "ur", "pt-BR"])
def test_the_passport_is_taken_away_in_every_form(opened, tag, visit):
    visitor = visit(opened("en", tag) if tag == "pt-BR" else opened(tag), "Amina", tag)
    assert visitor.get("passport/file.pdf").content.startswith(b"%PDF")
    assert root_of(page(visitor.get("passport/file.html")))[0] == tag
    assert visitor.get("passport/file.docx").content.startswith(b"PK")


def test_a_live_room_asks_in_the_language_of_the_course(opened, visit):
    server = opened("ur")
    live = Live(server.store, server.course, server.data.secret)
    laila = visit(server, "Laila", role="facilitator").person
    room = live.start("webinar-1", laila)
    room.do("open", laila, activity="asked")
    html = page(visit(server, "Omar").get(f"live/{room.code}"))
    assert root_of(html) == ("ur", "rtl", "en")
    assert language_of(html, "Your answer") == ("en", "ltr")
    assert language_of(html, WHAT["ur"]) == ("ur", "rtl")


def test_a_review_shows_words_of_the_course_in_its_language(opened, visit):
    server = opened("ur")
    answers = Answers(server.store, "workshop")
    people = [visit(server, name) for name in ("Bao", "Carmen")]
    for one in people:
        answers.save(one.person, "story", [Edit(f"edit-{one.person}", "what", "ہم نے ہڑتال کی")])
        answers.submit(one.person, "story", f"key-{one.person}", "v1", "ur")
    Round(server.store, server.course, server.course.exercise("story-reviews")).next_for(people[0].person)
    html = page(people[0].get("voila/render/week-1.ipynb"))
    work = next(p for p in html.find_all(string=re.compile("ہم نے ہڑتال کی")) if p.parent.name != "script")
    assert work.find_parent(dir=re.compile("rtl|auto"))
    assert work.find_parent(lang=True)["lang"] == "ur"
    assert language_of(html, "Written in") == ("en", "ltr")
    assert "اردو" in html.find(string=re.compile("Written in"))
