"""Everybody is graded by one version of an exercise, and who changes one is told what that means."""

import json
import shutil

import pytest
from nbgrader.api import Gradebook

from academy.course import load_course
from academy.errors import CourseError
from academy_app.cli.commands.grade import _tell_taken
from academy_app.cli.options import opened_folder
from academy_app.cli.shape import of_folder
from academy_grading.autograde.log_capture import last_word
from academy_grading.autograde.prepare import prepare
from academy_grading.grade import course_config, feedback_exercise, grade_exercise
from academy_grading.grades.database import gradebook_url
from academy_grading.sources.course_root import build_course
from academy_grading.sources.versions import changes, graded_by, judged_anew, version_of
from tests.grading.classroom import GOAL

LEVELS = {"criterion-clarity": 3, "criterion-reach": 2}


@pytest.fixture
def graded(small, nbgrader):
    """Two have submitted and are graded to the end; the second has one step of three."""
    small.submit("p-one", "plan", GOAL | {"steps": ["r1", "r2", "r3"]})
    small.submit("p-two", "plan", GOAL | {"steps": ["r1"]})
    grade(small)
    with Gradebook(gradebook_url(small.root), small.course.id) as book:
        for person in ("p-one", "p-two"):
            for name, level in LEVELS.items():
                row = book.find_grade(name, "plan", "plan", person)
                row.manual_score, row.needs_manual_grade = level, False
        book.db.commit()
    return small


def grade(people, **how):
    config = course_config(people.data, people.course)
    return grade_exercise(config, "plan", again=False, progress=lambda *_: None, **how)


def points(people, person):
    """Each cell with its points, of how many, and whether somebody is asked about it."""
    with Gradebook(gradebook_url(people.root), people.course.id) as book:
        rows = book.find_submission_notebook("plan", "plan", person).grades
        return {row.name: (row.score, row.max_score, bool(row.needs_manual_grade)) for row in rows}


def change(files, old, new, file="checks.py"):
    place = files / "plan" / file
    assert old in place.read_text("utf-8")
    place.write_text(place.read_text("utf-8").replace(old, new), "utf-8")


def test_who_is_graded_by_the_version_there_is_stays_as_before(graded):
    again = grade(graded)
    assert (again.changes, again.anew, again.outcome.graded) == ([], [], [])
    assert again.outcome.unchanged == ["p-one", "p-two"]


def test_a_check_that_gives_more_points_gives_them_to_everybody_and_levels_stay(graded, course_files):
    change(course_files, "points=2", "points=4")
    graded.submit("p-new", "plan", GOAL)
    taken = grade(graded)
    (found,) = taken.changes
    assert (found.what, found.name, found.before, found.now) == ("points", "has-goal", 2, 4)
    assert (taken.anew, taken.waiting, taken.differs) == (["p-one", "p-two"], ["p-new"], True)
    for person in ("p-one", "p-two", "p-new"):
        assert points(graded, person)["check-has-goal"] == (4, 4, False)
    assert points(graded, "p-two")["criterion-clarity"] == (3, 4, False)
    assert grade(graded).anew == []


def test_a_check_that_gives_fewer_points_is_not_cut_but_is_of_fewer_for_everybody(graded, course_files):
    change(course_files, "points=3", "points=1")
    grade(graded)
    assert points(graded, "p-one")["check-steps"] == (1, 1, False)
    assert points(graded, "p-two")["check-steps"] == (pytest.approx(0.33), 1, False)


def test_a_check_that_looks_for_something_else_is_run_for_everybody(graded, course_files):
    change(course_files, "/ 3, 1)", "/ 1, 1)")
    taken = grade(graded)
    assert [(each.what, each.name) for each in taken.changes] == [("check", "steps")]
    assert points(graded, "p-two")["check-steps"] == (3, 3, False)


def test_points_that_somebody_gave_for_a_check_are_asked_about_once_the_check_says_something_else(
    graded, course_files
):
    with Gradebook(gradebook_url(graded.root), graded.course.id) as book:
        for person in ("p-one", "p-two"):
            row = book.find_grade("check-steps", "plan", "plan", person)
            row.manual_score, row.needs_manual_grade = 2, False
        book.db.commit()
    change(course_files, "/ 3, 1)", "/ 2, 1)")
    assert grade(graded).waiting == ["p-two"]
    assert points(graded, "p-one")["check-steps"] == (2, 3, False)
    assert points(graded, "p-two")["check-steps"] == (2, 3, True)


