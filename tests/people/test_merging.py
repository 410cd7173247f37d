"""Two records of one person become one, and nothing that was written is lost on the way."""

import secrets

import pytest
import sqlalchemy as sa

from academy.errors import PeopleError
from academy.people.leaving import who_left
from academy.people.merging import merge
from academy.store import Edit, Feedback
from academy.store.live import LiveAnswer, LiveSession
from tests.peers.conftest import Class
from tests.peers.small import small_course

IDEA, ROUND = ("small", "idea"), ("small", "idea-reviews")
OF = {ROUND: "idea"}


@pytest.fixture
def group(tmp_path):
    made = Class(small_course(tmp_path), tmp_path / "academy.sqlite")
    yield made
    made.store.close()


def write(group, person, text):
    group.answers.save(person, "idea", [Edit(secrets.token_hex(6), "what", text)])


def said(group, person):
    return group.answers.draft(person, "idea").values.get("what")


def test_what_only_the_other_did_moves_with_its_times_and_reviews(group):
    keep, other, bao = group.join("Nia", "Nia Okoth", "Bao")
    handed_in = group.submit(other, "At the port")
    group.submit(bao)
    Feedback(group.store, "small").release(other, "idea", 1, {"comments": [{"text": "Good"}]})
    given, got = group.give(other), group.give(bao)
    assert (given.author, got.author) == (bao, other)
    found = merge(group.people, keep, other, reviewed=OF)
    assert (found.moved, found.kept, found.taken, found.reviews) == ([IDEA, ROUND], [], [], 0)
    assert said(group, keep) == "At the port"
    (now,) = group.answers.submissions("idea", keep)
    assert (now.at, now.rev, now.key) == (handed_in.at, handed_in.rev, handed_in.key)
    assert Feedback(group.store, "small").latest(keep, "idea").document["comments"][0]["text"] == "Good"
    assert [task.key for task in group.round.tasks(keep)] == [given.key]
    assert [task.key for task in group.round.received(keep)] == [got.key]
    assert who_left(group.store, group.course.id) == {other}
    assert said(group, other) is None


def test_where_both_have_written_somebody_says_whose_answers_count(group):
    keep, other = group.join("Nia", "Nia Okoth")
    write(group, keep, "Mine")
    write(group, other, "Theirs")
    with pytest.raises(
        PeopleError, match=r"Both have written in: idea\. Say whose .* --answers keep, other or newest"
    ):
        merge(group.people, keep, other)
    assert (said(group, keep), who_left(group.store, group.course.id)) == ("Mine", set())


@pytest.mark.parametrize(("answers", "text"), [("keep", "Mine"), ("other", "Theirs"), ("newest", "Theirs")])
def test_what_does_not_count_is_not_lost(group, answers, text):
    keep, other = group.join("Nia", "Nia Okoth")
    write(group, keep, "Mine")
    write(group, other, "Theirs")
    found = merge(group.people, keep, other, answers)
    assert said(group, keep) == text
    assert (found.taken, found.kept) == (([], [IDEA]) if answers == "keep" else ([IDEA], []))
    assert next(row.value for row in group.answers.history(keep, "idea")) == "Mine"
    assert said(group, other) == "Theirs"


def test_whoever_wrote_last_counts(group):
    keep, other = group.join("Nia", "Nia Okoth")
    write(group, other, "Theirs")
    write(group, keep, "Mine")
    merge(group.people, keep, other, "newest")
    assert said(group, keep) == "Mine"


def test_answers_that_are_taken_over_are_handed_in_as_they_were(group):
    keep, other = group.join("Nia", "Nia Okoth")
    group.submit(keep, "Mine")
    group.submit(other, "Theirs, handed in")
    write(group, other, "Theirs, since then")
    group.answers.save(keep, "idea", [Edit(secrets.token_hex(6), "more", "only mine")])
    merge(group.people, keep, other, "other")
    first, second = group.answers.submissions("idea", keep)
    assert (first.number, second.number) == (1, 2)
    assert first.at < second.at
    assert group.answers.values_at(keep, "idea", first.rev)["what"] == "Mine"
    handed_in = group.answers.values_at(keep, "idea", second.rev)
    assert (handed_in["what"], handed_in["more"]) == ("Theirs, handed in", None)
    assert said(group, keep) == "Theirs, since then"


