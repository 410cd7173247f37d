"""What must not go on, and pictures of a cohort."""

import csv
import datetime as dt
import io
import secrets
import shutil

import pytest

from academy.course import load_course
from academy.course.desk_plan import Coverage, DeskPlan, Stop, desk_plan
from academy.course.examples import example_of, flatten
from academy.course.lint.desk import plan_faults
from academy.course.lint.whole import lint_course
from academy.desk.people import cohort
from academy.desk.pictures import _hide_small, cohort_pictures
from academy.desk.stopped import stopped
from academy.desk.waiting import stops, waiting
from academy.errors import CourseError
from academy.people import People, Teams
from academy.store import Answers, Edit, Releases, open_store
from academy.store.schema import utc_now

COURSE = load_course("innovative-workers-education")
PLAN = desk_plan(COURSE)

STOP = "Please stop this now"
ROUNDS = ("flagged", "unreviewed")


@pytest.fixture
def union(tmp_path):
    """People of the flagship course: `union(name, exercise, **changes)` hands in the worked example, changed."""
    store = open_store(tmp_path / "academy.sqlite")
    people, answers, teams = People(store, b"s" * 32), Answers(store, COURSE.id), Teams(store)

    def hand_in(name, exercise, **changes):
        there = {person.display_name: person.id for person in people.all()}
        there |= {team.name: team.id for team in teams.all()}
        person = there.get(name) or people.add(name).person.id
        chosen = COURSE.exercise(exercise)
        flat = flatten(chosen, example_of(chosen)) | {k.replace("__", "/"): v for k, v in changes.items()}
        edits = [Edit(secrets.token_hex(6), path, value) for path, value in flat.items()]
        answers.save(person, exercise, edits)
        answers.submit(person, exercise, secrets.token_hex(6), "v1")
        return person

    hand_in.store, hand_in.people, hand_in.teams = store, people, teams
    yield hand_in
    store.close()


def drawn(union, language="en", **plan):
    course = load_course(COURSE.folder, language)
    made = cohort_pictures(union.store, course, PLAN.model_copy(update=plan), cohort(union.store, course))
    return {picture.id: picture for picture in made}


def test_a_stop_in_what_was_handed_in_comes_first_and_goes_when_it_is_mended(union):
    union("Bao", "ai-register")
    amina = union("Amina", "ai-register", uses__r1__decides="yes")
    known = {}

    def found():
        return waiting(union.store, COURSE, PLAN, cohort(union.store, COURSE), {}, known)

    first = found()[0]
    assert (first.kind, first.exercise.id, first.who) == ("stop", "ai-register", (amina,))
    assert len(known) == 2
    (handed_in,) = Answers(union.store, COURSE.id).submissions("ai-register", amina)
    assert first.newest == handed_in.rev
    union("Amina", "profile")
    assert found()[0].newest == handed_in.rev
    union("Amina", "ai-register", uses__r1__decides="yes")
    again = found()[0]
    assert (again.who, again.newest > first.newest) == ((amina,), True)
    union("Amina", "ai-register", uses__r1__decides="no")
    assert all(thing.kind != "stop" for thing in found())
    union("Amina", "ai-register", uses__r1__decides="yes")
    assert found()[0].kind == "stop"
    union.people.set_active(amina, False)
    assert all(thing.kind != "stop" for thing in found())


def test_a_stop_leads_to_the_very_answer_as_it_was_handed_in_last(union):
    amina = union("Amina", "ai-register", uses__r1__decides="yes")
    union("Amina", "ai-register", uses__r1__decides="yes", uses__r1__who="The newest user")
    (found,) = stopped(union.store, COURSE, PLAN, COURSE.exercise("ai-register"), amina)
    assert (found.by, found.number) == (amina, 2)
    said = dict(reversed(found.answers))
    assert "The newest user" in said.values()
    assert found.answers[0][0] == "What the register says"
    column = next(c for c in COURSE.exercise("ai-register").field("uses").columns if c.id == "decides")
    assert said[column.label] == column.option_label("yes")
    union("Amina", "ai-register", uses__r1__decides="no")
    assert stopped(union.store, COURSE, PLAN, COURSE.exercise("ai-register"), amina) == []
    assert stopped(union.store, COURSE, PLAN, COURSE.exercise("ai-register"), "p-nobody") == []


