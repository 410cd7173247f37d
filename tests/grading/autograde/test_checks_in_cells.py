"""Running checks: their sentences and points, apart from everything else."""

import json
import os
import resource
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from academy.course import load_course, nest, run_checks
from academy.course.examples import example_of, example_work, flatten
from academy.errors import AcademyError
from academy_grading.autograde.checks_client import SECONDS_TO_START, ChecksClient
from academy_grading.autograde.checks_process import Job, run_in_child
from academy_grading.sheet import AnswerSheet, CheckError, open_sheet
from tests.support.patience import SECONDS, until


@pytest.fixture
def sheet(exercise):
    return AnswerSheet(exercise, {"goal": "Reach night workers", "steps": ["r1"]})


@pytest.mark.parametrize("step", ["source", "release"])
def test_a_source_says_that_it_has_no_answers_to_check_and_what_to_run_instead(
    step, tmp_path, monkeypatch, course_files
):
    folder = tmp_path / step / "plan"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    sheet = open_sheet("answers.json", course="small-course", exercise="plan")
    with pytest.raises(CheckError, match="the source of plan") as refused:
        sheet.check("steps")
    shown = refused.value._render_traceback_()
    assert "To look the exercise over, run: academy check" in shown
    assert max(map(len, shown)) < 80


def test_validating_a_source_explains_itself(small, nbgrader):
    from nbgrader.validator import Validator

    small.root.joinpath("source").mkdir(exist_ok=True)
    said = Validator().validate(str(small.root / "source" / "plan" / "plan.ipynb"))
    texts = [failed["error"] for failed in said["failed"]]
    assert len(texts) == 2
    assert all("To look the exercise over, run: academy check" in text for text in texts)
    assert not any("NameError" in text or "Traceback" in text for text in texts)


def test_a_passed_check_says_so_and_gives_all_its_points(sheet, capsys):
    assert sheet.check("has-goal") == 2
    assert capsys.readouterr().out == "✔ A goal is written.\n"


def test_a_missed_check_asks_its_question_and_gives_a_share(sheet, capsys):
    assert sheet.check("steps") == 1
    assert capsys.readouterr().out == "✘ Three steps: not yet. What comes next?\n"


@pytest.mark.parametrize("name", ["context-map", "people", "pilot-plan", "inclusion-pass", "ai-register"])
def test_answers_earn_in_a_cell_what_they_earn_in_the_app(name, capsys):
    course = load_course("innovative-workers-education")
    exercise, work = course.exercise(name), example_work(course)
    whole = flatten(exercise, example_of(exercise))
    for emptied in (None, *whole):
        flat = {path: value for path, value in whole.items() if path != emptied}
        sheet = AnswerSheet(exercise, flat, work)
        results = run_checks(exercise, nest(exercise, flat), work.having(exercise, flat))
        assert [sheet.check(result.id) for result in results] == [result.earned for result in results]


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
    with pytest.raises(
        CheckError, match=r"has-goal could not be run \(ZeroDivisionError: division by zero\)"
    ):
        sheet.check("has-goal")


def test_a_check_that_the_exercise_does_not_have_any_more_is_named(sheet):
    with pytest.raises(CheckError, match="The exercise has no check walk any more"):
        sheet.check("walk")


@pytest.mark.parametrize(("share", "points"), [(-1, 0), (0.5, 1), (1, 1.999), (99, 1.999)])
def test_points_of_a_check_are_never_below_nothing_nor_above_the_most(sheet, share, points):
    check = sheet.exercise.checks[0]
    object.__setattr__(check, "function", lambda answers: share)
    object.__setattr__(check, "points", 1.999)
    assert sheet.check("has-goal") == points


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


def ends(process):
    """Wait for the end of a process."""

    def ended():
        try:
            return psutil.Process(process).status() == psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return True

    return until(ended)


def run(folder, *sources, seconds=10, **limits):
    return run_in_child(Job(sources, str(folder), seconds, **limits))


