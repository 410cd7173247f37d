"""Which Python make takes, and what it says where there is none."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "tools" / "pythons.sh"
WHOLE = "#!/bin/sh\nexit 0\n"
BARE = '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1 ;; esac\n'
OTHER = "#!/bin/sh\nexit 1\n"


@pytest.fixture
def machine(tmp_path):
    """A machine with these Pythons: returns a function that runs the script on it."""

    def ask(*words, **pythons):
        for name, script in pythons.items():
            path = tmp_path / name.replace("_", ".")
            path.write_text(script)
            path.chmod(0o755)
        shell = shutil.which("sh")
        return subprocess.run(
            [shell, SCRIPT, *words], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
        )

    return ask


def names(done):
    return [Path(word).name for word in done.stdout.split()]


def test_the_newest_comes_first_and_the_oldest_last(machine):
    done = machine(python3_11=WHOLE, python3_13=WHOLE, python3_12=WHOLE, python3=WHOLE)
    assert names(done) == ["python3.13", "python3.12", "python3.11"]


def test_a_python_without_its_number_in_its_name_is_found(machine):
    assert names(machine(python3=WHOLE)) == ["python3"]


def test_one_that_only_looks_like_a_python_is_passed_over(machine):
    assert names(machine(python3_14=OTHER, python3_12=WHOLE, python3=OTHER)) == ["python3.12"]


def test_one_that_can_make_an_environment_comes_before_a_newer_one_that_cannot(machine):
    assert names(machine(python3_13=BARE, python3_11=WHOLE)) == ["python3.11"]
    assert names(machine(python3_11=BARE)) == ["python3.13", "python3.11"]


def test_where_there_is_none_the_mend_is_said(machine):
    assert names(machine(python3=OTHER)) == []
    refused = machine("--usable", "")
    assert refused.returncode == 1
    assert "sudo apt install python3 python3-venv" in refused.stderr


@pytest.mark.parametrize(
    ("script", "mend"),
    [(OTHER, "make takes the newest that is here"), (BARE, "sudo apt install python3-venv")],
)
def test_a_python_that_was_named_and_does_not_fit_is_refused_with_the_mend(machine, script, mend):
    refused = machine("--usable", "python3.9", python3_9=script)
    assert refused.returncode == 1
    assert mend in refused.stderr


def test_a_python_that_fits_is_taken_without_a_word(machine):
    taken = machine("--usable", "python3.13", python3_13=WHOLE)
    assert (taken.returncode, taken.stdout, taken.stderr) == (0, "", "")


def test_this_python_is_one_of_them():
    done = subprocess.run(
        ["sh", SCRIPT, "--usable", sys.executable], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
