import pytest

from academy.errors import AccessError, PeopleError
from academy.people import Teams
from academy.store import Answers, Edit

COURSE = "small"


@pytest.fixture
def teams(people):
    return Teams(people.store, COURSE)


@pytest.fixture
def three(people):
    return [people.add(name).person.id for name in ("Amina", "Bao", "Carmen")]


def edit(number, path, value, base=0):
    return Edit(f"edit-{number:04}", path, value, base=base)


def test_two_to_five_people_are_a_team(teams, people, three):
    team = teams.make("Dockers", three[:2])
    assert [member.display_name for member in team.members] == ["Amina", "Bao"]
    assert teams.of(three[0]) == teams.get(team.id) == teams.all()[0] == team
    assert teams.of(three[2]) is None
    grown = teams.add(team.id, three[2])
    assert len(grown.members) == 3


@pytest.mark.parametrize("name", ["", " ", "…!", "\u200b"])
def test_a_team_without_a_name_is_refused(teams, three, name):
    with pytest.raises(PeopleError, match="needs a name with at least one letter or number"):
        teams.make(name, three)
    assert teams.all() == []


@pytest.mark.parametrize("count", [0, 1, 6])
def test_other_sizes_are_refused_with_a_sentence(teams, people, count):
    members = [people.add(f"Person {n}").person.id for n in range(count)]
    with pytest.raises(PeopleError, match=f"2 to 5 people, not {count}"):
        teams.make("Dockers", members)
    assert teams.all() == []


def test_a_full_team_takes_nobody_more(teams, people):
    members = [people.add(f"Person {n}").person.id for n in range(6)]
    team = teams.make("Dockers", members[:5])
    with pytest.raises(PeopleError, match="not 6"):
        teams.add(team.id, members[5])


def test_nobody_is_in_two_teams(teams, people, three):
    team = teams.make("Dockers", three[:2])
    other = people.add("Dina").person.id
    with pytest.raises(PeopleError, match=f"in the team {team.id} already"):
        teams.make("Miners", [three[0], other])
    assert teams.all() == [team]
    assert teams.of(other) is None


@pytest.mark.parametrize("who", ["p-nobody", "facilitator"])
def test_only_participants_write_in_teams(teams, people, three, who):
    person = people.add("Fatou", role="facilitator").person.id if who == "facilitator" else who
    with pytest.raises(PeopleError, match="no participant"):
        teams.make("Dockers", [three[0], person])
    assert teams.all() == []


def test_a_team_is_nobody_who_can_sign_in_or_be_found(teams, people, three):
    team = teams.make("Dockers", three)
    assert team.id.startswith("t-")
    assert team.id not in [person.id for person in people.all()]
    for words in (team.id, "Dockers"):
        with pytest.raises(PeopleError):
            people.find(words)
    with pytest.raises(PeopleError):
        people.link_and_code(team.id)
    with pytest.raises(AccessError):
        people.by_code("0000-0000")


def test_who_leaves_a_team_leaves_the_answers_there(teams, people, three):
    team = teams.make("Dockers", three)
    Answers(people.store, COURSE, author=three[2]).save(team.id, "map", [edit(1, "need", "Read the plan")])
    left = teams.remove(three[2])
    assert [member.id for member in left.members] == three[:2]
    assert Answers(people.store, COURSE).draft(team.id, "map").values == {"need": "Read the plan"}
    with pytest.raises(PeopleError, match="in no team"):
        teams.remove(three[2])


def test_a_team_can_start_from_what_a_member_has(teams, people, three):
    alone = Answers(people.store, COURSE)
    alone.save(three[0], "map", [edit(1, "map", ["ra"]), edit(2, "map/ra/need", "Read the plan")])
    alone.save(three[0], "people", [edit(3, "name", "Night cleaners")])
    team = teams.make("Dockers", three[:2])
    alone.save(team.id, "people", [edit(4, "name", "Crane drivers")])
    assert teams.start_from(team.id, three[0], ["map", "people"]) == 2
    assert alone.draft(team.id, "map").values == alone.draft(three[0], "map").values
    assert alone.draft(team.id, "people").values == {"name": "Crane drivers"}
    assert teams.start_from(team.id, three[0], ["map", "people"]) == 0


def test_what_several_wrote_is_all_kept_and_known_by_author(teams, people, three):
    team = teams.make("Dockers", three[:2])
    amina, bao = (Answers(people.store, COURSE, author=person) for person in three[:2])
    first = amina.save(
        team.id, "map", [edit(1, "need", "Read the plan"), edit(2, "who", "Cleaners")], "phone"
    )
    second = bao.save(team.id, "map", [edit(3, "need", "Write a letter")], "laptop")
    assert first.overtaken == {}
    assert second.overtaken == {"need": "Read the plan"}
    history = [(row.author, row.value) for row in bao.history(team.id, "map", "need")]
    assert history == [(three[0], "Read the plan"), (three[1], "Write a letter")]
    assert teams.contributions(team.id) == {three[0]: {"map": 2}, three[1]: {"map": 1}}


def test_a_person_alone_has_no_author_beside_the_answers(people, three):
    Answers(people.store, COURSE, author=three[0]).save(three[0], "map", [edit(1, "need", "Read")])
    assert [row.author for row in Answers(people.store, COURSE).history(three[0], "map")] == [None]