def waits(group, plan):
    return list(stops(group.store, group.course, plan, cohort(group.store, group.course), {}))


def test_a_stop_in_a_review_is_about_its_author_and_shows_what_was_said_of_them(group):
    plan = DeskPlan(stops=[Stop(answer="idea-reviews.reviews.star", said=[STOP])])
    reviews = group.course.exercise("idea-reviews")
    people = amina, bao, carmen = group.join("Amina", "Bao", "Carmen")
    for person in people:
        group.submit(person)
    assert waits(group, plan) == []
    given = {group.give(amina, star=STOP).author, group.give(amina, wish=STOP).author}
    assert given == {bao, carmen}
    group.write(group.round.next_for(bao), star=STOP)
    for person in (amina, bao):
        group.answers.submit(person, "idea-reviews", secrets.token_hex(6), "v1", "en")
    (found,) = waits(group, plan)
    assert (found.kind, found.exercise, found.count) == ("stop", reviews, 1), "Bao has not finished"
    (warned,) = found.who
    (other,) = given - {warned}
    assert found.newest == group.answers.submissions("idea-reviews", bao)[-1].rev
    (seen,) = stopped(group.store, group.course, plan, reviews, warned)
    assert (seen.by, seen.number) == (amina, 1)
    assert dict(seen.answers) == {
        "A star": STOP,
        "A wish": "Say how you reach them",
        "Level": "3",
    }
    assert stopped(group.store, group.course, plan, reviews, other) == []
    assert stopped(group.store, group.course, plan, group.course.exercise("idea"), warned) == []


def test_flagged_reviews_and_work_that_nobody_reviewed_wait_while_a_round_is_open(group, at_time):
    amina, bao, carmen = group.join("Amina", "Bao", "Carmen")
    for person in (amina, bao, carmen):
        group.submit(person)

    def waits_in_rounds():
        found = waiting(group.store, group.course, DeskPlan(), cohort(group.store, group.course), {}, {})
        return [(each.kind, each.exercise.id, each.count, each.who) for each in found if each.kind in ROUNDS]

    assert waits_in_rounds() == [], "somebody may still come to it"
    at_time(utc_now() + dt.timedelta(days=4))
    assert waits_in_rounds() == [("unreviewed", "idea-reviews", 3, tuple(sorted((amina, bao, carmen))))]
    tasks = [group.give(person) for person in (amina, bao, carmen) for _ in range(2)]
    assert waits_in_rounds() == []
    group.round.reply(tasks[0].author, tasks[0].key, 1, flagged=True)
    assert waits_in_rounds() == [("flagged", "idea-reviews", 1, ())]
    Releases(group.store, "small").withdraw("idea-reviews")
    assert waits_in_rounds() == []


def test_an_answer_in_a_form_is_a_stop_of_who_handed_it_in(group):
    plan = DeskPlan(stops=[Stop(answer="idea.what", said=[STOP])])
    amina, bao = group.join("Amina", "Bao")
    group.submit(amina, STOP)
    newest = group.submit(bao).rev
    (found,) = waits(group, plan)
    assert (found.who, found.count, found.newest) == ((amina,), 1, newest)
    idea = group.course.exercise("idea")
    assert [each.answers for each in stopped(group.store, group.course, plan, idea, amina)] == [
        (("What?", STOP),)
    ]
    assert stopped(group.store, group.course, plan, idea, bao) == []
    assert stopped(group.store, group.course, plan, idea, "p-nobody") == []
    group.people.set_active(amina, False)
    assert waits(group, plan) == []


@pytest.mark.parametrize(
    "stop", [{"check": "idea.nothing"}, {"check": "nothing.idea"}, {"answer": "nothing.what", "said": [STOP]}]
)
def test_a_stop_that_the_course_does_not_have_stops_nobody(group, stop):
    (amina,) = group.join("Amina")
    group.submit(amina, STOP)
    plan = DeskPlan(stops=[Stop.model_validate(stop)])
    assert waits(group, plan) == []
    assert stopped(group.store, group.course, plan, group.course.exercise("idea"), amina) == []


