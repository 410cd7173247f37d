"""Value types of the store: edits, drafts, results of a save, submissions."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from academy.errors import StoreError
from academy.i18n import N_

__all__ = [
    "EDIT_ID",
    "FROM_FILE",
    "LARGEST_VALUE",
    "Current",
    "Draft",
    "Edit",
    "Origin",
    "Saved",
    "Submission",
]

PATH = re.compile(r"[a-z][a-z0-9_-]{0,63}(/r[a-z0-9]{1,16}/[a-z][a-z0-9_-]{0,63})?")
EDIT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
LARGEST_VALUE = 64 * 1024
FROM_FILE = "file:"
"""How the device of an edit begins that came in an answers file."""


@dataclass(frozen=True)
class Edit:
    """One change as the page sends it: `age_ms` since it was typed, `base` the revision the page had seen.

    `over` says that it was typed over an edit of the same device that may come before or after it.
    """

    id: str
    path: str
    value: Any
    age_ms: int = 0
    base: int = 0
    over: bool = False

    @property
    def size(self) -> int:
        """How many bytes its value takes."""
        return len(json.dumps(self.value, ensure_ascii=False).encode("utf-8", "replace"))

    def check(self) -> None:
        """Raise StoreError if the edit could not have come from our form."""
        if not EDIT_ID.fullmatch(self.id) or not PATH.fullmatch(self.path):
            raise StoreError(
                N_("This answer has a name that the course does not know. Please open the page again.")
            )
        try:
            written = json.dumps(self.value, ensure_ascii=False, allow_nan=False)
        except (TypeError, ValueError) as error:
            raise StoreError(N_("This answer can't be kept as it is. Please write it as text.")) from error
        if len(written.encode("utf-8", "replace")) > LARGEST_VALUE:  # no script costs more than it weighs
            raise StoreError(N_("This answer is too long to be kept. Please shorten it."))


@dataclass(frozen=True)
class Current:
    """The value that counts for a path, and the revision it came with."""

    value: Any
    rev: int


@dataclass(frozen=True)
class Origin:
    """Where a revision came from: whose hand where not the owner's, which device, which edit, when typed."""

    author: str | None
    device: str
    edit_id: str
    at: datetime


@dataclass(frozen=True)
class Saved:
    """What a save did: ids now on disk, the newest revision, what counts now for each path that was sent.

    `overtaken` holds, for a path that somebody changed elsewhere meanwhile, the value that is not shown any more;
    `rivals` the revision of whoever did.
    """

    accepted: list[str]
    rev: int
    current: dict[str, Current] = field(default_factory=dict)
    overtaken: dict[str, Any] = field(default_factory=dict)
    rivals: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """The newest value of each path."""

    values: dict[str, Any]
    revs: dict[str, int]
    rev: int


@dataclass(frozen=True)
class Submission:
    """A submission as facilitators and participants see it."""

    person_id: str
    exercise: str
    number: int
    key: str
    rev: int
    exercise_version: str
    language: str
    at: datetime
