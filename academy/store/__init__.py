"""The store: answers, submissions, releases and feedback in one database."""

from academy.store.answers import Answers
from academy.store.course_state import EditionSettings, Feedback, Releases, Settings
from academy.store.db import Store, open_store
from academy.store.live import LiveAnswer as LiveAnswer  # its tables are known wherever the store is
from academy.store.values import Current, Draft, Edit, Saved, Submission

__all__ = [
    "Answers",
    "Current",
    "Draft",
    "Edit",
    "EditionSettings",
    "Feedback",
    "Releases",
    "Saved",
    "Settings",
    "Store",
    "Submission",
    "open_store",
]