def test_a_criterion_with_other_words_is_asked_about_anew_and_no_other(graded, course_files):
    change(course_files, "Getting there.", "On the way.", "exercise.yaml")
    taken = grade(graded)
    assert [(each.what, each.name) for each in taken.changes] == [("criterion", "clarity")]
    assert taken.waiting == ["p-one", "p-two"]
    assert points(graded, "p-one")["criterion-clarity"] == (3, 4, True)
    assert points(graded, "p-one")["criterion-reach"] == (2, 4, False)


def test_who_is_still_graded_by_an_earlier_version_gets_no_feedback_and_is_graded_next_time(
    graded, course_files
):
    change(course_files, "points=2", "points=4")
    prepare(course_config(graded.data, graded.course), "plan")  # and then somebody pulls the plug
    given = feedback(graded)
    assert (given.released, given.missing) == ([], ["p-one", "p-two"])
    assert grade(graded).anew == ["p-one", "p-two"]
    assert points(graded, "p-two")["check-has-goal"] == (4, 4, False)


def feedback(people, told=None):
    def progress(*so_far):
        if told is not None:
            told.append(so_far)

    return feedback_exercise(course_config(people.data, people.course), "plan", progress=progress)


def test_feedback_is_given_to_one_after_the_other_and_only_where_it_is_not_there_yet(graded):
    told = []
    given = feedback(graded, told)
    assert (given.released, given.unchanged, given.missing, told) == (
        ["p-one", "p-two"],
        [],
        [],
        [(1, 2), (2, 2)],
    )
    again = feedback(graded)
    assert (again.released, again.unchanged) == ([], ["p-one", "p-two"])
    shutil.rmtree(graded.root / "feedback" / "p-two")
    assert feedback(graded).released == ["p-two"], "its page is gone"
    assert (graded.root / "feedback" / "p-two" / "plan" / "plan.html").is_file()
    with Gradebook(gradebook_url(graded.root), graded.course.id) as book:
        book.find_grade("criterion-reach", "plan", "plan", "p-one").needs_manual_grade = True
        book.db.commit()
    waits = feedback(graded)
    assert (waits.released, waits.unchanged, waits.waiting) == ([], ["p-two"], ["p-one"])


@pytest.mark.parametrize("steps", [["autograded"], ["autograded", "submitted"]])
def test_of_whom_nobody_knows_what_was_graded_gets_no_feedback_and_is_named_once(graded, steps):
    for step in steps:
        (graded.root / step / "p-one" / "plan" / "answers.json").unlink()
    given = feedback(graded)
    assert (given.released, given.missing, given.waiting) == (["p-two"], ["p-one"], [])


def test_a_course_root_is_made_where_there_is_none_and_a_kernel_runs_only_when_that_was_said(small):
    config = course_config(small.data, small.course)
    assert (config.CourseDirectory.root, config.CourseDirectory.course_id) == (
        str(small.root),
        "small-course",
    )
    file = small.root / "nbgrader_config.py"
    assert "kernel_for_others" not in config.ExecuteStoredCells
    file.write_text("# my own", "utf-8")
    assert course_config(small.data, small.course, kernel=True).ExecuteStoredCells.kernel_for_others is True
    assert file.read_text("utf-8") == "# my own"


def test_what_can_not_be_collected_stops_grading_with_its_sentence(graded):
    graded.submit("..", "plan", GOAL)
    with pytest.raises(CourseError, match=r"'\.\.' can't be the name of a folder, so it can't be graded"):
        grade(graded)


def test_what_can_not_be_generated_stops_grading_with_the_error_that_nbgrader_met(small, nbgrader):
    small.submit("p-one", "plan", GOAL)
    (small.root / "release").write_text("x")
    with pytest.raises(CourseError, match=r"^plan could not be generated: NotADirectoryError: .*release"):
        grade(small)


@pytest.mark.parametrize(
    ("result", "word"),
    [
        ({"log": "TypeError: old\n  TypeError: no \n[ERROR] See above\n \n"}, "TypeError: no"),
        ({"log": "", "error": "Traceback\nValueError: no"}, "ValueError: no"),
        ({"log": "first\n then \n ", "error": "ValueError"}, "then"),
        ({"log": None}, "?"),
    ],
)
def test_the_last_word_of_nbgrader_is_its_last_error_or_else_its_last_line(result, word):
    assert last_word(result) == word


