"""The tutorial, carried out as it stands in the file: its commands are run, its files are written."""

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.support.patience import SECONDS
from tests.support.visitor import Visitor

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial.md"
FENCE = re.compile(r"(?ms)^(`{3,})(\w+)\n(.*?)^\1$")
FILE = re.compile(r"`([\w./-]+/[\w.-]+\.\w+)`")
FAILED = '<p class="notice" role="alert">'
COURSE = "academy-data/exercises/heat-at-work"


def steps():
    """What a reader does, in order: `sh` with a command, or a file with its content."""
    text = TUTORIAL.read_text("utf-8")
    for fence in FENCE.finditer(text):
        if fence[2] == "sh":
            yield "sh", fence[3]
        else:
            before = text[: fence.start()]
            more = before.rstrip().rpartition("\n")[2].count("at the end of")
            yield f"{'+' * more}{FILE.findall(before)[-1]}", fence[3]


class Shell:
    """A shell in which one command follows the other, where the last one went."""

    def __init__(self, folder):
        self.folder = folder
        programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        self.environment = {**os.environ, "PATH": programs, "ACADEMY_PORT": "0"}

    def run(self, commands):
        script = f"set -e\n{commands}\npwd > {self.folder}/pwd"
        done = subprocess.run(
            ["bash", "-c", script], cwd=self.here, env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, commands + done.stdout + done.stderr
        return done.stdout

    @property
    def here(self):
        """Where the last command has gone."""
        note = self.folder / "pwd"
        return Path(note.read_text().strip()) if note.exists() else self.folder

    def serve(self, command):
        """Start the server; return its process and what it said until it answers."""
        process = subprocess.Popen(
            ["bash", "-c", f"exec {command}"],
            cwd=self.here,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        watchdog = threading.Timer(SECONDS, process.kill)
        watchdog.start()
        said = ""
        while "Ctrl+C" not in said and (line := process.stdout.readline()):
            said += line
        watchdog.cancel()
        return process, said


@pytest.fixture(scope="module")
def carried_out(tmp_path_factory):
    """The tutorial up to its server, which runs: what `academy check` said on the way, and the server's words."""
    shell = Shell(tmp_path_factory.mktemp("tutorial"))
    checked, process = [], None
    for what, content in steps():
        if what != "sh":
            file = shell.here / what.lstrip("+")
            assert what.lstrip("+").startswith(COURSE), what
            there = file.read_text("utf-8") if what.startswith("+") else ""
            file.write_text(there + content, "utf-8")
        elif content.startswith("academy serve"):
            process, said = shell.serve(content)
        else:
            checked.append(shell.run(content))
    yield [text for text in checked if text], said
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=SECONDS)


def test_each_look_at_the_course_finds_no_mistake(carried_out):
    checked, _said = carried_out
    assert len(checked) == 3
    assert all("No mistakes found in heat-at-work." in text for text in checked), checked


def test_people_join_and_find_both_exercises(carried_out):
    _checked, said = carried_out
    link = re.search(r"on this computer +(http\S+)|join with +(http\S+)", said)
    base, token = re.fullmatch(r"(http://[^/]+/)(j\S+)", link[1] or link[2]).groups()
    with Visitor(base) as ines:
        assert ines.form(token, name="Ines").status_code in (200, 302)
        home = ines.get("c/heat-at-work/voila/render/home.ipynb")
        assert home.status_code == 200, home.text
        for page, words, asked in (
            ("problem", "a roofer", "Where is it?"),
            ("ask-two", "listen longer", "What would they change?"),
        ):
            assert f'href="{page}.ipynb"' in home.text
            opened = ines.get(f"c/heat-at-work/voila/render/{page}.ipynb")
            assert words in opened.text
            assert asked in opened.text  # the form
            assert FAILED not in opened.text
        assert ines.get("c/heat-at-work/voila/render/week-1-transformation.ipynb").status_code == 404
