"""A smaller flagship course: with all its exercises each look at it would take as long as at the whole course."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

from academy.content import courses_root

__all__ = ["FLAGSHIP", "copy_course"]

FLAGSHIP = "innovative-workers-education"
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def copy_course(folder: Path, kept: str = "context-map", notebooks: Path | None = None) -> Path:
    """Copy the flagship with one exercise into a folder, and its pages with the cells of that one."""
    course = folder / FLAGSHIP
    original = courses_root() / FLAGSHIP
    shutil.copytree(original / kept, course / kept, ignore=shutil.ignore_patterns("__pycache__"))
    for file in original.glob("*.yaml"):
        if file.name not in ("passport.yaml", "desk.yaml"):  # they show what the other exercises ask
            shutil.copy(file, course)
    for file in course.glob("??.yaml"):
        file.write_text(re.sub(r"(?ms)^passport:\n.*?(?=^\S|\Z)", "", file.read_text("utf-8")), "utf-8")
    told = course / "course.yaml"
    text = re.sub(rf", exercise: (?!{kept}}})[a-z0-9-]+", "", told.read_text("utf-8"))
    text = re.sub(r"(?m)^(time_zone_of|contribution_of): .*\n|^facts:\n(  .*\n)+", "", text)
    told.write_text(text, "utf-8")
    if notebooks:
        shutil.copytree(NOTEBOOKS, notebooks, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
        for page in notebooks.rglob("*.ipynb"):
            notebook = json.loads(page.read_text("utf-8"))
            notebook["cells"] = [cell for cell in notebook["cells"] if _of(cell) <= {kept}]
            page.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return course


def _of(cell: dict[str, Any]) -> set[str]:
    """The exercises, and what of the live room, a cell shows."""
    return set(
        re.findall(
            r"""(?:exercise|feedback|reviews|live|beside|play)\("?([^"]*)["),]""", "".join(cell["source"])
        )
    )
