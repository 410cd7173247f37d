import pytest

from academy.errors import PeopleError
from academy.people import Teams
from academy.people.changing import PersonChange, change


def test_everything_that_is_known_can_be_corrected_and_nothing_else_changes(people):
    new = people.add("Nia", email="nia@ex.org", full_name="Nia", groups=["North"])
    wanted = PersonChange("Nia O.", "Nia Okoth", "Nia.Okoth@ex.org", "mentor", ["Docks", "Ships"], "ar")
    after = change(people, new.person.id, wanted)
    assert (after.id, after.display_name, after.role, after.language) == (
        new.person.id,
        "Nia O.",
        "mentor",
        "ar",
    )
    private = people.private()[after.id]
    assert (private.full_name, private.email, private.groups) == (
        "Nia Okoth",
        "nia.okoth@ex.org",
        ("Docks", "Ships"),
    )
    assert people.by_link(new.link_token).id == after.id


def test_what_is_not_said_stays_and_an_empty_text_takes_away(people):
    person = people.add(
        "Nia", email="nia@ex.org", full_name="Nia Okoth", groups=["North"], language="ar"
    ).person
    change(people, person.id, PersonChange(email=""))
    private = people.private()[person.id]
    assert (private.email, private.full_name, private.groups) == (None, "Nia Okoth", ("North",))
    after = change(people, person.id, PersonChange(full_name="", groups=[], language=""))
    assert (people.private().get(person.id), after.language, after.role) == (None, None, "participant")


def test_who_joined_by_themselves_gets_an_address(people):
    person = people.join(people.open_join(), "Nia").person
    change(people, person.id, PersonChange(email="nia@ex.org"))
    assert people.find("nia@ex.org").id == person.id


def test_a_new_role_ends_what_was_opened_with_the_old_one(people):
    person = people.add("Nia", role="facilitator").person
    after = change(people, person.id, PersonChange(role="participant"))
    assert (after.role, after.session_epoch) == ("participant", person.session_epoch + 1)
    assert change(people, person.id, PersonChange(role="participant")).session_epoch == after.session_epoch


def test_a_name_that_somebody_has_gets_a_number_and_ones_own_does_not(people):
    people.add("Bo")
    person = people.add("Nia").person
    assert change(people, person.id, PersonChange("Bo")).display_name == "Bo (2)"
    assert change(people, person.id, PersonChange("bo (2)")).display_name == "bo (2)"


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (PersonChange(" "), "at least one letter"),
        (PersonChange(email="no address"), "is not an e-mail address"),
        (PersonChange(email="bo@ex.org"), "belongs to"),
        (PersonChange(role="king"), "king is not a role"),
        (PersonChange(language="xx"), "xx is no language"),
        (PersonChange(email="new@ex.org", role="facilitator"), "is in a team"),
    ],
)
def test_what_can_not_be_is_refused_and_nothing_of_it_is_done(people, wanted, said):
    nia = people.add("Nia", email="nia@ex.org").person
    bo = people.add("Bo", email="bo@ex.org").person
    Teams(people.store, "small").make("Dockers", [nia.id, bo.id])
    with pytest.raises(PeopleError, match=said):
        change(people, nia.id, wanted)
    assert people.get(nia.id) == nia
    assert people.private()[nia.id].email == "nia@ex.org"


def test_nobody_can_be_changed_who_is_not_there(people):
    with pytest.raises(PeopleError, match="There is nobody with the id p-nobody"):
        change(people, "p-nobody", PersonChange("Nia"))
