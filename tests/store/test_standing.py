"""How far people are."""

from academy.store import Edit, Feedback
from academy.store.standing import Marks, Standing, newer, standings

AMINA, BAO = "p-amina", "p-bao"


def test_the_newest_of_each_counts(answers, store):
    answers.save(AMINA, "map", [Edit("edit-0001", "need", "Read")])
    answers.submit(AMINA, "map", "key-00000001", "v1")
    answers.save(AMINA, "map", [Edit("edit-0002", "need", "Write")])
    second = answers.submit(AMINA, "map", "key-00000002", "v1")
    Feedback(store, "course").release(AMINA, "map", 1, {"points": 3})
    later = answers.save(AMINA, "map", [Edit("edit-0003", "need", "Ask")])
    answers.save(BAO, "map", [Edit("edit-0004", "need", "Go")])
    found = standings(store, "course")
    edited_at = max(row.edited_at for row in answers.history(AMINA, "map"))
    assert found[AMINA, "map"] == Standing(later.rev, 2, second.rev, second.at, 1, edited_at)
    assert found[BAO, "map"].submission == 0


def test_of_some_people_and_of_this_course_only(answers, store):
    for person, name in ((AMINA, "edit-0001"), (BAO, "edit-0002")):
        answers.save(person, "map", [Edit(name, "need", "Read")])
    assert set(standings(store, "course", [BAO])) == {(BAO, "map")}
    assert standings(store, "another course") == {}


def test_what_came_since_brings_the_standings_to_where_a_whole_reading_does(answers, store):
    answers.save(AMINA, "map", [Edit("edit-0001", "need", "Read")])
    known = standings(store, "course")
    marks = newer(store, "course", known, Marks())
    assert newer(store, "course", known, marks) == marks
    answers.submit(AMINA, "map", "key-00000001", "v1")
    answers.save(BAO, "map", [Edit("edit-0002", "need", "Go")])
    answers.save(AMINA, "map", [Edit("edit-0003", "need", "Ask", age_ms=60_000)])
    Feedback(store, "course").release(AMINA, "map", 1, {"points": 3})
    assert newer(store, "course", known, marks) != marks
    assert known == standings(store, "course")


def test_what_came_in_another_course_is_left_alone(answers, store):
    answers.save(AMINA, "map", [Edit("edit-0001", "need", "Read")])
    known = {}
    assert newer(store, "another", known, Marks()).revision
    assert known == {}
