"""Home, feedback and the cohort as people read them."""

import html
import re

import pytest

from academy.deadlines import Extensions
from academy.people import Teams
from academy.session import FOR_FACILITATORS, Session
from academy.store import Feedback, Releases
from academy_widgets import pages

RUBRIC = """\
rubric:
  - {id: clear, label: Clear, levels: [Vague., Some of it., Most of it., All of it.]}
"""
CHECKS = '''\
"""Checks of the idea."""
from academy.course import check

@check("long", points=2, title="It is long", hint="What else?", fields=["what"])
def long(answers):
    return len(answers["what"] or "") > 9
'''


@pytest.fixture
def folder(folder):
    with (folder / "idea" / "exercise.yaml").open("a", encoding="utf-8") as file:
        file.write(RUBRIC)
    (folder / "idea" / "checks.py").write_text(CHECKS, "utf-8")
    return folder


@pytest.fixture
def read(group, at_page):
    """A page as words: `read(person, pages.home_page)`."""

    def show(person_id, page, *more, role="participant", zone=None):
        name = group.people.get(person_id).display_name
        team = Teams(group.store, group.course.id).of(person_id)
        at_page(Session(person_id, role, name, "en", zone, group.course, group.store, group.data, team))
        return re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]+>", " ", page(*more).data)))

    return show


def give(group, person, number=1, **document):
    whole = {"comments": [], "rubric": [], "checks": [], "points": 1, "max_points": 2} | document
    Feedback(group.store, "small").release(person, "idea", number, whole)


@pytest.mark.parametrize(
    ("page", "more"), [(pages.home_page, []), (pages.feedback_page, ["idea"]), (pages.cohort_page, [])]
)
def test_an_author_who_is_not_signed_in_is_told_so(at_page, page, more):
    at_page(None)
    assert "Nobody is signed in here: open this page in the app" in page(*more).data


@pytest.mark.parametrize(
    ("score", "said", "silent"),
    [
        (None, ["Clear Not judged yet."], ["Level", "next level"]),
        (0, ["Level 0 of 4: not there yet", "The next level: Vague."], ["Some of it."]),
        (1, ["Level 1 of 4: starting Vague. The next level: Some of it."], ["Most of it."]),
        (2.5, ["Level 2.5 of 4: developing Some of it. The next level: Most of it."], ["All of it."]),
        (3, ["Level 3 of 4: solid Most of it. The next level: All of it."], ["Vague."]),
        (4, ["Level 4 of 4: ready to share All of it."], ["The next level"]),
        (5, ["Level 5 of 4:"], ["The next level", "All of it."]),
    ],
)
def test_a_level_is_said_with_its_words_and_those_of_the_next(group, read, score, said, silent):
    (amina,) = group.join("Amina")
    group.submit(amina)
    gone = {"id": "gone", "score": 3, "points": 4, "comment": "Of a criterion that is no more"}
    rubric = [gone, {"id": "clear", "score": score, "points": 4, "comment": " Say who. "}]
    give(group, amina, rubric=rubric)
    page = read(amina, pages.feedback_page, "idea")
    assert all(words in page for words in [*said, "Say who."])
    assert not any(words in page for words in [*silent, "no more"])


def test_feedback_has_the_words_of_today_where_there_are_any_and_says_which_version_it_is_about(group, read):
    (amina,) = group.join("Amina")
    group.submit(amina)
    assert "feedback on “An idea” will appear here" in read(amina, pages.feedback_page, "idea")
    checks = [
        {"id": "long", "title": "Old title", "hint": "Old hint", "earned": 2, "points": 2},
        {"id": "gone", "title": "Gone title", "hint": "Gone hint", "earned": 1.5, "points": 2},
        {"id": "untitled", "earned": None, "points": 1},
    ]
    give(group, amina, checks=checks, comments=[{"text": "Well done."}, {"text": "  "}, {}])
    page = read(amina, pages.feedback_page, "idea")
    assert "Checks passed: 1 of 3." in page
    assert "It is long Passed" in page
    assert "Old" not in page
    assert "Gone title Look again Gone hint" in page
    assert "untitled Look again" in page
    assert (
        "1 of 2 points It is long: 2 of 2 points Gone title: 1.5 of 2 points untitled: 0 of 1 points" in page
    )
    assert page.count("Well done.") == 1
    assert "On version 1 of “An idea”" in page
    assert "a newer version since" not in page
    group.submit(amina, "A better one")
    assert "a newer version since. This feedback is about version 1." in read(
        amina, pages.feedback_page, "idea"
    )


