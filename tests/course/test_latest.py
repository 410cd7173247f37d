"""A course for as long as it is served: it follows its files, and outlives a change that is half written."""

import logging

import pytest

from academy.course import LatestCourse, load_course, load_or_keep
from academy.course.files.course_stamp import course_stamp
from academy.course.latest import fault
from academy.errors import CourseError
from tests.live.small import small_course
from tests.support.writing import add_board, add_exercise

LATER = 1.0


@pytest.fixture
def folder(tmp_path):
    return small_course(tmp_path)


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def latest(folder, clock):
    return LatestCourse(folder, clock)


def look(latest, clock):
    clock.now += LATER
    latest.look()


def test_what_is_added_to_the_files_is_there_in_every_language_after_a_look(latest, folder, clock):
    assert latest("ar").title == "دورة صغيرة"
    add_board(folder, "hope")
    add_exercise(folder, "diary")
    assert latest().webinar("webinar-1").activity("hope") is None  # asking touches no file
    look(latest, clock)
    for language in (None, "ar"):
        assert latest(language).webinar("webinar-1").activity("hope").title == "What gives you hope?"
        assert latest(language).has("diary")
    assert latest("ar").title == "دورة صغيرة"
    assert latest.version == 1


def test_files_that_stay_as_they_are_are_read_once(latest, clock):
    before = latest()
    look(latest, clock)
    assert latest() is before
    assert latest.version == 0


def test_many_who_ask_at_once_look_at_the_files_once(latest, folder, clock):
    add_board(folder, "hope")
    latest.look()
    assert latest.version == 0  # what was read a moment ago is new enough
    clock.now += LATER
    assert latest.due
    latest.look()
    latest.look()
    assert latest.version == 1
    assert not latest.due


def test_a_change_that_is_half_written_leaves_the_course_as_it_was(latest, folder, clock, caplog):
    file = folder / "webinar-1" / "live.yaml"
    whole = file.read_text("utf-8")
    file.write_text(whole + "  - {id: half, kind: cho", "utf-8")
    with caplog.at_level(logging.WARNING, "academy.course"):
        look(latest, clock)
        look(latest, clock)
    assert latest().webinar("webinar-1").activity("connected") is not None
    assert latest.version == 0
    (said,) = [record.getMessage() for record in caplog.records]  # once, with the place
    assert str(file) in said
    file.write_text(whole, "utf-8")
    add_board(folder, "hope")
    look(latest, clock)
    assert latest().webinar("webinar-1").activity("hope") is not None


def test_a_folder_that_is_away_for_a_moment_leaves_the_course_as_it_was(latest, folder, clock):
    (folder / "course.yaml").rename(folder / "course.kept")
    look(latest, clock)
    assert latest().title == "A small course"
    (folder / "course.kept").rename(folder / "course.yaml")
    look(latest, clock)
    assert latest().title == "A small course"


def test_a_page_that_opens_while_a_file_is_broken_has_the_course_as_this_process_had_it_last(folder):
    assert load_or_keep(folder).title == "A small course"
    (folder / "course.yaml").write_text("id: small\ntitle: [", "utf-8")
    with pytest.raises(CourseError):
        load_course(folder)  # who writes the course is told
    assert load_or_keep(folder).title == "A small course"


def test_a_course_that_never_could_be_read_is_told_as_it_is(tmp_path):
    with pytest.raises(CourseError, match=r"course\.yaml"):
        load_or_keep(tmp_path / "none")
    with pytest.raises(CourseError, match=r"course\.yaml"):
        LatestCourse(tmp_path / "none")


@pytest.mark.parametrize(
    "name", ["course.yaml", "ar.yaml", "webinar-1/live.yaml", "webinar-1/ar.yaml", "diary/checks.py"]
)
def test_each_file_of_a_course_counts_when_it_changes_comes_or_goes(folder, name):
    add_exercise(folder, "diary")
    stamps = {course_stamp(folder)}
    file = folder / name
    content = file.read_bytes()
    file.write_bytes(content + b"\n")
    stamps.add(course_stamp(folder))
    file.unlink()
    stamps.add(course_stamp(folder))
    file.write_bytes(content)
    assert len(stamps) == 3


def test_two_changes_of_a_check_within_one_second_both_count(folder):
    for word in (
        "aaa",
        "bbb",
        "ccc",
    ):  # as long as each other: what Python compiled before would look as good as new
        add_exercise(folder, "diary", hint=f"Did you write {word}?")
        (check,) = load_course(folder).exercise("diary").checks
        assert check.hint == f"Did you write {word}?"


def write_a_key_of_a_newer_kit(folder):
    file = folder / "course.yaml"
    file.write_text(file.read_text("utf-8") + "of_a_newer_kit: true\n", "utf-8")


def test_files_that_only_a_newer_kit_reads_break_no_language_that_nobody_had_asked_for(folder, latest, clock):
    before = latest()
    write_a_key_of_a_newer_kit(folder)
    look(latest, clock)
    assert latest("ar") is before
    file = folder / "course.yaml"
    file.write_text(file.read_text("utf-8").replace("of_a_newer_kit: true\n", ""), "utf-8")
    look(latest, clock)
    assert latest("ar").title == "دورة صغيرة"


def test_a_process_gives_the_courses_own_language_where_it_had_read_no_other(folder):
    before = load_or_keep(folder)
    write_a_key_of_a_newer_kit(folder)
    assert load_or_keep(folder, "ar") is before


def test_whatever_happens_while_files_are_read_the_course_is_served(folder, latest, clock):
    before = latest()
    file = folder / "webinar-1" / "live.yaml"
    file.unlink()
    file.mkdir()
    look(latest, clock)
    assert latest() is before
    assert fault(folder).startswith(f"{folder}: its files can't be read (IsADirectoryError: ")
    with pytest.raises(CourseError, match="IsADirectoryError"):
        load_or_keep(folder)  # which this process has not had before


def test_what_is_wrong_with_a_course_is_said_with_file_and_key(folder):
    assert fault(folder) == ""
    write_a_key_of_a_newer_kit(folder)
    assert fault(folder).startswith(
        f"{folder}/course.yaml: line 17, column 1: of_a_newer_kit: this key is not known"
    )


def test_a_link_that_leads_to_itself_stops_no_look(folder, latest, clock):
    (folder / "diary").mkdir()
    (folder / "diary" / "exercise.yaml").symlink_to("exercise.yaml")
    (folder / "round").symlink_to("round")
    clock.now += 1
    latest.look()
    add_exercise(folder, "notes")
    clock.now += 1
    latest.look()
    assert latest().has("notes")
