import os
import re
import shutil
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from academy.data import DataFolder
from academy.errors import CourseError
from academy.store import Releases, open_store
from academy.store.schema import Credential
from academy_app.cli.first_run import prepare, release_with_nbgrader
from academy_app.cli.options import opened_folder
from tests.support.courses import FLAGSHIP, copy_course


class Nbgrader:
    """Stands in for nbgrader: notes what it was asked to do."""

    def __init__(self):
        self.asked = []

    def __call__(self, root, exercises):
        self.asked.extend(exercises)
        store = open_store(DataFolder.open(root.parents[1]).store_url)
        for exercise in exercises:
            Releases(store, root.name).release(exercise)
        store.close()
        return exercises, None


@pytest.fixture
def nbgrader():
    return Nbgrader()


@pytest.fixture
def courses(tmp_path, monkeypatch):
    """A folder of courses of our own, with a copy of the flagship."""
    root = tmp_path / "courses"
    copy_course(root, notebooks=tmp_path / "notebooks")
    monkeypatch.setenv("ACADEMY_EXERCISES", str(root))
    return root


def opens(courses, when):
    file = courses / FLAGSHIP / "context-map" / "exercise.yaml"
    file.write_text(re.sub(r"(?m)^release: .*$", f"release: {when}", file.read_text("utf-8")), "utf-8")


@pytest.fixture
def closed(courses):
    """Courses of which nothing opens at the start: nbgrader is not needed for them."""
    opens(courses, "by-facilitator")
    return courses


def test_a_first_run_makes_everything_and_later_runs_nothing(folder, courses, nbgrader):
    opens(courses, "at-start")
    first = prepare(folder, release=nbgrader)
    code = folder.people.join_code()
    link = folder.people.link_and_code(first.facilitator.id)
    root = folder.data.course_root(FLAGSHIP)
    assert first.course.id == FLAGSHIP
    assert first.facilitator.role == "facilitator"
    assert code is not None
    assert (root / "source" / "context-map" / "context-map.ipynb").is_file()
    assert nbgrader.asked == ["context-map"]
    assert Releases(folder.store, FLAGSHIP).is_open("context-map")

    again = prepare(folder, release=nbgrader)
    assert again.facilitator == first.facilitator
    assert folder.people.join_code() == code
    assert folder.people.link_and_code(first.facilitator.id) == link
    assert len(folder.people.all()) == 1
    assert nbgrader.asked == ["context-map"]


def test_what_was_closed_stays_closed(folder, courses, nbgrader):
    opens(courses, "at-start")
    prepare(folder, release=nbgrader)
    folder.people.close_join()
    Releases(folder.store, FLAGSHIP).withdraw("context-map")
    prepare(folder, release=nbgrader)
    assert folder.people.join_code() is None
    assert not Releases(folder.store, FLAGSHIP).is_open("context-map")


def test_exercises_can_be_left_closed_for_good(folder, courses, nbgrader):
    opens(courses, "at-start")
    prepare(folder, release=None)
    prepare(folder, release=nbgrader)
    assert nbgrader.asked == []
    assert not Releases(folder.store, FLAGSHIP).is_open("context-map")


def test_exercises_for_the_facilitator_to_open_stay_closed(folder, courses, nbgrader):
    opens(courses, "by-facilitator")
    prepare(folder, release=nbgrader)
    assert nbgrader.asked == []
    assert Releases(folder.store, FLAGSHIP).all() == []


def test_an_interrupted_first_run_goes_on_where_it_stopped(folder, courses, nbgrader):
    opens(courses, "at-start")

    def fail(_root, _exercises):
        return [], "nbgrader stopped."

    with pytest.raises(CourseError, match="nbgrader stopped"):
        prepare(folder, release=fail)
    assert not Releases(folder.store, FLAGSHIP).is_open("context-map")
    prepare(folder, release=nbgrader)
    assert Releases(folder.store, FLAGSHIP).is_open("context-map")
    assert len(folder.people.all("facilitator")) == 1


def test_nbgrader_itself_opens_the_exercise(folder, courses):
    opens(courses, "at-start")
    prepare(folder)
    assert Releases(folder.store, FLAGSHIP).is_open("context-map")
    assert (folder.data.course_root(FLAGSHIP) / "release" / "context-map" / "context-map.ipynb").is_file()


