"""What architecture, decisions and the map say is there, is there, by that name."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
FOLDERS = (
    "academy/",
    "widgets/",
    "grading/",
    "app/",
    "tests/",
    "tools/",
    "docs/",
    "exercises/",
    "notebooks/",
)
NAMED = re.compile(rf"`((?:{'|'.join(FOLDERS)})[\w/.-]*)(?:: (\w+))?`")


def named(page):
    return NAMED.findall(page.read_text("utf-8"))


def test_the_two_walks_name_their_stops():
    stops = named(ROOT / "docs" / "architecture.md")
    assert len(stops) > 50
    assert sum(bool(name) for _, name in stops) > 40


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_names_is_there(page):
    for path, name in named(page):
        there = ROOT / path
        assert there.exists(), f"{page.name}: {path}"
        if not name:
            continue
        text = there.read_text("utf-8")
        is_there = re.search(
            rf"^(?:export )?(?:async )?(?:def|class|function|const|function\*) {name}\b|^{name}\b", text, re.M
        )
        assert is_there, f"{page.name}: {path} has no {name}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target
