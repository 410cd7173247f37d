"""Few answers: nobody but the presenter sees them, and what comes in people's own time counts in lots."""

import pytest

from academy.course import load_course
from academy.errors import CourseError
from academy.live import Live, results
from academy.live.export import as_csv, as_json
from academy.live.table import frame
from tests.live.small import COURSE, small_course
from tests.live.test_answers import VALUES

DESK = "f-desk"
ANONYMOUS = ["connected", "alive", "drivers", "row", "word", "facts", "grid", "shared", "letters"]


@pytest.fixture
def course(tmp_path_factory):
    """As a course is whose author says nothing of small groups: five."""
    folder = small_course(tmp_path_factory.mktemp("courses"))
    (folder / "course.yaml").write_text(COURSE.replace("thresholds: {small_group: LEAST}", ""), "utf-8")
    return load_course(folder)


@pytest.mark.parametrize("activity", ANONYMOUS)
def test_nobody_sees_results_of_an_anonymous_board_before_five_have_answered(
    room, live, open_, vote, activity
):
    open_(activity)
    room.do("reveal", DESK, activity=activity)
    assert (room.state(activity)["results"], room.state(activity)["few"]) == (None, 5)
    room.do("open", DESK, activity=activity)
    for number in range(4):
        vote(f"p-{number}", activity, VALUES[activity])
        for act in ("reveal", "open"):
            room.do(act, DESK, activity=activity)
            for peek in (False, True):
                state = room.state(activity, peek=peek)
                assert (state["results"], state["answered"]) == (None, number + 1)
        assert results(live, "webinar-1", activity) == {"n": None, "hidden": True}
        assert room.presenter_view(activity)["few"]["n"] == number + 1  # the presenter does
        assert frame(room.activity(activity), results(live, "webinar-1", activity)).empty
    for text in (as_csv(live, room, activity), as_json(live, room, activity)):
        assert not any(word in text for word in ("cleaners", "tired", "mayor"))
    vote("p-4", activity, VALUES[activity])
    room.do("reveal", DESK, activity=activity)
    assert (room.state(activity)["results"]["n"], room.state(activity)["few"]) == (5, None)
    assert room.presenter_view(activity)["few"] is None


def test_boards_with_names_show_what_the_first_one_says(room, open_, vote):
    open_("used")
    vote("p-amina", "used", ["a"])
    assert room.state("used")["results"]["counts"] == {"a": 1, "b": 0, "c": 0}


def test_polls_made_on_the_fly_wait_for_five_as_well(room, vote):
    room.do("spot", DESK, title="Coffee?", options=["Yes", "No"])
    activity = room.state()["activity"]
    for number in range(5):
        assert room.state()["results"] is None
        vote(f"p-{number}", activity, "o1")
    assert room.state()["results"]["counts"] == {"o1": 5, "o2": 0}


def test_answers_in_ones_own_time_count_in_lots_of_five(room, vote):
    room.do("end", DESK)
    seen = []
    for number in range(11):
        vote(f"p-{number}", "connected", "phone")
        shown = room.state("connected", peek=True)
        seen.append(0 if shown["results"] is None else shown["results"]["n"])
        assert shown["answered"] == number + 1
        assert room.mine(f"p-{number}", "connected") == "phone"
    assert seen == [0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10]
    assert room.results("connected")["n"] == 10  # nor does the presenter see one alone
    room.do("close", DESK)
    assert room.results("connected")["n"] == 11


def test_who_changes_an_answer_in_their_own_time_changes_it_together_with_others(room, open_, vote):
    open_("connected")
    for number in range(6):
        vote(f"p-{number}", "connected", "phone")
    room.do("end", DESK)
    for number in range(4):
        vote(f"p-{number}", "connected", "computer", change=True)
        assert room.state("connected")["results"]["counts"] == {"phone": 6, "computer": 0}
        assert room.mine(f"p-{number}", "connected") == "computer"
    vote("p-3", "connected", "phone", change=True)  # once more: still four people
    assert room.state("connected")["results"]["counts"] == {"phone": 6, "computer": 0}
    vote("p-9", "connected", "computer")
    assert room.state("connected")["results"]["counts"] == {"phone": 3, "computer": 4}


def test_a_meeting_that_goes_on_shows_what_is_answered_in_it(room, live, open_, vote):
    open_("connected")
    for number in range(5):
        vote(f"p-{number}", "connected", "phone")
    room.do("end", DESK)
    vote("p-8", "connected", "computer")
    live.start("webinar-1", by=DESK)
    vote("p-9", "connected", "phone")
    assert room.state("connected")["results"]["counts"] == {"phone": 6, "computer": 0}
    vote("p-8", "connected", "phone", change=True)
    assert room.state("connected")["results"]["counts"] == {"phone": 7, "computer": 0}


def test_named_boards_at_home_count_at_once(room, vote):
    room.do("end", DESK)
    vote("p-amina", "asked", {"ask": "Who pays?"})
    assert room.state("asked")["results"]["n"] == 1


@pytest.mark.parametrize("least", ["0", "-3", "2.5", "five", "true", "[5]", "101"])
def test_the_least_number_is_a_number_of_people(tmp_path, least):
    folder = small_course(tmp_path, least)
    with pytest.raises(CourseError, match="small_group is from how many people on results are shown"):
        load_course(folder)


def test_an_author_sets_another_least_number(tmp_path, store):
    room = Live(store, load_course(small_course(tmp_path, 2)), b"s" * 32).start("webinar-1", by=DESK)
    assert room.book.course.small_group == 2
    room.do("open", DESK, activity="connected")
    assert room.state()["few"] == 2
