"""Generates and releases assignments with nbgrader: `python -m academy_app.cli.commands.release ID…` in a course root.

A process of its own, so that nbgrader and what it imports stay out of the server; and one for all exercises,
because importing nbgrader takes longer than releasing one.
"""

from __future__ import annotations

import sys

__all__ = ["release"]


def release(exercises: list[str]) -> None:
    """Do for each exercise what `nbgrader generate_assignment` and `release_assignment` do; print those done."""
    from nbgrader.apps import GenerateAssignmentApp, ReleaseAssignmentApp

    for exercise in exercises:
        for command, words in (
            (GenerateAssignmentApp, [exercise, "--force"]),
            (ReleaseAssignmentApp, [exercise]),
        ):
            command.launch_instance(words)
            command.clear_instance()
        print(exercise, flush=True)


if __name__ == "__main__":
    release(sys.argv[1:])
