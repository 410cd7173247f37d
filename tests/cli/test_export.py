import csv

import pytest

from academy.peers.table import reviews_table
from tests.peers.conftest import Class
from tests.peers.small import small_course


@pytest.fixture
def group(data, tmp_path, monkeypatch):
    made = Class(small_course(tmp_path), f"sqlite:///{data / 'academy.sqlite'}")
    monkeypatch.setenv("ACADEMY_EXERCISES", str(tmp_path))
    for person in made.join("Amina", "Bao", "Carmen"):
        made.submit(person)
    yield made
    made.store.close()


def rows(file):
    with file.open(encoding="utf-8-sig", newline="") as content:
        return list(csv.DictReader(content))


def test_reviews_are_written_without_a_word_of_who_wrote_them(academy, data, group, tmp_path):
    people = [person.id for person in group.people.all()]
    for person in people:
        group.give(person, wish="=HYPERLINK(1) please, say more")
    file = tmp_path / "reviews.csv"
    shown = academy("export", "reviews", file, "--data", data)
    assert (shown.status, shown.out) == (0, f"Reviews written to {file}: 3.\n")
    found = rows(file)
    assert {row["wish"] for row in found} == {"'=HYPERLINK(1) please, say more"}
    text = file.read_text("utf-8-sig")
    assert not any(person in text for person in people)
    assert [row["review"] for row in found] == sorted(row["review"] for row in found)


def test_with_ids_a_facilitator_sees_who_wrote_what(academy, data, group, tmp_path):
    task = group.give(group.people.all()[0].id)
    file = tmp_path / "reviews.csv"
    academy("export", "reviews", file, "--data", data, "--with-ids")
    (row,) = rows(file)
    assert (row["reviewer"], row["author"]) == (task.reviewer, task.author)


def test_a_course_without_reviews_gives_an_empty_table(group):
    assert reviews_table(group.store, group.course).empty


def test_a_place_that_can_not_be_written_is_a_sentence(academy, data, group, tmp_path):
    shown = academy("export", "reviews", tmp_path / "none" / "reviews.csv", "--data", data)
    assert (shown.status, "can't be written" in shown.err) == (1, True)
