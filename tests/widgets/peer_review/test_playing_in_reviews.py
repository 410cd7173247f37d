"""A reviewer plays the unit of the work that she reads, and nobody else does."""

import uuid

import pytest

from academy.data import DataFolder
from academy.people import Teams
from academy.session import Session
from academy.store.values import Edit
from academy_widgets.peer_review import page as review_page
from academy_widgets.player import Player
from tests.peers.conftest import Class, Clock
from tests.peers.small import small_course

PIECE = """
id: piece
module: week
title: A piece
minutes: 30
fields:
  - {id: kind, type: choice, label: Kind, options: [{id: story, label: Story}]}
  - {id: title, type: line, label: Title, chars: 60}
  - {id: hook, type: text, label: Hook}
  - {id: person, type: text, label: Person}
  - {id: turning, type: text, label: Turning}
  - {id: decision, type: text, label: Decision}
  - {id: consequence, type: text, label: Consequence}
  - {id: link, type: text, label: Link}
"""


@pytest.fixture
def group(tmp_path, at_time):
    folder = small_course(tmp_path)
    (folder / "piece").mkdir()
    (folder / "piece" / "exercise.yaml").write_text(PIECE, "utf-8")
    reviews = folder / "idea-reviews" / "exercise.yaml"
    reviews.write_text(
        reviews.read_text("utf-8").replace("  of: idea\n", "  of: idea\n  play: piece\n"), "utf-8"
    )
    data = DataFolder.create(tmp_path / "data")
    clock = Clock()
    at_time(clock)
    made = Class(folder, data.store_url, clock)
    made.data = data
    yield made
    made.store.close()


def write(group, person, **values):
    edits = [Edit(uuid.uuid4().hex, path, value) for path, value in values.items()]
    group.round.answers.save(person, "piece", edits, "phone")


def players(group, person_id, at_page):
    person = group.people.get(person_id)
    session = Session(
        person.id, person.role, person.display_name, "en", None, group.course, group.store, group.data,
        Teams(group.store, group.course.id).of(person.id),
    )  # fmt: skip
    at_page(session)
    return [part for part in review_page.review_parts("idea-reviews") if isinstance(part, Player)]


def test_a_reviewer_plays_the_unit_as_it_was_submitted_and_nobody_else_does(group, at_page):
    three = group.join("Amina", "Bao", "Carmen")
    for person in three:
        write(group, person, kind="story", title=f"Of {person}", hook="At six she was late.")
        group.submit(person, f"A study circle of {person}")
    assert players(group, three[0], at_page) == []
    task = group.round.next_for(three[0])
    group.clock.forward(minutes=1)
    write(group, task.author, title="Changed since")
    (player,) = players(group, three[0], at_page)
    assert player.unit["title"] == f"Of {task.author}"
    sent = []
    player.send = sent.append
    player._answer(player, {"kind": "read"}, [])
    assert sent == [{"kind": "unit", "unit": player.unit}]
    assert all(players(group, person, at_page) == [] for person in three[1:])


def test_work_without_a_unit_is_read_and_not_played(group, at_page):
    three = group.join("Amina", "Bao", "Carmen")
    for person in three:
        group.submit(person, f"A study circle of {person}")
    group.round.next_for(three[0])
    assert players(group, three[0], at_page) == []
