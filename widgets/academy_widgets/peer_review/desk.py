"""Controllers of peer review's forms: a reviewer's form, and the author's replies."""

from __future__ import annotations

import secrets
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime
from typing import Any

from academy.course import Exercise, Work, nest
from academy.course.problems import Problem
from academy.peers import forms, quality
from academy.peers.round_records import ReviewTask
from academy.peers.rounds import Round
from academy.peers.rows import RowAnswers
from academy.session import Session
from academy.store import Answers, Edit, Submission
from academy.store.review_states import DONE
from academy.store.schema import utc_now
from academy_widgets.forms.desk import Desk
from academy_widgets.forms.elsewhere import handed_in

__all__ = ["ReplyDesk", "ReviewDesk"]

Message = dict[str, Any]


class RowDesk(Desk, ABC):
    """A desk whose form is one row of somebody's answers to a round."""

    table = forms.REVIEWS
    goes_away = False

    def __init__(self, session: Session, round_: Round, form: Exercise, owner: str, task: ReviewTask) -> None:
        super().__init__(session, form)
        self.round = round_
        self.task = task
        self.owner = owner
        self.whole = Answers(session.store, session.course.edition, author=session.person_id)
        self.answers: Any = RowAnswers(self.whole, self.table, task.row, self.send)

    @abstractmethod
    def send(self, key: str, rev: int) -> Submission:
        """Take what was sent as given."""

    @abstractmethod
    def _sent_at(self) -> datetime | None:
        """When it was sent, or None."""

    def _submissions(self) -> list[Message]:
        at = self._sent_at()
        return [] if at is None else handed_in(self.session, [self._sent("", 0, at)])

    def _writer(self) -> str:
        return f"{self.session.person_id}.{self.table}.{self.task.key}"

    def _sent(self, key: str, rev: int, at: datetime | None = None) -> Submission:
        version, language = self.exercise.version, self.session.language
        return Submission(self.owner, self.exercise.id, 1, key, rev, version, language, at or utc_now())


class ReviewDesk(RowDesk):
    """Answers the messages of a review's form.

    `work` is the text of what is reviewed, for quotations; `after` returns the parts of the page, by their ids, that
    are different once the review is given.
    """

    def __init__(
        self,
        session: Session,
        round_: Round,
        task: ReviewTask,
        work: str = "",
        after: Callable[[], dict[str, str]] = dict,
    ) -> None:
        super().__init__(session, round_, forms.review_form(round_.exercise), session.person_id, task)
        self.work = work
        self.after = after
        self.texts = [f.id for f in self.exercise.fields if f.kind.written]

    def send(self, key: str, rev: int) -> Submission:
        """Give the review: its row joins those that are sent, and a submission of the round is made of them."""
        self.round.finish(self.owner, self.task.key, rev)
        given = [task.row for task in self.round.tasks(self.owner) if task.state == DONE]
        edit = Edit(secrets.token_urlsafe(12), forms.REVIEWS, given)
        self.whole.save(self.owner, self.exercise.id, [edit])
        return self.whole.submit(
            self.owner, self.exercise.id, key, self.exercise.version, self.session.language
        )

    def _submitted(self, base: Message, submission: Submission) -> Message:
        return super()._submitted(base, submission) | {"parts": self.after()}

    def _sent_at(self) -> datetime | None:
        task = self.round.task(self.task.key)
        return task.done_at if task is not None and task.state == DONE else None

    def _check_team(self) -> None:
        """A review is one's own, whatever team one is in."""

    def _help(self, values: Message) -> list[quality.Help]:
        answers = nest(self.exercise, values)
        others = [
            self.whole_row(task.row) for task in self.round.tasks(self.owner) if task.key != self.task.key
        ]
        harsh = self.round.exercise.words.get("harsh", [])
        return quality.questions(answers, self.texts, self.round.review.quotes, self.work, others, harsh)

    def whole_row(self, row: str) -> Message:
        """Return the answers of another review of the same person."""
        return RowAnswers(self.whole, self.table, row, self.send).draft(self.owner, self.exercise.id).values

    def _judged(self, values: Message, work: Work) -> Message:
        asked = [
            {"id": h.id, "text": self.gettext(h.text), "fields": list(h.fields)} for h in self._help(values)
        ]
        return {"advice": asked, "computed": {}}

    def _problems(self, values: Message) -> list[Problem]:
        found = super()._problems(values)
        if values.get(forms.TRUE_NAME) is not True:
            personal = [each for each in self._help(values) if each.confirm]
            found += [Problem(forms.TRUE_NAME, self.gettext(each.text)) for each in personal]
        return found


class ReplyDesk(RowDesk):
    """Answers the messages of an author's reply to one review."""

    table = forms.REPLIES

    def _sent_at(self) -> datetime | None:
        return self.round.replied_at(self.task.key)

    def __init__(self, session: Session, round_: Round, task: ReviewTask, review: Message) -> None:
        owner = task.author
        super().__init__(session, round_, forms.reply_form(round_.exercise, review), owner, task)

    def send(self, key: str, rev: int) -> Submission:
        """Keep that the author has answered, and tell the facilitator what was flagged."""
        values = self.answers.draft(self.owner, self.exercise.id).values
        self.round.reply(self.owner, self.task.key, rev, flagged=values.get(forms.FLAG) is True)
        return self._sent(key, rev)

    def _judged(self, values: Message, work: Work) -> Message:
        return {"advice": [], "computed": {}}
