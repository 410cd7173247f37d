"""A board and an exercise are added while the course is served: whoever asks next has them, whatever they ask."""

import json
import time

import nbformat
import pytest

from academy.course import load_course
from academy.live import Live
from academy_grading.autograde.checks_client import ChecksClient
from academy_grading.autograde.checks_process import Job
from academy_widgets.assets import STATIC
from tests.live.small import small_course
from tests.server.live.rooms import answer, send
from tests.support.patience import SECONDS
from tests.support.server import AcademyServer
from tests.support.writing import add_board, add_exercise

KERNEL = """\
import json
from academy.session import current
from academy_widgets import live
boards = live("webinar-1").data.count("<details")
print(json.dumps([boards, [exercise.id for exercise in current().course.exercises]]))
"""
GRADING = "from pathlib import Path; from academy.course import load_course; print(load_course(Path({})).has('diary'))"


@pytest.fixture
def server(pages, tmp_path):
    folder = small_course(tmp_path / "courses")
    (folder / "pages").mkdir()
    nbformat.write(
        nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(KERNEL)]), folder / "pages" / "course.ipynb"
    )
    options = {
        "notebooks": str(pages / "notebooks"),
        "template": str(pages / "template"),
        "assets": str(STATIC),
    }
    with AcademyServer(tmp_path / "data", ip="127.0.0.1", **options).start(
        ACADEMY_EXERCISES=str(folder.parent)
    ) as server:
        server.folder = folder
        server.live = Live(server.store, load_course(folder), server.data.secret)
        yield server


def seen_in_a_page(visitor):
    text = visitor.get("voila/render/course.ipynb").text
    return json.loads(text.partition('<pre class="stream">')[2].partition("</pre>")[0].replace("&#34;", '"'))


def until(holds):
    """Ask until it holds: what was read a moment ago is new enough for the server."""
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline


def test_a_board_and_an_exercise_added_to_a_served_course_are_known_everywhere(server, visit):
    """Pages, desk, room, results, offline form, paper, grading: each keeps the course in a place of its own."""
    desk, amina = visit("Desk", role="facilitator"), visit("Amina")
    room = server.live.start("webinar-1", by="f-desk")
    state = amina.get(f"live/{room.code}/state").json()
    assert "hope" not in state["activities"]
    boards = len(state["activities"])
    assert seen_in_a_page(amina) == [boards, []]
    assert desk.get(f"live/{room.code}/desk?activity=hope").status_code == 409
    assert amina.get("offline/diary.html").status_code == 404
    runner = ChecksClient()
    job = Job([GRADING.format(repr(str(server.folder)))], str(server.folder), course=str(server.folder))
    assert runner.run(job)[0][0]["text"] == "False\n"

    add_board(server.folder, "hope")
    add_exercise(server.folder, "diary")

    assert seen_in_a_page(amina) == [boards + 1, ["diary"]]
    assert desk.get(f"live/{room.code}/desk?activity=hope").json()["items"] == []
    after = amina.get(f"live/{room.code}/state?since={state['rev']}&wait=20").json()
    assert after["rev"] > state["rev"]  # those who follow are told without asking
    assert after["activities"]["hope"] == {"phase": "waiting", "answered": 0}
    opened = send(desk, f"live/{room.code}/control", {"do": "open", "activity": "hope"})
    assert opened.status_code == 200, opened.text
    assert "What gives you hope?" in amina.get(f"live/{room.code}").text
    assert answer(amina, room, "hope", ["colleagues"]).status_code == 200
    assert desk.get(f"live/{room.code}/results.json?activity=hope&full=1").json()["activities"]
    assert amina.get("offline/diary.html").status_code != 404
    assert runner.run(job)[0][0]["text"] == "True\n"
    runner.close()


def test_a_board_that_is_taken_out_while_it_is_on_leaves_the_room_as_if_none_were(server, visit):
    desk, amina = visit("Desk", role="facilitator"), visit("Amina")
    add_board(server.folder, "hope")
    room = Live(server.store, load_course(server.folder), server.data.secret).start("webinar-1", by="f-desk")
    opened = {"do": "open", "activity": "hope"}
    until(lambda: send(desk, f"live/{room.code}/control", opened).status_code == 200)
    file = server.folder / "webinar-1" / "live.yaml"
    file.write_text(file.read_text("utf-8").partition("  - {id: hope")[0], "utf-8")
    until(lambda: "hope" not in amina.get(f"live/{room.code}/state").json()["activities"])
    assert amina.get(f"live/{room.code}/state").json()["activity"] is None
    assert amina.get(f"live/{room.code}").status_code == 200
    assert send(desk, f"live/{room.code}/control", {"do": "next"}).status_code == 200
    assert amina.get(f"live/{room.code}/state").json()["activity"] == "connected"
