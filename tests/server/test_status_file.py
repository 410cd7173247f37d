"""How the server is, for who looks after it."""

import json
import time

import pytest

from academy.data import DataFolder
from academy.status_file import STALE_SECONDS, StatusFile, read_status
from tests.support.patience import SECONDS
from tests.support.visitor import Visitor


@pytest.fixture
def data(tmp_path):
    return DataFolder.create(tmp_path / "data")


def test_what_is_written_can_be_read_until_it_is_old(data):
    assert read_status(data) is None
    pulse = StatusFile(data)
    pulse.beat({"waiting": 3})
    assert read_status(data)["waiting"] == 3
    pulse.file.write_text(json.dumps({"time": time.time() - STALE_SECONDS - 1, "waiting": 3}), "utf-8")
    assert read_status(data) is None
    pulse.stop()
    assert not pulse.file.exists()


@pytest.mark.parametrize("damaged", ["", "[]", "{}", '{"time": "now"}'])
def test_a_damaged_file_is_no_server(data, damaged):
    StatusFile(data).file.write_text(damaged, "utf-8")
    assert read_status(data) is None


def told(server, wanted):
    """Wait until the server tells what is wanted."""
    until = time.monotonic() + SECONDS
    with Visitor(server.url) as visitor:
        while not ((state := read_status(server.data)) and wanted(state)):
            assert time.monotonic() < until, state
            visitor.get("healthz")
    return state


def test_the_server_tells_who_is_there_and_who_waits_and_nothing_of_who_they_are(start):
    with start(max_kernels=1) as server, Visitor(server.url) as amina, Visitor(server.url) as fatou:
        amina.sign_in(server.people.add("Amina").code).open()
        assert (
            fatou.sign_in(server.people.add("Fatou").code).get("voila/render/home.ipynb").status_code == 503
        )
        state = told(server, lambda state: state["waiting"] == 1)
        assert state["kernels"]["alive"] == state["kernels"]["most"] == 1
        assert state["memory"]["short"] is False
        assert all(word not in json.dumps(state) for word in ("Amina", "Fatou", "p-"))
    assert read_status(server.data) is None


def test_the_server_tells_which_kernels_it_ended(start):
    with start(idle_minutes=1 / 60) as server, Visitor(server.url) as amina:
        amina.sign_in(server.people.add("Amina").code).open()
        assert told(server, lambda state: state["ended"]["left"])["kernels"]["alive"] == 0
