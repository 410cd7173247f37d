"""Everything that is kept about a person, for that person, and nothing that names anybody else."""

import json

import pytest
import sqlalchemy as sa

from academy.desk.grades import Grade
from academy.exports.takeout import takeout
from academy.people import Teams
from academy.people.leaving import remove
from academy.people.named import NAMED
from academy.store import Answers, Edit, Feedback
from academy.store.schema import Base, PersonRow
from tests.peers.conftest import Class
from tests.peers.small import small_course

NAMES = {"person_id", "team_id", "reviewer_id", "author_id", "author", "by", "who"}


@pytest.fixture
def group(tmp_path):
    made = Class(small_course(tmp_path), tmp_path / "academy.sqlite")
    yield made
    made.store.close()


def test_every_column_that_names_a_person_is_in_the_one_list():
    there = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name in NAMES or any(key.column.table.name == "person" for key in column.foreign_keys)
    }
    listed = {(each.column.class_.__tablename__, each.column.key) for each in NAMED}
    assert listed == there | {("person", "id")}
    for each in NAMED:
        others = NAMES - {"team_id"}
        assert not others & set(each.told), f"{each.title} would name others"


@pytest.fixture
def reviewed(group):
    """Three people whose work is reviewed by each other."""
    people = [group.join(name)[0] for name in ("Amina", "Bao", "Carmen")]
    for person in people:
        group.submit(person)
    for person in people:
        while task := group.round.next_for(person):
            edit = Edit(f"review-{task.key}", f"reviews/{task.row}/star1", f"Told by {person}")
            group.round.answers.save(person, "idea-reviews", [edit])
            group.round.finish(person, task.key, group.round.answers.draft(person, "idea-reviews").rev)
    return people


def test_a_person_takes_all_of_their_own_away_and_nobodys_name(group, reviewed):
    amina, bao, carmen = reviewed
    Feedback(group.store, "small").release(amina, "idea", 1, {"comments": [{"text": "Well done."}]})
    grades = {
        (amina, "idea"): Grade(None, 2.0, 1.0, 4.0, 0),
        (bao, "idea"): Grade(None, 0.5, 0.25, 4.0, 0),
    }
    found = takeout(group.store, group.course, amina, grades)
    text = json.dumps(found)
    assert found["person"]["display_name"] == "Amina"
    assert {row["exercise"] for row in found["answers"]} == {"idea", "idea-reviews"}
    assert [row["number"] for row in found["submissions"] if row["exercise"] == "idea"] == [1]
    assert [row["document"]["comments"][0]["text"] for row in found["feedback"]] == ["Well done."]
    assert [(row["exercise"], row["automatic"], row["manual"]) for row in found["grades"]] == [
        ("idea", 2.0, 1.0)
    ]
    assert len(found["reviews_written"]) == 2
    for name in ("Bao", "Carmen"):
        assert name not in text
    assert found["reviews_received"], "what can be read on the page"
    for other in (bao, carmen):
        given = [row for row in found["reviews_received"] if row["review"].get("star1") == f"Told by {other}"]
        assert len(given) == 1
        assert f'"{other}"' not in text, "ids of others stand in no column"


def test_what_somebody_wrote_for_a_team_is_theirs_and_what_others_wrote_there_is_not(group):
    amina, bao = (group.join(name)[0] for name in ("Amina", "Bao"))
    team = Teams(group.store, group.course.id).make("Night shift", [amina, bao])
    for person, text in ((amina, "mine"), (bao, "not mine")):
        answers = Answers(group.store, "small", author=person)
        answers.save(team.id, "idea", [Edit(f"edit-{person}", "what", text)])
        answers.submit(team.id, "idea", f"key-{person}", "v1", "en")
    Feedback(group.store, "small").release(team.id, "idea", 1, {"comments": [{"text": "To both."}]})
    found = takeout(group.store, group.course, amina, {})
    assert [row["value"] for row in found["written_for_teams"]] == ["mine"]
    assert [row["team_id"] for row in found["teams"]] == [team.id]
    assert [row["number"] for row in found["submissions"]] == [1, 2]
    assert "To both." in json.dumps(found["feedback"])
    assert "not mine" not in json.dumps(found)


def test_nothing_names_a_person_any_more_whose_answers_were_deleted(group, reviewed):
    remove(group.people, reviewed[0], "delete")
    with group.store.session() as session:
        for each in NAMED:
            count = sa.select(sa.func.count()).where(each.column == reviewed[0])
            assert session.scalar(count) == 0, each.title
        assert session.get(PersonRow, reviewed[1]) is not None