def test_cells_share_names_and_give_texts_and_a_last_value(tmp_path):
    first, second, third = run(tmp_path, "x = 2\nprint('a')", "print('b')\nx * 1.5", "x;")
    assert [output["text"] for output in first] == ["a\n"]
    assert second[0]["text"] == "b\n"
    assert second[1]["data"] == {"text/plain": "3.0"}
    assert third == []


def test_an_error_in_a_cell_does_not_stop_the_next(tmp_path):
    first, second, third = run(tmp_path, "1/0", "raise SystemExit", "'on'")
    assert first[0]["ename"] == "ZeroDivisionError"
    assert second[0]["ename"] == "SystemExit"
    assert third[0]["data"]["text/plain"] == "'on'"


def test_a_cell_that_never_ends_is_ended(tmp_path):
    first, second = run(tmp_path, "'before'", "while True: pass", seconds=0.5)
    assert first[0]["data"]["text/plain"] == "'before'"
    assert second[0]["ename"] == "TimeoutError"


def test_a_process_that_dies_leaves_an_error_and_nothing_else(tmp_path):
    (outputs,) = run(tmp_path, "import os; os.kill(os.getpid(), 9)")
    assert outputs[0]["output_type"] == "error"


def test_what_a_cell_started_ends_with_it(tmp_path):
    start = "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'input()'], stdin=subprocess.PIPE).pid"
    (outputs,) = run(tmp_path, start)
    assert ends(int(outputs[0]["data"]["text/plain"]))


def test_cells_run_beside_the_notebook_and_import_nothing_from_there(tmp_path):
    (tmp_path / "colorsys.py").write_text("here = True")
    shadow, place = run(tmp_path, "import colorsys; hasattr(colorsys, 'here')", "import os; os.getcwd()")
    assert shadow[0]["data"]["text/plain"] == "False"
    assert place[0]["data"]["text/plain"] == repr(os.path.realpath(tmp_path))


def test_cells_read_files_and_write_none(tmp_path):
    (tmp_path / "answers.json").write_text("{}")
    read, write = run(tmp_path, "open('answers.json').read()", "open('broken', 'w').write('x' * 99999)")
    assert read[0]["data"]["text/plain"] == "'{}'"
    assert write[0]["ename"] == "OSError"
    assert not (tmp_path / "broken").exists() or not (tmp_path / "broken").stat().st_size


def test_cells_have_only_so_much_memory(tmp_path):
    large, on = run(tmp_path, "x = bytearray(600 << 20)", "'on'", memory=500)
    assert large[0]["ename"] == "MemoryError"
    assert on[0]["data"]["text/plain"] == "'on'"


def test_cells_have_only_so_many_files_and_none_of_ours(tmp_path):
    ours = os.open(os.devnull, os.O_RDONLY)
    inherited, many = run(
        tmp_path,
        "import os; sorted(int(n) for n in os.listdir('/proc/self/fd') if int(n) > 2).__len__()",
        "[open('/dev/null') for _ in range(99)]",
    )
    os.close(ours)
    assert inherited[0]["data"]["text/plain"] == "2"  # the pipe to us, and the list just read
    assert many[0]["ename"] == "OSError"


def test_cells_have_the_limits_of_their_job_and_can_not_lift_them(tmp_path):
    names = ("CPU", "AS", "FSIZE", "NOFILE", "CORE")
    code = f"import resource; [resource.getrlimit(getattr(resource, 'RLIMIT_' + n)) for n in {names}]"
    (said,) = run(tmp_path, code, seconds=7.5, memory=500)
    wanted = [8, 500 << 20, 0, 64, 0]
    hard = [resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))[1] for name in names]
    most = [
        min(want, end if end != resource.RLIM_INFINITY else want)
        for want, end in zip(wanted, hard, strict=True)
    ]
    assert said[0]["data"]["text/plain"] == repr([(end, end) for end in most])


def test_cells_read_nothing_of_ours_and_print_nothing_past_us(tmp_path, capfd):
    (said,) = run(tmp_path, "import os; os.write(1, b'out'); os.write(2, b'err'); os.read(0, 9)")
    assert said[0]["data"]["text/plain"] == "b''"
    assert capfd.readouterr() == ("", "")