def test_what_nbgrader_says_is_passed_on(folder, courses, nbgrader):
    prepare(folder, release=nbgrader)
    root = folder.data.course_root(FLAGSHIP)
    shutil.rmtree(root / "source" / "context-map")
    done, sentence = release_with_nbgrader(root, ["context-map"])
    assert done == []
    assert f"run in {root}: nbgrader generate_assignment context-map\n" in sentence
    assert "No notebooks were matched" in sentence


def test_a_facilitator_whose_link_expired_gets_a_new_one(folder, courses, nbgrader):
    first = prepare(folder, release=nbgrader).facilitator
    with folder.store.write() as session:
        session.execute(sa.update(Credential).values(created_at=datetime.now(UTC) - timedelta(days=9999)))
    assert not folder.people.works(first.id)
    assert prepare(folder, release=nbgrader).facilitator.id == first.id
    assert folder.people.works(first.id)


def test_a_facilitator_who_was_revoked_is_not_let_in_again(folder, courses, nbgrader):
    first = prepare(folder, release=nbgrader).facilitator
    folder.people.revoke(first.id)
    second = prepare(folder, release=nbgrader).facilitator
    assert second.id != first.id
    assert not folder.people.works(first.id)
    assert folder.people.works(second.id)


def test_where_there_are_several_courses_one_must_be_chosen_once(folder, courses, nbgrader):
    shutil.copytree(courses / FLAGSHIP, courses / "second")
    file = courses / "second" / "course.yaml"
    file.write_text(file.read_text("utf-8").replace(f"id: {FLAGSHIP}", "id: second"), "utf-8")
    with pytest.raises(CourseError, match=f"Choose one with --course: {FLAGSHIP}, second"):
        prepare(folder, release=nbgrader)
    assert prepare(folder, "second", release=nbgrader).course.id == "second"
    assert prepare(folder, release=nbgrader).course.id == "second"


