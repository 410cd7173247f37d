"""The buttons of peer review, pressed by those who may and by those who may not."""

import secrets

import pytest

from academy.course import load_course
from academy.peers.round_records import RoundRecord
from academy.peers.rounds import Round
from academy.store import Answers, Edit, Releases
from tests.peers.small import small_course
from tests.support.server import AcademyServer
from tests.support.visitor import Visitor

BACK = "/voila/render/home.ipynb"


@pytest.fixture(scope="module")
def academy_server(pages, tmp_path_factory):
    root = tmp_path_factory.mktemp("courses")
    folder = small_course(root)
    named = {"notebooks": "notebooks", "template": "template", "assets": "assets"}
    options = {name: str(pages / part) for name, part in named.items()} | {"ip": "127.0.0.1"}
    with AcademyServer(root / "academy-data", **options).start(
        ACADEMY_EXERCISES=str(folder.parent)
    ) as server:
        server.course = load_course(folder)
        Releases(server.store, "small").release("idea-reviews")
        yield server


@pytest.fixture
def book(server):
    return RoundRecord(server.store, server.course, server.course.exercise("idea-reviews"))


@pytest.fixture
def author(server):
    """Somebody new whose work waits."""

    def come(name):
        person = server.people.add(name).person.id
        answers = Answers(server.store, "small")
        answers.save(person, "idea", [Edit(secrets.token_hex(6), "what", "A circle")])
        answers.submit(person, "idea", secrets.token_hex(6), "v1")
        return person

    return come


@pytest.fixture
def press(server):
    """Press a button as a person; `None` is somebody who has not signed in."""
    opened = []

    def send(who, act, round_id="idea-reviews", **fields):
        visitor = Visitor(server.url)
        opened.append(visitor)
        if who is not None:
            visitor.sign_in(server.people.link_and_code(who)[1])
        data = {"_xsrf": visitor.xsrf(), "next": BACK, **fields}
        return visitor.post(f"reviews/{round_id}/{act}", data=data)

    yield send
    for visitor in opened:
        visitor.close()


def test_the_next_work_is_taken_and_the_page_opens_again(press, author, book):
    amina, bao = author("Amina"), author("Bao")
    answer = press(amina, "next")
    assert (answer.status_code, answer.headers["location"]) == (302, BACK)
    (task,) = book.tasks(amina)
    assert task.author != amina
    press(amina, "back", key=task.key)
    assert book.tasks(amina) == []
    assert bao


def test_who_asks_when_no_work_waits_is_told_so_where_they_asked(press, author, server):
    amina = author("Amina")
    round_ = Round(server.store, server.course, server.course.exercise("idea-reviews"))
    while task := round_.next_for(amina):
        round_.finish(amina, task.key, 1)
    assert press(amina, "next").headers["location"] == f"{BACK}#idea-reviews-none"
    assert press(amina, "back", key="x").status_code == 409


def test_nobody_gives_back_the_work_of_another(press, author, book):
    amina, bao = author("Amina"), author("Bao")
    press(amina, "next")
    (task,) = book.tasks(amina)
    answer = press(bao, "back", key=task.key)
    assert answer.status_code == 409
    assert "no such review" in answer.text
    assert book.tasks(amina) == [task]


@pytest.mark.parametrize("act", ["hide", "show", "return", "extend", "nudge", "withdraw", "bring-back"])
def test_moderation_is_not_there_for_participants_and_mentors(press, author, server, book, act):
    amina = author("Amina")
    mentor = server.people.add("Mentor", role="mentor").person.id
    with server.store.session() as session:
        before = len(list(session.scalars(book.events(act))))
    for person in (amina, mentor):
        assert press(person, act, person=amina, key="x", days="3").status_code == 404
    with server.store.session() as session:
        assert len(list(session.scalars(book.events(act)))) == before


def test_a_participant_can_not_choose_whose_work_to_read(press, author, book):
    amina, bao = author("Amina"), author("Bao")
    assert press(amina, "expert", person=bao).status_code == 404
    assert book.tasks(amina) == []


@pytest.mark.parametrize("act", ["next", "back", "hide", "expert", "nudge"])
def test_who_is_not_signed_in_is_sent_to_the_door(press, act):
    answer = press(None, act, person="p-x", key="x")
    assert answer.status_code in (302, 403)
    assert "login" in answer.headers.get("location", "login")


def test_without_the_word_of_the_form_nothing_happens(server, author, book):
    amina = author("Amina")
    author("Bao")
    with Visitor(server.url) as visitor:
        visitor.sign_in(server.people.link_and_code(amina)[1])
        assert visitor.post("reviews/idea-reviews/next", data={"next": BACK}).status_code == 403
    assert book.tasks(amina) == []


def test_a_mentor_fills_a_gap_and_is_seen_as_one(press, author, server, book):
    amina = author("Amina")
    mentor = server.people.add("Mentor", role="mentor").person.id
    assert press(mentor, "expert", person=amina).status_code == 302
    (task,) = book.tasks(mentor)
    assert (task.author, task.expert) == (amina, True)


def test_a_facilitator_withdraws_extends_and_nudges(press, author, server, book):
    amina = author("Amina")
    desk = server.people.add("Desk", role="facilitator").person.id
    assert press(desk, "withdraw", person=amina).status_code == 302
    assert amina not in book.pool()
    assert press(desk, "bring-back", person=amina).status_code == 302
    assert press(desk, "extend", days="2").status_code == 302
    assert press(desk, "extend", days="many").status_code == 409
    assert press(desk, "nudge", person=amina, note="A colleague waits.").status_code == 302
    with server.store.session() as session:
        kinds = {
            event.kind for event in session.scalars(book.events("withdrawn", "back", "extended", "nudged"))
        }
    assert kinds == {"withdrawn", "back", "extended", "nudged"}


@pytest.mark.parametrize("round_id", ["idea", "nowhere"])
def test_what_is_no_round_is_not_there(press, author, round_id):
    assert press(author("Amina"), "next", round_id=round_id).status_code == 404


def test_the_way_back_never_leads_to_another_site(press, author):
    answer = press(author("Amina"), "next", next="https://elsewhere.example/")
    assert answer.headers["location"] == f"/c/small{BACK}"


@pytest.mark.parametrize("place", ["offline/idea-reviews.html", "paper/idea-reviews.json"])
def test_a_round_is_no_form_to_take_away(server, author, place):
    with Visitor(server.url) as visitor:
        visitor.sign_in(server.people.link_and_code(author("Amina"))[1])
        assert visitor.get(place.replace("-reviews", "")).status_code == 200
        assert visitor.get(place).status_code == 404
