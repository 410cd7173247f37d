"""Who has left is out of counts, reviews and exports; who is removed leaves what was chosen, and no name."""

import sqlite3

import pytest
import sqlalchemy as sa

from academy.course import load_course
from academy.desk.people import cohort
from academy.desk.results import results
from academy.errors import AccessError, PeopleError
from academy.exports.grades import completion_rows
from academy.peers import board
from academy.peers.overview import overview
from academy.peers.table import reviews_table
from academy.people.leaving import readmit, remove, traces, who_left, withdraw
from academy.store.live import LiveSeat, LiveSession
from academy.store.schema import Base, Revision
from tests.peers.conftest import Class
from tests.peers.small import small_course


@pytest.fixture
def group(tmp_path):
    made = Class(small_course(tmp_path), tmp_path / "academy.sqlite")
    yield made
    made.store.close()


def everywhere(group, person):
    """Where a person, or their work, still is."""
    lines = cohort(group.store, group.course).lines
    table = reviews_table(group.store, group.course, blind=False)
    seen = {
        "cohort": [line.id for line in lines],
        "completion": [row[0] for row in completion_rows(group.course, cohort(group.store, group.course))[1]],
        "results": [one.person for one in results(group.store, group.course, {})],
        "pool": list(group.round.pool()),
        "authors": [line.author for line in board.authors(group.round)],
        "without": [*overview(group.round).without, *overview(group.round).waiting],
        "reviews": [] if table.empty else [*table["reviewer"], *table["author"]],
    }
    return {name for name, ids in seen.items() if person in ids}


def test_who_withdraws_leaves_counts_desk_reviews_and_exports_and_can_come_back(group):
    amina, bao, carmen = group.join("Amina", "Bao", "Carmen")
    for person in (amina, bao, carmen):
        group.submit(person)
    given = group.give(amina)
    group.give(bao)
    before = everywhere(group, amina)
    assert before == {"cohort", "completion", "results", "pool", "authors", "without", "reviews"}
    withdraw(group.people, amina)
    assert everywhere(group, amina) == set()
    assert who_left(group.store, group.course.id) == {amina}
    assert [task.author for task in group.round.tasks(amina)] == [given.author]
    assert group.round.received(given.author), "a review that somebody has stays theirs"
    assert group.answers.draft(amina, "idea").values == {"what": "A study circle at the port"}
    with pytest.raises(PeopleError, match="has left already"):
        withdraw(group.people, amina)
    readmit(group.people, amina)
    assert everywhere(group, amina) == before
    with pytest.raises(PeopleError, match="has not left"):
        readmit(group.people, amina)


def test_nobody_waits_for_a_review_of_who_left_or_by_them(group):
    amina, bao, carmen = group.join("Amina", "Bao", "Carmen")
    for person in (amina, bao, carmen):
        group.submit(person)
    held = group.round.next_for(amina)
    while (of_amina := group.round.next_for(bao)).author != amina:
        group.round.finish(bao, of_amina.key, group.write(of_amina))
    withdraw(group.people, amina)
    states = {task.key: task.state for task in group.round.all()}
    assert (states[held.key], states[of_amina.key]) == ("passed", "gone")
    nobody = set()
    while task := group.round.next_for(carmen):
        nobody.add(task.author)
        group.round.finish(carmen, task.key, group.write(task))
    assert nobody == {bao}
    readmit(group.people, amina)
    offered = set()
    while task := group.round.next_for(bao):
        offered.add(task.author)
        group.round.finish(bao, task.key, group.write(task))
    assert amina in offered


def test_work_that_a_facilitator_took_out_stays_out_when_its_author_comes_back(group):
    amina, bao = group.join("Amina", "Bao")
    for person in (amina, bao):
        group.submit(person)
    group.round.next_for(bao)
    group.round.withdraw(amina, "f-000000")
    withdraw(group.people, amina)
    readmit(group.people, amina)
    assert [task.state for task in group.round.all()] == ["gone"]


