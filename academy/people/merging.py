"""Merges two records of one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from academy.errors import PeopleError
from academy.i18n import Translator, translator
from academy.people import credentials
from academy.people.leaving import leave
from academy.people.model import TEAM
from academy.people.people import People
from academy.store import LiveAnswer
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
    utc_now,
)

__all__ = ["Merged", "Whose", "merge"]

Whose = Literal["keep", "other", "newest"]
Key = tuple[str, str]
"""A course and one of its exercises."""


@dataclass
class Merged:
    """What became of the answers: exercises that only the other record had, and those where one had to be chosen.

    `reviews` counts reviews that stay with the other record, because both had reviewed in that round.
    """

    moved: list[Key] = field(default_factory=list)
    kept: list[Key] = field(default_factory=list)
    taken: list[Key] = field(default_factory=list)
    reviews: int = 0


def merge(
    people: People,
    keep: str,
    other: str,
    answers: Whose | None = None,
    reviewed: Mapping[Key, str] | None = None,
) -> Merged:
    """Put what the record `other` has into the record `keep`; `other` has left the course from then on.

    What only `other` has done moves, with its times, feedback and reviews. Where both have written, `answers` says
    whose counts: that of `keep`, that of `other`, or that of whoever wrote last; nothing of the rest is deleted, it
    stays with `other`. `reviewed` says which exercise each round of reviews is about.
    Raises PeopleError, and changes nothing, where both have written and `answers` is None, or both are in teams.
    """
    _ = translator(people.lang)
    with people.store.write() as session:
        here, there = (session.get(PersonRow, each) for each in (keep, other))
        if here is None or there is None or here.kind == TEAM or there.kind == TEAM or here is there:
            raise PeopleError(_("Name two different people to merge, by their ids."))
        done, theirs = _last_written(session, keep), _last_written(session, other)
        both = sorted(done.keys() & theirs.keys())
        if both and answers is None:
            raise PeopleError(
                _(
                    "Both have written in: {exercises}. Say whose answers count there with --answers keep, other or "
                    "newest. Nothing was changed; the answers that do not count stay with {id}."
                ).format(exercises=", ".join(exercise for _course, exercise in both), id=other)
            )
        found = Merged(moved=sorted(theirs.keys() - done.keys()))
        _merge_enrolments(session, keep, other)
        _merge_teams(session, keep, other, _)
        for key in found.moved:
            _move(session, key, keep, other)
        for key in both:
            if answers == "other" or (answers == "newest" and theirs[key] > done[key]):
                _take_over(session, key, keep, other)
                found.taken.append(key)
            else:
                found.kept.append(key)
        found.reviews = _move_reviews(session, keep, other, set(both), found.moved, reviewed or {})
        _move_rest(session, keep, other)
        credentials.stop(session, other)
        there.active = False
        for left in session.scalars(sa.select(Enrolment).where(Enrolment.person_id == other)):
            leave(session, left)
        return found


def _merge_enrolments(session: Session, keep: str, other: str) -> None:
    """Let the record that stays into the editions that only the other was in, and know the groups of both."""
    for row in session.scalars(sa.select(Enrolment).where(Enrolment.person_id == other)).all():
        mine = session.get(Enrolment, (row.edition, keep))
        if mine is None:
            mine = Enrolment(
                edition=row.edition,
                person_id=keep,
                role=row.role,
                display_name=row.display_name,
                groups=[],
                active=row.active,
            )
            session.add(mine)
        mine.groups = list(dict.fromkeys([*mine.groups, *row.groups]))
        row.groups = []
    session.flush()


def _last_written(session: Session, person_id: str) -> dict[Key, datetime]:
    """When somebody last wrote or handed in something, by exercise."""
    found: dict[Key, datetime] = {}
    for model, at in ((Revision, Revision.edited_at), (SubmissionRow, SubmissionRow.at)):
        query = (
            sa.select(model.course, model.exercise, sa.func.max(at))
            .where(model.person_id == person_id)
            .group_by(model.course, model.exercise)
        )
        for course, exercise, last in session.execute(query):
            found[course, exercise] = max(last, found.get((course, exercise), last))
    return found


def _of(model: Any, key: Key, person_id: str) -> Any:
    return sa.and_(model.course == key[0], model.exercise == key[1], model.person_id == person_id)


def _move(session: Session, key: Key, keep: str, other: str) -> None:
    for model in (Revision, SubmissionRow, FeedbackRow):
        session.execute(sa.update(model).where(_of(model, key, other)).values(person_id=keep))


def _take_over(session: Session, key: Key, keep: str, other: str) -> None:
    """Add the other's answers as the newest ones, and hand them in if the other had."""
    latest = session.scalar(
        sa.select(SubmissionRow)
        .where(_of(SubmissionRow, key, other))
        .order_by(SubmissionRow.id.desc())
        .limit(1)
    )
    if latest is not None:
        rev = _write(session, key, keep, _values(session, key, other, latest.rev), "s")
        mine = session.execute(
            sa.select(sa.func.max(SubmissionRow.number), sa.func.max(SubmissionRow.at)).where(
                _of(SubmissionRow, key, keep)
            )
        ).one()
        session.add(
            SubmissionRow(
                course=key[0],
                person_id=keep,
                exercise=key[1],
                number=(mine[0] or 0) + 1,
                key=f"merged-{latest.id:08}",
                rev=rev,
                exercise_version=latest.exercise_version,
                language=latest.language,
                at=latest.at if mine[1] is None or latest.at > mine[1] else utc_now(),
            )
        )
    _write(session, key, keep, _values(session, key, other), "d")


