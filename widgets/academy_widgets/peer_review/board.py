"""The page for moderating a round: who waits for what, and acts in one step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from academy.course import Exercise
from academy.i18n import translator
from academy.peers import board
from academy.peers.reliability import estimate
from academy.peers.rounds import Round
from academy.people import Teams
from academy.people.model import LEARNERS, PEOPLE
from academy.session import Session, current
from academy.store.review_states import DONE, HIDDEN, RETURNED
from academy_widgets.pages import nobody, render
from academy_widgets.peer_review.page import read_review

__all__ = ["board_parts"]

FACILITATOR = "facilitator"


def board_parts(reliability: bool) -> Iterator[object]:
    """Give the boards of the course's rounds. Nothing for anybody but facilitators.

    `reliability` adds estimates of how far each reviewer's levels can be relied on, for the facilitator's own
    reflection.
    """
    session = current()
    if session is None:
        yield nobody()
        return
    if session.role != FACILITATOR:
        yield render("not_yours.html", session)
        return
    rounds = [exercise for exercise in session.course.exercises if exercise.review]
    yield render("boards.html", session, rounds=rounds)
    for exercise in rounds:
        yield _Board(session, exercise).shown(reliability)


class _Board:
    def __init__(self, session: Session, exercise: Exercise) -> None:
        self.session = session
        self.round = Round(session.store, session.course, exercise)
        self.gettext = translator(session.language)
        edition = session.course.edition
        self.teams = Teams(session.store, edition).all()
        rows = session.store.rows(PEOPLE, edition=edition)
        self.names = {row.id: row.display_name for row in rows}
        self.people = [row.id for row in rows if row.active and row.role in LEARNERS]

    def shown(self, reliability: bool) -> Any:
        book = self.round
        authors = board.authors(book)
        lines = board.reviews(book)
        return render(
            "review_board.html",
            self.session,
            round=book.exercise,
            authors=authors,
            away=sorted(book.withdrawn()),
            reviewers=board.reviewers(book, self._owners()),
            reviews=[(line, read_review(self.session, book, line.task)) for line in lines],
            names=self.names,
            far=board.FAR_APART,
            waits={state: sum(a.opening.state == state for a in authors) for state in ("waits", "asked")},
            states=self._states(),
            estimates=self._estimates(lines) if reliability else None,
        )

    def _owners(self) -> dict[str, str]:
        teams = {member.id: team.id for team in self.teams for member in team.members}
        return {person: teams.get(person, person) for person in self.people}

    def _states(self) -> dict[str, str]:
        return {
            DONE: self.gettext("sent"),
            RETURNED: self.gettext("returned to its writer"),
            HIDDEN: self.gettext("hidden"),
        }

    def _estimates(self, lines: list[board.ReviewLine]) -> Any:
        given = [
            (line.task.reviewer, line.task.author, sum(line.levels.values()) / len(line.levels))
            for line in lines
            if line.levels and line.task.state == DONE
        ]
        return estimate(given)
