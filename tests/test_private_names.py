"""Private names of other packages stand in one list, and another version of theirs takes the package's own way."""

import ast
import importlib
import inspect
import logging
import pkgutil
from functools import cache
from pathlib import Path

import pytest

import academy
import academy_app
import academy_grading
import academy_widgets
from academy.private_names import USES, is_tested, why_not
from academy_app.server.kernels.channels import PageConnection
from tests.support.versions import say_installed

PACKAGES = (academy, academy_grading, academy_widgets, academy_app)
PUBLIC = {"_mapping", "_exit", "_asdict", "_replace", "_fields"}
"""Names with an underscore that are documented: of SQLAlchemy's rows, of os, of named tuples."""


def files():
    for package in PACKAGES:
        folder = Path(package.__file__).parent
        for file in folder.rglob("*.py"):
            parts = [package.__name__, *file.relative_to(folder).with_suffix("").parts]
            yield ".".join(part for part in parts if part != "__init__"), ast.parse(file.read_bytes())


@cache
def trees():
    """All modules of ours, read when a test asks for them, since each worker collects all tests."""
    return dict(files())


def private(name):
    return name.startswith("_") and not name.startswith("__") and name not in PUBLIC


def made_by_us():
    """Private names that some module of ours gives to something."""
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield node.name
            elif isinstance(node, ast.Attribute | ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.attr if isinstance(node, ast.Attribute) else node.id


def listed(module):
    return {name for use in USES.values() if use.where == module for name in use.names}


def test_every_private_name_of_others_that_is_used_stands_in_the_list():
    ours = set(made_by_us())
    for module, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and private(node.attr) and node.attr not in ours:
                assert node.attr in listed(module), f"{module} uses {ast.unparse(node)}"
            if isinstance(node, ast.ImportFrom) and node.module and not node.module.startswith("academy"):
                assert not any(map(private, [*node.module.split("."), *(a.name for a in node.names)])), module


def test_every_private_method_of_others_that_is_overridden_stands_in_the_list():
    for package in PACKAGES:
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if found.name.endswith("__main__") or ".migrations" in found.name:
                continue
            for _, cls in inspect.getmembers(importlib.import_module(found.name), inspect.isclass):
                if cls.__module__ != found.name:
                    continue
                theirs = {
                    name
                    for base in cls.__mro__[1:]
                    if not base.__module__.startswith(("academy", "builtins", "enum", "pydantic", "typing"))
                    for name, value in vars(base).items()
                    if private(name) and callable(value)
                }
                for name in vars(cls).keys() & theirs:
                    assert name in listed(found.name), f"{found.name}.{cls.__name__}.{name}"


def test_the_list_names_nothing_that_is_not_used():
    for use in USES.values():
        text = Path(importlib.import_module(use.where).__file__).read_text("utf-8")
        assert all(name in text for name in use.names), use.where
        assert use.instead.endswith(".")


@pytest.mark.parametrize("use", USES)
def test_what_is_installed_was_tested(use):
    """Where this fails with newer releases: run the tests of the place that the list names, then name the version."""
    assert why_not(use) is None


@pytest.fixture
def newer(monkeypatch, tmp_path):
    """What is installed says that it is of a version that nobody knows yet."""
    say_installed(monkeypatch, tmp_path, "jupyter-server", "99.0")
    is_tested.cache_clear()
    yield
    is_tested.cache_clear()


def test_an_unknown_version_is_said_once(newer, caplog):
    with caplog.at_level(logging.WARNING, logger="academy.private_names"):
        assert not is_tested("kernel-line")
        assert not is_tested("kernel-line")
    (record,) = caplog.records
    assert record.getMessage() == (
        "jupyter-server 99.0 is not a version that this was tested with. "
        "Pages wait for their kernel as JupyterLab does."
    )


def test_with_an_unknown_version_a_page_waits_as_upstream_does(newer, monkeypatch):
    asked = []
    upstream = PageConnection.__mro__[1]
    monkeypatch.setattr(upstream, "nudge", lambda self: asked.append("nudge"))
    monkeypatch.setattr(upstream, "request_kernel_info", lambda self: asked.append("info"))
    connection = PageConnection()
    connection.nudge()
    connection.request_kernel_info()
    assert asked == ["nudge", "info"]