def test_no_course_at_all_is_a_sentence(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("ACADEMY_EXERCISES", str(tmp_path / "none"))
    with pytest.raises(CourseError, match="There is no course in"):
        prepare(folder)


def test_init_says_what_to_give_to_whom(academy, tmp_path, closed, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)  # somebody looks at it
    data = tmp_path / "data"
    shown = academy("init", "--data", data, "--facilitator", "Rosa", "--url", "https://kit.example.org/x")
    assert shown.status == 0
    assert "Building the course" in shown.err
    assert re.search(r"Participants join with +https://kit\.example\.org/x/join/\w{26}\n", shown.out)
    assert re.search(r"Your own link +https://kit\.example\.org/x/j/\w{26}\n", shown.out)
    again = academy("init", "--data", data)
    assert again.out == shown.out
    assert "Rosa" in academy("people", "list", "--data", data).out
    academy("join", "off", "--data", data)
    assert "Joining is closed" in academy("init", "--data", data).out


def test_the_demo_makes_the_data_folder_itself_where_there_is_none(academy, tmp_path, closed):
    made = academy("demo", "--participants", 2, "--data", tmp_path / "new")
    assert (made.status, "2 invented participants with " in made.out) == (0, True)
    assert f"Everything is ready in {tmp_path / 'new'}. Serve it with: academy serve" in made.out
    assert (tmp_path / "new" / "courses" / FLAGSHIP / "nbgrader_config.py").is_file()
    with opened_folder(DataFolder.open(tmp_path / "new")) as folder:
        assert len(folder.people.all("facilitator")) == 1
        assert len(folder.people.all("participant")) == 2
        assert folder.people.join_code() is not None
    again = academy("demo", "--participants", 1, "--among", "--data", tmp_path / "new")
    assert (again.status, "Everything is ready" in again.out) == (0, False)


def test_the_facilitators_link_is_written_into_no_log(academy, tmp_path, closed):
    shown = academy("init", "--data", tmp_path / "data")
    assert "/j/" not in shown.out + shown.err
    command = re.search(r"Show it with: academy (.+)", shown.out).group(1)
    assert re.search(r"http://localhost:8866/j/\w{26}", academy(*command.split()).out)


def test_links_that_nobody_else_can_open_are_said_to_be_so(academy, tmp_path, closed):
    shown = academy("init", "--data", tmp_path / "data")
    assert "open on this computer only. Say the address" in shown.out
    named = academy("init", "--data", tmp_path / "data", "--url", "https://kit.example.org")
    assert "this computer only" not in named.out + named.err


def test_status_counts_people_submissions_and_grades(academy, folder, courses, nbgrader):
    from academy.store import Answers, Edit

    opens(courses, "at-start")
    prepare(folder, release=nbgrader)
    maria = folder.people.add("Maria").person
    answers = Answers(folder.store, FLAGSHIP)
    answers.save(maria.id, "context-map", [Edit("edit-0001", "title", "A map")])
    answers.submit(maria.id, "context-map", "key-00000001", "v1")
    shown = academy("status", "--data", folder.data.path)
    assert "Participants: 1\nFacilitators: 1\n" in shown.out
    assert "Joining: open" in shown.out
    assert "(open): submitted by 1, graded 0 of 0 collected, feedback for 0" in shown.out
    assert "The server is not running." in shown.out


def test_status_tells_how_the_server_is(academy, folder, courses, nbgrader):
    import json

    from academy.status_file import StatusFile

    prepare(folder, release=nbgrader)
    kernels = {"alive": 8, "most": 8, "forked": 7, "starting": 2, "starting_at_once": 4}
    ended = dict.fromkeys(("left", "asleep", "room", "memory", "share", "died"), 3)
    state = {
        "kernels": kernels,
        "waiting": 12,
        "ended": ended,
        "memory": {"free_mb": 900, "reserve_mb": 500, "short": False},
    }
    StatusFile(folder.data).beat(state)
    shown = academy("status", "--data", folder.data.path).out
    assert "Pages open: 8 of at most 8; starting: 2; waiting: 12" in shown
    assert "Their kernels are forked: 7 of 8" in shown
    assert "for want of memory 3" in shown
    assert "All places are taken." in shown
    server = json.loads(academy("status", "--json", "--data", folder.data.path).out)["server"]
    assert {name: server[name] for name in state} == state
    assert "Linux keeps equal memory once" not in shown
    state["memory"] |= {"short": True, "merging": True, "saved_mb": 700}
    StatusFile(folder.data).beat(state)
    shown = academy("status", "--data", folder.data.path).out
    assert "Memory is short: no more pages start." in shown
    assert "Linux keeps equal memory once: 700 MB are saved" in shown
    assert "All places are taken." not in shown
    assert "Memory free: 900 MB of the ? MB that the server may have; kept free: 500 MB" in shown
    assert "At the door" not in shown


def test_status_tells_what_happened_at_the_door(academy, folder, courses, nbgrader):
    from academy.status_file import StatusFile

    prepare(folder, release=nbgrader)
    state = {
        "kernels": {"alive": 7, "most": 8, "forked": 7, "starting": 0, "starting_at_once": 4},
        "waiting": 1,
        "ended": dict.fromkeys(("left", "asleep", "room", "memory", "share", "died"), 0),
        "memory": {"free_mb": None, "reserve_mb": 500, "short": False},
    }

    def shown(**door):
        none = dict.fromkeys(("came", "held", "many", "wrong", "refused"), 0)
        StatusFile(folder.data).beat(state | {"door": none | door})
        return academy("status", "--data", folder.data.path).out

    assert (
        "At the door in the last hour: 5 came in new, 0 times too many at once, 0 times too many with one device; "
        "wrong codes: 3, refused for that: 2\n"
    ) in shown(came=5, wrong=3, refused=2)
    assert "1 times too many at once" in shown(held=1)
    assert "1 times too many with one device" in shown(many=1)
    said = shown(came=5)
    assert "At the door" not in said
    assert "All places are taken." not in said, "one is free"
    assert "Memory" not in said


def test_status_reads_how_far_grading_is_from_the_gradebook(academy, folder, courses, nbgrader):
    from nbgrader.api import Gradebook

    prepare(folder, release=nbgrader)
    root = folder.data.course_root(FLAGSHIP)
    from academy_grading.grades.database import gradebook_url, put_environment_first

    put_environment_first()
    with Gradebook(gradebook_url(root), FLAGSHIP) as gradebook:
        gradebook.add_assignment("context-map")
        gradebook.add_notebook("context-map", "context-map")
        gradebook.add_grade_cell("driver", "context-map", "context-map", max_score=4, cell_type="code")
        for student, waits in (("p-000001", True), ("p-000002", False)):
            gradebook.add_student(student)
            gradebook.add_submission("context-map", student)
            grade = gradebook.find_grade("driver", "context-map", "context-map", student)
            grade.needs_manual_grade = waits
        gradebook.db.commit()
    assert "graded 1 of 2 collected" in academy("status", "--data", folder.data.path).out


def test_build_writes_sources_and_names_them(academy, folder, courses, nbgrader):
    prepare(folder, release=nbgrader)
    data = folder.data.path
    shown = academy("build", "context-map", "--data", data)
    assert [Path(line).name for line in shown.out.split()] == ["context-map.ipynb"]
    assert academy("build", "nothing", "--data", data).status == 1


def test_check_fails_with_sentences(academy, courses):
    assert academy("check").status == 0
    file = courses / FLAGSHIP / "course.yaml"
    file.write_text(file.read_text("utf-8").replace("minutes: 330", "minutes: 331", 1), "utf-8")
    shown = academy("check", FLAGSHIP)
    assert shown.status == 1
    assert "add up to 330 minutes, not 331" in shown.out
    assert "no translations into xx" in academy("check", "--confirm", "xx").err
    assert "no translations into en" in academy("check", "--confirm", "en").err, "it is the original"


def test_translations_are_confirmed_and_counted(academy, courses):
    file = courses / FLAGSHIP / "context-map" / "exercise.yaml"
    file.write_text(
        file.read_text("utf-8").replace("label: Who is hit first?", "label: Who feels it first?"), "utf-8"
    )
    shown = academy("check", FLAGSHIP, "--confirm", "ar")
    assert "Translations confirmed: 1.\n" in shown.out
    assert "Translations confirmed: 0.\n" in academy("check", FLAGSHIP, "--confirm", "ar").out


def test_what_a_first_run_makes_is_for_its_owner_alone(academy, tmp_path):
    before = os.umask(0o022)
    try:
        assert academy("init", "--no-release", "--data", tmp_path / "new").status == 0
    finally:
        os.umask(before)
    made = list((tmp_path / "new").rglob("*"))
    assert {"academy.sqlite", "secret", "context-map.ipynb"} <= {file.name for file in made}
    open_to_others = [str(file) for file in made if file.stat().st_mode & 0o077]
    assert open_to_others == []


def test_everywhere_the_same_people_are_counted_as_participants(academy, folder, courses, nbgrader, tmp_path):
    import csv
    import json

    from academy.desk.people import cohort
    from academy.people import Teams
    from academy.people.leaving import withdraw
    from academy.store import Answers, Edit

    course = prepare(folder, release=nbgrader).course
    ids = {name: folder.people.add(name, role=role).person.id for name, role in PEOPLE.items()}
    Teams(folder.store, folder.edition).make("Night shift", [ids["Amina"], ids["Bao"]])
    withdraw(folder.people, ids["Dina"])
    answers = Answers(folder.store, FLAGSHIP)
    for owner in (
        Teams(folder.store, folder.edition).of(ids["Amina"]).id,
        ids["Carmen"],
        ids["Miriam"],
        ids["Dina"],
    ):
        answers.save(owner, "context-map", [Edit(f"edit-{owner}", "title", "A map")])
        answers.submit(owner, "context-map", f"key-{owner}", "v1")
    status = json.loads(academy("status", "--json", "--data", folder.data.path).out)
    listed = json.loads(
        academy("people", "list", "--role", "participant", "--json", "--data", folder.data.path).out
    )
    file = tmp_path / "completion.csv"
    assert academy("export", "completion", file, "--data", folder.data.path).status == 0
    exported = {row["person"] for row in csv.DictReader(file.open(encoding="utf-8-sig"))}
    desk = [line for line in cohort(folder.store, course).lines if line.role == "participant"]
    here = {ids[name] for name in ("Amina", "Bao", "Carmen", "Eva")}
    assert {line.id for line in desk} == here
    assert status["people"] == {"facilitator": 1, "mentor": 1, "participant": len(here)}
    assert {row["id"] for row in listed if row["active"]} == here
    assert exported == here
    place = [exercise.id for exercise in course.exercises].index("context-map")
    assert sum(line.states[place] == "m" for line in desk) == 3
    assert next(each for each in status["exercises"] if each["id"] == "context-map")["people_submitted"] == 3


PEOPLE = {
    **dict.fromkeys(("Amina", "Bao", "Carmen", "Dina", "Eva"), "participant"),
    "Miriam": "mentor",
}
