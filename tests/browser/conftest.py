"""A served course and people with phones."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.phone import Phone
from tests.support.server import AcademyServer

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """A data folder as `academy init` makes it, its exercises not open yet."""
    folder = tmp_path_factory.mktemp("prepared") / "data"
    academy("init", "--no-release", "--data", folder)
    return folder


@pytest.fixture
def served(prepared, tmp_path):
    """The flagship course, served by the kit itself."""
    shutil.copytree(prepared, tmp_path / "data")
    with AcademyServer(tmp_path / "data") as server:
        yield server


@pytest.fixture
def served_to_few(prepared, tmp_path):
    """The flagship course as so few play it that nothing would be shown of them."""
    shutil.copytree(prepared, tmp_path / "data")
    shutil.copytree(ROOT / "exercises", tmp_path / "exercises")
    course = tmp_path / "exercises" / "innovative-workers-education" / "course.yaml"
    course.write_text(re.sub(r"small_group: 5\b", "small_group: 1", course.read_text("utf-8")), "utf-8")
    with AcademyServer(tmp_path / "data").start(ACADEMY_EXERCISES=str(tmp_path / "exercises")) as server:
        yield server


@pytest.fixture
def phone(chromium):
    """Give out phones: each a browser of its own, signed in as nobody."""
    opened = []

    def give(**options):
        opened.append(Phone(chromium, **options))
        return opened[-1]

    yield give
    for one in opened:
        one.close()


def academy(*words):
    """Run the `academy` command as its user would."""
    done = subprocess.run(
        [sys.executable, "-m", "academy", *map(str, words)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def nbgrader(root: Path, *words):
    """Run an ordinary nbgrader command in the course root, as a facilitator would."""
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *words], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr
