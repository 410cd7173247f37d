"""What `academy grade` and `academy feedback` say on a terminal."""

import io
import re
import sys

import pytest

from academy.course import load_course
from academy.store import EditionSettings
from academy_app.cli.commands.grade import _bar, _named, _tell_given, _tell_taken
from academy_grading.grade import Given, Taken
from academy_grading.grades.names import SHOW_NAMES
from tests.peers.small import small_course


@pytest.fixture
def idea(tmp_path):
    return load_course(small_course(tmp_path)).exercise("idea")


class Terminal(io.StringIO):
    def isatty(self):
        return True


def told(capsys):
    return capsys.readouterr().out.splitlines()


def test_a_line_on_a_terminal_fills_up_as_people_are_done(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    with _bar("An idea") as progress:
        progress(0, 0)
        assert sys.stderr.getvalue() == ""
        progress(1, 4)
        progress(3, 4)
    shown = sys.stderr.getvalue()
    assert re.findall(r"An idea +\[[#-]+\] +(\d/\d)", shown) == ["0/4", "1/4", "3/4"]
    assert shown.endswith("\n"), "what is said next begins on a line of its own"


def test_what_is_no_terminal_gets_no_line(capsys):
    with _bar("An idea") as progress:
        progress(1, 4)
    assert capsys.readouterr().err == ""


def test_a_gradebook_that_was_gone_is_told_with_what_is_lost(folder, idea, capsys):
    _tell_taken(folder, idea, Taken(lost=True))
    first, second, third = told(capsys)
    assert first.startswith(
        "  The gradebook was gone and has been made anew: what was given by hand is not in"
    )
    assert second == "An idea: collected 0, graded 0, as before 0, not graded 0"
    assert third == "  Nobody has submitted this yet."


@pytest.mark.parametrize("of", ["graded", "unchanged"])
def test_when_nothing_is_left_to_judge_it_is_said_what_comes_next(folder, idea, capsys, of):
    taken = Taken(collected=["p-a", "p-b"])
    getattr(taken.outcome, of).append("p-a")
    taken.outcome.remarks.append("Look at the plan.")
    _tell_taken(folder, idea, taken)
    counts = "graded 1, as before 0" if of == "graded" else "graded 0, as before 1"
    assert told(capsys) == [
        f"An idea: collected 2, {counts}, not graded 0",
        "  Look at the plan.",
        "  Nothing is left to judge by hand. Give the feedback with: academy feedback idea",
    ]
    taken.waiting.append("p-a")
    _tell_taken(folder, idea, taken)
    assert told(capsys)[2:] == ["  Wanting your judgement: 1. Open them with: academy lab (p-a)"]


def test_who_gets_no_feedback_yet_is_named_with_the_reason(folder, idea, capsys):
    _tell_given(folder, idea, Given(released=["p-a"], unchanged=["p-b", "p-c"]))
    assert told(capsys) == ["An idea: feedback given 1, as before 2"]
    _tell_given(folder, idea, Given(missing=["p-d"], waiting=["p-e"]))
    assert told(capsys)[1:] == [
        "  Submitted and not graded yet: p-d. Grade with: academy grade idea",
        "  Wanting your judgement: 1. Open them with: academy lab (p-e)",
    ]


def test_a_dozen_people_are_named_and_the_others_counted(folder):
    amina = folder.people.add("Amina D.", full_name="Amina Diallo").person.id
    others = [f"p-{number}" for number in range(11)]
    assert _named(folder, [amina, *others]) == ", ".join([amina, *others])
    assert _named(folder, [amina, *others, "p-x", "p-y"]) == f"{', '.join([amina, *others])} and 2 more"
    EditionSettings(folder.store, folder.edition).set(SHOW_NAMES, True)
    assert _named(folder, [amina, "p-0"]) in (f"Amina D. {amina}, p-0", f"Amina Diallo {amina}, p-0")