def test_nobody_reviews_themselves_after_a_merge(group):
    keep, other = group.join("Nia", "Nia Okoth")
    group.submit(keep)
    group.submit(other)
    task = group.give(other)
    assert task.author == keep
    found = merge(group.people, keep, other, "keep", OF)
    assert found.reviews == 1
    assert group.round.tasks(keep) == []


def test_addresses_groups_and_a_team_go_along(group):
    keep = group.people.add("Nia O.", groups=["North"]).person.id
    other = group.people.add("Nia", email="nia@ex.org", full_name="Nia Okoth", groups=["Docks"]).person.id
    (bao,) = group.join("Bao")
    team = group.teams.make("Dockers", [other, bao]).id
    merge(group.people, keep, other)
    known = group.people.private()
    assert (known[keep].email, known[keep].full_name, known[keep].groups) == (
        "nia@ex.org",
        "Nia Okoth",
        ("North", "Docks"),
    )
    assert other not in known
    assert {member.id for member in group.teams.get(team).members} == {keep, bao}
    with pytest.raises(PeopleError):
        group.people.link_and_code(other)


def test_two_teams_or_one_person_twice_are_refused_and_change_nothing(group):
    nia, twin, bao, cy = group.join("Nia", "Nia Okoth", "Bao", "Cy")
    first = group.teams.make("A", [nia, bao]).id
    group.teams.make("B", [twin, cy])
    with pytest.raises(PeopleError, match="academy teams remove"):
        merge(group.people, nia, twin)
    for keep, other in ((nia, nia), (nia, first), (nia, "p-000000")):
        with pytest.raises(PeopleError, match="two different people"):
            merge(group.people, keep, other)
    assert who_left(group.store, group.course.id) == set()


def test_named_answers_of_a_webinar_move_too_where_the_person_has_none_there(group):
    keep, other = group.join("Nia", "Nia Okoth")
    with group.store.write() as session:
        room = LiveSession(course="small", webinar="w", code="ABC234", state="live", by="f-desk")
        session.add(room)
        session.flush()
        answers = [(other, "one", "theirs"), (other, "both", "theirs"), (keep, "both", "mine")]
        session.add_all(
            LiveAnswer(
                session_id=room.id,
                activity=activity,
                round=1,
                who=who,
                key=f"k{n}",
                ids=[],
                value=value,
                came=n,
            )
            for n, (who, activity, value) in enumerate(answers)
        )
    merge(group.people, keep, other)
    with group.store.session() as session:
        rows = session.execute(sa.select(LiveAnswer.who, LiveAnswer.activity, LiveAnswer.value)).all()
    assert {(row.activity, row.value) for row in rows if row.who == keep} == {
        ("one", "theirs"),
        ("both", "mine"),
    }


def test_what_is_known_of_the_other_fills_what_is_not_known_of_the_one_who_stays(group):
    (bare,) = group.join("Nia")
    known = group.people.add("Nia O.", email="nia@ex.org", full_name="Nia Okoth", groups=["Docks"]).person.id
    merge(group.people, bare, known, reviewed=OF)
    private = group.people.private()
    assert set(private) == {bare}
    assert (private[bare].email, private[bare].full_name, private[bare].groups) == (
        "nia@ex.org",
        "Nia Okoth",
        ("Docks",),
    )
    other = group.people.add(
        "Nia", email="old@ex.org", full_name="N. O.", groups=["Ships", "Docks"]
    ).person.id
    merge(group.people, bare, other, reviewed=OF)
    kept = group.people.private()[bare]
    assert (kept.email, kept.full_name, kept.groups) == ("nia@ex.org", "Nia Okoth", ("Docks", "Ships"))
