"""A copy of the flagship course that a test may break."""

from pathlib import Path

import pytest

from tests.support.courses import FLAGSHIP, copy_course

ROOT = Path(__file__).resolve().parents[2]


class Draft:
    """A copy of the course and its pages, and ways to break it."""

    def __init__(self, root):
        self.root = root
        self.folder = root / "exercises" / FLAGSHIP
        self.notebooks = root / "notebooks"

    def replace(self, name, old, new, times=1):
        """Exchange a text in a file of the course; it must be there, so that a test can't pass by accident."""
        file = self.folder / name
        text = file.read_text("utf-8")
        assert old in text, f"{old!r} is not in {name}"
        file.write_text(text.replace(old, new, times), "utf-8")

    def remove(self, name):
        (self.folder / name).unlink()

    def write(self, name, text):
        (self.folder / name).write_text(text, "utf-8")


@pytest.fixture
def draft(tmp_path):
    copy_course(tmp_path / "exercises", notebooks=tmp_path / "notebooks")
    return Draft(tmp_path)


@pytest.fixture(scope="session")
def root():
    return ROOT
