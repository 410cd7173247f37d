"""Staging folders of submissions: submitted, being made ready, autograded."""

from __future__ import annotations

import filecmp
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import find_all_files
from traitlets.config import Config

__all__ = ["Staging"]

DRAFTS = ".batch"
"""In the folder of what is autograded, where nbgrader does not look."""


class Staging:
    """The submissions of one exercise, each made ready in a folder of its own and then put in its place at once."""

    def __init__(self, config: Config, exercise: str) -> None:
        self.directory: Any = CourseDirectory(config=config, assignment_id=exercise)
        self.exercise = exercise
        self.root = Path(self.directory.root)
        self._autograded = self.directory.autograded_directory
        self.directory.autograded_directory = f"{self._autograded}/{DRAFTS}"
        self.converter: Any = Autograde(coursedir=self.directory, config=config)
        self._sources = self._files(self._folder(self.directory.source_directory, "."))

    def people(self) -> list[str]:
        """Return whose submissions there are."""
        files = self.root.glob(self._pattern("*"))
        excluded = self.directory.student_id_exclude.split(",")
        return sorted({file.parent.parent.name for file in files} - set(excluded))

    def graded(self) -> list[str]:
        """Return who is autograded."""
        folder = self._place("*").relative_to(self.root)
        return sorted(
            file.parent.parent.name
            for file in self.root.glob(str(folder / f"{self.exercise}.ipynb"))
            if not file.parent.parent.name.startswith(".")
        )

    def submitted(self, person: str) -> Path:
        """Return the folder of a submission."""
        return self._folder(self.directory.submitted_directory, person)

    def draft(self, person: str) -> Path:
        """Return the folder in which a submission is made ready."""
        return self._folder(self.directory.autograded_directory, person)

    def released(self) -> Path:
        """Return the released notebook."""
        return self._folder(self.directory.release_directory, ".") / f"{self.exercise}.ipynb"

    def time(self, person: str) -> datetime | None:
        """Return when a submission was made."""
        time: datetime | None = self.directory.get_existing_timestamp(str(self.submitted(person)))
        return time

    def is_simple(self, person: str) -> bool:
        """Whether the exercise's notebook is the only one in a submission."""
        return [file.name for file in self.submitted(person).rglob("*.ipynb")] == [f"{self.exercise}.ipynb"]

    def is_in_place(self, person: str) -> bool:
        """Whether what is autograded was made of what is submitted now."""
        before, after = self.submitted(person), self._place(person)
        if not (after / f"{self.exercise}.ipynb").is_file():
            return False
        names = self._files(before)
        try:
            return all(filecmp.cmp(file, after / file.relative_to(before), shallow=False) for file in names)
        except OSError:
            return False

    def begin(self, person: str) -> Path:
        """Copy what nbgrader copies beside the notebook: the participant's files, then the exercise's own."""
        draft, before = self.draft(person), self.submitted(person)
        self.forget(person)
        draft.mkdir(parents=True)
        origin = self._folder(self.directory.source_directory, ".")
        for file, folder in [(file, before) for file in self._files(before)] + [
            (s, origin) for s in self._sources
        ]:
            copy = draft / file.relative_to(folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.unlink(missing_ok=True)
            shutil.copy(file, copy)
        return draft

    def put_in_place(self, person: str) -> None:
        """Let the draft be what is autograded."""
        place, draft = self._place(person), self.draft(person)
        old = draft.with_name("replaced")
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.exists():
            place.rename(old)
        draft.rename(place)
        self.forget(person)

    def forget(self, person: str | None = None) -> None:
        """Remove a draft, or all of them."""
        folder = self.draft(person).parent if person else self.root / self._autograded / DRAFTS
        shutil.rmtree(folder, ignore_errors=True)

    def _place(self, person: str) -> Path:
        return self._folder(self._autograded, person)

    def _folder(self, step: str, person: str) -> Path:
        return Path(self.directory.format_path(step, person, self.exercise))

    def _pattern(self, person: str) -> str:
        folder = self._folder(self.directory.submitted_directory, person)
        return str(folder.relative_to(self.root) / "*.ipynb")

    def _files(self, folder: Path) -> list[Path]:
        """All files but notebooks and what nbgrader is told to ignore."""
        return [Path(name) for name in find_all_files(str(folder), [*self.directory.ignore, "*.ipynb"])]
