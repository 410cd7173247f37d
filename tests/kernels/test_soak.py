"""The soak in short: `make soak` does the same with 2,000 starts and 200 kills."""

import random

from tests.bench.soak import kill_under_load, start_many


def test_nothing_of_many_pages_is_left_behind(tmp_path, capsys):
    assert start_many(tmp_path, 16, random.Random(1)), capsys.readouterr().out


def test_no_acknowledged_answer_is_lost_when_things_are_killed(tmp_path, capsys):
    assert kill_under_load(tmp_path, 4, 2, random.Random(3)), capsys.readouterr().out
