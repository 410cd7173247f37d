"""Handler of the page for typing in paper answers and submitting them for somebody."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from tornado import web

from academy.course import Exercise
from academy.errors import BusyError, StoreError
from academy.offline.handing_in import hand_in, handed_in_by, look, new_key, week_ended
from academy.offline.typed import PaperAnswers, boxes
from academy.people import Person
from academy.session import Session, session_of
from academy.store.schema import utc_now
from academy_app.server.base import EditionHandler
from academy_widgets.dates import when

__all__ = ["TypedHandler"]


class TypedHandler(EditionHandler):
    """`/paper` and `/paper/<exercise>?person=…`; for facilitators only, everybody else finds nothing here."""

    def _check(self) -> None:
        if self.visitor is None or self.visitor.role != "facilitator":
            raise web.HTTPError(404)

    @web.authenticated
    def get(self, exercise_id: str = "") -> None:
        """Ask whose paper of which exercise it is, then show the places to type."""
        self._check()
        exercise = self._exercise(exercise_id or self.get_query_argument("exercise", "")[:64])
        person = self._person(self.get_query_argument("person", "")[:16])
        if exercise is None or person is None:
            self._page(exercise, person, None)
            return
        self._page(exercise, person, self._typed(exercise, person))

    @web.authenticated
    def post(self, exercise_id: str = "") -> None:
        """Keep what was typed, and say how much."""
        self._check()
        exercise = self._exercise(exercise_id)
        person = self._person(self.get_body_argument("person", "")[:16])
        if exercise is None or person is None:
            raise web.HTTPError(404)
        typed = self._typed(exercise, person)
        if key := self.get_body_argument("sure", "")[:64]:
            self._hand_in(exercise, person, typed, key)
            return
        now = utc_now()
        form = {
            name: [value.decode("utf-8", "replace") for value in values]
            for name, values in self.request.body_arguments.items()
        }
        try:
            saved, refused = typed.keep(form, self._written(now), now)
        except BusyError:
            raise
        except StoreError as error:
            self._page(exercise, person, typed, error=self.gettext(str(error)), status=409)
            return
        text = self.gettext("Saved: {n}.").format(n=len(saved.accepted))
        if saved.overtaken:
            text += " " + self.gettext(
                "Newer on their own device, so kept in the history and not shown: {n}."
            ).format(n=len(saved.overtaken))
        asked = bool(self.get_body_argument("hand-in", "")) and not refused
        self._page(exercise, person, typed, told=text, refused=refused, asked=asked)

    def _hand_in(self, exercise: Exercise, person: Person, typed: PaperAnswers, key: str) -> None:
        """Hand the paper in for somebody, after the question whether that is meant."""
        rev = self.get_body_argument("rev", "")
        try:
            hand_in(typed, self._session(person), key, int(rev) if rev.isdecimal() and len(rev) < 19 else -1)
        except BusyError:
            raise
        except StoreError as error:
            self._page(exercise, person, typed, error=self.gettext(str(error)), status=409)
            return
        self._page(exercise, person, typed)

    def _exercise(self, exercise_id: str) -> Exercise | None:
        course = self.edition.course(self.lang)
        if not exercise_id:
            return None
        found = course.exercise(exercise_id) if course.has(exercise_id) else None
        # A journal is for nobody else to read, and a review belongs to the work beside it.
        if found is None or found.private or found.review is not None:
            raise web.HTTPError(404)
        return found

    def _person(self, person_id: str) -> Person | None:
        if not person_id:
            return None
        found = self.edition.people.get(person_id)
        if found is None or found.role != "participant":
            raise web.HTTPError(404)
        return found

    def _typed(self, exercise: Exercise, person: Person) -> PaperAnswers:
        if self.visitor is None:
            raise web.HTTPError(404)
        owner, by = self._session(person).owner(exercise), self.visitor.person_id
        return PaperAnswers(self.site.store, self.edition.course(self.lang), exercise, owner, by)

    def _session(self, person: Person) -> Session:
        session = session_of(person.id, self.site.data, self.site.store, self.edition.id)
        if session is None:
            raise web.HTTPError(404)
        return session

    def _written(self, now: datetime) -> datetime:
        """When the paper was written: the end of the day that stands on it, today if none was said."""
        try:
            day = date.fromisoformat(self.get_body_argument("written", "")[:10])
        except ValueError:
            return now
        return min(now, datetime.combine(day + timedelta(days=1), time(), UTC))

    def _page(
        self,
        exercise: Exercise | None,
        person: Person | None,
        typed: PaperAnswers | None,
        status: int = 200,
        **said: object,
    ) -> None:
        course = self.edition.course(self.lang)
        if exercise and person and typed:
            said |= self._submitting(exercise, person, typed)
        self.show(
            "typed.html",
            status,
            exercise=exercise,
            person=person,
            items=boxes(typed) if typed else [],
            people=[one for one in self.edition.people.all("participant") if one.active],
            exercises=[e for e in course.exercises if not e.private and e.review is None],
            today=utc_now().date().isoformat(),
            **({"told": "", "error": "", "refused": [], "asked": False} | said),
        )

    def _submitting(self, exercise: Exercise, person: Person, typed: PaperAnswers) -> dict[str, object]:
        """What the page says of handing the paper in: what was, what is in the way, and the week that has ended."""

        session = self._session(person)
        paper, ended = look(typed, session), week_ended(session, typed)
        zone = session.course.time_zone
        faults = []
        for fault in paper.faults:
            column = exercise.at(fault.path)
            faults.append((column.label if column else "", fault.text))
        by = handed_in_by(session.store, session.course.edition, [paper.last] if paper.last else [])
        return {
            "paper": paper,
            "by": by.get(paper.last.key) if paper.last else None,
            "last_at": when(paper.last.at, self.lang, zone) if paper.last else "",
            "ended": when(ended, self.lang, zone) if ended else "",
            "faults": faults,
            "key": new_key(),
            "who": f"\u2068{person.display_name}\u2069",
        }
