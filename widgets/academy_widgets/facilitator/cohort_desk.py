"""Controller of the facilitators' desk: answers its messages, and checks the role anew each time."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import cast

from academy import languages
from academy.data import gradebook_url
from academy.deadlines import Extensions, due
from academy.desk.people import CohortLine
from academy.desk.pictures import cohort_pictures
from academy.desk.stopped import stopped
from academy.desk.watch import CohortWatch
from academy.documents.desk_state import (
    CurrentReply,
    DeskChange,
    DeskFrame,
    DeskParts,
    DeskReply,
    DeskState,
    DoneReply,
    EverythingReply,
    PicturesReply,
    StopReply,
    TodoItem,
)
from academy.errors import AcademyError
from academy.i18n import N_, direction, translator
from academy.messages import LONGEST, Messages
from academy.people import person_called
from academy.session import Session
from academy.status_file import read_status
from academy.store import Releases
from academy.store.events import Events
from academy.store.schema import CourseEvent, utc_now
from academy_widgets.dates import when
from academy_widgets.facilitator.todo_items import door_things, said_things

__all__ = ["CohortDesk"]

log = logging.getLogger(__name__)

Message = Mapping[str, object]
"""What a page sends: nothing in it is trusted."""


class CohortDesk:
    """Shows the cohort to a facilitator, keeps what the page has seen, and does what the page asks for."""

    def __init__(
        self,
        session: Session,
        clock: Callable[[], datetime] = utc_now,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self.session, self.clock, self.ticks = session, clock, ticks
        self.course = session.course
        self.gettext = translator(session.language)
        self.messages = Messages(session.store, self.course.edition)
        self.extensions = Extensions(session.store, self.course, clock)
        self.releases = Releases(session.store, self.course.edition)
        self.watch: CohortWatch | None = None
        self.number = 0
        self._told: DeskParts | None = None
        self._told_door: list[TodoItem] = []

    # -- what is shown -----------------------------------------------------------------------------------------------

    def document(self) -> DeskState:
        """Return everything, for a page that opens. Raises AcademyError for anybody but a facilitator."""
        self.session.check_facilitator()
        if self.watch is None:
            gradebook = gradebook_url(self.session.data_folder, self.course.edition)
            self.watch = CohortWatch(self.session.store, self.course, gradebook, self.clock, self.ticks)
        else:
            self.watch.look()
        self._told = told = self._parts(self.watch)
        return {"n": self.number, **self._frame(), **told}

    def changes(self) -> DeskChange | None:
        """Return what changed since the page was last told, or None. Of the people only those who moved."""
        if self.watch is None or self._told is None or not self.session.is_facilitator():
            return None
        if not self.watch.look() and self._door() == self._told_door:
            return None
        now, before = self._parts(self.watch), self._told
        parts = {key: value for key, value in now.items() if value != before.get(key)}
        if not parts:
            return None
        self._told = now
        self.number += 1
        changed = cast(DeskChange, {"kind": "changed", "n": self.number, **parts})
        if "people" in parts:
            known = {line[0]: line for line in before["people"]}
            there = {line[0] for line in now["people"]}
            changed["people"] = [line for line in now["people"] if known.get(line[0]) != line]
            if gone := sorted(known.keys() - there):
                changed["gone"] = gone
        return changed

    def _frame(self) -> DeskFrame:
        """What stays as it is."""
        weeks = [module.id for module in self.course.modules if module.week]
        there = {module.id for module in self.course.modules}
        return {
            "course": self.course.title,
            "modules": [
                {"id": m.id, "title": m.title, "mark": str(weeks.index(m.id) + 1 if m.week else 0)}
                for m in self.course.modules
            ],
            "languages": [
                {"id": code, "name": languages.name(code), "dir": direction(code)}
                for code in self.course.languages
            ],
            "longest": LONGEST,
            "grading": Path("grade.ipynb").is_file(),
            "exercises": [
                {
                    "id": exercise.id,
                    "title": exercise.title,
                    "module": exercise.module if exercise.module in there else "",
                    "round": exercise.review is not None,
                    "private": exercise.private,
                }
                for exercise in self.course.exercises
            ],
        }

    def _parts(self, watch: CohortWatch) -> DeskParts:
        cohort, self._told_door = watch.cohort, self._door()
        teams = {team: cohort.names.get(team, team) for team in cohort.members}
        given = self.extensions.given()
        return {
            "people": [
                (p.id, p.name, p.role[0], p.team or "", p.states, _seconds(p), int(p.stuck))
                for p in cohort.lines
            ],
            "teams": teams,
            "opened": [e.id for e in self.course.exercises if e.id in cohort.opened],
            "things": self._told_door + said_things(watch.things, cohort),
            "ends": self._ends(given),
            "extensions": [
                {
                    "id": row.id,
                    "module": row.subject,
                    "days": row.data["days"],
                    "person": cohort.names.get(row.person_id or "", ""),
                }
                for row in given
            ],
            "messages": [
                {
                    "id": message.id,
                    "by": cohort.names.get(message.by, message.by),
                    "person": cohort.names.get(message.person or "", ""),
                    "texts": dict(message.texts),
                    "until": self._when(message.until),
                }
                for message in self.messages.standing()
            ],
        }

    def _door(self) -> list[TodoItem]:
        return door_things(read_status(self.session.data_folder), self.gettext)

    def _ends(self, given: Sequence[CourseEvent]) -> dict[str, str]:
        more = self.extensions.of(given=given)
        ends = {module.id: due(self.course, module, more) for module in self.course.modules}
        return {module: self._when(end) for module, end in ends.items() if end}

    def _when(self, at: datetime) -> str:
        return when(at, self.session.language, self.session.time_zone)

    # -- messages of the page ----------------------------------------------------------------------------------------

    def answer(self, message: object) -> DeskReply | None:
        """Return the reply to a message of the page, or None to one that no desk of ours sends."""
        if not isinstance(message, dict):
            return None
        replies: dict[str, Callable[[Message], DeskReply]] = {
            "look": self._look,
            "pictures": self._pictures,
            "stop": self._stop,
            "open": self._open,
            "close": self._close,
            "extend": self._extend,
            "extension-back": self._extension_back,
            "say": self._say_it,
            "message-back": self._message_back,
        }
        reply = replies.get(str(message.get("kind")))
        if reply is None:
            return None
        number = message.get("ask")
        number = number if isinstance(number, int) else 0
        try:
            self.session.check_facilitator()
            found = reply(message)
            found["ask"] = number
            return found
        except AcademyError as error:
            return {"kind": "not-done", "ask": number, "text": self.gettext(error.args[0])}
        except Exception:
            log.exception("a message of the desk was not answered")
            text = self.gettext("Something went wrong on the server. Please try again in a moment.")
            return {"kind": "not-done", "ask": number, "text": text}

    def _look(self, message: Message) -> CurrentReply | EverythingReply:
        """A page that has seen everything gets a word; one that missed something gets it all."""
        if self._told is not None and message.get("n") == self.number:
            return {"kind": "current", "n": self.number}
        return cast(EverythingReply, {"kind": "all", **self.document()})

    def _pictures(self, _message: Message) -> PicturesReply:
        if self.watch is None:
            self.document()
        assert self.watch is not None
        made = cohort_pictures(self.session.store, self.course, self.watch.plan, self.watch.cohort)
        return {
            "kind": "pictures",
            "pictures": [
                {
                    "id": each.id,
                    "title": each.title,
                    "svg": each.picture.svg,
                    "sentence": each.picture.sentence,
                    "head": list(each.picture.head),
                    "rows": [list(row) for row in each.picture.rows],
                    "csv": each.csv,
                }
                for each in made
            ],
        }

    def _stop(self, message: Message) -> StopReply:
        """The answers for which somebody was stopped, as they are now."""
        if self.watch is None:
            self.document()
        assert self.watch is not None
        exercise = self.course.exercise(self._exercise(message))
        owner = self._person({"person": message.get("owner")}) or ""
        names = self.watch.cohort.names
        found = stopped(self.session.store, self.course, self.watch.plan, exercise, owner)
        return {
            "kind": "stop",
            "found": [
                {
                    "by": names.get(each.by, each.by) if each.by != owner else "",
                    "about": self.gettext("version {n}, {when}").format(
                        n=each.number, when=self._when(each.at)
                    ),
                    "answers": list(each.answers),
                }
                for each in found
            ],
        }

    def _open(self, message: Message) -> DoneReply:
        exercise = self._exercise(message)
        if self.releases.release(exercise):
            Events(self.session.store, self.course.edition).add("opened", self.session.person_id, exercise)
        return self._done(self.gettext("It is open now."))

    def _close(self, message: Message) -> DoneReply:
        exercise = self._exercise(message)
        if self.releases.withdraw(exercise):
            Events(self.session.store, self.course.edition).add("closed", self.session.person_id, exercise)
        return self._done(self.gettext("It is closed now. What was written is kept."))

    def _extend(self, message: Message) -> DoneReply:
        module, person = _word(message, "module"), self._person(message)
        self.extensions.give(module, _whole(message, "days"), self.session.person_id, person)
        return self._done(self.gettext("The new end stands on the home page now."))

    def _extension_back(self, message: Message) -> DoneReply:
        self.extensions.take_back(_whole(message, "id"), self.session.person_id)
        return self._done(self.gettext("The end is where it was before."))

    def _say_it(self, message: Message) -> DoneReply:
        given = message.get("texts")
        given = given if isinstance(given, dict) else {}
        texts = {code: given[code] for code in self.course.languages if isinstance(given.get(code), str)}
        self.messages.send(texts, self.session.person_id, _whole(message, "days"), self._person(message))
        return self._done(self.gettext("Your message stands on the home page now."))

    def _message_back(self, message: Message) -> DoneReply:
        self.messages.take_back(_whole(message, "id"), self.session.person_id)
        return self._done(self.gettext("The message is gone from the home page."))

    def _done(self, text: str) -> DoneReply:
        done: DoneReply = {"kind": "done", "text": text}
        if found := self.changes():
            done["changes"] = found
        return done

    # -- parts -------------------------------------------------------------------------------------------------------

    def _exercise(self, message: Message) -> str:
        exercise = _word(message, "exercise")
        if not self.course.has(exercise):
            raise AcademyError(N_("The course has no such exercise. Please open the page again."))
        return exercise

    def _person(self, message: Message) -> str | None:
        """The person or team that is meant; None for all. Raises AcademyError for somebody who is not there."""
        person = message.get("person")
        if person is None or person == "":
            return None
        there = None
        if isinstance(person, str):
            there = person_called(self.session.store, self.course.edition, person)
        if there is None:
            raise AcademyError(N_("This person is not there any more. Please open the page again."))
        return str(there.id)


def _seconds(line: CohortLine) -> int:
    """When a person took their last step; 0 for who has never come."""
    return int(line.last.timestamp()) if line.came else 0


def _word(message: Message, name: str) -> str:
    word = message.get(name)
    return word[:64] if isinstance(word, str) else ""


def _whole(message: Message, name: str) -> int:
    number = message.get(name)
    return number if isinstance(number, int) and not isinstance(number, bool) and abs(number) < 2**31 else 0
