"""The form in a file finds the same gaps as the course would, in the same words."""

import json
import random
import subprocess

import pytest

from academy.course import Work, load_course, problems
from academy.course.form_spec import form_spec
from academy_widgets.forms.around import around
from academy_widgets.texts import form_texts, offline_texts
from tests.course import chained
from tests.course.conftest import written
from tools.node import find_node

CASES = 150
WORDS = ("port", "👩🏽‍🏭", "night", "工会", "crane", "العمال", "12.5", "shift")


def answer(chance, column):
    """Something that the form could hold for a field: nothing, something that fits, something that doesn't."""
    if chance.random() < 0.25:
        return None
    ids = [option.id for option in column.options or []]
    match column.type:
        case "text" | "line":
            return " ".join(chance.choices(WORDS, k=chance.choice([0, 1, 3, 15, 70])))
        case "choice":
            return chance.choice([*ids, "gone"])
        case "multi":
            return chance.sample(ids, chance.randint(0, len(ids)))
        case "ref" if column.choose:
            chosen = chance.sample(["r1", "r2", "hall", "phone", "gone"], chance.randint(0, 3))
            return chosen if column.choose[1] > 1 else chance.choice(["r1", "r2", "gone"])
        case "scale" | "number":
            return chance.choice([-1, 0, 1, 1.2, 3, 5, 40, 1000, "many", "12,500", "१२", "– 5"])
        case "date":
            return chance.choice(["2020-01-01", "2026-03-09", "2031-12-31"])
        case "bool":
            return chance.random() < 0.5
        case "email":
            return chance.choice(["office@union.example", "\u00a0a@b.example ", "office", "a b@c.de", "a@b"])
        case "ref" | "computed":
            return None
    raise ValueError(column.type)


def answers(chance, exercise):
    values = {}
    for field in exercise.fields:
        if field.type != "table":
            values[field.id] = answer(chance, field)
            continue
        values[field.id] = [f"r{n}" for n in range(1, chance.randint(0, (field.rows or [0, 3])[1] + 1) + 1)]
        for row in values[field.id]:
            values |= {f"{field.id}/{row}/{column.id}": answer(chance, column) for column in field.columns}
    return values


@pytest.fixture(scope="module")
def courses(tmp_path_factory):
    folder = chained.write(tmp_path_factory.mktemp("course"))
    every = written(tmp_path_factory.mktemp("every-kind"))
    return [load_course(folder), load_course(every), load_course("innovative-workers-education")]


def test_the_rules_in_the_file_are_those_of_the_course(courses):
    chance = random.Random(7)
    cases, expected = [], []
    for course in courses:
        elsewhere = {"people": ["r1", "r2"], "people/r1/name": "Cleaners", "reach": ["hall"]}
        work = Work(course, lambda name, held=elsewhere: held if name == "groups" else {})
        for exercise in course.exercises:
            fields, options = form_spec(exercise)["fields"], around(exercise, work)["options"]
            for _ in range(CASES):
                values = answers(chance, exercise)
                cases.append({"fields": fields, "options": options, "values": values})
                expected.append(
                    [[problem.path, problem.text] for problem in problems(exercise, values, work)]
                )
    texts = form_texts("en") | offline_texts("en")
    done = subprocess.run(
        [find_node(), "tests/js/offline_problems.mjs"],
        input=json.dumps({"texts": texts, "cases": cases}),
        capture_output=True,
        text=True,
        check=True,
    )
    found = [[[item["path"], item["text"]] for item in items] for items in json.loads(done.stdout)]
    assert sum(map(len, expected)) > CASES
    for case, mine, theirs in zip(cases, found, expected, strict=True):
        assert mine == theirs, case["values"]
