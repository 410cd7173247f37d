import os
from dataclasses import dataclass

import pytest

from academy.data import DataFolder
from academy_app.cli import main
from academy_app.cli.options import opened_folder


@dataclass
class Result:
    status: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch):
    for name in (
        "ACADEMY_DATA",
        "ACADEMY_URL",
        "ACADEMY_COURSE",
        "ACADEMY_DATABASE",
        "ACADEMY_EXERCISES",
        "ACADEMY_GRADEBOOK",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ACADEMY_LANG", "en")
    before = os.umask(0o022)
    yield
    os.umask(before)  # a command sets its own


@pytest.fixture
def academy(capsys):
    """Run a command as a shell would."""

    def run(*words):
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        said = capsys.readouterr()
        return Result(end.value.code or 0, said.out, said.err)

    return run


@pytest.fixture
def data(tmp_path):
    """A data folder with nobody in it."""
    return DataFolder.create(tmp_path / "data").path


@pytest.fixture
def folder(data):
    with opened_folder(DataFolder.open(data)) as open_folder:
        yield open_folder
