"""A round in the store."""

import multiprocessing
from collections import Counter

import pytest

from academy.course import load_course
from academy.errors import StoreError
from academy.peers.rounds import Round
from academy.store import Releases, open_store
from academy.store.quota import ACT_EDITS, Quota
from academy.store.review_states import DONE, LEASED
from tests.peers.conftest import Class
from tests.support.databases import url_of
from tests.support.postgres import new_database, programs, running

NAMES = ("Amina", "Bao", "Carmen", "Dina", "Emeka")


@pytest.fixture
def five(group):
    ids = group.join(*NAMES)
    for person in ids:
        group.submit(person)
    return ids


def test_everybody_gives_two_and_gets_two(group, five):
    for person in five:
        assert group.give(person)
        assert group.give(person)
    assert all(len(group.round.received(person)) == 2 for person in five)
    assert all(task.author != task.reviewer for task in group.round.all())


def test_who_has_work_in_hand_gets_it_again(group, five):
    first = group.round.next_for(five[0])
    assert group.round.next_for(five[0]) == first
    assert len(group.round.all()) == 1


def test_what_a_participant_reviews_is_no_experts_review(group, five):
    assert group.round.next_for(five[0]).expert is False
    assert group.round.next_for(five[1], expert=True).expert is True


def test_who_wants_to_gives_three_more_than_asked_for_and_no_more(group):
    people = group.join(*(f"P {n}" for n in range(8)))
    for person in people:
        group.submit(person)
    given = [group.give(people[0]) for _ in range(6)]
    assert [task is not None for task in given] == [True] * 5 + [False]
    assert group.round.next_for(people[0], expert=True), "an expert helps as often as they like"


def test_nobody_answers_a_review_of_somebody_elses_work(group, five):
    task = group.give(five[0])
    (other, *_) = (person for person in five if person not in (task.author, task.reviewer))
    waiting = group.round.next_for(five[1])
    for author, key in ((other, task.key), (task.author, "nothing"), (waiting.author, waiting.key)):
        with pytest.raises(StoreError, match="There is no such review here"):
            group.round.reply(author, key, 1, flagged=False)
    group.round.reply(task.author, task.key, 1, flagged=False)


def test_an_exercise_without_reviews_is_no_round(group):
    with pytest.raises(ValueError, match="idea is no round of peer review"):
        Round(group.store, group.course, group.course.exercise("idea"))


def test_a_lease_that_lapses_goes_to_somebody_else(group, five):
    task = group.round.next_for(five[0])
    group.clock.forward(hours=49)
    for person in five[1:]:
        while len(group.round.tasks(person)) < 2:
            group.give(person)
    assert all(len(group.round.received(person)) >= 1 for person in five)
    assert task.key not in [held.key for held in group.round.tasks(five[0])]


def test_who_is_still_writing_keeps_the_work(group, five, at_time):
    task = group.round.next_for(five[0])
    group.clock.forward(hours=47)
    at_time(group.clock)
    group.write(task)
    group.clock.forward(hours=3)
    group.round.next_for(five[1])
    assert group.round.task(task.key).state == LEASED


def test_a_review_that_comes_late_is_taken_all_the_same(group, five):
    task = group.round.next_for(five[0])
    group.clock.forward(hours=49)
    group.round.next_for(five[1])
    assert group.round.task(task.key).state == "lapsed"
    group.round.finish(five[0], task.key, group.write(task))
    assert group.round.task(task.key).state == DONE


def test_work_that_is_given_back_is_not_offered_again_while_there_is_other_work(group, five):
    task = group.round.next_for(five[0])
    group.round.give_back(five[0], task.key)
    assert group.round.next_for(five[0]).author != task.author


def test_nobody_takes_gives_back_or_sends_somebody_elses_review(group, five):
    task = group.round.next_for(five[0])
    for act in (
        lambda: group.round.give_back(five[1], task.key),
        lambda: group.round.finish(five[1], task.key, 1),
    ):
        with pytest.raises(StoreError, match="no such review"):
            act()
    assert group.round.task(task.key).state == LEASED


def test_who_takes_and_gives_back_again_and_again_is_asked_to_wait(group, five):
    store = open_store(url_of(group.store), quota=Quota(edits=ACT_EDITS))
    group.round = Round(store, group.course, group.round.exercise, group.clock)
    group.round.give_back(five[0], group.round.next_for(five[0]).key)
    task = group.round.next_for(five[0])
    with pytest.raises(StoreError, match="wait a minute"):
        group.round.give_back(five[0], task.key)
    assert group.round.next_for(five[0]) == task, "it is still theirs"
    group.round.give_back(five[1], group.round.next_for(five[1]).key)
    store.close()


def test_a_round_that_is_not_open_gives_nothing(group, five):
    Releases(group.store, "small").withdraw("idea-reviews")
    with pytest.raises(StoreError, match="not open yet"):
        group.round.next_for(five[0])


def test_a_latecomer_is_in_the_pool_at_once(group, five):
    for person in five[:3]:
        group.give(person)
    late = group.join("Late")[0]
    group.submit(late)
    assert group.give(late)
    while any(group.give(person) for person in five if len(group.round.tasks(person)) < 2):
        pass
    assert len(group.round.received(late)) >= 1


