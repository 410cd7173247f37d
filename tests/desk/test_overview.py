"""A round in numbers agrees with what each author's own page says."""

import pytest

from academy.peers import moderation
from academy.peers.opening import opening
from academy.peers.overview import overview


@pytest.fixture
def round_(group):
    people = group.join("Amina", "Bao", "Carmen", "Dina")
    for person in people[:3]:
        group.submit(person)
    group.people_ids = people
    return group.round


def agree(group):
    seen = overview(group.round)
    states = {author: opening(group.round, author).state for author in group.round.pool()}
    assert seen.without == sorted(a for a, state in states.items() if state == "asked")
    assert seen.waiting == sorted(a for a, state in states.items() if state in ("waits", "few"))
    assert seen.authors == len(states)
    return seen


def test_it_agrees_with_each_authors_page_as_time_goes_by(group, round_):
    clock, first = group.clock, group.people_ids[0]
    from datetime import UTC, datetime

    clock.now = datetime.now(UTC)
    assert agree(group).without == []
    group.give(first)
    clock.forward(days=4)
    assert len(agree(group).without) == 2
    moderation.extend(round_, 3, "f-desk")
    assert agree(group).without == []
    clock.forward(days=4)
    moderation.extend(round_, 5, "f-desk", person=group.people_ids[1])
    agree(group)


def test_flagged_reviews_count_until_they_are_hidden(group, round_):
    task = group.give(group.people_ids[0])
    with group.store.write() as session:
        round_.log(session, "flagged", task.author, task.key)
    assert overview(round_).flagged == 1
    moderation.hide(round_, task.key, "f-desk")
    assert overview(round_).flagged == 0


def test_a_round_costs_the_same_questions_for_any_number_of_authors(group, round_, questions):
    few = questions(lambda: overview(round_))
    for person in group.join(*(f"P {n}" for n in range(20))):
        group.submit(person)
    assert questions(lambda: overview(round_)) == few
