"""Two graders at the same course root."""

import fcntl

import pytest

from academy_grading.exchange import Collect
from tests.grading.classroom import GOAL


def test_while_one_grader_collects_another_waits(ready, small, monkeypatch):
    small.submit("p-one", "plan", GOAL)
    lock = small.data.runtime / "collect.lock"
    write, written = Collect._write, []

    def watched(self, submission, place):
        with lock.open("rb") as file, pytest.raises(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        write(self, submission, place)
        written.append(place)

    monkeypatch.setattr(Collect, "_write", watched)
    assert ready.collect("plan")["success"]
    assert len(written) == 1
    with lock.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
