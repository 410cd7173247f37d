"""What facilitators do in a round, and when feedback opens."""

import pytest

from academy.errors import StoreError
from academy.peers import moderation
from academy.peers.opening import opening
from academy.store.review_states import DONE, HIDDEN, RETURNED

DESK = "f-000000"


@pytest.fixture
def three(group, at_time):
    at_time(group.clock)
    ids = group.join("Amina", "Bao", "Carmen")
    for person in ids:
        group.submit(person)
    return ids


@pytest.fixture
def first(group, three):
    return group.give(three[0])


def log(group, *kinds):
    with group.store.session() as session:
        return [(event.kind, event.by) for event in session.scalars(group.round.events(*kinds))]


def test_a_hidden_review_is_not_seen_and_its_place_is_given_to_another(group, three, first):
    moderation.hide(group.round, first.key, DESK, "It names a person.")
    assert group.round.received(first.author) == []
    assert group.round.task(first.key).state == HIDDEN
    other = next(person for person in three if person not in (first.reviewer, first.author))
    while len(group.round.tasks(other)) < 2:
        group.give(other)
    assert [task.reviewer for task in group.round.received(first.author)] == [other]
    moderation.show(group.round, first.key, DESK)
    assert group.round.task(first.key).state == DONE
    assert log(group, "hidden", "shown") == [("hidden", DESK), ("shown", DESK)]


def test_a_returned_review_waits_for_its_writer(group, first):
    moderation.return_to_writer(group.round, first.key, DESK, "Please say what could help.")
    assert group.round.task(first.key).state == RETURNED
    assert group.round.received(first.author) == []
    assert moderation.notes(group.round, first.key) == ["Please say what could help."]
    group.round.finish(first.reviewer, first.key, group.write(first, wish="Say where you meet them first"))
    assert len(group.round.received(first.author)) == 1


def test_a_hidden_review_can_not_be_sent_again(group, first):
    moderation.hide(group.round, first.key, DESK)
    with pytest.raises(StoreError, match="not open any more"):
        group.round.finish(first.reviewer, first.key, 1)


def test_who_wrote_a_hidden_review_does_not_get_the_same_work_again(group, three, first):
    moderation.hide(group.round, first.key, DESK)
    given = group.give(first.reviewer)
    assert given.author not in (first.author, first.reviewer)
    assert group.round.next_for(first.reviewer) is None
    assert group.round.task(first.key).state == HIDDEN


def test_two_facilitators_who_do_the_same_are_told(group, first):
    moderation.hide(group.round, first.key, DESK)
    with pytest.raises(StoreError, match="changed meanwhile"):
        moderation.return_to_writer(group.round, first.key, DESK, "Again, please.")


def test_an_expert_fills_a_gap(group, three):
    mentor = group.people.add("Mentor", role="mentor").person.id
    task = group.round.take(mentor, three[0])
    group.round.finish(mentor, task.key, group.write(task))
    (received,) = group.round.received(three[0])
    assert received.expert
    with pytest.raises(StoreError, match="no submitted work"):
        group.round.take(mentor, "p-nobody")


@pytest.mark.parametrize("state", [DONE, RETURNED, HIDDEN])
def test_an_expert_who_asks_again_takes_nothing_away(group, three, state):
    mentor = group.people.add("Mentor", role="mentor").person.id
    task = group.round.take(mentor, three[0])
    group.round.finish(mentor, task.key, group.write(task))
    if state == RETURNED:
        moderation.return_to_writer(group.round, task.key, DESK, "Please say more.")
    elif state == HIDDEN:
        moderation.hide(group.round, task.key, DESK)
    assert group.round.take(mentor, three[0]).state == state
    assert group.round.task(task.key).state == state


def test_nobody_takes_their_own_work_or_that_of_their_team(group, three):
    alone, member = (group.people.add(name, role="mentor").person.id for name in ("Ines", "Jo"))
    team = group.teams.make("Port", [member, three[2]])
    for owner in (alone, team.id):
        group.submit(owner)
    for expert, author in ((alone, alone), (member, team.id)):
        with pytest.raises(StoreError, match="your own work"):
            group.round.take(expert, author)


def test_feedback_opens_when_it_is_complete(group, three):
    assert opening(group.round, three[0]).state == "waits"
    for person in three:
        group.give(person)
        group.give(person)
    found = opening(group.round, three[0])
    assert (found.state, found.have, found.wanted) == ("open", 2, 2)


def test_after_the_stated_time_it_opens_with_what_there_is(group, first):
    assert opening(group.round, first.author).state == "waits"
    group.clock.now = opening(group.round, first.author).at
    assert opening(group.round, first.author).state == "few"


def test_who_has_nothing_by_then_gets_a_mentor_asked(group, three):
    group.clock.now = opening(group.round, three[0]).at
    assert opening(group.round, three[0]).state == "asked"


def test_more_days_move_the_moment_for_one_or_for_all(group, three):
    before = [opening(group.round, person).at for person in three]
    moderation.extend(group.round, 2, DESK, three[0])
    moderation.extend(group.round, 1, DESK)
    after = [opening(group.round, person).at for person in three]
    assert [(b - a).days for a, b in zip(before, after, strict=True)] == [3, 1, 1]


def test_more_days_keep_work_in_hand(group, three):
    task = group.round.next_for(three[0])
    moderation.extend(group.round, 2, DESK, three[0])
    group.clock.forward(hours=60)
    group.round.next_for(three[1])
    assert group.round.task(task.key).state == "leased"


@pytest.mark.parametrize("days", [0, -3, 61])
def test_other_numbers_of_days_are_refused(group, days):
    with pytest.raises(StoreError, match="1 to 60"):
        moderation.extend(group.round, days, DESK)


def test_a_nudge_is_in_the_log(group, three):
    moderation.nudge(group.round, three[0], DESK, "Two colleagues wait for you.")
    assert log(group, "nudged") == [("nudged", DESK)]
