import subprocess
import sys

import pytest
import typer

from academy import __version__
from academy_app.cli import app
from tests.support.patience import SECONDS


def commands(command=None, name=()):
    command = command or typer.main.get_command(app)
    for word, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, (*name, word))
    if not hasattr(command, "commands"):
        yield name, command


COMMANDS = {" ".join(name): command for name, command in commands()}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_begins_its_help_with_a_short_sentence(name, academy):
    first = COMMANDS[name].help.splitlines()[0]
    assert first.endswith(".")
    assert len(first) <= 68, "the list of commands cuts it"
    shown = academy(*name.split(), "--help")
    assert shown.status == 0
    assert first in shown.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_and_argument_has_help(name):
    for parameter in COMMANDS[name].params:
        assert getattr(parameter, "help", "") or parameter.name == "help", f"{name}: {parameter.name}"


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"check", "restore"}))
def test_every_command_takes_the_data_folder_from_the_environment(name):
    (option,) = (parameter for parameter in COMMANDS[name].params if "--data" in parameter.opts)
    assert option.envvar == "ACADEMY_DATA"
    assert str(option.default) == "academy-data"


@pytest.mark.parametrize("words", [[], ["people"], ["join"], ["names"]])
def test_a_group_alone_shows_its_commands(words, academy):
    shown = academy(*words)
    assert "Commands:" in shown.out + shown.err


def test_python_m_academy_works():
    done = subprocess.run(
        [sys.executable, "-m", "academy", "--version"],
        capture_output=True,
        text=True,
        check=True,
        timeout=SECONDS,
    )
    assert done.stdout == f"academy-kit {__version__}\n"


def test_help_does_not_wait_for_what_commands_need():
    heavy = {
        "sqlalchemy",
        "voila",
        "nbgrader",
        "jupyter_server",
        "pandas",
        "pydantic",
        "yaml",
        "academy.people",
    }
    probe = "import academy_app.cli, sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True, timeout=SECONDS
    )
    assert not heavy & set(done.stdout.split())


def test_a_word_that_is_no_command_ends_with_status_2(academy):
    shown = academy("frobnicate")
    assert shown.status == 2
    assert "frobnicate" in shown.err
