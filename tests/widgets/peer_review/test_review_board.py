"""The facilitator's view of a round."""

import re

import pytest

from academy.data import DataFolder
from academy.peers import moderation
from academy.session import Session
from academy_widgets.peer_review import board as review_board
from tests.peers.conftest import Class
from tests.peers.small import small_course


@pytest.fixture
def group(tmp_path):
    data = DataFolder.create(tmp_path / "data")
    made = Class(small_course(tmp_path), data.store_url)
    made.data = data
    for person in made.join("Amina", "Bao", "Carmen"):
        made.submit(person)
    yield made
    made.store.close()


@pytest.fixture
def see(group, at_page):
    def open_page(role, reliability=False):
        person = group.people.add("Desk", role=role).person
        session = Session(
            person.id, person.role, person.display_name, "en", None, group.course, group.store, group.data
        )
        at_page(session)
        return "\n".join(part.data for part in review_board.board_parts(reliability))

    return open_page


@pytest.mark.parametrize("role", ["participant", "mentor"])
def test_nobody_but_a_facilitator_sees_anything(group, see, role):
    group.give(group.people.all()[0].id)
    page = see(role)
    assert "for facilitators" in page
    assert "p-" not in page


def test_an_author_who_is_not_signed_in_is_told_so(at_page):
    at_page(None)
    (part,) = review_board.board_parts(reliability=True)
    assert "Nobody is signed in here" in part.data


def test_the_board_shows_people_and_what_can_be_done(group, see):
    task = group.give(group.people.all()[0].id)
    page = see("facilitator")
    for name in ("Amina", "Bao", "Carmen"):
        assert name in page
    assert f'value="{task.key}"' in page
    acts = set(re.findall(r'action="../../../reviews/idea-reviews/([a-z-]+)"', page))
    assert acts == {"extend", "expert", "withdraw", "nudge", "hide", "return"}


def test_hidden_reviews_can_be_shown_again_and_work_be_brought_back(group, see):
    first, second = (person.id for person in group.people.all()[:2])
    task = group.give(first)
    moderation.hide(group.round, task.key, "f-desk", "Harsh.")
    group.round.withdraw(second, "f-desk")
    page = see("facilitator")
    assert "/show" in page
    assert "/bring-back" in page


def test_taking_out_asks_first_and_says_whose_open_review_it_ends(group, see):
    task = group.round.next_for(group.people.all()[0].id)
    page = see("facilitator")
    reader = group.people.get(task.reviewer).display_name
    asked = {
        re.search(r'name="person" value="(p-[a-z0-9]+)"', part)[1]: re.sub(r"\s+", " ", part)
        for part in re.findall(r"<details class=\"act\">.*?</details>", page, re.DOTALL)
    }
    assert f"This ends the open review of: <bdi>{reader}</bdi>" in asked.pop(task.author)
    assert len(asked) == 2
    for text in asked.values():
        assert "Nobody is reviewing this work just now." in text


def test_estimates_about_reviewers_are_off_unless_asked_for_and_carry_their_caution(group, see):
    for person in [person.id for person in group.people.all()]:
        group.give(person)
    assert "relied on" not in see("facilitator")
    page = see("facilitator", reliability=True)
    assert "Never grade with them" in page
    assert "Piech" in page


def test_what_people_wrote_is_text(group, see):
    group.give(group.people.all()[0].id, star="<script>alert(1)</script> and two more words")
    assert "<script>" not in see("facilitator")
