"""The page of a round of peer review: the work to read, the form beside it, and what came back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from academy import languages, units
from academy.course import Exercise, Work
from academy.course.examples import example_work
from academy.course.reading import Passage, passages, plain_text
from academy.errors import CourseError
from academy.i18n import direction, translator
from academy.peers import forms, moderation
from academy.peers.opening import opening
from academy.peers.round_records import ReviewTask, RoundRecord
from academy.peers.rounds import Round
from academy.people import person_called
from academy.session import Session, current
from academy.store import Releases
from academy.store.readings import review_mark
from academy.store.review_states import DONE, LEASED, RETURNED
from academy.work import answers_of
from academy_widgets.dates import when
from academy_widgets.forms.form import ExerciseForm
from academy_widgets.pages import nobody, render
from academy_widgets.peer_review.desk import ReplyDesk, ReviewDesk
from academy_widgets.player import Player

__all__ = ["read_review", "review_parts"]


def review_parts(round_id: str) -> Iterator[object]:
    """Give the parts of the page one after the other: HTML and forms.

    Raises CourseError if the course has no such round.
    """
    session = current()
    if session is None:
        yield nobody()
        return
    if not session.course.has(round_id) or session.course.exercise(round_id).review is None:
        raise CourseError(f"The course has no round of reviews {round_id}. Check the name in this notebook.")
    page = _Page(session, session.course.exercise(round_id))
    yield from page.giving()
    yield from page.getting()


def read_review(session: Session, book: RoundRecord, task: ReviewTask) -> list[Passage]:
    """Return a review as it was sent."""
    form = forms.review_form(book.exercise)
    work = Work(session.course).having(form, sent_row(book, task))
    return passages(form, work, [f.id for f in form.fields if f.id != forms.TRUE_NAME])


def sent_row(book: RoundRecord, task: ReviewTask) -> dict[str, object]:
    """Return the answers of a review at the revision that was sent."""
    flat = book.answers.values_at(task.reviewer, book.exercise.id, task.rev)
    prefix = f"{forms.REVIEWS}/{task.row}/"
    return {path.removeprefix(prefix): value for path, value in flat.items() if path.startswith(prefix)}


def _texts(parts: list[tuple[str, list[Passage]]]) -> dict[str, str]:
    """The texts of a work by their labels."""
    return {f"{title}: {passage.label}": plain_text([passage]) for title, found in parts for passage in found}


class _Page:
    def __init__(self, session: Session, exercise: Exercise) -> None:
        self.session = session
        self.exercise = exercise
        self.round = Round(session.store, session.course, exercise)
        self.gettext = translator(session.language)
        self.judged = session.course.exercise(self.round.review.of)

    # -- giving ----------------------------------------------------------------------------------------------------

    def giving(self) -> Iterator[object]:
        done, open_ = self._tasks()
        moved = self.round.moved(self.session.person_id)
        yield self._standing(done, open_)
        if not done and (practice := self.practice()):
            yield self._render("review_practice.html", **practice)
        for task in open_:
            work, language = self.work(task)
            yield self._render(
                "review_work.html",
                task=task,
                name=self._author_name(task),
                parts=work,
                until=self._when(task.lease_until),
                language=languages.name(language) if language else language,
                lang=language or self.session.language,
                dir=direction(language or self.session.language),
                notes=moderation.notes(self.round, task.key) if task.state == RETURNED else [],
                promised=self._promised(task),
                returned=task.key in moved,
                changes=self._changes(task),
            )
            if unit := self.unit(task):
                yield Player(lambda unit=unit: unit, self.session.language)  # type: ignore[misc]
            text = plain_text(p for _, ps in work for p in ps)
            desk = ReviewDesk(self.session, self.round, task, text, partial(self._after, task))
            yield ExerciseForm(desk.exercise, desk, self.session.language)
            yield self._render("review_next.html", task=task, sent=False)
        yield self._render("reviews_given.html", tasks=[self._given(task) for task in done])

    def _tasks(self) -> tuple[list[ReviewTask], list[ReviewTask]]:
        """What is given, and what is in hand."""
        tasks = self.round.tasks(self.session.person_id)
        return [t for t in tasks if t.state == DONE], [t for t in tasks if t.state in (LEASED, RETURNED)]

    def _standing(self, done: list[ReviewTask], open_: list[ReviewTask]) -> Any:
        moved = self.round.moved(self.session.person_id)
        here = {task.key for task in open_}
        return self._render(
            "reviews.html",
            **self._count(done, open_),
            people=len(self.round.pool()),
            blind=self.round.review.blind,
            ended=[self._when(at) for key, at in moved.items() if key not in here],
        )

    def _count(self, done: list[ReviewTask], open_: list[ReviewTask]) -> dict[str, object]:
        return {
            "done": len(done),
            "owed": self.round.review.give,
            "busy": bool(open_),
            "opened": Releases(self.session.store, self.session.course.edition).is_open(self.exercise.id),
            "helper": self.session.role != "participant",
        }

    def _after(self, task: ReviewTask) -> dict[str, str]:
        """What is different on the page once a review is given: who gave it stays where they are."""
        done, open_ = self._tasks()
        given = [self._given(each) for each in done]
        return {
            f"{self.exercise.id}-giving": self._standing(done, open_).data,
            f"{self.exercise.id}-given": self._render("reviews_given.html", tasks=given).data,
            f"hold-{task.key}": "",
            f"next-{task.key}": self._render(
                "review_next.html", task=task, sent=True, **self._count(done, open_)
            ).data,
        }

    def practice(self) -> dict[str, object] | None:
        """The worked example of the course, and the reference review of it, to see what a review looks like."""
        course = self.session.course
        work = example_work(course, self.session.language)
        form = forms.review_form(self.exercise)
        rows = work[self.exercise.id].get(forms.REVIEWS) or []
        parts = self._parts(work)
        if not rows or not parts:
            return None
        given = {name: value for name, value in rows[0].items() if name != "_id"}
        shown = [field.id for field in form.fields if field.id != forms.TRUE_NAME]
        return {"parts": parts, "review": passages(form, work.having(form, given), shown)}

    def work(self, task: ReviewTask) -> tuple[list[tuple[str, list[Passage]]], str]:
        """What a reviewer reads: the answers as they had come in with the submission that is judged."""
        submission = self._submission(task)
        return self._parts(self._work_at(task.author, submission.at)), submission.language

    def _work_at(self, author: str, at: datetime) -> Work:
        flat = answers_of(self.session.store, self.session.course, author, at)
        course = self.session.course
        return Work(course, lambda name: {} if course.exercise(name).private else flat.get(name, {}))

    def _parts(self, work: Work) -> list[tuple[str, list[Passage]]]:
        chosen: dict[str, list[str]] = {}
        for address in self.round.review.shows:
            exercise, _, field = address.partition(".")
            chosen.setdefault(exercise, []).extend([field] if field else [])
        course = self.session.course
        parts = [
            (course.exercise(name).title, passages(course.exercise(name), work, fields))
            for name, fields in chosen.items()
            if course.has(name)
        ]
        return [(title, found) for title, found in parts if found]

    def _changes(self, task: ReviewTask) -> list[tuple[str, str, str]]:
        """What of the work is different from the version that the earlier round judged: label, before, now."""
        before = self._earlier()
        if before is None:
            return []
        judged = min((t.submission for t in before.round.received(task.author)), default=None)
        mine = self.round.answers.submissions(before.round.review.of, task.author)
        old = next((item for item in mine if item.number == judged), None)
        if old is None:
            return []
        then = _texts(self._parts(self._work_at(task.author, old.at)))
        now = _texts(self._parts(self._work_at(task.author, self._submission(task).at)))
        return [(label, then.get(label, ""), text) for label, text in now.items() if then.get(label) != text]

    def _earlier(self) -> _Page | None:
        """The page of the round that this one follows."""
        name, course = self.round.review.follows, self.session.course
        if name is None or not course.has(name) or course.exercise(name).review is None:
            return None
        return _Page(self.session, course.exercise(name))

    def unit(self, task: ReviewTask) -> units.Unit | None:
        """The sample unit of the work, to be played, as it was when the work was submitted."""
        name = self.round.review.play
        if name is None or not self.session.course.has(name):
            return None
        return units.unit(self._work_at(task.author, self._submission(task).at)[name])

    def _submission(self, task: ReviewTask) -> Any:
        mine = self.round.answers.submissions(self.round.review.of, task.author)
        return next(item for item in mine if item.number == task.submission)

    def _given(self, task: ReviewTask) -> dict[str, object]:
        return {
            "key": task.key,
            "parts": read_review(self.session, self.round, task),
            "name": self._author_name(task),
            "reply": self.reply(task),
        }

    def _promised(self, task: ReviewTask) -> list[tuple[Passage, list[Passage]]]:
        """From the round before this one: each review that the author had, and what they answered."""
        page = self._earlier()
        if page is None:
            return []
        found = []
        for number, earlier in enumerate(page.round.received(task.author), 1):
            told = plain_text(read_review(self.session, page.round, earlier))
            reply = page.reply(earlier)
            if reply:
                found.append((Passage(self.gettext("Review {n}").format(n=number), told), reply))
        return found

    def reply(self, task: ReviewTask) -> list[Passage]:
        """What the author answered to a review and sent, without what only facilitators see."""
        rev = self.round.replied(task.key)
        if rev is None:
            return []
        form = forms.reply_form(self.exercise, sent_row(self.round, task))
        flat = self.round.answers.values_at(task.author, self.exercise.id, rev)
        prefix = f"{forms.REPLIES}/{task.row}/"
        row = {path.removeprefix(prefix): value for path, value in flat.items() if path.startswith(prefix)}
        work = Work(self.session.course).having(form, row)
        shown = [f.id for f in form.fields if f.id not in (forms.HELPFUL, forms.FLAG)]
        return passages(form, work, shown) if row else []

    # -- getting ---------------------------------------------------------------------------------------------------

    def getting(self) -> Iterator[object]:
        owner = self.session.owner(self.judged)
        found = opening(self.round, owner)
        yield self._render(
            "reviews_received.html",
            found=found,
            judged=self.judged,
            wishes=bool(self.round.review.wishes),
            questions=bool(self.round.review.questions),
            at=self._when(found.at) if found.at else "",
            levels=self._levels(owner) if found.state in ("open", "few") else [],
        )
        if found.state not in ("open", "few"):
            return
        for number, task in enumerate(self.round.received(owner), 1):
            yield self._render(
                "review_received.html",
                number=number,
                parts=read_review(self.session, self.round, task),
                expert=task.expert,
                version=task.submission,
                name=self._reviewer_name(task),
                mark=review_mark(task.key),
            )
            desk = ReplyDesk(self.session, self.round, task, sent_row(self.round, task))
            yield ExerciseForm(desk.exercise, desk, self.session.language)

    def _levels(self, owner: str) -> list[tuple[str, list[tuple[str, int]]]]:
        """How many reviewers chose each level of each criterion, lowest first; nothing for a single review."""
        form = forms.review_form(self.exercise)
        rows = [sent_row(self.round, task) for task in self.round.received(owner)]
        found = []
        for name in self.round.review.levels if len(rows) > 1 else ():
            field = form.field(name)
            chosen = Counter(str(row[name]) for row in rows if row.get(name) is not None)
            if field is not None and chosen:
                found.append((field.label, [(field.option_label(v), n) for v, n in sorted(chosen.items())]))
        return found

    # -- inside ----------------------------------------------------------------------------------------------------

    def _author_name(self, task: ReviewTask) -> str:
        return "" if self.round.review.blind == "double" else self._name(task.author)

    def _reviewer_name(self, task: ReviewTask) -> str:
        return self._name(task.reviewer) if self.round.review.blind == "open" else ""

    def _name(self, person_id: str) -> str:
        person = person_called(self.session.store, self.session.course.edition, person_id)
        return person.display_name if person else ""

    def _when(self, at: datetime) -> str:
        return when(at, self.session.language, self.session.time_zone)

    def _render(self, template: str, **values: object) -> Any:
        return render(template, self.session, round=self.exercise, **values)
