"""Week 4: which tasks decide about the last day, what it costs, and how the parts lean on each other."""

from __future__ import annotations

import re

import pytest

from academy.course import Work, load_course, nest
from academy.course.checks import call, run_computes
from academy.course.examples import example_work, flatten, read_example

COURSE = load_course("innovative-workers-education")
PLAN = COURSE.exercise("pilot-plan")
EXAMPLE = read_example(PLAN.folder / "example.yaml")
MODULE = next(module for module in COURSE.modules if module.id == "evaluation-and-scaling")


def plan(**changed):
    return nest(PLAN, flatten(PLAN, EXAMPLE | changed))


def task(name, start, end, *after):
    return {
        "task": name,
        "start": f"2026-05-{start:02d}",
        "end": f"2026-05-{end:02d}",
        "owner": "Steward",
        "after": list(after),
    }


def gantt(*tasks):
    return call(PLAN.draws["gantt"], plan(tasks=list(tasks)), PLAN, Work(None))


def computed(name, answers):
    return run_computes(PLAN, answers, Work(None), name, PLAN.computes[name])[name]


def test_the_path_goes_back_from_the_last_task_by_what_ends_latest():
    picture = gantt(
        task("Ask", 1, 3),
        task("Print", 4, 6, "r1"),
        task("Invite", 4, 9, "r1"),
        task("Meet", 10, 10, "r2", "r3"),
    )
    assert "1 → 3 → 4" in picture.sentence
    assert [row[-1] for row in picture.rows] == ["yes", "no", "yes", "yes"]


def test_a_task_that_waits_for_nothing_is_no_path():
    picture = gantt(task("Ask", 1, 3), task("Meet", 10, 10))
    assert "→" not in picture.sentence
    assert "2026-05-10" in picture.sentence


def test_tasks_that_wait_for_each_other_are_named():
    picture = gantt(task("Ask", 1, 3, "r2"), task("Print", 4, 6, "r1"), task("Meet", 10, 10))
    assert "wait for each other: Ask, Print" in picture.sentence


def test_a_task_without_dates_is_not_drawn_and_stops_nothing():
    bare = task("Dream", 1, 3) | {"start": None}
    assert len(gantt(bare, task("Meet", 10, 10, "r1")).rows) == 1


def test_costs_add_up_and_the_open_part_is_told():
    costs = [
        {"item": "Books", "kind": "once", "amount": "70,50", "payer": "Fund", "secured": "secured"},
        {"item": "Data", "kind": "recurrent", "amount": 29.5, "payer": "Fund", "secured": "open"},
    ]
    answers = plan(costs=costs, currency="EUR", learners=8)
    assert computed("total", answers) == "100 EUR"
    assert computed("each", answers) == "12.50 EUR"
    assert computed("unsecured", answers) == "29.50 EUR (30 %)"


def test_a_plan_that_costs_nothing_divides_by_nothing():
    free = [{"item": "Room", "kind": "once", "amount": 0, "payer": "Union", "secured": "asked"}]
    answers = plan(costs=free, learners=None)
    assert computed("each", answers) == ""
    assert "Nothing" in computed("unsecured", answers)


def test_the_module_gives_40_points_in_all_and_10_for_reviews():
    exercises = [COURSE.exercise(name) for name in MODULE.exercises]
    assert sum(each.points for each in exercises if not each.review) == 40
    assert sum(each.points for each in exercises if each.review) == 10


@pytest.mark.parametrize("name", [name for name in MODULE.exercises if not name.startswith("journal")])
def test_every_picture_of_the_example_is_light(name):
    exercise, work = COURSE.exercise(name), example_work(COURSE)
    for function in exercise.draws.values():
        picture = call(function, work[name], exercise, work)
        assert picture.size < 4096
        assert picture.rows


@pytest.mark.parametrize("name", [name for name in MODULE.exercises if not name.startswith("journal")])
def test_the_points_in_the_note_for_facilitators_are_those_of_the_checks(name):
    note = (COURSE.exercise(name).folder / "facilitator.md").read_text("utf-8")
    (points,) = re.findall(r"gives (?:up to )?(\d+) points", note)
    assert int(points) == COURSE.exercise(name).points


def test_risks_that_weigh_the_same_are_all_the_heaviest():
    flat = {"risks": ["r1", "r2", "r3"]}
    for row, (chance, harm) in zip(flat["risks"], [(2, 4), (1, 1), (4, 2)], strict=True):
        flat |= {f"risks/{row}/chance": chance, f"risks/{row}/harm": harm, f"risks/{row}/risk": f"risk {row}"}
    drawn = call(PLAN.draws["risk-map"], nest(PLAN, flat), PLAN, None)
    assert drawn.svg.count("mark strong") == 2
    assert "risk r1; risk r3" in drawn.sentence
