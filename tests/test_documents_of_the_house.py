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


EXAMPLES = re.compile(r"(?ms)^(`{3,})\w*\n.*?^\1$|^    [^\n]*$")
"""What a page shows of other files: their links are theirs."""


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


SOURCES = [
    file
    for folder in ("academy", "app", "grading", "widgets/academy_widgets", "tools", "tests")
    for kind in ("py", "js", "mjs", "j2", "html")
    for file in sorted((ROOT / folder).rglob(f"*.{kind}"))
    if not {"static", "node_modules", "__pycache__"} & set(file.parts)
]
POINTS_AT = re.compile(r"`((?:[\w-]+/)+[\w.-]+\.(?:py|js|mjs|json|html|css|j2|md))`")


def test_files_that_comments_point_at_are_there():
    """A comment may leave out how a path begins: `js/form/dom.js`."""
    there = {file.relative_to(ROOT).as_posix() for file in [*SOURCES, *ROOT.glob("docs/**/*")]}
    there |= {
        file.relative_to(ROOT).as_posix()
        for folder in ("academy", "app", "widgets", "tests")
        for kind in ("json", "css")
        for file in (ROOT / folder).rglob(f"*.{kind}")
    }
    for source in SOURCES:
        for path in POINTS_AT.findall(source.read_text("utf-8")):
            assert any(f"/{name}".endswith(f"/{path}") for name in there), f"{source}: {path}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    text = EXAMPLES.sub("", page.read_text("utf-8"))
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (page.parent / target).exists(), target
