"""Another process has the database: the server goes on answering, and says so where it can't do what is asked."""

import json
import subprocess
import sys
import threading
import time

import httpx
import pytest

from academy.course import load_course
from academy.session import session_of
from academy_widgets.forms.offline_form import offline_form
from tests.support.offline import answers_file
from tests.support.patience import SECONDS
from tests.support.run_server import NOTES

COURSE = load_course("innovative-workers-education")
ROUND = next(exercise.id for exercise in COURSE.exercises if exercise.review is not None)
HOLD = """
import sqlite3, sys
holder = sqlite3.connect(sys.argv[1], isolation_level=None)
holder.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""
BUSY = "very busy just now"


@pytest.fixture(scope="module")
def waits(tmp_path_factory):
    """Where the server notes for how many milliseconds a statement on its loop may wait."""
    return tmp_path_factory.mktemp("waits") / "waits.txt"


@pytest.fixture(scope="module")
def academy_server(start, waits):
    return start(environment={NOTES: str(waits)}, flagship=True)


@pytest.fixture
def lock(server):
    """Hold the database in another process from when this is called to the end of the test."""
    held = []

    def hold():
        command = [sys.executable, "-c", HOLD, str(server.data.path / "academy.sqlite")]
        held.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE))
        assert held[0].stdout.readline() == b"held\n"

    yield hold
    for process in held:
        process.communicate()


class Pulse(threading.Thread):
    """Asks again and again how the server is, and remembers its longest silence."""

    def __init__(self, url):
        super().__init__(daemon=True)
        self.url, self.longest, self.over = url, 0.0, threading.Event()

    def run(self):
        with httpx.Client(timeout=SECONDS) as client:
            while not self.over.is_set():
                begun = time.monotonic()
                client.get(f"{self.url}healthz")
                self.longest = max(self.longest, time.monotonic() - begun)

    def stop(self):
        self.over.set()
        self.join()
        return self.longest


def test_a_locked_database_stops_nobody_but_who_writes(server, visit, lock, waits):
    server.people.open_join()
    amina, rosa, leaving = visit("Amina"), visit("Rosa", role="facilitator"), visit("Leaving")
    bao, newcomer = server.people.add("Bao"), visit()
    join = f"join/{server.people.join_token()}"
    newcomer.get(join)
    words = {visitor: visitor.xsrf() for visitor in (amina, rosa, leaving, newcomer)}
    kernel = amina.open()
    person = server.people.find("Amina").id
    form = offline_form(
        session_of(person, server.data, server.store, COURSE.id), COURSE.exercise("context-map")
    )
    file = json.dumps(answers_file(form, {"map": ["r1"], "map/r1/who": "Crane drivers"})).encode()
    webinar = {"webinar": COURSE.webinars[0].id}
    lock()
    pulse = Pulse(server.url)
    pulse.start()

    def send(visitor, address, **more):
        return visitor.post(address, data={"_xsrf": words[visitor], **more})

    for _ in range(3):
        refused = send(amina, "language", lang="ar", next="/passport")
        assert (refused.status_code, BUSY in refused.text) == (503, True)
        assert 'href="/passport"' in refused.text
    joining = send(newcomer, join, name="Nia", once="x" * 20)
    assert (joining.status_code, BUSY in joining.text) == (503, True)
    assert 'value="Nia"' in joining.text
    everywhere = send(leaving, "logout", everywhere="1")
    assert (everywhere.status_code, BUSY in everywhere.text) == (503, True)
    assert not leaving.is_in()
    for visitor, address in ((amina, f"reviews/{ROUND}/next"), (rosa, f"reviews/{ROUND}/extend")):
        assert send(visitor, address, days="3").status_code in (409, 503)
    started = rosa.post("live/start", json=webinar, headers={"X-XSRFToken": words[rosa]})
    assert (started.status_code, BUSY in started.json()["error"]) == (503, True)
    assert amina.get(f"live/at/{webinar['webinar']}").status_code == 503
    brought = amina.post("answers", files=[("files", ("a.json", file))], data={"_xsrf": words[amina]})
    assert BUSY in brought.text

    visit().sign_in(bao.code)
    for address in (
        "",
        "login",
        "passport",
        "answers",
        "calendar.ics",
        "live",
        "place/home.ipynb",
        f"api/kernels/{kernel}",
    ):
        assert amina.get(address).status_code < 400, address
    assert pulse.stop() < 15  # the silence was twenty seconds, for each who wrote
    assert 0 < max(int(line) for line in waits.read_text().split()) < 500
