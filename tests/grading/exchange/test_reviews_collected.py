"""What graders collect of a round of peer review names neither whom a review is about nor who wrote it."""

import secrets

import pytest

from academy.data import DataFolder
from academy.session import Session
from academy_widgets.peer_review.desk import ReplyDesk, ReviewDesk
from academy_widgets.peer_review.page import sent_row
from tests.grading.conftest import set_up
from tests.peers.conftest import Class
from tests.peers.small import small_course


@pytest.fixture
def group(tmp_path, monkeypatch):
    folder = small_course(tmp_path / "exercises")
    monkeypatch.setenv("ACADEMY_EXERCISES", str(folder.parent))
    data = DataFolder.create(tmp_path / "data")
    made = Class(folder, data.store_url)
    made.data = data
    yield made
    made.store.close()


@pytest.fixture
def api(group, empty_gradebook, monkeypatch):
    return set_up(group, empty_gradebook, monkeypatch)


def sent(desk, **values):
    edits = [{"id": secrets.token_hex(6), "path": path, "value": value} for path, value in values.items()]
    return desk.answer({"kind": "submit", "n": 1, "key": secrets.token_hex(6), "edits": edits})["kind"]


def test_collected_reviews_name_neither_author_nor_reviewer(group, api):
    amina, bao = group.join("Amina", "Bao")
    group.submit(amina)
    group.submit(bao)

    def session(person):
        return Session(person, "participant", "", "en", None, group.course, group.store, group.data)

    star, wish = "It begins with the night shift at the port", "Say how you reach them in the first week"
    for reviewer in (amina, bao):
        desk = ReviewDesk(session(reviewer), group.round, group.round.next_for(reviewer))
        assert sent(desk, star=star, wish=wish, level=3) == "submitted"
    (task,) = group.round.received(amina)
    reply = ReplyDesk(session(amina), group.round, task, sent_row(group.round, task))
    assert sent(reply, wish_answer="accept", wish_why="That was missing so far") == "submitted"
    assert api.generate_assignment("idea-reviews")["success"]
    assert api.collect("idea-reviews")["success"]
    for person, other, name in ((amina, bao, "Bao"), (bao, amina, "Amina")):
        folder = group.data.course_root("small") / "submitted" / person / "idea-reviews"
        told = "".join(file.read_text("utf-8") for file in folder.iterdir())
        assert star in told
        assert other not in told
        assert name not in told
