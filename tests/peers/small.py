"""A small course with one round of reviews."""

from pathlib import Path

COURSE = """
id: small
title: A small course
start: 2026-03-09
end: 2026-04-03
languages: [en, ar]
modules:
  - id: week
    title: A week
    minutes: 300
"""
WORK = """
id: idea
module: week
title: An idea
minutes: 30
fields:
  - {id: what, type: text, label: What?, help: Say it., required: true}
"""
REVIEWS = """
id: idea-reviews
module: week
title: Read each other's ideas
minutes: 30
personal: true
review:
  of: idea
  shows: [idea]
  give: 2
  get: 2
  wishes: [wish]
  levels: [level]
fields:
  - id: reviews
    type: table
    label: Reviews
    help: One in each row.
    rows: [2, 8]
    columns:
      - {id: star, type: text, label: A star, help: What is strong?, required: true, words: [3, 50]}
      - {id: wish, type: text, label: A wish, help: What would help?, required: true, words: [3, 50]}
      - {id: level, type: scale, label: Level, help: How far?, range: [1, 4]}
"""


def small_course(root: Path) -> Path:
    """Write the course into a folder below `root` and return it."""
    files = {"course.yaml": COURSE, "idea/exercise.yaml": WORK, "idea-reviews/exercise.yaml": REVIEWS}
    for name, text in files.items():
        file = root / "small" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return root / "small"