def _values(session: Session, key: Key, person_id: str, up_to: int | None = None) -> dict[str, Any]:
    query = sa.select(Revision.path, Revision.value).where(_of(Revision, key, person_id))
    if up_to is not None:
        query = query.where(Revision.id <= up_to)
    rows = session.execute(query.order_by(Revision.edited_at, Revision.id))
    return {path: value for path, value in rows}  # noqa: C416 – the last of a path wins


def _write(session: Session, key: Key, keep: str, wanted: Mapping[str, Any], mark: str) -> int:
    """Add revisions until the answers are these and no others; return the newest revision."""
    now = utc_now()
    there = _values(session, key, keep)
    last = session.scalar(sa.select(sa.func.max(Revision.edited_at)).where(_of(Revision, key, keep)))
    at = max(now, last + timedelta(microseconds=1)) if last else now
    for path in sorted(there.keys() | wanted.keys()):
        if there.get(path) != wanted.get(path):
            row = Revision(
                course=key[0],
                person_id=keep,
                exercise=key[1],
                path=path,
                value=wanted.get(path),
                edit_id="",
                device="merge",
                edited_at=at,
                received_at=now,
            )
            newest = session.scalar(sa.select(sa.func.max(Revision.id))) or 0
            row.edit_id = f"merged-{mark}{newest + 1}"
            session.add(row)
            session.flush()
    return session.scalar(sa.select(sa.func.max(Revision.id)).where(_of(Revision, key, keep))) or 0


def _move_reviews(
    session: Session, keep: str, other: str, both: set[Key], moved: list[Key], reviewed: Mapping[Key, str]
) -> int:
    """Reviews go where their texts went; return how many stay behind."""
    rows = list(
        session.scalars(
            sa.select(ReviewRow).where(sa.or_(ReviewRow.reviewer_id == other, ReviewRow.author_id == other))
        )
    )
    left = 0
    for row in rows:
        round_ = (row.course, row.round)
        reviewer = keep if row.reviewer_id == other else row.reviewer_id
        author = keep if row.author_id == other else row.author_id
        follows = round_ not in both and (
            row.author_id != other or (row.course, reviewed.get(round_, "")) in moved
        )
        same = sa.select(ReviewRow.id).where(
            ReviewRow.course == row.course,
            ReviewRow.round == row.round,
            ReviewRow.reviewer_id == reviewer,
            ReviewRow.author_id == author,
        )
        if not follows or reviewer == author or session.scalar(same) is not None:
            left += 1
            continue
        row.reviewer_id, row.author_id = reviewer, author
        session.flush()
    return left


def _merge_teams(session: Session, keep: str, other: str, _: Translator) -> None:
    for theirs in session.scalars(sa.select(TeamMember).where(TeamMember.person_id == other)).all():
        mine = session.get(TeamMember, (theirs.edition, keep))
        if mine is not None and mine.team_id != theirs.team_id:
            raise PeopleError(
                _("Each is in a team of their own. Take one out first: academy teams remove {id}").format(
                    id=other
                )
            )
        edition, team, at = theirs.edition, theirs.team_id, theirs.at
        session.delete(theirs)
        if mine is None:
            session.add(TeamMember(edition=edition, person_id=keep, team_id=team, at=at))
        session.execute(
            sa.update(Revision)
            .where(Revision.course == edition, Revision.author == other)
            .values(author=keep)
        )


def _move_rest(session: Session, keep: str, other: str) -> None:
    """More days, messages, named answers of webinars, and what is known of the person where `keep` knows nothing."""
    session.execute(sa.update(CourseEvent).where(CourseEvent.person_id == other).values(person_id=keep))
    session.execute(
        sa.update(ReviewEvent)
        .where(ReviewEvent.person_id == other, ReviewEvent.kind.in_(("extended", "nudged")))
        .values(person_id=keep)
    )
    for answer in session.scalars(sa.select(LiveAnswer).where(LiveAnswer.who == other)):
        same = sa.select(LiveAnswer.key).where(
            LiveAnswer.session_id == answer.session_id,
            LiveAnswer.activity == answer.activity,
            LiveAnswer.round == answer.round,
            LiveAnswer.who == keep,
        )
        if session.scalar(same) is None:
            answer.who = keep
    theirs = session.get(PersonPrivate, other)
    if theirs is None:
        return
    known = (theirs.email, theirs.full_name)
    session.delete(theirs)
    session.flush()
    mine = session.get(PersonPrivate, keep)
    if mine is None:
        mine = PersonPrivate(person_id=keep)
        session.add(mine)
    mine.email, mine.full_name = mine.email or known[0], mine.full_name or known[1]
