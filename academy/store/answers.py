"""Answers: append-only revisions, and the draft, history and submissions that are views of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from academy.errors import StoreError
from academy.i18n import N_
from academy.store.db import Store
from academy.store.rows import ids_of, merge_rows
from academy.store.schema import CourseEvent, PersonRow, Revision, SubmissionRow, utc_now
from academy.store.values import EDIT_ID, Current, Draft, Edit, Origin, Saved, Submission

__all__ = ["Answers"]

OLDEST = timedelta(days=90)

_REVISION, _SUBMISSION = Revision.__table__.c, SubmissionRow.__table__.c
_DRAFT = (
    sa.select(_REVISION.path, _REVISION.value, _REVISION.id)
    .where(
        _REVISION.course == sa.bindparam("course"),
        _REVISION.person_id == sa.bindparam("person"),
        _REVISION.exercise == sa.bindparam("exercise"),
    )
    .order_by(_REVISION.edited_at, _REVISION.id)
)
_NEWEST = sa.select(
    sa.select(sa.func.max(_REVISION.id)).scalar_subquery().label("revision"),
    sa.select(sa.func.max(_SUBMISSION.id)).scalar_subquery().label("submission"),
)
_SUBMISSIONS = (
    sa.select(SubmissionRow.__table__)
    .where(_SUBMISSION.course == sa.bindparam("course"), _SUBMISSION.exercise == sa.bindparam("exercise"))
    .order_by(_SUBMISSION.id)
)
_SUBMISSIONS_OF = _SUBMISSIONS.where(_SUBMISSION.person_id == sa.bindparam("person"))


class Answers:
    """Answers of one course. `author` is who is writing, where the answers are a team's."""

    def __init__(self, store: Store, course_id: str, author: str | None = None) -> None:
        self.store = store
        self.course = course_id
        self.author = author

    def save(
        self,
        person_id: str,
        exercise: str,
        edits: Sequence[Edit],
        device: str = "",
        tables: Collection[str] = (),
    ) -> Saved:
        """Commit edits and say which values now count.

        The same edit id is accepted once, however often it is sent. For each path the edit typed last wins; the
        other stays in the history. For a path in `tables` (an ordered list of row ids) rows added or removed
        elsewhere meanwhile are merged instead, so that nobody's row vanishes.
        Raises StoreError, and keeps nothing, if one edit is malformed or the database can't be written.
        """
        for edit in edits:
            edit.check()
        now = utc_now()
        sent = {edit.id for edit in edits}
        overtaken: dict[str, Any] = {}
        rivals: dict[str, int] = {}
        with self.store.write() as session:
            _lock(session, person_id)
            known = self._known(session, person_id, sent)
            new = (edit for edit in edits if edit.id not in known)
            self.store.quota.count(session, self.author or person_id, new, now)
            for edit in edits:
                if edit.id in known:
                    continue
                known.add(edit.id)
                rival = self._rival(session, person_id, exercise, edit, sent, device)
                row = self._row(person_id, exercise, edit, device, now)
                row.edited_at = max(row.edited_at, self._after_base(session, row))
                if edit.over:
                    row.edited_at = max(row.edited_at, self._after_own(session, row))
                session.add(row)
                session.flush()
                if rival is None:
                    continue
                rivals[edit.path] = rival.id
                if edit.path in tables:
                    self._merge_rows(session, row, rival)
                else:
                    overtaken[edit.path] = edit.value if rival.edited_at > row.edited_at else rival.value
            current = self._current(session, person_id, exercise, {edit.path for edit in edits})
            rev = self._rev(session, person_id, exercise)
        return Saved([edit.id for edit in edits], rev, current, overtaken, rivals)

    def draft(self, person_id: str, exercise: str) -> Draft:
        """Return the newest value of each path."""
        rows = self.store.rows(_DRAFT, course=self.course, person=person_id, exercise=exercise)
        values = {row.path: row.value for row in rows}  # the last of a path wins
        revs = {row.path: row.id for row in rows}
        return Draft(values, revs, max((row.id for row in rows), default=0))

    def origins(self, revs: Collection[int]) -> dict[int, Origin]:
        """Return where revisions came from, by their number."""
        if not revs:
            return {}
        query = sa.select(
            Revision.id, Revision.author, Revision.device, Revision.edit_id, Revision.edited_at
        ).where(Revision.course == self.course, Revision.id.in_(list(revs)))
        with self.store.session() as session:
            rows = session.execute(query)
            return {row.id: Origin(row.author, row.device, row.edit_id, row.edited_at) for row in rows}

    def newest(self) -> tuple[int, int]:
        """Return the newest revision and the newest submission of anybody: if they are the same, nothing was done."""
        found = self.store.rows(_NEWEST)
        return found[0].revision or 0, found[0].submission or 0

    def touched(self, since: tuple[int, int]) -> set[tuple[str, str]]:
        """Return whose answers to which exercises were written or submitted after what `newest` said."""
        found: set[tuple[str, str]] = set()
        for table, mark in zip((_REVISION, _SUBMISSION), since, strict=True):
            query = sa.select(table.person_id, table.exercise).where(
                table.id > mark, table.course == self.course
            )
            found |= {(row.person_id, row.exercise) for row in self.store.rows(query.distinct())}
        return found

    def values_at(self, person_id: str, exercise: str, rev: int) -> dict[str, Any]:
        """Return the answers as they were at a revision."""
        with self.store.session() as session:
            current = self._current(session, person_id, exercise, up_to=rev)
        return {path: item.value for path, item in current.items()}

    def everything(self, person_id: str, at: datetime | None = None) -> dict[str, dict[str, Any]]:
        """Return the answers of a person by exercise, as they are or as they had come in at a moment."""
        query = sa.select(Revision.exercise, Revision.path, Revision.value).where(
            Revision.course == self.course, Revision.person_id == person_id
        )
        if at is not None:
            query = query.where(Revision.received_at <= at)
        found: dict[str, dict[str, Any]] = {}
        with self.store.session() as session:
            for exercise, path, value in session.execute(query.order_by(Revision.edited_at, Revision.id)):
                found.setdefault(exercise, {})[path] = value  # the last of a path wins
        return found

    def history(self, person_id: str, exercise: str, path: str | None = None) -> list[Revision]:
        """Return all revisions, oldest first."""
        query = self._mine(sa.select(Revision), person_id, exercise).order_by(Revision.id)
        if path is not None:
            query = query.where(Revision.path == path)
        with self.store.session() as session:
            return list(session.scalars(query))

    def rows_ever(self, person_id: str, exercise: str, table: str) -> set[str]:
        """Return the ids of all rows that were ever in a table's list, or that have cells from earlier versions."""
        lists = self._mine(sa.select(Revision.value), person_id, exercise).where(Revision.path == table)
        cells = self._mine(sa.select(Revision.path).distinct(), person_id, exercise).where(
            Revision.path.startswith(f"{table}/", autoescape=True)
        )
        with self.store.session() as session:
            listed = {row for value in session.scalars(lists) for row in ids_of(value)}
            return listed | {path.split("/")[1] for path in session.scalars(cells)}

    def submit(
        self,
        person_id: str,
        exercise: str,
        key: str,
        exercise_version: str,
        language: str = "",
        rev: int | None = None,
        log: CourseEvent | None = None,
    ) -> Submission:
        """Submit the answers as they were at `rev`, or as they are now. The same key gives the same submission.

        With a submission that is new, `log` is written into the desk's log.
        """
        if not EDIT_ID.fullmatch(key):
            raise StoreError(N_("This submission has no proper key. Please open the page again."))
        with self.store.write() as session:
            _lock(session, person_id)
            mine = sa.select(SubmissionRow).where(
                SubmissionRow.course == self.course, SubmissionRow.person_id == person_id
            )
            row = session.scalar(mine.where(SubmissionRow.key == key))
            if row is None:
                self.store.quota.count_act(session, self.author or person_id, utc_now())
                number = session.scalar(
                    sa.select(sa.func.coalesce(sa.func.max(SubmissionRow.number), 0)).where(
                        SubmissionRow.course == self.course,
                        SubmissionRow.person_id == person_id,
                        SubmissionRow.exercise == exercise,
                    )
                )
                row = SubmissionRow(
                    course=self.course,
                    person_id=person_id,
                    exercise=exercise,
                    number=(number or 0) + 1,
                    key=key,
                    rev=self._rev(session, person_id, exercise) if rev is None else rev,
                    exercise_version=exercise_version,
                    language=language,
                )
                session.add_all([row, log] if log else [row])
                session.flush()
            elif row.exercise != exercise:
                raise StoreError(
                    N_("This submission belongs to another exercise. Please open the page again.")
                )
            return _submission(row)

    def submitted(self, person_id: str, exercise: str, key: str) -> Submission | None:
        """Return the submission that was made with this key, or None."""
        return next((item for item in self.submissions(exercise, person_id) if item.key == key), None)

    def submissions(self, exercise: str, person_id: str | None = None) -> list[Submission]:
        """Return the submissions of an exercise, in the order in which they came."""
        if person_id is None:
            rows = self.store.rows(_SUBMISSIONS, course=self.course, exercise=exercise)
        else:
            rows = self.store.rows(_SUBMISSIONS_OF, course=self.course, exercise=exercise, person=person_id)
        return [_submission(row) for row in rows]

    def latest_submissions(self, exercise: str) -> dict[str, Submission]:
        """Return the newest submission of each person."""
        return {item.person_id: item for item in self.submissions(exercise)}

    def _mine(self, query: sa.Select[Any], person_id: str, exercise: str) -> sa.Select[Any]:
        return query.where(
            Revision.course == self.course, Revision.person_id == person_id, Revision.exercise == exercise
        )

    def _rev(self, session: Session, person_id: str, exercise: str) -> int:
        return session.scalar(self._mine(sa.select(sa.func.max(Revision.id)), person_id, exercise)) or 0

    def _known(self, session: Session, person_id: str, ids: Iterable[str]) -> set[str]:
        query = sa.select(Revision.edit_id).where(
            Revision.course == self.course, Revision.person_id == person_id, Revision.edit_id.in_(list(ids))
        )
        return set(session.scalars(query))

    def _current(
        self,
        session: Session,
        person_id: str,
        exercise: str,
        paths: Collection[str] | None = None,
        up_to: int | None = None,
    ) -> dict[str, Current]:
        query = self._mine(sa.select(Revision.path, Revision.value, Revision.id), person_id, exercise)
        if paths is not None:
            query = query.where(Revision.path.in_(list(paths)))
        if up_to is not None:
            query = query.where(Revision.id <= up_to)
        rows = session.execute(query.order_by(Revision.edited_at, Revision.id))
        return {path: Current(value, rev) for path, value, rev in rows}  # the last of a path wins

    def _rival(
        self, session: Session, person_id: str, exercise: str, edit: Edit, sent: set[str], device: str
    ) -> Revision | None:
        """The newest revision of the same path that the page had not seen and that says something else."""
        query = self._mine(sa.select(Revision), person_id, exercise).where(
            Revision.path == edit.path, Revision.id > edit.base, Revision.edit_id.not_in(list(sent))
        )
        if device:
            query = query.where(Revision.device != device)
        rival = session.scalar(query.order_by(Revision.edited_at.desc(), Revision.id.desc()).limit(1))
        return rival if rival is not None and rival.value != edit.value else None

    def _after_base(self, session: Session, row: Revision) -> datetime:
        """The moment after the revision that the page had seen: who types over a text, types later than it was."""
        base = session.get(Revision, row.base) if row.base else None
        if base is None or (base.person_id, base.exercise, base.path) != (
            row.person_id,
            row.exercise,
            row.path,
        ):
            return row.edited_at
        return base.edited_at + timedelta(microseconds=1)

    def _after_own(self, session: Session, row: Revision) -> datetime:
        """The moment after what the same device typed there before, whichever of the two came first."""
        newest = session.scalar(
            self._mine(sa.select(sa.func.max(Revision.edited_at)), row.person_id, row.exercise).where(
                Revision.path == row.path, Revision.device == row.device, Revision.id > row.base
            )
        )
        return row.edited_at if newest is None else newest + timedelta(microseconds=1)

    def _merge_rows(self, session: Session, row: Revision, rival: Revision) -> None:
        base = session.scalar(
            self._mine(sa.select(Revision), row.person_id, row.exercise)
            .where(Revision.path == row.path, Revision.id <= row.base)
            .order_by(Revision.edited_at.desc(), Revision.id.desc())
            .limit(1)
        )
        newer, older = (row, rival) if row.edited_at >= rival.edited_at else (rival, row)
        merged = merge_rows(ids_of(base.value if base else []), ids_of(older.value), ids_of(newer.value))
        if merged == newer.value:
            return
        edit = Edit(f"{row.edit_id[:62]}.m", row.path, merged, base=row.id)
        session.add(self._row(row.person_id, row.exercise, edit, row.device, newer.edited_at))
        session.flush()

    def _row(self, person_id: str, exercise: str, edit: Edit, device: str, now: datetime) -> Revision:
        age = min(max(timedelta(milliseconds=edit.age_ms), timedelta()), OLDEST)
        return Revision(
            course=self.course,
            person_id=person_id,
            exercise=exercise,
            path=edit.path,
            value=edit.value,
            edit_id=edit.id,
            base=edit.base,
            device=device[:64],
            author=self.author if self.author != person_id else None,
            edited_at=now - age,
            received_at=now,
        )


def _lock(session: Session, person_id: str) -> None:
    """One writer at a time for a person, also where the database has no single write lock."""
    found = session.scalar(sa.select(PersonRow.id).where(PersonRow.id == person_id).with_for_update())
    if found is None:
        raise StoreError(
            N_("This person is not known here any more. Please ask your facilitator for a new link.")
        )


def _submission(row: SubmissionRow | sa.Row[Any]) -> Submission:
    return Submission(
        row.person_id, row.exercise, row.number, row.key, row.rev, row.exercise_version, row.language, row.at
    )
