"""The three lists of what the kit needs say the same."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def requirements(lines):
    found = {}
    for line in lines:
        match = re.fullmatch(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?(.*)", line.replace(" ", ""))
        found[re.sub(r"[-_.]+", "-", match[1]).lower()] = match[2]
    return found


def from_pypi(listed):
    """What conda leaves to pip, the kit itself aside."""
    (pip,) = [item["pip"] for item in listed if isinstance(item, dict)]
    assert pip[-1] == "--editable ."
    return pip[:-1]


def test_nothing_claims_that_binder_opens_the_app():
    """It would open JupyterLab: who wants to claim it, gives Binder a way to the app first."""
    for name in ("environment.yml", "README.md", "CONTRIBUTING.md", "pyproject.toml"):
        assert "binder" not in (ROOT / name).read_text("utf-8").lower(), name


def test_environment_yml_asks_for_what_pyproject_asks_for():
    listed = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    conda = requirements([*(item for item in listed if isinstance(item, str)), *from_pypi(listed)])
    project = requirements(PROJECT["dependencies"])
    tests = requirements(PROJECT["optional-dependencies"]["test"])
    assert conda.pop("python") == PROJECT["requires-python"]
    assert conda.pop("nodejs")
    assert conda.pop("pip") == ""
    assert conda.pop("pytest") == tests["pytest"]
    assert conda == project


def pins(name):
    lock = (ROOT / name).read_text("utf-8")
    return lock, re.split(r"^(?=[A-Za-z0-9._-]+==)", lock, flags=re.M)[1:]


def test_the_lock_files_pin_everything_that_pyproject_names():
    needed = requirements(PROJECT["dependencies"])
    for name, wanted in {
        "requirements.lock": needed,
        "requirements-test.lock": needed | requirements(PROJECT["optional-dependencies"]["test"]),
    }.items():
        pinned = requirements(pin.split()[0].rstrip("\\;") for pin in pins(name)[1])
        assert wanted.keys() <= pinned.keys(), name


def test_the_lock_for_tests_agrees_with_the_lock_for_serving():
    first, second = (
        {pin.split()[0] for pin in pins(name)[1]} for name in ("requirements.lock", "requirements-test.lock")
    )
    assert first <= second


def test_the_lock_files_hold_hashes_and_no_addresses():
    for name in ("requirements.lock", "requirements-test.lock"):
        lock, found = pins(name)
        assert found
        assert all("--hash=sha256:" in pin for pin in found)
        assert "://" not in lock


def imported(*folders):
    """The packages that the code imports, and where, by the first part of their name."""
    found = {}
    for folder in folders:
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_bytes())):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    names = [node.module]
                found |= {name.split(".")[0]: file.relative_to(ROOT) for name in names}
    return {name: file for name, file in found.items() if name not in sys.stdlib_module_names}


OURS = {"academy", "academy_widgets", "academy_grading", "academy_app", "tests", "tools"}
BESIDE = {"browser", "messages", "voila_app"}
"""Modules that tests import from a folder."""


@pytest.mark.parametrize(
    ("folders", "groups"),
    [
        (("academy", "widgets", "grading", "app", "exercises"), ("postgres",)),
        (("tests", "tools"), ("postgres", "test")),
    ],
)
def test_whatever_is_imported_is_declared_with_bounds(folders, groups):
    declared = requirements(PROJECT["dependencies"])
    for group in groups:
        declared |= requirements(PROJECT["optional-dependencies"][group])
    assert all(re.match(r">=\d", bounds) for bounds in declared.values())
    brings = packages_distributions()
    missing = {
        f"{name} ({file})"
        for name, file in imported(*folders).items()
        if name not in OURS | BESIDE
        and not {re.sub(r"[-_.]+", "-", dist).lower() for dist in brings.get(name, [name])} & declared.keys()
    }
    assert not missing