@pytest.mark.parametrize("remembered", [None, "no json", '{"version": 3}'])
def test_who_was_graded_by_nobody_knows_which_version_is_graded_by_this_one(graded, course_files, remembered):
    file = graded_by(graded.root, "plan").file
    file.unlink()
    if remembered:
        file.write_text(remembered, "utf-8")
    change(course_files, "/ 3, 1)", "/ 1, 1)")
    taken = grade(graded)
    assert (taken.anew, taken.waiting, taken.differs) == (["p-one", "p-two"], [], True)
    assert points(graded, "p-two")["check-steps"] == (3, 3, False)


def test_nobody_is_said_to_be_graded_anew_where_nbgrader_had_graded_by_the_same_version(graded, capsys):
    graded_by(graded.root, "plan").file.unlink()  # nbgrader's own autograde writes none
    before = [points(graded, person) for person in ("p-one", "p-two")]
    taken = grade(graded)
    assert (taken.anew, taken.differs) == (["p-one", "p-two"], False)
    assert [points(graded, person) for person in ("p-one", "p-two")] == before
    with opened_folder(graded.data) as folder:
        _tell_taken(folder, graded.course.exercise("plan"), taken)
        assert "Graded anew" not in capsys.readouterr().out
        taken.differs = True
        _tell_taken(folder, graded.course.exercise("plan"), taken)
    assert "Graded anew, so that everybody is graded by the same version: 2" in capsys.readouterr().out


def test_one_alone_is_not_graded_by_a_check_that_has_changed(graded, course_files, nbgrader):
    change(course_files, "points=2", "points=4")
    result = nbgrader.autograde("plan", "p-one")
    assert not result["success"]
    assert "Grade everybody by one version with: academy grade plan" in result["log"]


def test_checks_that_come_or_go_are_refused_before_anything_is_graded(graded, course_files):
    change(course_files, '@check("steps"', '@check("three-steps"')
    before = json.loads(graded_by(graded.root, "plan").file.read_text("utf-8"))
    with pytest.raises(CourseError, match="new: check-three-steps; gone: check-steps"):
        grade(graded)
    assert json.loads(graded_by(graded.root, "plan").file.read_text("utf-8")) == before


def test_a_gradebook_that_was_deleted_is_made_anew_and_that_is_said(graded):
    for file in graded.root.glob("gradebook.db*"):
        file.unlink()
    taken = grade(graded)
    assert (taken.lost, taken.waiting) == (True, ["p-one", "p-two"])
    assert points(graded, "p-one")["check-steps"] == (3, 3, False)
    assert not grade(graded).lost


def test_what_was_released_is_generated_once_more_where_no_gradebook_has_it(graded, monkeypatch):
    from nbgrader.apps import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory

    for file in graded.root.glob("gradebook.db*"):
        file.unlink()
    config = course_config(graded.data, graded.course)
    api = NbGraderAPI(coursedir=CourseDirectory(config=config), config=config)
    assert api.generate_assignment("plan", force=config.GenerateAssignment.force)["success"]
    assert api.autograde("plan", "p-one")["success"]


def test_building_says_what_has_changed_since_people_were_graded(graded, course_files, capsys):
    from academy_app.cli.commands.course import _tell_changes

    change(course_files, "points=2", "points=4")
    course = load_course(course_files)
    build_course(graded.data, course)
    _tell_changes(graded.root, course.exercise("plan"))
    assert capsys.readouterr().out.splitlines() == [
        "A plan has changed since it was last graded: the check has-goal gives 4 points instead of 2.",
        "  Grade everybody by this version with: academy grade plan",
    ]


def test_comments_in_the_code_of_checks_change_nothing(course_files):
    before = version_of(load_course(course_files).exercise("plan"))
    change(course_files, '"""Checks', "# a word to whoever reads this\n" + '"""Checks')
    assert changes(before, version_of(load_course(course_files).exercise("plan"))) == []


def test_what_several_checks_share_changes_all_of_them(course_files):
    before = version_of(load_course(course_files).exercise("plan"))
    change(course_files, "from academy.course import check\n", "from academy.course import check\nMOST = 3\n")
    found = changes(before, version_of(load_course(course_files).exercise("plan")))
    assert [(each.what, each.name) for each in found] == [("check", "has-goal"), ("check", "steps")]


DECLARED = """checks:
  - id: has-goal
  - id: steps
    points: 3
    title: Three steps
    hint: What comes next?
    places: [steps]
    wants: {kind: rows, of: steps, at_least: 3}
"""