def test_what_has_no_points_waits_for_feedback_like_the_rest(union):
    assert not COURSE.exercise("profile").points
    amina = union("Amina", "profile")
    found = waiting(union.store, COURSE, PLAN, cohort(union.store, COURSE), {}, {})
    assert ("collect", "profile", (amina,)) in [(each.kind, each.exercise.id, each.who) for each in found]


def test_a_draft_that_was_not_handed_in_is_nobodys_business(union):
    amina = union("Amina", "ai-register")
    path = [Edit(secrets.token_hex(6), "uses/r1/decides", "yes")]
    Answers(union.store, COURSE.id).save(amina, "ai-register", path)
    assert list(stops(union.store, COURSE, PLAN, cohort(union.store, COURSE), {})) == []


def test_each_picture_has_a_sentence_a_table_and_a_csv(union):
    for name in ("Amina", "Bao"):
        for exercise in ("profile", "context-map", "people"):
            union(name, exercise)
    pictures = drawn(union)
    assert set(pictures) == {"drivers", "access", "coverage", "minutes"}, "five are needed for a balance"
    for picture in pictures.values():
        rows = list(csv.reader(io.StringIO(picture.csv)))
        assert rows[0] == list(picture.picture.head)
        assert len(rows) == len(picture.picture.rows) + 1
        assert picture.picture.sentence.endswith(".")
        assert picture.picture.svg.startswith("<svg")
        assert list(picture.frame().columns) == rows[0]
    assert pictures["drivers"].picture.sentence.startswith("2 maps.")
    driver = pictures["drivers"].frame()
    regions = driver.columns[2:]
    assert (driver[regions].astype(int).sum(axis=1) == driver[driver.columns[1]].astype(int)).all()


def test_pictures_speak_the_facilitators_language_and_are_drawn_from_the_right(union):
    union("Amina", "context-map")
    picture = drawn(union, "ar")["drivers"]
    assert 'direction="rtl"' in picture.picture.svg
    assert "خرائط" in picture.picture.sentence


def test_maps_are_counted_for_the_region_of_a_person_or_of_all_members_of_a_team(union):
    regions = {"Amina": "africa", "Bao": "africa", "Carmen": "europe-central-asia", "Dina": None}
    people = {name: union(name, "profile", region=region) for name, region in regions.items()}
    for name, members in {"One": ["Amina", "Dina"], "Two": ["Bao", "Carmen"]}.items():
        union.teams.make(name, [people[each] for each in members])
    for name in ("One", "Two", "Emil"):
        union(name, "context-map")
    picture = drawn(union)["drivers"].picture
    assert picture.head == ["Driver of change", "Maps", "Africa", "Several regions", "Region not said"]
    assert picture.rows[0][1:] == ["3", "1", "1", "1"]
    without = drawn(union, region=None)["drivers"].picture
    assert without.head == ["Driver of change", "Maps"]
    assert without.rows[0][1:] == ["3"]


@pytest.mark.parametrize(
    ("megabytes", "advice"),
    [
        (29, "Messages and text fit; an hour of sound does not."),
        (30, "An hour of sound fits, an hour of video does not."),
        (299, "An hour of sound fits, an hour of video does not."),
        (300, "An hour of video fits for half of them, and sound for more."),
    ],
)
def test_what_half_of_the_groups_can_pay_says_what_fits(union, megabytes, advice):
    union("Amina", "people", access__r1__data_budget=megabytes, access__r2__data_budget=megabytes)
    picture = drawn(union)["access"].picture
    assert picture.sentence == (
        f"2 groups of learners. Half of them have {megabytes} MB a month or less for learning. {advice}"
    )


def test_outcomes_count_who_has_shown_them_in_all_in_some_and_in_no_exercise(union):
    for name, exercises in {
        "Amina": ["profile", "people"],
        "Bao": ["people"],
        "Carmen": ["priorities"],
    }.items():
        for exercise in exercises:
            union(name, exercise)
    union.people.add("Desk", role="mentor")
    design, network = COURSE.outcomes[0].id, COURSE.outcomes[1].id
    coverage = [
        Coverage(outcome=design, exercises=["profile", "people", "nothing"]),
        Coverage(outcome=network, exercises=["people", "context-map"]),
        Coverage(outcome="nothing", exercises=["people"]),
        Coverage(outcome="design", exercises=["nothing"]),
    ]
    picture = drawn(union, coverage=coverage)["coverage"].picture
    assert [row[1:] for row in picture.rows] == [["1", "1", "1"], ["0", "2", "1"]]
    assert picture.sentence.startswith("3 participants.")
    assert picture.sentence.endswith(f"{COURSE.outcomes[1].label} (0).")


