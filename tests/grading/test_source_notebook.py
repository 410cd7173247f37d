"""The source notebook of an exercise, and the course root around it."""

import os

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator
from traitlets.config import PyFileConfigLoader

from academy.course import load_course
from academy.data import DataFolder
from academy.errors import CourseError
from academy_grading.course_of import course_of
from academy_grading.grades.database import gradebook_url
from academy_grading.sources.course_root import build_course
from academy_grading.sources.notebook import exercise_notebook
from tests.support.outsider import OUTSIDER, drop_in


def graded(notebook):
    return {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells}


def test_every_check_and_criterion_has_its_cell_with_its_points(exercise):
    cells = graded(exercise_notebook(exercise))
    assert list(cells) == [
        *("introduction", "loader", "answers", "checks", "check-has-goal", "check-steps"),
        *("rubric", "criterion-clarity", "criterion-reach"),
    ]
    points = {name: cell.metadata.nbgrader.get("points") for name, cell in cells.items()}
    assert points["check-has-goal"] == 2
    assert points["check-steps"] == 3
    assert points["criterion-clarity"] == 4
    assert points["answers"] == 0


def test_cells_are_what_nbgrader_wants_and_ids_are_words(exercise):
    notebook = exercise_notebook(exercise)
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    assert [cell.id for cell in notebook.cells] == list(graded(notebook))
    locked = {cell.id for cell in notebook.cells if cell.metadata.nbgrader.locked}
    assert locked == {cell.id for cell in notebook.cells} - {"answers"}


def test_a_facilitator_can_read_what_was_asked_and_the_four_levels(exercise):
    cells = graded(exercise_notebook(exercise))
    assert cells["introduction"].source.startswith("# A plan")
    assert "Write a **goal**." in cells["introduction"].source
    assert "| 4 | Others could use it. |" in cells["criterion-clarity"].source
    assert "Your goal" in cells["answers"].source


def test_the_loader_shows_nothing_technical(exercise):
    loader = graded(exercise_notebook(exercise))["loader"]
    assert loader.metadata.jupyter.source_hidden
    assert "print" not in loader.source


def test_an_id_is_as_long_as_a_cell_of_a_notebook_allows(course_files):
    file = course_files / "plan" / "checks.py"
    text = file.read_text()
    longest = "s" * 58
    file.write_text(text.replace('"steps", points', f'"{longest}", points'))
    assert f"check-{longest}" in graded(exercise_notebook(load_course(course_files).exercise("plan")))
    file.write_text(text.replace('"steps", points', f'"{longest}s", points'))
    with pytest.raises(
        CourseError, match=f"^The id check-{longest}s is too long .* shorten it to 50 characters"
    ):
        exercise_notebook(load_course(course_files).exercise("plan"))


def test_building_writes_the_notebook_and_a_two_line_configuration(small):
    (file,) = build_course(small.data, small.course)
    assert file == small.root / "source" / "plan" / "plan.ipynb"
    assert len((small.root / "nbgrader_config.py").read_text().splitlines()) == 2


def test_building_again_writes_the_same_bytes_and_leaves_settings_of_ones_own(small):
    (file,) = build_course(small.data, small.course)
    before = file.read_bytes()
    config = small.root / "nbgrader_config.py"
    config.write_text(config.read_text() + "c.CollectApp.check_owner = False\n")
    file.unlink()
    build_course(small.data, small.course)
    assert file.read_bytes() == before
    assert "check_owner" in config.read_text()


def test_the_configuration_sets_nbgrader_up_and_settings_of_ones_own_below_it_count(small, monkeypatch):
    monkeypatch.setenv("PATH", os.environ["PATH"])
    build_course(small.data, small.course)
    file = small.root / "nbgrader_config.py"
    file.write_text(file.read_text() + 'c.Autograde.autograde_preprocessors = ["mine"]\n')
    found = PyFileConfigLoader(file.name, str(small.root)).load_config()
    assert (found.CourseDirectory.root, found.CourseDirectory.course_id) == (str(small.root), "small-course")
    assert found.CourseDirectory.db_url == gradebook_url(small.root)
    exchange = {
        "exchange": "StoreExchange",
        "release_assignment": "ReleaseAssignment",
        "fetch_assignment": "FetchAssignment",
        "submit": "Submit",
        "collect": "Collect",
        "list": "List",
        "release_feedback": "ReleaseFeedback",
        "fetch_feedback": "FetchFeedback",
    }
    assert found.ExchangeFactory == {
        role: f"academy_grading.exchange.{name}" for role, name in exchange.items()
    }
    assert found.ExportApp.plugin_class == "academy_grading.grades.export.EmptyUntilGraded"
    assert found.Autograde.autograde_preprocessors == ["mine"]