def declare(files):
    """Let the check of the steps be declared, with the same points in the same place."""
    change(files, "rubric:\n", f"{DECLARED}rubric:\n", "exercise.yaml")
    text = (files / "plan" / "checks.py").read_text("utf-8")
    (files / "plan" / "checks.py").write_text(text[: text.index('@check("steps"')], "utf-8")


def test_a_check_that_is_declared_from_now_on_gives_everybody_the_same_points(graded, course_files):
    before = [points(graded, person) for person in ("p-one", "p-two")]
    declare(course_files)
    taken = grade(graded)
    assert [(each.what, each.name) for each in taken.changes] == [("check", "steps")]
    assert (taken.anew, taken.waiting) == (["p-one", "p-two"], [])
    assert [points(graded, person) for person in ("p-one", "p-two")] == before
    assert grade(graded).anew == []


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        ("exercise.yaml", "at_least: 3}", "at_least: 2}", [("check", "steps")]),
        ("exercise.yaml", "places: [steps]", "places: [goal]", [("check", "steps")]),
        ("exercise.yaml", "What comes next?", "What else?", [("check", "steps")]),
        ("exercise.yaml", "points: 3", "points: 2", [("points", "steps")]),
        ("exercise.yaml", "{kind: rows, of: steps, at_least: 3}", "{of: steps, at_least: 3, kind: rows}", []),
        ("exercise.yaml", "  - id: has-goal\n", "  # A goal comes first.\n  - id: has-goal\n", []),
        ("checks.py", "import check\n", "import check\nMOST = 3\n", [("check", "has-goal")]),
    ],
)
def test_a_declared_check_is_another_when_its_declaration_is(course_files, file, old, new, found):
    declare(course_files)
    before = version_of(load_course(course_files).exercise("plan"))
    change(course_files, old, new, file)
    told = changes(before, version_of(load_course(course_files).exercise("plan")))
    assert [(each.what, each.name) for each in told] == found


def test_each_change_of_an_exercise_is_named_checks_first(course_files):
    before = version_of(load_course(course_files).exercise("plan"))
    change(course_files, '@check("steps", points=3', '@check("walk", points=3')
    change(course_files, "What do you want to reach?", "Whom?")
    change(course_files, "Vague.", "Too vague.", "exercise.yaml")
    change(course_files, "label: Town", "label: City", "exercise.yaml")
    now = version_of(load_course(course_files).exercise("plan"))
    found = [(each.what, each.name) for each in changes({**before, "kit": "0.1"}, now)]
    criterion, texts, kit = ("criterion", "clarity"), ("texts", ""), ("kit", "")
    assert found == [("check", "has-goal"), ("new", "walk"), ("gone", "steps"), criterion, texts, kit]
    assert judged_anew(changes(before, now)) == {"criterion-clarity"}


def test_code_that_can_not_be_read_counts_as_none(course_files):
    exercise = load_course(course_files).exercise("plan")
    whole = version_of(exercise)
    (course_files / "plan" / "checks.py").write_text("def (", "utf-8")
    broken = version_of(exercise)
    (course_files / "plan" / "checks.py").unlink()
    assert version_of(exercise) == broken
    assert [each.what for each in changes(whole, broken)] == ["check", "check"]


def test_nothing_is_said_of_an_exercise_that_was_never_graded(course_files):
    assert changes({}, version_of(load_course(course_files).exercise("plan"))) == []


@pytest.mark.parametrize("step", ["source", "release"])
@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00 no notebook", b"[1, 2]"])
def test_a_notebook_that_cannot_be_read_is_made_anew(graded, step, content):
    file = graded.root / step / "plan" / "plan.ipynb"
    whole = file.read_bytes()
    file.unlink() if content is None else file.write_bytes(content)
    graded.submit("p-new", "plan", GOAL)
    assert grade(graded).waiting == ["p-new"]
    assert json.loads(file.read_bytes())["cells"][0]["source"] == json.loads(whole)["cells"][0]["source"]


def test_a_file_in_place_of_a_released_folder_is_named_with_its_mend(graded):
    folder = graded.root / "release" / "plan"
    shutil.rmtree(folder)
    folder.write_text("x", "utf-8")
    with pytest.raises(OSError, match="Not a directory") as error:
        grade(graded)
    assert of_folder(error.value, graded.data.path).startswith(
        f"{folder} is a file, and a folder belongs there."
    )
