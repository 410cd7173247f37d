"""Beginning a course: from the template, or from another one."""

from datetime import date

import pytest

from academy.content import FLAGSHIP, course_folder
from academy.course import load_course
from academy.course.files.pages import course_pages
from academy.course.lint.whole import lint_course
from academy.errors import CourseError
from academy_app.cli.new_course import begin_course
from tests.support.courses import copy_course


def test_a_course_from_the_template_has_no_fault_and_begins_next_monday(tmp_path):
    made = begin_course("safe-at-work", tmp_path, today=date(2026, 12, 2))
    course = load_course(made)
    assert (course.id, course.start, course.end) == ("safe-at-work", date(2026, 12, 7), date(2027, 1, 3))
    assert [exercise.id for exercise in course.exercises] == ["problem", "first-step"]
    assert lint_course(made) == []
    assert [entry.name for entry in tmp_path.iterdir()] == ["safe-at-work"]


def test_a_course_from_another_has_its_translations_and_pages_but_not_what_is_general(tmp_path):
    original = copy_course(tmp_path / "exercises", notebooks=tmp_path / "notebooks")
    made = begin_course("north", tmp_path / "data" / "exercises", original)
    course = load_course(made)
    assert (course.id, course.languages, course.start) == ("north", ["en", "ar"], load_course(original).start)
    assert load_course(made, "ar").title == load_course(original, "ar").title
    pages = course_pages(made)
    assert pages["week-1-transformation.ar"] == made / "pages" / "week-1-transformation.ar.ipynb"
    assert not (made / "pages" / "home.ipynb").exists()
    assert [fault for fault in lint_course(made) if fault.level == "error"] == []


@pytest.mark.parametrize("wrong", ["Safe", "safe at work", "../safe", "", "-safe", "a" * 65])
def test_an_id_that_can_not_be_one_is_said_with_one_that_can(tmp_path, wrong):
    with pytest.raises(CourseError, match="such as safe-at-work"):
        begin_course(wrong, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over_and_no_second_course_gets_an_id_of_the_kit(tmp_path):
    (tmp_path / "mine").mkdir()
    for taken in ("mine", FLAGSHIP):
        with pytest.raises(CourseError, match="Choose another id"):
            begin_course(taken, tmp_path)


def test_a_course_that_is_not_there_can_not_be_begun_from(tmp_path):
    with pytest.raises(CourseError, match=f"There is no course nothing. There are: .*{FLAGSHIP}"):
        begin_course("mine", tmp_path, "nothing")


def test_a_course_is_made_in_the_nearest_data_folder_which_is_made_if_need_be(academy, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = academy("new", "course", "safe-at-work")
    made = tmp_path / "academy-data" / "exercises" / "safe-at-work"
    assert told.status == 0
    assert f"is in {made}." in told.out
    assert "academy serve --course safe-at-work\n" in told.out
    assert (tmp_path / "academy-data" / "academy-data.txt").is_file()
    assert course_folder("safe-at-work") == made
    assert "No mistakes found in safe-at-work." in academy("check", "safe-at-work").out


def test_where_a_data_folder_is_named_it_is_made_there_and_said_again(academy, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = academy("new", "course", "safe-at-work", "--data", "our data")
    assert "academy check safe-at-work --data 'our data'\n" in told.out
    assert (tmp_path / "our data" / "exercises" / "safe-at-work" / "pages" / "problem.md").is_file()


def test_in_a_checkout_it_is_made_among_the_courses_of_the_checkout(academy, tmp_path, monkeypatch):
    (tmp_path / "kit" / "exercises").mkdir(parents=True)
    monkeypatch.setenv("ACADEMY_EXERCISES", str(tmp_path / "kit" / "exercises"))
    monkeypatch.chdir(tmp_path / "kit")
    assert academy("new", "course", "safe-at-work").status == 0
    assert [entry.name for entry in (tmp_path / "kit").iterdir()] == ["exercises"]
    assert (tmp_path / "kit" / "exercises" / "safe-at-work" / "course.yaml").is_file()


def test_check_and_status_say_which_of_two_courses_counts(academy, data, tmp_path, monkeypatch):
    monkeypatch.setenv("ACADEMY_EXERCISES", str(tmp_path / "kit"))
    begin_course("ours", tmp_path / "kit")
    begin_course("other", data / "exercises")
    (data / "exercises" / "other").rename(data / "exercises" / "ours")
    own = data / "exercises" / "ours" / "course.yaml"
    own.write_text(own.read_text("utf-8").replace("id: other", "id: ours"), "utf-8")
    said = f"ours is there twice. {own.parent} counts; what is in {tmp_path / 'kit' / 'ours'} is not used."
    assert said in academy("check", "--data", data).err
    assert said in academy("status", "--data", data).err


def test_a_backup_brings_courses_of_ones_own_back(academy, data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    academy("new", "course", "ours", "--data", data)
    assert academy("backup", tmp_path / "copy.tar.gz", "--data", data).status == 0
    assert academy("restore", tmp_path / "copy.tar.gz", "--data", tmp_path / "again").status == 0
    assert (tmp_path / "again" / "exercises" / "ours" / "problem" / "exercise.yaml").is_file()
