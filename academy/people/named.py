"""Registry of database columns that name a person, and of what each may tell that person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from academy.store.live import LiveAnswer, LiveEvent, LiveSeat, LiveSession
from academy.store.schema import (
    CourseEvent,
    Credential,
    Enrolment,
    FeedbackRow,
    PersonPrivate,
    PersonRow,
    ReviewEvent,
    ReviewRow,
    Revision,
    SubmissionRow,
    TeamMember,
    Writing,
)

__all__ = ["NAMED", "Named"]

ANSWER = ("id", "course", "exercise", "path", "value", "edited_at", "received_at")
REVIEW = ("course", "round", "key", "submission", "state", "expert", "at", "done_at", "rev")


@dataclass(frozen=True)
class Named:
    """A column that holds ids of persons.

    `told` are the columns of its rows that the person may have: none of them names anybody else. Without any, the rows
    say nothing that is not said elsewhere.
    """

    title: str
    column: InstrumentedAttribute[Any]
    told: tuple[str, ...] = ()

    def rows(self, session: Session, person_id: str) -> list[dict[str, object]]:
        """Return what the rows about a person tell them, oldest first."""
        table = self.column.class_.__table__
        if not self.told:
            return []
        query = sa.select(*(table.c[name] for name in self.told)).where(self.column == person_id)
        return [dict(row._mapping) for row in session.execute(query.order_by(*table.primary_key))]


NAMED = (
    Named(
        "person",
        PersonRow.id,
        ("id", "display_name", "language", "time_zone", "active", "created_at"),
    ),
    Named("enrolments", Enrolment.person_id, ("edition", "role", "display_name", "groups", "active", "at")),
    Named("private", PersonPrivate.person_id, ("email", "full_name")),
    Named("sign_in", Credential.person_id, ("kind", "created_at", "expires_at", "revoked_at")),
    Named("teams", TeamMember.person_id, ("edition", "team_id", "at")),
    Named("members_of_a_team", TeamMember.team_id),
    Named("answers", Revision.person_id, ANSWER),
    Named("written_for_teams", Revision.author, ANSWER),
    Named(
        "submissions",
        SubmissionRow.person_id,
        ("course", "exercise", "number", "rev", "exercise_version", "language", "at"),
    ),
    Named("reviews_written", ReviewRow.reviewer_id, REVIEW),
    Named("reviews_received", ReviewRow.author_id, REVIEW),
    Named("in_rounds", ReviewEvent.person_id, ("course", "round", "kind", "at")),
    Named("done_in_rounds", ReviewEvent.by, ("course", "round", "kind", "at")),
    Named("feedback", FeedbackRow.person_id, ("course", "exercise", "submission", "document", "at")),
    Named("in_the_course", CourseEvent.person_id, ("course", "kind", "subject", "data", "at")),
    Named("done_in_the_course", CourseEvent.by, ("course", "kind", "subject", "at")),
    Named("live_answers", LiveAnswer.who, ("session_id", "activity", "round", "value")),
    Named("live_seats", LiveSeat.who, ("session_id", "name")),
    Named("live_sessions_led", LiveSession.by, ("course", "webinar", "at")),
    Named("done_in_live_sessions", LiveEvent.by, ("session_id", "kind", "at")),
    Named("writing", Writing.person_id),
)
