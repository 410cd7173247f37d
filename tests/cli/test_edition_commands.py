"""`academy edition …`, and what `--edition` says to other commands."""

import json

from academy.editions import Editions


def test_an_edition_is_made_with_a_facilitator_and_a_code_and_is_listed(academy, data):
    made = academy(
        "edition",
        "new",
        "north",
        "--title",
        "North",
        "--start",
        "2027-01-04",
        "--data",
        data,
        "--url",
        "https://x.org",
    )
    assert (made.status, "(north), 2027-01-04 to 2027-01-29" in made.out) == (0, True)
    assert "Participants join with https://x.org/join/" in made.out
    people = academy("people", "list", "--data", data, "--edition", "north").out.splitlines()
    assert [line.split()[1] for line in people] == ["facilitator"]
    rows = json.loads(academy("edition", "list", "--json", "--data", data).out)
    assert next((row["id"], row["title"], row["start"], row["closed"]) for row in rows) == (
        "north",
        "North",
        "2027-01-04",
        False,
    )


def test_where_there_are_several_editions_none_is_guessed(academy, data, folder):
    course = folder.course()
    Editions(folder.store).ensure(course)
    Editions(folder.store).new("north", course)
    first, second = (edition.id for edition in Editions(folder.store).all())
    for command in (["status"], ["people", "list"], ["join", "show"], ["grade", "--all"]):
        told = academy(*command, "--data", data)
        assert (told.status, told.err) == (
            1,
            f"There are several editions. Choose one with --edition: {first}, {second}\n",
        )
    assert academy("people", "list", "--data", data, "--edition", "north").status == 0
    told = academy("people", "list", "--data", data, "--edition", "south")
    assert told.err == f"There is no edition south. Choose one of: {first}, {second}\n"


def test_an_edition_is_closed_and_opened_again(academy, data, folder):
    Editions(folder.store).new("north", folder.course())
    assert "north is closed" in academy("edition", "close", "north", "--data", data).out
    assert academy("edition", "list", "--data", data).out.rstrip().endswith("(closed)")
    for command in ("show", "on"):
        told = academy("join", command, "--edition", "north", "--data", data)
        assert (told.status, "academy edition reopen north" in told.err) == (1, True)
    assert "open again" in academy("edition", "reopen", "north", "--data", data).out
    assert academy("edition", "close", "south", "--data", data).err.startswith("There is no edition south.")


def test_somebody_is_let_into_another_edition_with_the_link_they_have(academy, data, folder):
    first = folder.course()
    Editions(folder.store).new("north", first)
    amina = folder.people.add("Amina").person
    told = academy("people", "enrol", "Amina", "--role", "mentor", "--data", data, "--edition", "north")
    assert told.out == f"Amina ({amina.id}) is in north now: mentor.\n"
    again = academy("people", "enrol", "Amina", "--data", data, "--edition", "north")
    assert (again.status, "already" in again.err) == (1, True)
    assert academy("people", "enrol", "Nobody", "--data", data, "--edition", "north").status == 1
