"""Who is where, and who is stuck."""

import secrets

from academy.course import load_course
from academy.desk.people import cohort
from academy.desk.watch import CohortWatch
from academy.progress import steps
from academy.store import Edit, Feedback, Releases
from academy.store.arrivals import note_arrival
from academy.store.events import Events


def line(group, person):
    return next(each for each in cohort(group.store, group.course).lines if each.id == person)


def write(group, person, text="A circle at the gate"):
    group.answers.save(person, "idea", [Edit(secrets.token_hex(6), "what", text)])


def test_the_letters_say_what_the_persons_own_page_says(group):
    amina, bao, carmen, dina = group.join("Amina", "Bao", "Carmen", "Dina")
    Releases(group.store, "small").release("idea")
    write(group, bao)
    group.submit(carmen)
    group.submit(dina)
    Feedback(group.store, "small").release(dina, "idea", 1, {})
    letters = {"open": "o", "started": "s", "submitted": "m", "feedback": "f", "closed": "c"}
    for person in (amina, bao, carmen, dina):
        expected = "".join(letters[step.state] for step in steps(group.store, group.course, person))
        assert line(group, person).states == expected
    group.submit(dina, "A better one")
    assert line(group, dina).states[0] == "a"


def test_what_is_private_is_done_once_it_is_handed_in_and_waits_for_no_feedback(group, folder):
    (folder / "diary").mkdir()
    idea = (folder / "idea" / "exercise.yaml").read_text("utf-8")
    (folder / "diary" / "exercise.yaml").write_text(
        idea.replace("id: idea", "id: diary\nprivate: true"), "utf-8"
    )
    course = load_course(folder)
    place = [exercise.id for exercise in course.exercises].index("diary")
    (amina,) = group.join("Amina")
    group.answers.save(amina, "diary", [Edit(secrets.token_hex(6), "what", "Mine alone")])
    assert cohort(group.store, course).lines[0].states[place] == "s"
    group.answers.submit(amina, "diary", secrets.token_hex(6), "v1")
    assert cohort(group.store, course).lines[0].states[place] == "d"


def test_a_team_is_where_its_members_are(group):
    amina, bao = group.join("Amina", "Bao")
    team = group.teams.make("Dockers", [amina, bao])
    write(group, team.id)
    assert [line(group, person).states[0] for person in (amina, bao)] == ["s", "s"]
    assert line(group, amina).team == team.id


def test_who_took_no_step_for_more_than_three_days_is_stuck_while_something_is_open(group, long_ago):
    amina, bao, carmen = group.join("Amina", "Bao", "Carmen")
    Releases(group.store, "small").release("idea")
    write(group, amina)
    for person, days in ((amina, 4), (bao, 2), (carmen, 5)):
        long_ago(person, days)
    assert [line(group, person).stuck for person in (amina, bao, carmen)] == [True, False, True]
    write(group, carmen)
    assert not line(group, carmen).stuck
    Releases(group.store, "small").withdraw("idea")
    Releases(group.store, "small").withdraw("idea-reviews")
    long_ago(bao, 9)
    assert not line(group, bao).stuck, "nothing is open for Bao"


def test_a_review_is_a_step(group, long_ago):
    people = group.join("Amina", "Bao", "Carmen")
    for person in people:
        group.submit(person)
        long_ago(person, 9)
    assert line(group, people[0]).stuck
    task = group.give(people[0])
    assert task
    assert not line(group, people[0]).stuck


def test_who_never_came_is_said_to_have_never_come_until_they_open_a_page(group, desk):
    amina, bao = group.join("Amina", "Bao")
    write(group, bao)
    assert [line(group, person).came for person in (amina, bao)] == [False, True]
    told = {each[0]: each[5] for each in desk.document()["people"]}
    assert told[amina] == 0
    assert told[bao] > 0
    note_arrival(group.store, "small", amina)
    note_arrival(group.store, "small", amina)
    assert line(group, amina).came
    assert len(Events(group.store, "small").holding("came")) == 1
    assert {each[0]: each[5] for each in desk.changes()["people"]}[amina] > 0


def test_a_member_of_a_team_that_writes_may_still_never_have_come(group):
    amina, bao = group.join("Amina", "Bao")
    team = group.teams.make("Dockers", [amina, bao])
    write(group, team.id)
    assert [line(group, person).came for person in (amina, bao)] == [True, True], "nobody knows"
    note_arrival(group.store, "small", bao)
    assert [line(group, person).came for person in (amina, bao)] == [False, True]


def test_a_facilitator_and_somebody_who_left_are_not_in_the_list(group):
    (amina,) = group.join("Amina")
    desk = group.people.add("Desk", role="facilitator").person.id
    group.people.set_active(amina, False)
    found = cohort(group.store, group.course)
    assert found.lines == ()
    assert found.names[desk] == "Desk"


def test_people_stand_in_the_order_of_their_names_however_these_are_written(group):
    added = {group.people.add(name).person.id for name in ("zoe", "Bao", "ana", "Ana B")}
    lines = cohort(group.store, group.course).lines
    assert [each.name for each in lines if each.id in added] == ["ana", "Ana B", "Bao", "zoe"]


def test_a_cohort_costs_the_same_few_questions_however_many_people_it_has(group, questions):
    few = questions(lambda: cohort(group.store, group.course))
    for person in group.join(*(f"P {n}" for n in range(30))):
        group.submit(person)
    assert questions(lambda: cohort(group.store, group.course)) == few <= 8


def test_looking_again_costs_next_to_nothing_and_finds_what_is_new(group, questions):
    amina, bao = group.join("Amina", "Bao")
    none = f"sqlite:///{group.data.path}/none.db"
    watch = CohortWatch(
        group.store, group.course, none, ticks=lambda: 0.0
    )  # no time passes, and nobody rests
    assert not watch.look()
    assert questions(watch.look) <= 4
    for change in (
        lambda: write(group, amina),
        lambda: group.submit(bao),
        lambda: Releases(group.store, "small").release("idea"),
        lambda: group.people.add("Carmen"),
        lambda: group.give(amina),
    ):
        change()
        assert watch.look()
        assert watch.cohort.lines == cohort(group.store, group.course).lines
        watch.look()
        assert not watch.look()


def test_what_waits_is_worked_out_with_a_rest_between(group):
    now = [0.0]
    watch = CohortWatch(
        group.store, group.course, f"sqlite:///{group.data.path}/none.db", ticks=lambda: now[0]
    )
    watch._rest_until = 5.0
    group.submit(group.join("Amina")[0])
    assert watch.look()
    assert watch.things == []
    now[0] = 5.0
    assert watch.look()
    assert watch.cohort.lines[0].states[0] == "m"