def test_work_that_was_withdrawn_is_not_given_out_until_it_is_back(group, five):
    group.round.withdraw(five[0], five[0])
    assert five[0] not in group.round.pool()
    for person in five[1:]:
        group.give(person)
        group.give(person)
    assert group.round.received(five[0]) == []
    group.round.bring_back(five[0], five[0])
    assert five[0] in group.round.pool()


def test_a_review_stays_with_the_version_that_it_judged(group, five):
    task = group.give(five[0])
    group.submit(task.author, "Another idea")
    assert group.round.task(task.key).submission == 1
    others = [group.give(person) for person in five[1:] if person != task.author]
    assert {other.submission for other in others if other.author == task.author} <= {2}


def test_nobody_reviews_their_own_team(group):
    ids = group.join(*NAMES, "Fatou")
    teams = [group.teams.make("Port", ids[:2]), group.teams.make("Mine", ids[2:4])]
    for owner in (*(team.id for team in teams), *ids[4:]):
        group.submit(owner)
    for person in ids:
        while len(group.round.tasks(person)) < 2:
            assert group.give(person)
    own = {member.id: team.id for team in teams for member in team.members}
    assert all(task.author != own.get(task.reviewer, task.reviewer) for task in group.round.all())
    loads = Counter(task.author for task in group.round.all())
    assert set(loads) == set(group.round.pool())
    assert max(loads.values()) - min(loads.values()) <= 1


def test_what_people_had_submitted_before_they_were_a_team_is_not_given_out(group, five):
    team = group.teams.make("Port", five[:2])
    assert set(group.round.pool()) == set(five[2:])
    group.submit(team.id)
    assert set(group.round.pool()) == {team.id, *five[2:]}


def test_in_a_second_round_people_meet_again_where_it_fits(group, five):
    first = {person: group.give(person).author for person in five}
    again = group.course.exercise("idea-reviews")
    review = again.review.model_copy(update={"follows": "idea-reviews"})
    second = again.model_copy(update={"id": "idea-again", "review": review})
    Releases(group.store, "small").release("idea-again")
    later = Round(group.store, group.course, second, group.clock)
    assert {person: later.next_for(person).author for person in five} == first


def test_ids_of_reviews_say_nothing_about_people_or_order(group, five):
    keys = [group.give(person).key for person in five]
    assert len({*keys}) == 5
    assert all(len(key) == 12 and int(key, 16) >= 0 for key in keys)
    for person in five:
        listed = [task.key for task in group.round.received(person)]
        assert listed == sorted(listed)


def _pull(arguments):
    folder, url, person = arguments
    store = open_store(url, migrate=False)
    course = load_course(folder)
    round_ = Round(store, course, course.exercise("idea-reviews"))
    pairs = []
    for _ in range(2):
        task = round_.next_for(person)
        round_.finish(person, task.key, 1)
        pairs.append((person, task.author))
    return pairs


def _asked_together(group, course_folder, url):
    ids = group.join(*(f"Person {n}" for n in range(12)))
    for person in ids:
        group.submit(person)
    work = [(course_folder, url, person) for person in ids]
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        pairs = [pair for both in pool.map(_pull, work, chunksize=1) for pair in both]
    loads = Counter(author for _, author in pairs)
    assert len(set(pairs)) == 24
    assert set(loads.values()) == {2}
    assert all(person != author for person, author in pairs)


def test_those_who_ask_at_the_same_moment_never_get_the_same_place(group, course_folder):
    _asked_together(group, course_folder, url_of(group.store))


@pytest.mark.skipif(programs() is None, reason="there is no PostgreSQL on this machine")
def test_the_same_holds_on_postgresql(course_folder):
    pytest.importorskip("psycopg")
    with running(programs()) as server:
        url = new_database(server, "reviews")
        group = Class(course_folder, url)
        _asked_together(group, course_folder, url)
        group.store.close()


def test_who_was_reviewing_goes_on_when_the_work_comes_back(group, five):
    task = group.round.next_for(five[0])
    written = group.write(task, wish="Say where you meet the night shift")
    group.round.withdraw(task.author, "f-desk")
    assert group.round.tasks(five[0]) == []
    assert list(group.round.moved(five[0])) == [task.key]
    with pytest.raises(StoreError, match="not open any more"):
        group.round.finish(five[0], task.key, written)
    group.clock.forward(hours=100)
    group.round.bring_back(task.author, "f-desk")
    (again,) = group.round.tasks(five[0])
    assert (again.key, again.state) == (task.key, LEASED)
    assert again.lease_until > group.clock()
    assert group.round.next_for(five[0]).key == task.key
    assert group.round.finish(five[0], task.key, written).state == DONE
    assert group.round.moved(five[0]) == {}


def test_only_who_was_reviewing_a_work_hears_that_it_was_taken_out(group, five):
    task = group.round.next_for(five[0])
    group.round.withdraw(task.author, "f-desk")
    assert [person for person in five if group.round.moved(person)] == [five[0]]


def test_a_review_of_work_that_came_back_before_is_like_any_other(group, five):
    author = group.round.next_for(five[0]).author
    group.round.give_back(five[0], group.round.tasks(five[0])[0].key)
    group.round.withdraw(author, "f-desk")
    group.clock.forward(hours=1)
    group.round.bring_back(author, "f-desk")
    for person in five[1:] * 2:
        later = group.round.next_for(person)
        if later.author == author:
            break
        group.round.finish(person, later.key, group.write(later))
    assert later.author == author
    assert group.round.moved(later.reviewer) == {}