def test_a_team_goes_on_without_who_left_and_leaves_with_the_last(group):
    amina, bao = group.join("Amina", "Bao")
    team = group.teams.make("Dockers", [amina, bao]).id
    group.submit(team)
    withdraw(group.people, amina)
    assert cohort(group.store, group.course).members == {team: (bao,)}
    assert team in group.round.pool()
    withdraw(group.people, bao)
    assert who_left(group.store, group.course.id) == {amina, bao, team}
    assert cohort(group.store, group.course).owners == set()
    assert group.round.pool() == {}


def test_who_left_is_signed_out_and_can_not_come_in(group):
    new = group.people.add("Amina")
    withdraw(group.people, new.person.id)
    assert group.people.get(new.person.id).session_epoch == new.person.session_epoch + 1
    with pytest.raises(AccessError):
        group.people.by_link(new.link_token)
    readmit(group.people, new.person.id)
    assert group.people.by_link(new.link_token).id == new.person.id


@pytest.fixture
def known(group):
    """Amina with an address, a team, answers, a submission and reviews both ways."""
    amina = group.people.add(
        "Amina D.", email="amina@ex.org", full_name="Amina Diallo", groups=["Docks"]
    ).person.id
    bao, carmen = group.join("Bao", "Carmen")
    for person in (amina, bao, carmen):
        group.submit(person, f"A circle of {person}")
    for person in (amina, bao, carmen):
        while group.give(person, wish=f"wish of {person}"):
            pass
    return amina, bao


def test_what_there_is_of_a_person_is_counted(group, known):
    amina, _bao = known
    assert traces(group.store, group.course.id, amina) == {
        "written": 2,
        "submissions": 1,
        "feedback": 0,
        "given": 2,
        "received": 2,
    }


def test_a_person_who_is_removed_leaves_answers_without_a_name_if_that_is_chosen(group, known):
    amina, _bao = known
    remove(group.people, amina, "keep")
    assert amina not in group.people.private()
    row = group.people.get(amina)
    assert (row.display_name, row.active, row.language) == ("Former participant", False, None)
    with pytest.raises(PeopleError):
        group.people.link_and_code(amina)
    assert group.answers.draft(amina, "idea").values == {"what": f"A circle of {amina}"}
    assert traces(group.store, group.course.id, amina)["given"] == 2
    assert everywhere(group, amina) == set()


def test_a_person_who_is_removed_with_everything_is_in_no_row_and_no_byte(group, known, tmp_path):
    amina, bao = known
    with group.store.write() as session:
        session.add(
            LiveSession(id=1, course="small", webinar="w", code="ABC234", state="closed", by="f-000000")
        )
        session.flush()
        session.add(LiveSeat(session_id=1, who=amina, name="Amina D.", guest=False))
    team_mate = group.people.add("Dina").person.id
    group.teams.make("Dockers", [amina, team_mate])
    remove(group.people, amina, "delete")
    group.store.close()
    with sqlite3.connect(tmp_path / "academy.sqlite") as database:
        for table in Base.metadata.tables:
            for row in database.execute(f'SELECT * FROM "{table}"'):
                assert amina not in str(row), table
    database.close()
    left = b"".join(file.read_bytes() for file in tmp_path.glob("academy.sqlite*"))
    for text in (amina, "amina@ex.org", "Amina D", f"wish of {amina}"):
        assert text.encode() not in left, text
    assert traces(group.store, group.course.id, bao)["received"] == 1, "Carmen's review of Bao stays"


def test_what_was_written_for_a_team_stays_the_teams(group):
    from academy.store import Answers, Edit

    amina, bao = group.join("Amina", "Bao")
    team = group.teams.make("Dockers", [amina, bao]).id
    Answers(group.store, "small", author=amina).save(team, "idea", [Edit("edit-0001", "what", "Ours")])
    remove(group.people, amina, "delete")
    assert group.answers.draft(team, "idea").values == {"what": "Ours"}
    with group.store.session() as session:
        assert session.scalars(sa.select(Revision.author)).all() == [None]
    assert [member.id for member in group.teams.get(team).members] == [bao]


def test_nobody_is_removed_who_is_not_there(group):
    for act in (lambda: withdraw(group.people, "p-000000"), lambda: remove(group.people, "p-000000", "keep")):
        with pytest.raises(PeopleError, match="nobody with the id"):
            act()
    assert load_course(group.course.folder).id == "small"
