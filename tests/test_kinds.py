"""Every kind of field and of live activity is known in every layer, on the server's side and in the browser."""

import json
import subprocess
from functools import cache
from pathlib import Path

import pytest

import academy_app.server
from academy.course import load_course
from academy.course.kinds import KINDS, FieldKind
from academy.course.live_kinds import LIVE_KINDS
from academy.live.kinds import KINDS as LIVE
from academy.live.kinds import ActivityKind
from academy_grading.sources.readable_answers import READ
from tests.live.small import small_course
from tests.live.test_answers import VALUES, WRONG
from tests.live.test_few import ANONYMOUS
from tests.server.live.test_live_answering import FORMS
from tools.node import find_node

TEMPLATES = Path(academy_app.server.__file__).parent / "templates" / "live"
FIELD_TABLES = {
    "CONTROLS": "form control",
    "WIDTHS": "table",
    "FAULTS": "offline control",
    "ON_PAPER": "paper",
}
LIVE_TABLES = {"DRAW": "projector", "ENTER": "presenter's fields", "FACTS": "presenter's notes"}
SAYS_ITSELF = ("accepts", "typed")
"""What every kind of field must say itself; for the rest there is a usual answer."""
OF_ALL, OF_COUNTED, OF_WRITTEN = ("canonical", "draw", "table", "from_form"), ("counted",), ("items",)


@cache
def browser():
    done = subprocess.run(
        [find_node(), "tests/js/kinds.mjs"],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def own(kind, base, name):
    return getattr(type(kind), name) is not getattr(base, name)


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_of_field_is_known_in_every_layer(name):
    kind = KINDS[name]
    assert kind.name == name
    missing = [
        f"reading and judging ({method})" for method in SAYS_ITSELF if not own(kind, FieldKind, method)
    ]
    missing += [] if name in READ else ["what a grader reads"]
    missing += [layer for table, layer in FIELD_TABLES.items() if name not in browser()["fields"][table]]
    assert not missing, f"{name} lacks: {', '.join(missing)}"


@pytest.mark.parametrize("name", LIVE_KINDS)
def test_a_kind_of_activity_is_known_in_every_layer(name):
    assert name in LIVE, f"{name} lacks: what is done with answers"
    wanted = (*OF_ALL, *(OF_WRITTEN if LIVE_KINDS[name].written else OF_COUNTED))
    missing = [f"answers ({method})" for method in wanted if not own(LIVE[name], ActivityKind, method)]
    missing += [] if hasattr(LIVE[name], "columns") else ["table of pandas"]
    template = TEMPLATES / f"{name}.html"
    text = template.read_text("utf-8") if template.is_file() else ""
    missing += [f"phone ({part})" for part in ("ask", "results") if f"macro {part}()" not in text]
    missing += [layer for table, layer in LIVE_TABLES.items() if name not in browser()["live"][table]]
    assert not missing, f"{name} lacks: {', '.join(missing)}"


def test_no_layer_knows_a_kind_that_is_not_declared():
    tables = browser()
    known = [*READ, *(name for table in FIELD_TABLES for name in tables["fields"][table])]
    assert set(known) <= KINDS.keys()
    known = [*LIVE, *(name for table in LIVE_TABLES for name in tables["live"][table])]
    known += [file.stem for file in TEMPLATES.glob("*.html") if file.stem != "shared"]
    assert set(known) <= LIVE_KINDS.keys()


def test_a_board_knows_of_its_kind_what_is_declared():
    facts = browser()["facts"]
    for name, kind in LIVE_KINDS.items():
        said = {fact: facts[name].get(fact, False) for fact in ("written", "merges", "answers", "sorted")}
        assert said == {
            "written": kind.written,
            "merges": kind.by_support,
            "answers": kind.in_steps,
            "sorted": LIVE[name].sorted_by_number,
        }
        assert kind.written != ("numbers" in facts[name]), name


TRIED = {"VALUES": VALUES, "WRONG": WRONG, "FORMS": FORMS, "ANONYMOUS": [*ANONYMOUS, "used"]}


@pytest.mark.parametrize("name", TRIED)
def test_what_is_tried_with_every_kind_leaves_none_out(name, tmp_path):
    """Questions are answered in steps, and have tests of their own."""
    webinar = load_course(small_course(tmp_path)).webinar("webinar-1")
    tried = {webinar.activity(activity).kind for activity in TRIED[name]}
    assert tried | {"questions"} == set(LIVE_KINDS)


def test_what_is_asked_on_the_fly_is_declared_so_on_both_sides():
    offered = browser()["live"]["ON_THE_FLY"]
    assert set(offered) <= {name for name, kind in LIVE_KINDS.items() if kind.on_the_fly}
