"""Nobody's points change by accident: what each check gives, and where it points, as it was recorded.

For each exercise the record has its empty form, its cases, its worked examples, and each example emptied and spoiled
place by place. Who changes a check or an example on purpose writes it anew with `--draw-anew` and reads the diff.
"""

from __future__ import annotations

import pytest

from academy.course import Work, load_course, nest, run_checks
from academy.course.examples import example_work, flatten, read_example
from academy.course.lint.proving.cases import answers_of, read_cases
from tests.content.spoiled import spoiled
from tests.support.drawn import as_drawn

COURSE = load_course("innovative-workers-education")
CHECKED = [exercise for exercise in COURSE.exercises if exercise.checks]


@pytest.fixture(autouse=True)
def _no_data_folder(monkeypatch):
    monkeypatch.delenv("ACADEMY_DATA", raising=False)


def test_most_checks_are_declared_and_code_says_the_rest():
    written = [check for exercise in CHECKED if not exercise.like for check in exercise.checks]
    assert (len(written), sum(check.wants is not None for check in written)) == (133, 111)


def told(exercise, flat, work):
    """What each check says of the answers: its points and its places."""
    results = run_checks(exercise, nest(exercise, flat), work.having(exercise, flat))
    return {
        r.id: f"{r.id} {r.earned:g}{'' if r.passed else '!'} {' '.join(r.fields)}".rstrip() for r in results
    }


def record(exercise):
    """A line for each check, and for what was spoiled only what became different by it."""
    lines = []

    def write(title, found, before=None):
        lines.extend(
            [title, *(f"  {line}" for name, line in found.items() if (before or {}).get(name) != line)]
        )

    lines += [
        f"{check.id} gives {check.points}{'' if check.asks else ', asks nothing'}"
        for check in exercise.checks
    ]
    write("empty", told(exercise, {}, example_work(COURSE)))
    write("empty, nothing else done", told(exercise, {}, Work(COURSE)))
    file = exercise.folder / "cases.yaml"
    for case in read_cases(file)[0] if file.is_file() else []:
        language = (case.start or "").partition(".")[2]
        flat = flatten(exercise, answers_of(case, exercise.folder))
        write(f"case: {case.name}", told(exercise, flat, example_work(COURSE, language, case.work)))
    for file in sorted(exercise.folder.glob("example*.yaml")):
        flat, work = flatten(exercise, read_example(file)), example_work(COURSE, file.stem.partition(".")[2])
        whole = told(exercise, flat, work)
        write(file.name, whole)
        write(f"{file.name}, nothing else done", told(exercise, flat, Work(COURSE)), whole)
        for what, worse in spoiled(exercise, flat):
            write(f"{file.name}: {what}", told(exercise, worse, work), whole)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("exercise", CHECKED, ids=lambda exercise: exercise.id)
def test_each_check_gives_the_points_and_names_the_places_that_were_recorded(exercise, request):
    anew = request.config.getoption("--draw-anew")
    assert as_drawn(f"checks/{exercise.id}.txt", record(exercise), anew=anew)
