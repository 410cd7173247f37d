"""Running checks: their sentences and points, apart from everything else."""

import json
import os

import pytest

from academy.errors import AcademyError
from academy_grading.apart import run_apart
from academy_grading.sheet import AnswerSheet, CheckError, open_sheet


@pytest.fixture
def sheet(exercise):
    return AnswerSheet(exercise, {"goal": "Reach night workers", "steps": ["r1"]})


def test_a_passed_check_says_so_and_gives_all_its_points(sheet, capsys):
    assert sheet.check("has-goal") == 2
    assert capsys.readouterr().out == "✔ A goal is written.\n"


def test_a_missed_check_asks_its_question_and_gives_a_share(sheet, capsys):
    assert sheet.check("steps") == 1
    assert capsys.readouterr().out == "✘ Three steps: not yet. What comes next?\n"


def test_a_check_writes_nothing_to_stderr(sheet, capsys, monkeypatch):
    import sys
    import warnings

    def noisy(answers):
        warnings.warn("old", DeprecationWarning, stacklevel=1)
        sys.stderr.write("noise")
        return True

    check = sheet.exercise.checks[0]
    object.__setattr__(check, "function", noisy)
    assert sheet.check("has-goal") == 2
    assert capsys.readouterr().err == ""


def test_a_broken_check_is_an_error_with_a_sentence(sheet):
    object.__setattr__(sheet.exercise.checks[0], "function", lambda answers: 1 / 0)
    with pytest.raises(CheckError, match="has-goal could not be run"):
        sheet.check("has-goal")


def test_answers_are_read_as_data_from_the_file_beside_the_notebook(tmp_path, course_files):
    (tmp_path / "answers.json").write_text(json.dumps({"answers": {"goal": "__import__('os').abort()"}}))
    sheet = open_sheet(str(tmp_path / "answers.json"), course="small-course", exercise="plan")
    assert sheet.answers["goal"] == "__import__('os').abort()"


@pytest.mark.parametrize("content", [None, "{", "[]", '{"answers": []}', "null"])
def test_an_unreadable_file_of_answers_is_a_sentence(tmp_path, content, course_files):
    file = tmp_path / "answers.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(AcademyError, match="Collect the submission again"):
        open_sheet(str(file), course="small-course", exercise="plan")


def test_cells_share_names_and_give_texts_and_a_last_value(tmp_path):
    first, second = run_apart(["x = 2\nprint('a')", "print('b')\nx * 1.5"], tmp_path, 10)
    assert [output["text"] for output in first] == ["a\n"]
    assert second[0]["text"] == "b\n"
    assert second[1]["data"] == {"text/plain": "3.0"}


def test_an_error_in_a_cell_does_not_stop_the_next(tmp_path):
    first, second, third = run_apart(["1/0", "raise SystemExit", "'on'"], tmp_path, 10)
    assert first[0]["ename"] == "ZeroDivisionError"
    assert second[0]["ename"] == "SystemExit"
    assert third[0]["data"]["text/plain"] == "'on'"


def test_a_cell_that_never_ends_is_ended(tmp_path):
    first, second = run_apart(["'before'", "while True: pass"], tmp_path, 0.5)
    assert first[0]["data"]["text/plain"] == "'before'"
    assert second[0]["output_type"] == "error"


def test_a_process_that_dies_leaves_an_error_and_nothing_else(tmp_path):
    (outputs,) = run_apart(["import os; os.kill(os.getpid(), 9)"], tmp_path, 10)
    assert outputs[0]["output_type"] == "error"


def test_cells_run_beside_the_notebook_and_import_nothing_from_there(tmp_path):
    (tmp_path / "colorsys.py").write_text("here = True")
    shadow, place = run_apart(
        ["import colorsys; hasattr(colorsys, 'here')", "import os; os.getcwd()"], tmp_path, 10
    )
    assert shadow[0]["data"]["text/plain"] == "False"
    assert place[0]["data"]["text/plain"] == repr(os.path.realpath(tmp_path))
