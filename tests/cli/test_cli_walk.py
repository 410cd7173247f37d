"""The commands of a course's first weeks, one after the other: each says what it said."""

import shlex

import pytest

from tests.peers.conftest import Class
from tests.peers.small import small_course
from tests.support.walk import Walk

ROSTER = """name,email,role,groups
Maria Silva,maria@example.org,participant,Docks
Tariq,tariq@example.org,mentor,
Ana,,Manager,
X,bad,,
"""
CODE = r"[0-9A-Z]{4}(-[0-9A-Z]{4})+"
CHANCE = (
    rf"\b[fmpt]-[0-9a-z]{{6}}\b|(?<=/j/)[\w-]+|(?<=/join/)[\w-]+|{CODE}|/\S*/test_\S*0|\b[0-9.]+ [kMG]B\b"
    r"|20\d\d-\d\d-\d\d"
)
"""Ids, codes, folders, sizes and days are others each time."""
STEPS = """
status
people add Nia --email nia@example.org --full-name "Nia Okoth" --group Docks --group Ships --language ar
people add Nia
people add Desk --role facilitator
people add Lo --role boss
people add Lo --email nobody
people import {roster} --dry-run
people import {roster} --role-as Manager=facilitator
people import {roster}
people import {folder}/nothing.csv
people list
people list --role mentor --private
people list --role boss
people links --url https://kit.example.org/x
people links --role facilitator --url https://kit.example.org/x
people renew tariq@example.org --url https://kit.example.org/x
people revoke Tariq
people revoke Nobody
people change Nia --name Niamh --email "" --role mentor --group Ships
people change Niamh --role participant --language fr
people change Niamh
teams make "Night shift" Niamh "Maria Silva"
teams make "Day shift" Niamh
teams list
teams add "Night shift" "Nia (2)"
teams remove Niamh
teams remove Niamh
teams add Nowhere Niamh
people merge Niamh "Nia (2)"
people merge Niamh Niamh
people withdraw Tariq
people withdraw Tariq
people list
people readmit Tariq
people remove Tariq
people remove Tariq --answers keep
people remove Tariq --answers keep --yes
people export Niamh {folder}/niamh.zip
people export Niamh {folder}/niamh.zip
join show
join on --url https://kit.example.org/
join show --url https://kit.example.org/
join renew --url https://kit.example.org/
join off
names on
names off
live show
live close webinar-1
live close webinar-9
export reviews {folder}/reviews.csv
export reviews {folder}/reviews.csv
export grades {folder}/grades.csv
answers import {roster}
answers import {folder}/nothing.json
data show
backup {folder}/copy.tar.gz
backup {folder}/copy.tar.gz
restore {folder}/copy.tar.gz
restore {folder}/nothing.tar.gz
restore {roster} --data {folder}/new
check {course}
check nowhere
status --json
"""


@pytest.fixture
def course(data, tmp_path, monkeypatch):
    made = Class(small_course(tmp_path), f"sqlite:///{data / 'academy.sqlite'}")
    monkeypatch.setenv("ACADEMY_EXERCISES", str(tmp_path))
    yield made
    made.store.close()


def test_commands_say_what_they_said(academy, data, course, tmp_path, as_drawn):
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER, "utf-8")
    walk = Walk(None, "", CHANCE)
    for step in STEPS.strip().splitlines():
        words = shlex.split(step.format(roster=roster, folder=tmp_path, course=course.course.folder))
        if "--data" not in words and words[0] != "check":
            words += ["--data", str(data)]
        walk.before = []
        told = academy(*words)
        lines = [f"out: {line}" for line in told.out.splitlines()]
        lines += [f"err: {line}" for line in told.err.splitlines()]
        walk.note(f"{step} → {told.status}", lines)
    assert walk.is_as_read("commands", as_drawn)