def test_building_by_id_and_path_gives_the_same(small):
    (file,) = build_course(small.data.path, "small-course", ["plan"])
    assert file.is_file()


def test_an_exercise_that_is_not_there_is_named_with_the_ones_that_are(small):
    with pytest.raises(CourseError, match="no exercise plans"):
        build_course(small.data, small.course, ["plans"])


def test_a_course_in_another_place_is_found_again_without_the_environment(small, monkeypatch, course_files):
    from traitlets.config import Config

    from academy_grading.config import configure

    build_course(small.data, small.course)
    monkeypatch.delenv("ACADEMY_EXERCISES")
    monkeypatch.setenv("PATH", "/usr/bin")
    configure(Config(), small.root / "nbgrader_config.py")
    assert "ACADEMY_EXERCISES" not in os.environ
    assert course_of(small.root).folder == course_files.resolve()


def test_a_course_of_ones_own_is_found_in_its_data_folder_wherever_that_goes(tmp_path, monkeypatch):
    from traitlets.config import Config

    from academy_grading.config import configure

    for name in ("ACADEMY_EXERCISES", "ACADEMY_DATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", "/usr/bin")
    data = DataFolder.create(tmp_path / "data")
    (file,) = build_course(data, load_course(drop_in(data.path)), ["riesgos"])
    assert "Nuestro mapa de riesgos" in file.read_text("utf-8")
    moved = data.path.rename(tmp_path / "moved")
    configure(Config(), moved / "courses" / OUTSIDER / "nbgrader_config.py")
    assert not {"ACADEMY_EXERCISES", "ACADEMY_DATA"} & os.environ.keys()
    assert course_of(moved / "courses" / OUTSIDER).folder == (moved / "exercises" / OUTSIDER).resolve()


def test_a_gradebook_waits_a_minute_for_its_turn_and_no_other_database_does(tmp_path):
    import sqlalchemy as sa

    from academy_grading.grades.database import be_patient

    be_patient()

    def patience(name, **given):
        with sa.create_engine(f"sqlite:///{tmp_path / name}", connect_args=given).connect() as connection:
            return connection.exec_driver_sql("PRAGMA busy_timeout").scalar()

    assert patience("gradebook.db") == 60_000
    assert patience("other.db") < 60_000
    assert patience("gradebook.db", timeout=0.01) == 10


def test_cells_can_not_come_or_go_once_there_are_submissions(small, nbgrader, course_files):
    assert nbgrader.generate_assignment("plan")["success"]
    small.submit("p-one", "plan", {"goal": "Reach night workers"})
    assert nbgrader.collect("plan")["success"]
    assert nbgrader.autograde("plan", "p-one")["success"]
    source = small.root / "source" / "plan" / "plan.ipynb"
    before, checks = source.read_bytes(), course_files / "plan" / "checks.py"
    checks.write_text(checks.read_text().replace('"steps", points', '"three-steps", points'))
    with pytest.raises(CourseError, match="new: check-three-steps; gone: check-steps"):
        build_course(small.data, load_course(course_files))
    assert source.read_bytes() == before


def test_generating_cells_that_do_not_fit_says_so_and_keeps_the_release(small, nbgrader):
    assert nbgrader.generate_assignment("plan")["success"]
    small.submit("p-one", "plan", {"goal": "Reach night workers"})
    nbgrader.collect("plan")
    nbgrader.autograde("plan", "p-one")
    source = small.root / "source" / "plan" / "plan.ipynb"
    notebook = nbformat.read(source, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if cell.id != "criterion-reach"]
    nbformat.write(notebook, source)
    result = nbgrader.generate_assignment("plan")
    assert not result["success"]
    assert "gone: criterion-reach" in result["log"]
    assert (small.root / "release" / "plan" / "plan.ipynb").is_file()


def test_changed_words_and_points_are_no_problem_for_submissions(small, nbgrader, course_files):
    nbgrader.generate_assignment("plan")
    small.submit("p-one", "plan", {"goal": "Reach night workers"})
    nbgrader.collect("plan")
    nbgrader.autograde("plan", "p-one")
    file = course_files / "plan" / "exercise.yaml"
    file.write_text(file.read_text().replace("Say what you will do.", "Say what you plan."))
    build_course(small.data, load_course(course_files))
    assert nbgrader.generate_assignment("plan")["success"]
    assert "Say what you plan." in (small.root / "release" / "plan" / "plan.ipynb").read_text()
