"""What an author could read once stays readable, whatever happens in the round."""

import random

import pytest
import sqlalchemy as sa

from academy.peers import moderation
from academy.peers.opening import opening
from academy.store import Releases
from academy.store.review_states import DONE
from academy.store.schema import Release, SubmissionRow

DESK = "f-000000"


@pytest.fixture
def come(group):
    """People who hand in by the round's own clock: `come("Amina")`."""

    def at(table, *where):
        with group.store.write() as session:
            session.execute(sa.update(table).where(*where).values(at=group.clock()))

    def join(*names):
        ids = group.join(*names)
        for person in ids:
            group.clock.forward(minutes=1)
            group.submit(person)
            at(SubmissionRow, SubmissionRow.person_id == person)
        return ids

    at(Release)
    return join


def readable(group, author):
    found = opening(group.round, author)
    return found.state in ("open", "few") and found.have > 0


def test_a_third_who_hands_in_closes_nothing(group, come):
    two = come("Amina", "Bao")
    for person in two:
        group.give(person)
    assert [opening(group.round, person).state for person in two] == ["open", "open"]
    (third,) = come("Carmen")
    found = opening(group.round, two[0])
    assert (found.state, found.have, found.wanted) == ("few", 1, 2)
    assert opening(group.round, third).state == "waits"


def test_a_review_that_is_hidden_takes_only_itself_away(group, come):
    three = come("Amina", "Bao", "Carmen")
    for person in three * 2:
        group.give(person)
    first, second = group.round.received(three[0])
    moderation.hide(group.round, first.key, DESK)
    assert opening(group.round, three[0]).state == "few"
    moderation.return_to_writer(group.round, second.key, DESK, "Please say more.")
    assert opening(group.round, three[0]).state == "waits"


def test_more_days_close_nothing_that_is_open_and_are_given_to_who_waits(group, come):
    three = come("Amina", "Bao", "Carmen")
    task = group.give(three[0])
    (without,) = (person for person in three if person not in (three[0], task.author))
    group.clock.now = max(opening(group.round, person).at for person in three)
    assert opening(group.round, task.author).state == "few"
    assert opening(group.round, without).state == "asked"
    moderation.extend(group.round, 3, DESK)
    assert opening(group.round, task.author).state == "few"
    assert opening(group.round, without).state == "waits"


def test_work_that_is_brought_back_closes_nothing(group, come):
    three = come("Amina", "Bao", "Carmen")
    task = group.give(three[0])
    (other,) = (person for person in three if person not in (three[0], task.author))
    assert opening(group.round, task.author).state == "waits"
    group.clock.forward(hours=1)
    group.round.withdraw(other, DESK)
    assert opening(group.round, task.author).state == "open"
    group.clock.forward(hours=1)
    group.round.bring_back(other, DESK)
    assert opening(group.round, task.author).state == "few"


def test_a_round_that_is_opened_anew_has_begun_when_it_began(group, come):
    three = come("Amina", "Bao", "Carmen")
    task = group.give(three[0])
    before = opening(group.round, task.author).at
    group.clock.now = before
    assert opening(group.round, task.author).state == "few"
    releases = Releases(group.store, "small")
    releases.withdraw("idea-reviews")
    assert opening(group.round, task.author).state == "few"
    releases.release("idea-reviews")
    assert opening(group.round, task.author).state == "few"


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_done_in_a_round_nobody_loses_what_they_could_read(group, come, seed):
    chance = random.Random(seed)
    people = come("Amina", "Bao")

    def act():
        what = chance.randrange(8)
        person = chance.choice(people)
        if what == 0:
            people.extend(come(f"Person {len(people)}"))
        elif what < 4:
            group.give(person)
        elif what == 4:
            group.round.withdraw(person, DESK)
        elif what == 5:
            group.round.bring_back(person, DESK)
        elif what == 6:
            moderation.extend(group.round, 1, DESK, chance.choice([person, None]))
        elif sent := [task for task in group.round.all() if task.state == DONE]:
            moderation.hide(group.round, chance.choice(sent).key, DESK)

    for _ in range(20):
        before = {person for person in people if readable(group, person)}
        act()
        lost = {p for p in before if group.round.received(p) and not readable(group, p)}
        assert lost == set()
        group.clock.forward(hours=chance.randrange(1, 30))