def test_the_cohort_counts_how_far_people_are_exercise_by_exercise(group, read):
    desk = group.people.add("Desk", role="facilitator").person.id
    people = group.join("Amina", "Bao", "Carmen", "Dina", "Eve")
    mentor = group.people.add("Milo", role="mentor").person.id
    Releases(group.store, "small").release("idea")
    for person in people[:3]:
        group.submit(person)
    give(group, people[0])
    give(group, people[1])
    group.submit(people[1], "A better one")
    group.people.set_active(people[4], False)
    page = read(desk, pages.cohort_page, role="facilitator")
    assert "5 participants and mentors." in page
    assert "An idea 3 3 2" in page
    row = page[page.index("Who is where") :]
    assert f"Amina {people[0]} Has feedback (version 1)" in row
    assert f"Bao {people[1]} Submitted again since the feedback (version 2)" in row
    assert f"Carmen {people[2]} Waits for feedback (version 1)" in row
    assert f"Dina {people[3]} Not begun" in row
    assert f"Milo {mentor} Not begun" in row
    assert "Eve" not in page
    assert "Desk" not in row
    for role in ("participant", "mentor"):
        assert read(desk, pages.cohort_page, role=role).strip() == FOR_FACILITATORS


def test_home_says_what_is_next_and_with_whom(group, read, at_time):
    at_time(group.clock)
    amina, bao, carmen = group.join("Amina", "Bao", "Carmen")
    page = read(amina, pages.home_page)
    assert "Welcome, Amina." in page
    assert "You write your passport in the team" not in page
    assert "Read each other's ideas 30 minutes · Open: you can start" in page
    Releases(group.store, "small").release("idea")
    assert "An idea 30 minutes · Open: you can start" in read(amina, pages.home_page)
    team = group.teams.make("Dockers", [amina, bao])
    assert "in the team Dockers, together with Bao." in read(amina, pages.home_page)
    group.teams.add(team.id, carmen)
    page = read(amina, pages.home_page)
    assert page.count("together with Bao and Carmen.") + page.count("together with Carmen and Bao.") == 1
    group.submit(team.id)
    page = read(bao, pages.home_page)
    assert "An idea: Submitted (version 1, " in page
    assert "What is next Read each other's ideas" in page
    give(group, team.id)
    page = read(bao, pages.home_page)
    assert "An idea: Feedback is here new (version 1, " in page
    assert "New for you" not in page, "there is no page on which to read it"


def test_home_says_when_the_week_ends_for_the_person_and_for_their_team(group, read, at_time):
    at_time(group.clock)
    amina, bao, carmen = group.join("Amina", "Bao", "Carmen")
    team = group.teams.make("Dockers", [amina, bao])
    assert "until 15 March 2026" in read(amina, pages.home_page)
    Extensions(group.store, group.course, group.clock).give("week", 20, "f-desk", person=team.id)
    for person, end in ((amina, "4 April 2026"), (bao, "4 April 2026"), (carmen, "15 March 2026")):
        assert f"until {end}" in read(person, pages.home_page)
    assert "in your time (UTC)" in read(amina, pages.home_page)
    assert "in your time (Asia/Beirut)" in read(amina, pages.home_page, zone="Asia/Beirut")
    assert 'href="../../calendar.ics"' in pages.home_page().data
