"""One person in several editions: a role, a name, groups and a team in each, and one way to sign in."""

import pytest

from academy.errors import AccessError, PeopleError
from academy.people import People, Teams, import_roster
from academy.people.leaving import readmit, remove, who_left, withdraw
from academy.store import Answers, Edit


@pytest.fixture
def north(people):
    return People(people.store, b"s" * 32, "north")


def test_somebody_is_in_two_editions_with_a_role_in_each_and_one_code(people, north):
    new = people.add("Amina", groups=["Docks"])
    assert north.get(new.person.id) is None
    there = north.enrol(new.person.id, "facilitator")
    assert (people.get(new.person.id).role, there.role) == ("participant", "facilitator")
    assert people.by_code(new.code).id == north.by_code(new.code).id == new.person.id
    assert people.editions_of(new.person.id) == ["small", "north"]
    assert north.private() == {}
    with pytest.raises(PeopleError, match="already"):
        north.enrol(new.person.id)


def test_names_are_single_within_an_edition_and_say_nothing_of_others(people, north):
    people.add("Amina")
    assert north.add("Amina").person.display_name == "Amina"
    stranger = people.add("Bruno").person
    north.add("Bruno")
    assert north.enrol(stranger.id).display_name == "Bruno (2)"
    assert people.get(stranger.id).display_name == "Bruno"


def test_people_of_another_edition_are_neither_listed_nor_found(people, north):
    amina = people.add("Amina", email="amina@example.org").person
    assert north.all() == []
    for who in ("Amina", "amina@example.org", amina.id):
        with pytest.raises(PeopleError, match="nobody"):
            north.find(who)
    for act in (lambda: withdraw(north, amina.id), lambda: remove(north, amina.id, "delete")):
        with pytest.raises(PeopleError):
            act()
    assert people.get(amina.id).active


def test_a_code_for_joining_opens_its_own_edition_alone(people, north):
    code = north.open_join()
    assert (people.joins(code), people.is_join_code(code), north.is_join_code(code)) == ("north", False, True)
    with pytest.raises(AccessError):
        people.join(code, "Dora")
    assert people.open_join() != code
    assert north.join(code, "Dora").person.display_name == "Dora"
    people.close_join()
    assert north.join_code() == code


def test_who_leaves_one_edition_stays_in_the_other(people, north):
    amina = people.add("Amina").person
    north.enrol(amina.id)
    withdraw(people, amina.id)
    assert (people.get(amina.id).active, north.get(amina.id).active) == (False, True)
    assert (who_left(people.store, "small"), who_left(people.store, "north")) == ({amina.id}, set())
    assert people.works(amina.id)
    withdraw(north, amina.id)
    assert not people.works(amina.id)
    readmit(north, amina.id)
    assert people.works(amina.id)


@pytest.mark.parametrize("answers", ["keep", "delete"])
def test_who_is_removed_from_one_edition_is_unknown_there_and_as_before_in_the_other(people, north, answers):
    amina = people.add("Amina", email="amina@example.org", full_name="Amina Diallo").person
    north.enrol(amina.id)
    for edition in ("small", "north"):
        edit = Edit(f"{edition}-one-edit-id", "what", f"in {edition}")
        Answers(people.store, edition).save(amina.id, "idea", [edit])
    remove(people, amina.id, answers)
    kept = Answers(people.store, "small").draft(amina.id, "idea").values
    assert kept == ({"what": "in small"} if answers == "keep" else {})
    assert Answers(people.store, "north").draft(amina.id, "idea").values == {"what": "in north"}
    assert amina.id not in people.private()
    with pytest.raises(PeopleError):
        people.find("Amina Diallo")
    assert north.find("Amina Diallo").display_name == "Amina"
    assert north.works(amina.id)


def test_a_team_is_an_editions_and_so_is_who_is_in_it(people, north):
    ids = [people.add(name).person.id for name in ("Amina", "Bruno")]
    team = Teams(people.store, "small").make("Docks", ids)
    for person in ids:
        north.enrol(person)
    assert Teams(people.store, "north").of(ids[0]) is None
    assert Teams(people.store, "north").get(team.id) is None
    other = Teams(people.store, "north").make("Docks", ids)
    assert (other.name, other.id != team.id) == ("Docks", True)
    assert Teams(people.store, "small").of(ids[0]).id == team.id


def test_a_roster_brings_somebody_with_an_address_into_a_second_edition_without_a_second_account(
    people, north
):
    amina = people.add("Amina", email="amina@example.org", full_name="Amina Diallo").person
    roster = b"name,email,role\nAmina Diallo,amina@example.org,mentor\nNew Person,new@example.org,\n"
    report = import_roster(north, roster)
    assert (len(report.added), report.skipped) == (2, [])
    assert north.get(amina.id).role == "mentor"
    assert people.get(amina.id).role == "participant"
    assert len(north.all()) == 2
    assert import_roster(north, roster).unchanged == ["Amina Diallo", "New Person"]