def test_what_cells_import_leaves_no_files(tmp_path):
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "helper.py").write_text("word = 'here'")
    (said,) = run(tmp_path, "import sys; sys.path.append('lib'); import helper; helper.word")
    assert said[0]["data"]["text/plain"] == "'here'"
    assert [file.name for file in (tmp_path / "lib").iterdir()] == ["helper.py"]


# -- the process that forks


@pytest.fixture(scope="module")
def runner():
    runner = ChecksClient()
    yield runner
    runner.close()


def test_a_runner_runs_job_after_job_each_from_a_clean_start(runner, tmp_path):
    job = Job(["x = globals().get('x', 0) + 1", "x"], str(tmp_path), 10)
    assert [runner.run(job)[1][0]["data"]["text/plain"] for _ in range(3)] == ["1", "1", "1"]


def test_a_runner_that_was_killed_starts_again(runner, tmp_path):
    job = Job(["import os; os.getppid()"], str(tmp_path), 10)
    before = int(runner.run(job)[0][0]["data"]["text/plain"])
    os.kill(before, signal.SIGKILL)
    assert ends(before)
    after = int(runner.run(job)[0][0]["data"]["text/plain"])
    assert after != before


def test_a_runner_that_dies_at_work_leaves_errors_and_starts_again(runner, tmp_path):
    died, alive = (
        Job([code, "1"], str(tmp_path), 10) for code in ("import os; os.kill(os.getppid(), 9)", "1")
    )
    assert [outputs[0]["ename"] for outputs in runner.run(died)] == ["TimeoutError"] * 2
    assert runner.run(alive)[1][0]["data"]["text/plain"] == "1"


def test_cells_see_no_token_of_the_server(runner, tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_TOKEN", "secret")
    runner.close()
    (outputs,) = runner.run(Job(["import os; 'JUPYTER_TOKEN' in os.environ"], str(tmp_path), 10))
    assert outputs[0]["data"]["text/plain"] == "False"


def test_a_long_answer_arrives_whole(runner, tmp_path):
    said = runner.run(Job(["print('é' * 9_999)"] * 40, str(tmp_path), 10))
    assert [output["text"] for (output,) in said] == ["é" * 9_999 + "\n"] * 40


def test_nothing_is_there_before_a_cell_has_ended_and_a_runner_that_is_stuck_is_given_up(runner, tmp_path):
    (pid,) = runner.run(Job(["import os; os.getppid()"], str(tmp_path), 10))
    stuck = psutil.Process(int(pid[0]["data"]["text/plain"]))
    stuck.suspend()
    runner.start(Job(["1", "2"], str(tmp_path), 30))
    assert runner.outputs() is None
    assert 80 < runner.seconds_left <= 30 + SECONDS_TO_START == 90
    runner.start(Job(["1", "2"], str(tmp_path), -SECONDS_TO_START))
    assert [output["ename"] for (output,) in runner.outputs()] == ["TimeoutError"] * 2
    assert not stuck.is_running()
    assert runner.run(Job(["1"], str(tmp_path), 10))[0][0]["data"]["text/plain"] == "1"


def test_threads_take_turns_at_a_runner(runner, tmp_path):
    def one(number):
        return runner.run(Job([f"{number}"], str(tmp_path), 10))[0][0]["data"]["text/plain"]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, range(12))) == [str(number) for number in range(12)]


def test_a_runner_ends_with_the_process_that_started_it(tmp_path):
    code = (
        "import os\n"
        "from academy_grading.autograde.checks_client import shared_checks_client\n"
        "from academy_grading.autograde.checks_process import Job\n"
        f"print(shared_checks_client().run(Job(['import os; os.getppid()'], {str(tmp_path)!r}, 10))"
        "[0][0]['data']['text/plain'], flush=True)\nos.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=SECONDS)
    assert ends(int(done.stdout))
