"""The other courses beside one: what has which name there."""

from __future__ import annotations

from functools import cached_property

from academy.course.model import Course

__all__ = ["Neighbours"]


class Neighbours:
    """What the courses beside one have."""

    def __init__(self, course: Course) -> None:
        self._course = course

    @cached_property
    def _of(self) -> dict[str, str]:
        root, own = self._course.folder.parent, self._course.folder.name
        courses = [file.parent for file in sorted(root.glob("*/course.yaml")) if file.parent.name != own]
        files = [
            file
            for folder in courses
            for file in sorted([*folder.glob("*/exercise.yaml"), *folder.glob("*/live.yaml")])
        ]
        return {file.parent.name: file.parent.parent.name for file in files}

    @property
    def alone(self) -> bool:
        """Whether there is no other course."""
        return not self._of

    def having(self, name: str) -> str:
        """Return the course that has an exercise or a webinar of this name; an empty text if none has."""
        return self._of.get(name, "")