def test_a_picture_that_the_course_has_nothing_for_is_left_out(union):
    names = {"drivers", "access", "coverage", "minutes"}
    assert drawn(union) == {}
    union.people.add("Desk", role="mentor")
    assert drawn(union) == {}
    for exercise in ("profile", "context-map", "people"):
        union("Amina", exercise)
    assert set(drawn(union)) == names
    for plan in ({"drivers": None}, {"access": None}, {"link": "nothing"}, {"coverage": []}):
        left = {"link": "access"}.get(*plan, *plan)
        assert set(drawn(union, **plan)) == names - {left}
    assert set(drawn(union, balance=["profile.nothing", "nothing.role"])) == names
    assert list(drawn(union, pictures=["minutes", "drivers"])) == ["minutes", "drivers"]


def test_half_of_the_people_have_handed_in_so_many_minutes_of_a_week(union):
    for name in ("Amina", "Bao", "Carmen"):
        for exercise in COURSE.modules[0].exercises:
            union(name, exercise)
    union.people.add("Dina")
    union("Amina", "people")
    picture = drawn(union)["minutes"].picture
    week = COURSE.modules[0]
    plan = str(sum(COURSE.exercise(exercise).minutes for exercise in week.exercises))
    assert picture.rows[0] == [week.title, str(week.minutes), plan, plan, "3"]
    assert [row[3] for row in picture.rows[1:]] == ["0"] * (len(picture.rows) - 1)


def test_a_balance_counts_nobody_before_there_are_five_and_then_in_fives(union):
    roles = ["trainer"] * 5 + ["institute"] * 5 + ["practitioner"] * 3
    balance = None
    for n, role in enumerate(roles):
        union(f"P {n}", "profile", role=role)
        before, balance = balance, drawn(union).get("balance-profile-role")
        if n < 4:
            assert balance is None
        elif n % 5 != 4:
            assert balance.csv == before.csv, "who watches must not see who came in"
    counts = dict(balance.picture.rows)
    assert sorted(counts.values()).count("5") == 2
    assert "3" not in counts.values()


def test_a_small_count_cannot_be_found_by_subtracting():
    assert _hide_small({"a": 20, "b": 7, "c": 2, "d": 0}, 5) == {"a": 20, "b": None, "c": None, "d": 0}
    assert _hide_small({"a": 20, "b": 3, "c": 2}, 5) == {"a": 20, "b": None, "c": None}
    assert _hide_small({"a": 20, "b": 7}, 5) == {"a": 20, "b": 7}


def test_the_flagships_plan_names_only_what_is_there():
    assert list(plan_faults(COURSE)) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("drivers: context-map.map.nothing", "drivers"),
        ("stops: [{check: ai-register.nothing}]", "stops.1.check"),
        ("stops: [{answer: profile.role}]", "stops.1"),
        ("coverage: [{outcome: nothing, exercises: [canvas]}]", "coverage.nothing"),
        ("coverage: [{outcome: design, exercises: [nothing]}]", "coverage.design"),
    ],
)
def test_a_plan_that_names_what_is_not_there_is_told(tmp_path, text, place):
    (tmp_path / "desk.yaml").write_text(text, "utf-8")
    faults = list(plan_faults(COURSE.model_copy(update={"folder": tmp_path})))
    assert [fault.path for fault in faults] == [place]


def test_a_plan_with_an_unknown_key_is_refused_with_its_place(tmp_path, folder):
    (folder / "desk.yaml").write_text("pictured: [drivers]", "utf-8")
    with pytest.raises(
        CourseError,
        match=r"desk.yaml: line \d+, column 1: pictured: this key is not known; did you mean pictures",
    ):
        desk_plan(load_course(folder))
    assert any("desk.yaml" in str(finding) for finding in lint_course(folder))
    shutil.rmtree(folder)
