"""Withdrawal and removal: who has left is out of counts, reviews and exports; what stays of their answers.

Withdrawing takes nothing away and can be taken back. Removing takes away who the person was, and their answers too if
that is chosen.
"""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from academy.errors import PeopleError
from academy.i18n import translator
from academy.people import credentials, records
from academy.people.model import TEAM
from academy.people.names import numbered
from academy.people.people import People
from academy.store import LiveAnswer, Store
from academy.store.live import LiveSeat
from academy.store.review_states import DONE, GONE, LEASED, PASSED
from academy.store.schema import (
    CourseEvent,
    FeedbackRow,
    PersonPrivate,
    PersonRow,
    ReviewEvent,
    ReviewRow,
    Revision,
    SubmissionRow,
    TeamMember,
)

__all__ = ["LEFT", "Kept", "leave", "readmit", "remove", "traces", "who_left", "withdraw"]

Kept = Literal["keep", "delete"]

_PERSON, _MEMBER = PersonRow.__table__.c, TeamMember.__table__.c
_MEMBERS = PersonRow.__table__.alias("members")


def _members(active: bool) -> sa.Exists:
    found = sa.select(_MEMBER.person_id).join(_MEMBERS, _MEMBERS.c.id == _MEMBER.person_id)
    found = found.where(_MEMBER.team_id == _PERSON.id)
    return sa.exists(found.where(_MEMBERS.c.active) if active else found)


LEFT = sa.select(_PERSON.id).where(
    sa.or_(~_PERSON.active, sa.and_(_PERSON.role == TEAM, _members(active=False), ~_members(active=True)))
)
"""Selects the people who have left, and the teams that everybody has left."""


def who_left(store: Store) -> set[str]:
    """Return the people who have left, and the teams that everybody has left: their work waits for nobody."""
    return {row.id for row in store.rows(LEFT)}


def withdraw(people: People, person_id: str) -> None:
    """Take a person out of the course: they are signed out, and counts, the desk, reviews and exports go on without.

    Whose work they had in hand for a review gets another reviewer. Nothing is deleted. Raises PeopleError if they
    have left already.
    """
    _ = translator(people.lang)
    with people.store.write() as session:
        row = _row(session, person_id, people.lang)
        if not row.active:
            raise PeopleError(
                _("{name} has left already. To take them back: academy people readmit {id}").format(
                    name=row.display_name, id=row.id
                )
            )
        leave(session, row)


def readmit(people: People, person_id: str) -> None:
    """Take a person back, with all their answers. Raises PeopleError if they had not left, or were removed."""
    _ = translator(people.lang)
    with people.store.write() as session:
        row = _row(session, person_id, people.lang)
        if row.active:
            raise PeopleError(_("{name} has not left.").format(name=row.display_name))
        row.active = True
        _offer_work(session, person_id)


def remove(people: People, person_id: str, answers: Kept) -> None:
    """Take away who a person was: name, address, groups, links and codes, their place in a team.

    With `keep` their answers, grades and reviews stay under the pseudonym, with nobody's name. With `delete` they go
    too, with what was said about them; what they wrote for a team stays the team's.
    """
    with people.store.write() as session:
        row = _row(session, person_id, people.lang)
        if session.get_bind().dialect.name == "sqlite":
            session.execute(sa.text("PRAGMA secure_delete = ON"))
        leave(session, row)
        credentials.stop(session, person_id)
        session.execute(sa.delete(PersonPrivate).where(PersonPrivate.person_id == person_id))
        session.execute(sa.delete(TeamMember).where(TeamMember.person_id == person_id))
        session.execute(sa.delete(LiveSeat).where(LiveSeat.who == person_id))  # it has their name
        if answers == "delete":
            _delete_work(session, person_id)
            session.flush()
            session.delete(row)
        else:
            taken = records.taken_names(session)
            _ = translator(people.lang)
            row.display_name = numbered(_("Former participant"), taken)
            row.language = row.time_zone = None
    if people.store.engine.dialect.name == "sqlite":
        with (
            people.store.engine.connect() as connection
        ):  # what was deleted is not left in the write-ahead file
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def traces(store: Store, person_id: str) -> dict[str, int]:
    """Count what there is of a person: exercises written in, submissions, feedback, reviews given and received."""

    def count(model: Any, *where: Any) -> Any:
        return sa.select(sa.func.count()).select_from(model).where(*where).scalar_subquery()

    written = sa.select(sa.func.count(sa.distinct(Revision.course + "/" + Revision.exercise)))
    found = sa.select(
        written.where(Revision.person_id == person_id).scalar_subquery(),
        count(SubmissionRow, SubmissionRow.person_id == person_id),
        count(FeedbackRow, FeedbackRow.person_id == person_id),
        count(ReviewRow, ReviewRow.reviewer_id == person_id, ReviewRow.state == DONE),
        count(ReviewRow, ReviewRow.author_id == person_id, ReviewRow.state == DONE),
    )
    names = ("written", "submissions", "feedback", "given", "received")
    with store.session() as session:
        return dict(zip(names, session.execute(found).one(), strict=True))


def _row(session: Session, person_id: str, lang: str) -> PersonRow:
    row = session.get(PersonRow, person_id)
    if row is None or row.role == TEAM:
        _ = translator(lang)
        raise PeopleError(_("There is nobody with the id {id}.").format(id=person_id))
    return row


def leave(session: Session, row: PersonRow) -> None:
    """End sessions, give back the reviews in their hands, and take their work out of others' hands."""
    row.active = False
    row.session_epoch += 1
    for review in session.scalars(_reviews(row.id, LEASED)):
        review.state = PASSED if review.reviewer_id == row.id else GONE
    session.flush()


def _offer_work(session: Session, person_id: str) -> None:
    """Let somebody review the work again of which the reviews had ended when its author left."""
    events = session.scalars(
        sa.select(ReviewEvent)
        .where(ReviewEvent.person_id == person_id, ReviewEvent.kind.in_(("withdrawn", "back")))
        .order_by(ReviewEvent.id)
    )
    newest = {(event.course, event.round): event.kind for event in events}
    for review in session.scalars(_reviews(person_id, GONE)):
        if review.author_id == person_id and newest.get((review.course, review.round)) != "withdrawn":
            review.state = PASSED


def _reviews(person_id: str, state: str) -> sa.Select[ReviewRow]:
    of_them = sa.or_(ReviewRow.reviewer_id == person_id, ReviewRow.author_id == person_id)
    return sa.select(ReviewRow).where(of_them, ReviewRow.state == state)


def _delete_work(session: Session, person_id: str) -> None:
    of_them = sa.or_(ReviewRow.reviewer_id == person_id, ReviewRow.author_id == person_id)
    keys = list(session.scalars(sa.select(ReviewRow.key).where(of_them)))
    gone: list[tuple[Any, Any]] = [
        (ReviewEvent, sa.or_(ReviewEvent.person_id == person_id, ReviewEvent.review.in_(keys))),
        (ReviewRow, of_them),
        (FeedbackRow, FeedbackRow.person_id == person_id),
        (SubmissionRow, SubmissionRow.person_id == person_id),
        (Revision, Revision.person_id == person_id),
        (CourseEvent, CourseEvent.person_id == person_id),
        (LiveAnswer, LiveAnswer.who == person_id),
    ]
    for model, where in gone:
        session.execute(sa.delete(model).where(where))
    session.execute(sa.update(Revision).where(Revision.author == person_id).values(author=None))
    # What they did to a round, such as being its first reader, has happened; nobody says who it was.
    session.execute(sa.update(ReviewEvent).where(ReviewEvent.by == person_id).values(by=""))
