"""Where a form's messages are answered: everything that comes in is taken as hostile."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from typing import Any

from academy.course import Exercise, Work, nest, problems
from academy.course.answers import Problem
from academy.course.checks import call, run_computes
from academy.course.values import acceptable, whole_characters
from academy.errors import AcademyError, StoreError
from academy.i18n import N_, translator
from academy.offline.typed import typed_in
from academy.passport import changed_since
from academy.people import Teams
from academy.session import Session
from academy.store import Answers, Edit, Releases, Submission
from academy.store.rows import strays
from academy.work import work_of
from academy_widgets.around import around
from academy_widgets.dates import when

__all__ = ["Desk"]

MOST_EDITS = 500
MOST_ADVICE = 3
MOST_PLACES = 6
"""A question is asked beside so many fields at most: it goes with every answer over a weak line."""
NO_PLACE = N_("This answer does not fit its field. Please change it, or open the page again.")
log = logging.getLogger(__name__)

Message = dict[str, Any]


class Desk:
    """Answers the messages of one person's form of one exercise."""

    goes_away = True
    """Whether the form can be taken away as a file or on paper."""

    def __init__(self, session: Session, exercise: Exercise) -> None:
        self.session = session
        self.exercise = exercise
        self.owner = session.owner(exercise)
        self.answers = Answers(session.store, session.course.id, author=session.person_id)
        self.releases = Releases(session.store, session.course.id)
        self.say = translator(session.language)
        self._told: Message = {}
        self._answered: deque[str] = deque(maxlen=2 * MOST_EDITS)
        self.tables = [field.id for field in exercise.fields if field.type == "table"]

    def document(self) -> dict[str, Any]:
        """Return what the form shows when the page opens."""
        draft = self.answers.draft(self.owner, self.exercise.id)
        is_open = self.releases.is_open(self.exercise.id)
        return {
            "person": self._writer(),
            "open": is_open,
            "open_text": "" if is_open else self._closed(),
            "values": draft.values,
            "revs": draft.revs,
            "rev": draft.rev,
            "submissions": self._submissions(),
            "typed_in": self._typed_in(),
            "preview": False,
        } | self._afresh(draft.values)

    def answer(self, message: object) -> Message | None:
        """Return the reply to a message of the form, or None to one that no form of ours sends."""
        if not isinstance(message, dict):
            return None
        replies: dict[str, Callable[[Message], Message]] = {
            "save": self._save,
            "submit": self._submit,
            "sync": self._sync,
            "history": self._history,
            "pictures": self._pictures,
        }
        reply = replies.get(str(message.get("kind")))
        if reply is None:
            return None
        number = message.get("n")
        number = number if isinstance(number, int) else 0
        try:
            self._check_team()
            return reply(message) | {"n": number}
        except AcademyError as error:
            return {
                "kind": "not-saved",
                "n": number,
                "text": self.say(error.args[0]),
                "refused": {},
                "retry": True,
            }
        except Exception:
            log.exception("a form's message was not answered")
            text = self.say(
                "Something went wrong on the server. Your answers are kept on this device; we try again."
            )
            return {"kind": "not-saved", "n": number, "text": text, "refused": {}, "retry": True}

    # -- messages ------------------------------------------------------------------------------------------------

    def _save(self, message: Message) -> Message:
        edits, refused = self._edits(message.get("edits"))
        saved = self.answers.save(self.owner, self.exercise.id, edits, _device(message), self.tables)
        draft = self.answers.draft(self.owner, self.exercise.id)
        sent = {edit.path: edit.value for edit in edits}
        reply: Message = {
            "kind": "saved",
            "ids": saved.accepted,
            "rev": saved.rev,
            "revs": {path: item.rev for path, item in saved.current.items()},
            "changed": {
                path: {"value": item.value, "rev": item.rev}
                for path, item in saved.current.items()
                if item.value != sent[path]
            },
            "overtaken": [
                {"path": path, "yours": other, "now": saved.current[path].value}
                for path, other in saved.overtaken.items()
            ],
        } | self._news(draft.values, sure=not self._known(edit.id for edit in edits))
        if refused:
            text = self.say("Some answers could not be saved. They are still here: please look at them.")
            reply |= {"refused": refused, "text": text}
        return reply

    def _submit(self, message: Message) -> Message:
        saved = self._save(message)
        parts = ("ids", "rev", "revs", "changed", "overtaken", "advice", "computed")
        base: Message = {key: saved[key] for key in parts if key in saved}
        draft = self.answers.draft(self.owner, self.exercise.id)
        if saved.get("refused"):
            return saved | {"kind": "not-saved", "retry": False}
        key = message.get("key")
        key = key if isinstance(key, str) else ""
        if before := self.answers.submitted(self.owner, self.exercise.id, key):
            return self._submitted(base, before)  # asked again because our answer was lost
        if not self.releases.is_open(self.exercise.id):
            return base | {"kind": "not-submitted", "problems": [], "text": self._closed()}
        found = self._problems(draft.values)
        if found:
            text = self.say("This is not submitted yet. Places that need a look: {n}").format(n=len(found))
            listed = [{"path": problem.path, "text": problem.text} for problem in found]
            return base | {"kind": "not-submitted", "problems": listed, "text": text}
        submission = self.answers.submit(  # at the revision that was looked at: another device may be writing
            self.owner, self.exercise.id, key, self.exercise.version, self.session.language, draft.rev
        )
        return self._submitted(base, submission)

    def _problems(self, values: dict[str, Any]) -> list[Problem]:
        """What stops a submission."""
        return problems(self.exercise, values, self._work(values))

    def _submitted(self, base: Message, submission: Submission) -> Message:
        return base | {
            "kind": "submitted",
            "again": [],
            "submission": self._said(submission),
            "submissions": self._submissions(),
        }

    def _sync(self, message: Message) -> Message:
        seen = message.get("rev")
        seen = seen if isinstance(seen, int) else 0
        draft = self.answers.draft(self.owner, self.exercise.id)
        is_open = self.releases.is_open(self.exercise.id)
        return {
            "kind": "current",
            "rev": draft.rev,
            "changed": {
                path: {"value": draft.values[path], "rev": rev}
                for path, rev in draft.revs.items()
                if rev > seen
            },
            "submissions": self._submissions(),
            "open": is_open,
            "open_text": "" if is_open else self._closed(),
        } | self._afresh(draft.values)

    def _history(self, message: Message) -> Message:
        path = message.get("path")
        if not isinstance(path, str) or self.exercise.at(path) is None:
            raise StoreError(
                N_("This answer has a name that the course does not know. Please open the page again.")
            )
        revisions = self.answers.history(self.owner, self.exercise.id, path)[-50:]
        items = [{"value": r.value, "rev": r.id, "at_text": self._when(r.edited_at)} for r in revisions]
        return {"kind": "history", "path": path, "items": items}

    def _pictures(self, message: Message) -> Message:
        """The pictures that were asked for, each with its sentence and table; None where there is nothing to draw."""
        asked = message.get("ids")
        asked = asked if isinstance(asked, list) else []
        values = self.answers.draft(self.owner, self.exercise.id).values
        answers, work = nest(self.exercise, values), self._work(values)
        drawn: dict[str, Message | None] = {}
        for place in self.exercise.pictures:
            if place.id in asked and place.id in self.exercise.draws:
                with _unharmed(place.id):
                    found = call(self.exercise.draws[place.id], answers, self.exercise, work)
                    drawn[place.id] = asdict(found) if found else None
        return {"kind": "pictures", "pictures": drawn}

    # -- parts ---------------------------------------------------------------------------------------------------

    def _check_team(self) -> None:
        """Who was taken out of a team while the page was open reads and writes there no more."""
        person = self.session.person_id
        if self.owner == person:
            return
        team = Teams(self.session.store).of(person)
        if team is None or team.id != self.owner:
            raise StoreError(N_("You are no longer in this team. Please open the page again."))

    def _writer(self) -> str:
        """Under which name the page keeps its own draft: each member of a team has one of their own."""
        person = self.session.person_id
        return person if self.owner == person else f"{self.owner}.{person}"

    def _edits(self, sent: object) -> tuple[list[Edit], dict[str, str]]:
        """Sort what was sent into edits to keep and sentences for those that can't be kept."""
        edits: list[Edit] = []
        refused: dict[str, str] = {}
        for item in (sent if isinstance(sent, list) else [])[:MOST_EDITS]:
            if not isinstance(item, dict) or not isinstance(item.get("id"), str):
                continue
            try:
                edits.append(self._edit(item))
            except StoreError as error:
                refused[item["id"]] = self.say(error.args[0])
        lost = strays(edits, self._lists(sent), self._rows_ever)
        refused |= dict.fromkeys(lost, self.say(NO_PLACE))
        return [edit for edit in edits if edit.id not in lost], refused

    def _lists(self, sent: object) -> list[Edit]:
        """All lists of rows that a message brings, also behind what is taken of it at once."""
        found = []
        for item in sent if isinstance(sent, list) else []:
            if isinstance(item, dict) and item.get("path") in self.tables and isinstance(item.get("id"), str):
                with suppress(StoreError):
                    found.append(self._edit(item))
        return found

    def _rows_ever(self, table: str) -> set[str]:
        return self.answers.rows_ever(self.owner, self.exercise.id, table)

    def _edit(self, item: Message) -> Edit:
        path, value = item.get("path"), whole_characters(item.get("value"))
        if not isinstance(path, str) or not acceptable(self.exercise, path, value):
            raise StoreError(NO_PLACE)
        edit = Edit(item["id"], path, value, _whole(item.get("age")), _whole(item.get("base")))
        edit.check()
        return edit

    def _afresh(self, values: dict[str, Any]) -> Message:
        """All that stands around the answers: questions, what is computed, what there is to choose and to read."""
        work = self._work(values)
        self._told = self._judged(values, work)
        again = changed_since(self.session.store, self.session.course, self.owner, self.exercise)
        said = [{"label": f"{a.source} – {a.label}", "was": a.was, "now": a.now} for a in again]
        return self._told | around(self.exercise, work) | {"again": said}

    def _news(self, values: dict[str, Any], sure: bool) -> Message:
        """What of the questions and computed values is new since the page was last told, or all unless it is `sure`."""
        before, self._told = self._told if sure else {}, self._judged(values, self._work(values))
        news: Message = {}
        if self._told["advice"] != before.get("advice"):
            news["advice"] = self._told["advice"]
        known = before.get("computed", {})
        computed = {path: text for path, text in self._told["computed"].items() if known.get(path) != text}
        return news | ({"computed": computed} if computed else {})

    def _known(self, ids: Iterable[str]) -> bool:
        """Whether one of these edits was answered before: then that answer may never have arrived."""
        sent = list(ids)
        found = any(one in self._answered for one in sent)
        self._answered.extend(sent)
        return found

    def _judged(self, values: dict[str, Any], work: Work) -> Message:
        """What the checks ask and what is computed: the first questions only, and none before anything is written."""
        answers = nest(self.exercise, values)
        computed: dict[str, str] = {}
        for name, function in self.exercise.computes.items():
            with _unharmed(name):
                computed |= run_computes(self.exercise, answers, work, name, function)
        advice: list[Message] = []
        for check in self.exercise.checks if values else ():
            with _unharmed(check.id):
                result = check.run(self.exercise, answers, work)
                if result.asks and not result.passed:
                    places = list(result.fields[:MOST_PLACES])
                    advice.append({"id": result.id, "text": result.hint, "fields": places})
        return {"advice": advice[:MOST_ADVICE], "computed": computed}

    def _work(self, values: dict[str, Any]) -> Work:
        """What was written in the other exercises, as it is now."""
        work = work_of(self.session.store, self.session.course, self.owner)
        return work.having(self.exercise, values)

    def _submissions(self) -> list[Message]:
        return [self._said(item) for item in self.answers.submissions(self.exercise.id, self.owner)]

    def _said(self, submission: Submission) -> Message:
        return {
            "number": submission.number,
            "at": submission.at.isoformat(timespec="seconds"),
            "at_text": self._when(submission.at),
        }

    def _typed_in(self) -> str:
        """Who typed answers in from paper, if somebody did."""
        found = typed_in(self.session.store, self.session.course.id, self.owner, self.exercise.id)
        if found is None:
            return ""
        name, at = found
        said = self.say("Answers from paper were typed in by {name} on {when}. Look whether they are yours.")
        return said.format(name=f"\u2068{name}\u2069", when=self._when(at))

    def _when(self, at: Any) -> str:
        return when(at, self.session.language, self.session.time_zone)

    def _closed(self) -> str:
        return self.say(
            "This exercise is not open yet. You can already write; you can submit as soon as it opens."
        )


@contextmanager
def _unharmed(name: str) -> Iterator[None]:
    """Go on when a check fails with an error: that is its author's to mend, and answers are kept all the same."""
    try:
        yield
    except Exception:
        log.exception("%s could not be run", name)


def _whole(value: object) -> int:
    """A whole number from 0 on, whatever was sent."""
    return max(0, int(value)) if isinstance(value, int | float) and abs(value) < 1e15 else 0


def _device(message: Message) -> str:
    device = message.get("device")
    return device[:64] if isinstance(device, str) else ""
