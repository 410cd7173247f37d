"""Who waits for what."""

import secrets

import pytest

from academy.peers import board, moderation
from academy.store import Edit


@pytest.fixture
def four(group):
    ids = group.join("Amina", "Bao", "Carmen", "Dina")
    for person in ids:
        group.submit(person)
    return ids


def test_authors_who_lack_most_come_first(group, four):
    first = group.give(four[0])
    lines = board.authors(group.round)
    assert lines[-1].author == first.author
    assert [line.opening.have for line in lines] == [0, 0, 0, 1]


def test_reviewers_who_gave_least_come_first_and_what_they_hold_is_seen(group, four):
    group.give(four[0])
    group.round.next_for(four[1])
    lines = board.reviewers(group.round, {person: person for person in four})
    assert lines[-1].reviewer == four[0]
    assert (lines[-1].done, lines[-1].owed) == (1, 2)
    held = {line.reviewer: line.holds_since for line in lines}
    assert held[four[1]] is not None
    assert held[four[2]] is None


def test_levels_that_are_far_apart_are_seen(group, four):
    met = set()
    for person in four * 2:
        task = group.round.next_for(person)
        level = 4 if task.author in met else 1
        group.round.finish(person, task.key, group.write(task, level=level))
        met.add(task.author)
    lines = {line.author: line.apart for line in board.authors(group.round)}
    assert lines == dict.fromkeys(four, 3)
    assert board.FAR_APART <= 3


def test_levels_of_a_choice_are_numbers_and_what_is_no_level_is_left_out(group, four):
    for person, level in zip(four, ("level-1", "level-4", "level-x", True), strict=True):
        task = group.round.next_for(person)
        group.round.finish(person, task.key, group.write(task, level=level))
    assert sorted(line.levels.get("level", 0) for line in board.reviews(group.round)) == [0, 0, 1, 4]


def test_a_flagged_review_comes_first_with_what_its_author_thought(group, four):
    tasks = [group.give(person) for person in four]
    flagged = tasks[2]
    path = f"replies/{flagged.row}/helpful"
    group.answers.save(flagged.author, "idea-reviews", [Edit(secrets.token_hex(6), path, 1)])
    group.round.reply(flagged.author, flagged.key, 1, flagged=True)
    lines = board.reviews(group.round)
    assert (lines[0].task.key, lines[0].flagged, lines[0].helpful) == (flagged.key, True, 1)
    assert lines[0].levels == {"level": 3}
    assert not any(line.flagged for line in lines[1:])


def test_a_nudge_stays_until_the_next_review_is_sent(group, four):
    moderation.nudge(group.round, four[0], "f-desk", "Two colleagues wait for you.")
    moderation.nudge(group.round, four[1], "f-desk")
    assert board.nudges(group.round, four[0]) == ["Two colleagues wait for you."]
    assert board.nudges(group.round, four[1]) == [""]
    group.give(four[0])
    assert board.nudges(group.round, four[0]) == []
