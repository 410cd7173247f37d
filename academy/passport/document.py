"""The passport of a person or team."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, cast

from academy.course import Course, Work
from academy.documents.passport import PASSPORT_FORMAT, PassportDocument
from academy.passport.pages import Page, pages_of
from academy.passport.staleness import StaleAnswer, changed_since
from academy.passport.stamps import Stamp, stamps_of
from academy.passport.thread import Thread, thread_of
from academy.people import Teams
from academy.people.model import person_called
from academy.store import Answers, Store
from academy.work import answers_of

__all__ = ["Passport"]


@dataclass(frozen=True)
class Passport:
    """One document, always current: it is made anew from the answers each time."""

    course: Course
    holder: str
    owner: str
    pages: tuple[Page, ...]
    stamps: tuple[Stamp, ...]
    again: tuple[StaleAnswer, ...]
    thread: Thread | None
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, store: Store, course: Course, owner: str) -> Passport:
        """Return the passport of a person, or of a team by its id, in the course's language.

        What a person's team writes together is in the passport of each of its members.
        """
        flat = answers_of(store, course, owner)
        work = Work(course, lambda exercise: flat.get(exercise, {}))
        again = [
            item for exercise in course.exercises for item in changed_since(store, course, owner, exercise)
        ]
        person = person_called(store, course.edition, owner)
        return cls(
            course,
            person.display_name if person else "",
            owner,
            pages_of(course, work),
            stamps_of(course, work, first_submissions(store, course, owner)),
            tuple(again),
            thread_of(course, work),
            flat,
        )

    @classmethod
    def of_work(cls, course: Course, work: Work, holder: str = "") -> Passport:
        """Return the passport of answers that are in no store: nothing is submitted, so nothing is stamped."""
        flat = {exercise.id: dict(work.flat(exercise.id)) for exercise in course.exercises}
        return cls(
            course,
            holder,
            "",
            pages_of(course, work),
            stamps_of(course, work, {}),
            (),
            thread_of(course, work),
            flat,
        )

    @property
    def title(self) -> str:
        """What it is called."""
        return self.course.passport.title if self.course.passport else self.course.title

    def page(self, page_id: str) -> Page | None:
        """Return a page, or None."""
        return next((page for page in self.pages if page.id == page_id), None)

    def document(self) -> PassportDocument:
        """Return all of it as plain data: what is shown, and the answers that it was made from."""
        shown = {
            "pages": [asdict(page) for page in self.pages],
            "stamps": [asdict(stamp) for stamp in self.stamps],
            "again": [asdict(item) for item in self.again],
            "thread": asdict(self.thread) if self.thread else None,
        }
        made = {
            "format": PASSPORT_FORMAT,
            "course": {"id": self.course.id, "title": self.course.title, "language": self.course.language},
            "title": self.title,
            "holder": self.holder,
            **_plain(shown),
            "answers": self.answers,
        }
        return cast(PassportDocument, made)


def first_submissions(store: Store, course: Course, owner: str) -> dict[str, datetime]:
    """Return when each exercise was first submitted, by a person or by their team where it is written together."""
    answers = Answers(store, course.edition)
    team = Teams(store, course.edition).of(owner)
    found = {}
    for exercise in course.exercises:
        mine = answers.submissions(exercise.id, owner if team is None or exercise.personal else team.id)
        if mine:
            found[exercise.id] = mine[0].at
    return found


def _plain(value: object) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value
