"""The sample passports: a complete one, tools without a need, one without any network, and a change upstream."""

import uuid

import pytest

from academy.course import load_course, nest, problems, run_checks
from academy.data import DataFolder
from academy.passport import Passport
from academy.store import Answers, Edit, open_store
from tests.passport.sampled import sample
from tests.support.people import enrolled

COURSE = load_course("innovative-workers-education")
WEEKS = [module.id for module in COURSE.modules]


def earned(work, exercise):
    flat = work.flat(exercise.id)
    results = run_checks(exercise, nest(exercise, flat), work.having(exercise, flat))
    return {result.id: (result.earned, result.points) for result in results}


def missed(work):
    """What the checks of all exercises still ask of a sample."""
    return {
        (exercise.id, check): points
        for exercise in COURSE.exercises
        for check, points in earned(work, exercise).items()
        if points[0] < points[1]
    }


@pytest.mark.parametrize("name", [None, "offline-only"], ids=["complete", "offline-only"])
def test_a_sample_can_be_submitted_as_a_whole_and_reaches_full_marks(name):
    work = sample(COURSE, name)
    for exercise in COURSE.exercises:
        assert [(exercise.id, p) for p in problems(exercise, work.flat(exercise.id), work)] == []
    assert missed(work) == {}


@pytest.mark.parametrize("name", [None, "offline-only"], ids=["complete", "offline-only"])
def test_its_golden_thread_is_whole(name):
    thread = Passport.of_work(COURSE, sample(COURSE, name)).thread
    assert thread.missing == ()
    assert len(thread.strands) >= 2


def test_a_passport_without_any_network_uses_no_tool_no_megabyte_and_no_ai():
    work = sample(COURSE, "offline-only")
    assert {row["decision"] for row in work["tool-fit"]["tools"]} == {"none"}
    assert {row["data_mb"] for row in work["canvas"]["story"]} == {0}
    assert work["ai-register"]["uses"] == []


def test_tools_without_a_need_fail_the_thread_and_each_missing_link_is_named():
    work = sample(COURSE, "shiny-tool")
    missing = Passport.of_work(COURSE, work).thread.missing
    assert any("No priority is chosen" in text for text in missing)
    assert any("no need statement" in text for text in missing)
    assert any("“Look at the robot together” serves no outcome" in text for text in missing)
    assert any("serves no activity" in text for text in missing)
    assert any("No activity leads to" in text for text in missing)


def test_tools_without_a_need_lose_points_where_learners_only_watch():
    lost = missed(sample(COURSE, "shiny-tool"))
    assert {exercise for exercise, _ in lost} >= {"priorities", "canvas", "tool-fit"}
    minutes = [row["minutes"] for row in sample(COURSE, "shiny-tool")["canvas"]["story"]]
    assert sum(minutes[:2]) / sum(minutes) == 0.8


def test_no_entry_of_a_complete_passport_is_empty_but_what_does_not_apply():
    passport = Passport.of_work(COURSE, sample(COURSE))
    assert [entry.address for page in passport.pages for entry in page.entries if entry.empty] == []


def test_a_change_upstream_after_everything_was_submitted_marks_what_builds_on_it(tmp_path):
    data = DataFolder.create(tmp_path / "data")
    store = open_store(data.store_url)
    with store.write() as session:
        enrolled(session, COURSE.id, "p-amina")
    answers, work = Answers(store, COURSE.id), sample(COURSE)
    for exercise in COURSE.exercises:
        edits = [Edit(uuid.uuid4().hex, *item) for item in work.flat(exercise.id).items()]
        answers.save("p-amina", exercise.id, edits)
        answers.submit("p-amina", exercise.id, uuid.uuid4().hex, exercise.version)
    before = Passport.of(store, COURSE, "p-amina")
    assert {stamp.state for stamp in before.stamps if stamp.of} == {"stamped"}
    assert before.again == ()
    new = "Young app cleaners of the two harbour towns"
    answers.save("p-amina", "people", [Edit(uuid.uuid4().hex, "groups/r1/name", new)])
    after = Passport.of(store, COURSE, "p-amina")
    assert {"priorities", "canvas"} <= {item.exercise for item in after.again}
    assert {item.now for item in after.again} == {new}
    assert {item.was for item in after.again} == {work["people"]["groups"][0]["name"]}
    assert after.stamps == before.stamps  # a stamp is not taken back
    store.close()
