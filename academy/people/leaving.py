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
from academy.store.live import LiveSeat, LiveSession
from academy.store.review_states import DONE, GONE, LEASED, PASSED
from academy.store.schema import (
    CourseEvent,
    Enrolment,
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

_ENROLMENT, _MEMBER = Enrolment.__table__.c, TeamMember.__table__.c
_MEMBERS = Enrolment.__table__.alias("members")


def _members(active: bool) -> sa.Exists:
    found = sa.select(_MEMBER.person_id).join(
        _MEMBERS, sa.and_(_MEMBERS.c.person_id == _MEMBER.person_id, _MEMBERS.c.edition == _MEMBER.edition)
    )
    found = found.where(_MEMBER.team_id == _ENROLMENT.person_id, _MEMBER.edition == _ENROLMENT.edition)
    return sa.exists(found.where(_MEMBERS.c.active) if active else found)


LEFT = sa.select(_ENROLMENT.person_id).where(
    _ENROLMENT.edition == sa.bindparam("edition"),
    sa.or_(
        ~_ENROLMENT.active,
        sa.and_(_ENROLMENT.role == TEAM, _members(active=False), ~_members(active=True)),
    ),
)
"""Selects the people who have left an edition, and the teams that everybody has left."""


def who_left(store: Store, edition: str) -> set[str]:
    """Return who has left an edition, and the teams that everybody has left: their work waits for nobody."""
    return {row.person_id for row in store.rows(LEFT, edition=edition)}


def withdraw(people: People, person_id: str) -> None:
    """Take a person out of the edition: they are signed out, and counts, the desk, reviews and exports go on without.

    Whose work they had in hand for a review gets another reviewer. Nothing is deleted. Raises PeopleError if they
    have left already.
    """
    _ = translator(people.lang)
    with people.store.write() as session:
        row = _row(session, people, person_id)
        if not row.active:
            raise PeopleError(
                _("{name} has left already. To take them back: academy people readmit {id}").format(
                    name=row.display_name, id=person_id
                )
            )
        leave(session, row)


def readmit(people: People, person_id: str) -> None:
    """Take a person back, with all their answers. Raises PeopleError if they had not left, or were removed."""
    _ = translator(people.lang)
    with people.store.write() as session:
        row = _row(session, people, person_id)
        if row.active:
            raise PeopleError(_("{name} has not left.").format(name=row.display_name))
        row.active = True
        _offer_work(session, row)


def remove(people: People, person_id: str, answers: Kept) -> None:
    """Take away who a person of this edition was: name, groups, their team; all else too if they are in no other.

    With `keep` their answers, grades and reviews stay under the pseudonym, with nobody's name. With `delete` they go
    too, with what was said about them; what they wrote for a team stays the team's. Somebody who is in another edition
    keeps their account, and what they did there.
    """
    edition = people.edition
    with people.store.write() as session:
        row = _row(session, people, person_id)
        if session.get_bind().dialect.name == "sqlite":
            session.execute(sa.text("PRAGMA secure_delete = ON"))
        leave(session, row)
        session.execute(
            sa.delete(TeamMember).where(TeamMember.edition == edition, TeamMember.person_id == person_id)
        )
        seats = LiveSeat.session_id.in_(_sessions(edition))
        session.execute(sa.delete(LiveSeat).where(LiveSeat.who == person_id, seats))  # it has their name
        if answers == "delete":
            _delete_work(session, edition, person_id)
            session.flush()
            session.delete(row)
        else:
            taken = records.taken_names(session, edition)
            _ = translator(people.lang)
            row.display_name = numbered(_("Former participant"), taken)
            row.groups, row.erased = [], True
        session.flush()
        _close_account(session, person_id, row.display_name if answers == "keep" else None)
    if people.store.engine.dialect.name == "sqlite":
        with (
            people.store.engine.connect() as connection
        ):  # what was deleted is not left in the write-ahead file
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _close_account(session: Session, person_id: str, name: str | None) -> None:
    """Take away who somebody was if no edition knows it any more; the account too if nothing hangs on it."""
    known = sa.select(Enrolment.erased).where(Enrolment.person_id == person_id)
    enrolments = list(session.scalars(known))
    if not all(enrolments):
        return
    credentials.stop(session, person_id)
    session.execute(sa.delete(PersonPrivate).where(PersonPrivate.person_id == person_id))
    account = session.get_one(PersonRow, person_id)
    if not enrolments:
        session.delete(account)
        return
    account.active, account.language, account.time_zone = False, None, None
    account.display_name = name or translator("en")("Former participant")


def traces(store: Store, edition: str, person_id: str) -> dict[str, int]:
    """Count what an edition has of a person: exercises written in, submissions, feedback, reviews both ways."""

    def count(model: Any, *where: Any) -> Any:
        found = sa.select(sa.func.count()).select_from(model)
        return found.where(model.course == edition, *where).scalar_subquery()

    written = sa.select(sa.func.count(sa.distinct(Revision.exercise))).where(Revision.course == edition)
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


def _row(session: Session, people: People, person_id: str) -> Enrolment:
    row = session.get(Enrolment, (people.edition, person_id))
    if row is None or row.role == TEAM:
        _ = translator(people.lang)
        raise PeopleError(_("There is nobody with the id {id}.").format(id=person_id))
    return row


def _sessions(edition: str) -> sa.Select[int]:
    return sa.select(LiveSession.id).where(LiveSession.course == edition)


def leave(session: Session, row: Enrolment) -> None:
    """Give back the reviews in their hands, and take their work out of others'; who is in no edition is signed out."""
    row.active = False
    session.flush()
    if not credentials.editions_of(session, row.person_id):
        session.get_one(PersonRow, row.person_id).session_epoch += 1
    for review in session.scalars(_reviews(row, LEASED)):
        review.state = PASSED if review.reviewer_id == row.person_id else GONE
    session.flush()


def _offer_work(session: Session, row: Enrolment) -> None:
    """Let somebody review the work again of which the reviews had ended when its author left."""
    events = session.scalars(
        sa.select(ReviewEvent)
        .where(
            ReviewEvent.course == row.edition,
            ReviewEvent.person_id == row.person_id,
            ReviewEvent.kind.in_(("withdrawn", "back")),
        )
        .order_by(ReviewEvent.id)
    )
    newest = {event.round: event.kind for event in events}
    for review in session.scalars(_reviews(row, GONE)):
        if review.author_id == row.person_id and newest.get(review.round) != "withdrawn":
            review.state = PASSED


def _reviews(row: Enrolment, state: str) -> sa.Select[ReviewRow]:
    of_them = sa.or_(ReviewRow.reviewer_id == row.person_id, ReviewRow.author_id == row.person_id)
    return sa.select(ReviewRow).where(ReviewRow.course == row.edition, of_them, ReviewRow.state == state)


def _delete_work(session: Session, edition: str, person_id: str) -> None:
    of_them = sa.or_(ReviewRow.reviewer_id == person_id, ReviewRow.author_id == person_id)
    reviews = sa.and_(ReviewRow.course == edition, of_them)
    keys = list(session.scalars(sa.select(ReviewRow.key).where(reviews)))
    gone: list[tuple[Any, Any]] = [
        (ReviewEvent, sa.or_(ReviewEvent.person_id == person_id, ReviewEvent.review.in_(keys))),
        (ReviewRow, of_them),
        (FeedbackRow, FeedbackRow.person_id == person_id),
        (SubmissionRow, SubmissionRow.person_id == person_id),
        (Revision, Revision.person_id == person_id),
        (CourseEvent, CourseEvent.person_id == person_id),
    ]
    for model, where in gone:
        session.execute(sa.delete(model).where(model.course == edition, where))
    answered = LiveAnswer.session_id.in_(_sessions(edition))
    session.execute(sa.delete(LiveAnswer).where(LiveAnswer.who == person_id, answered))
    written = sa.and_(Revision.course == edition, Revision.author == person_id)
    session.execute(sa.update(Revision).where(written).values(author=None))
    # What they did to a round, such as being its first reader, has happened; nobody says who it was.
    done = sa.and_(ReviewEvent.course == edition, ReviewEvent.by == person_id)
    session.execute(sa.update(ReviewEvent).where(done).values(by=""))
