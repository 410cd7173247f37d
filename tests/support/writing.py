"""Somebody writes at a course while it is served."""

from pathlib import Path

__all__ = ["add_board", "add_exercise"]

EXERCISE = """
id: {id}
title: The {id}
module: week
minutes: 10
fields:
  - {{id: said, type: text, label: What happened?, help: "Such as: the shift plan came at night."}}
"""
CHECKS = '''
"""Checks."""

from academy.course import check


@check("something", title="Something is there", points=1, hint="{hint}")
def something(answers):
    return bool(answers.get("said"))
'''


def add_board(course: Path, board: str, webinar: str = "webinar-1") -> None:
    """Add a board to a webinar."""
    file = course / webinar / "live.yaml"
    line = f"  - {{id: {board}, kind: words, title: 'What gives you {board}?', words: {{most: 2}}, home: true}}\n"
    file.write_text(file.read_text("utf-8") + line, "utf-8")


def add_exercise(course: Path, exercise: str, hint: str = "Did you write something?") -> None:
    """Add an exercise with one check, or change its hint."""
    folder = course / exercise
    folder.mkdir(exist_ok=True)
    (folder / "exercise.yaml").write_text(EXERCISE.format(id=exercise), "utf-8")
    (folder / "checks.py").write_text(CHECKS.format(hint=hint), "utf-8")
