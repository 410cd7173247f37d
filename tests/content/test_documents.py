"""The documents for readers agree with what is there."""

import re

import pytest
from typer.main import get_command

from academy.course import load_course
from academy_app.cli import app


def commands(command, words=("academy",)):
    """Every command of the command line, `academy people import` and so on."""
    inner = getattr(command, "commands", None)
    if inner is None:
        yield " ".join(words)
        return
    for name, one in inner.items():
        yield from commands(one, (*words, name))


COMMANDS = sorted(commands(get_command(app)))


def test_every_command_is_in_the_readmes_table_and_nothing_else(root):
    readme = (root / "README.md").read_text("utf-8")
    assert sorted(re.findall(r"^\| `(academy [^`]*)` \|", readme, re.MULTILINE)) == COMMANDS


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_command_that_a_document_shows_is_there(root, document):
    text = (root / document).read_text("utf-8")
    shown = re.findall(r"`(academy [a-z ]+)", text)
    shown = [words.strip() for words in shown]
    known = {" ".join(name.split()[:n]) for name in COMMANDS for n in (2, 3)}
    for words in shown:
        assert any(words == name or words.startswith(f"{name} ") for name in known), words


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_make_verb_that_a_document_shows_is_there(root, document):
    verbs = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text("utf-8"), re.MULTILINE))
    shown = set(re.findall(r"(?:`|^ {4})make ([a-z]+)", (root / document).read_text("utf-8"), re.MULTILINE))
    assert shown
    assert shown <= verbs


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_file_that_a_document_links_to_is_there(root, document):
    targets = re.findall(r"\]\(([^)#]+)\)", (root / document).read_text("utf-8"))
    for target in targets:
        assert target.startswith("https://") or (root / target).exists(), target


def test_the_map_of_the_code_names_folders_and_files_that_are_there(root):
    block = re.search(
        r"## A map of the code\n\n((?: {4}.*\n)+)", (root / "CONTRIBUTING.md").read_text("utf-8")
    )
    above = ""
    for line in block[1].splitlines():
        names = line[4:32].split() if not line.startswith("      ") else line[6:32].split()
        if not line.startswith("      "):
            above = names[0]
        for name in names:
            place = root / name if name == above else root / above / name
            assert place.exists(), place


def test_the_points_in_the_readme_are_those_of_the_exercise(root):
    exercise = load_course("innovative-workers-education").exercise("context-map")
    readme = (root / "README.md").read_text("utf-8")
    assert f"{exercise.points:g} points" in readme
    assert f"{4 * len(exercise.rubric)} points" in readme


def test_the_licences_are_the_two_that_the_package_names(root):
    assert "BSD 3-Clause" in (root / "LICENSE").read_text("utf-8")
    content = (root / "LICENSE-CONTENT").read_text("utf-8")
    assert "https://creativecommons.org/licenses/by/4.0/legalcode" in content


def test_the_changelog_keeps_its_form(root):
    text = (root / "CHANGELOG.md").read_text("utf-8")
    assert "keepachangelog.com" in text
    assert "## [Unreleased]" in text
    kinds = re.findall(r"^### (.*)", text, re.MULTILINE)
    assert kinds
    assert set(kinds) <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
