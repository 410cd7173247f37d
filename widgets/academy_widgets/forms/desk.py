"""Where a form's messages are answered: everything that comes in is taken as hostile."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from academy.course import Exercise, Work, nest, problems
from academy.course.checks import call, run_computes
from academy.course.problems import Problem
from academy.errors import AcademyError, StoreError
from academy.i18n import N_, translator
from academy.passport import changed_since
from academy.people import Teams
from academy.session import Session
from academy.store import Answers, Draft, Releases, Submission
from academy.work import work_of
from academy_widgets.dates import when
from academy_widgets.forms.around import around
from academy_widgets.forms.elsewhere import by, from_paper, handed_in, said_by, since, unseen
from academy_widgets.forms.incoming import MOST_EDITS, clock, device_of, edits_of, whole

__all__ = ["Desk"]

MOST_ADVICE = 3
MOST_PLACES = 6
"""A question is asked beside so many fields at most: it goes with every answer over a weak line."""
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
        self.answers = Answers(session.store, session.course.edition, author=session.person_id)
        self.releases = Releases(session.store, session.course.edition)
        self.gettext = translator(session.language)
        self._told: Message = {}
        named = {column.of.partition(".")[0] for _, column in exercise.all_columns() if column.of}
        self._sources = named - {exercise.id}
        self._device = ""
        self._shown, self._given = 0, 0
        """The newest revision, and how many submissions, that the page was told of."""
        self._answered: deque[str] = deque(maxlen=2 * MOST_EDITS)
        self.tables = [field.id for field in exercise.fields if field.is_table]

    def document(self) -> dict[str, Any]:
        """Return what the form shows when the page opens."""
        draft = self.answers.draft(self.owner, self.exercise.id)
        is_open = self.releases.is_open(self.exercise.id)
        submissions = self._submissions()
        self._shown, self._given = draft.rev, len(submissions)
        return {
            "person": self._writer(),
            "open": is_open,
            "open_text": "" if is_open else self._closed(),
            "values": draft.values,
            "revs": draft.revs,
            "rev": draft.rev,
            "clock": clock(),
            "submissions": submissions,
            "typed_in": from_paper(self.session, self.owner, self.exercise.id),
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
                "text": self.gettext(error.args[0]),
                "refused": {},
                "retry": True,
            }
        except Exception:
            log.exception("a form's message was not answered")
            text = self.gettext(
                "Something went wrong on the server. Your answers are kept on this device; we try again."
            )
            return {"kind": "not-saved", "n": number, "text": text, "refused": {}, "retry": True}

    # -- messages ------------------------------------------------------------------------------------------------

    def _save(self, message: Message) -> Message:
        return self._keep(message)[0]

    def _keep(self, message: Message) -> tuple[Message, Draft]:
        """Keep the edits of a message; returns the reply and the draft that it is about."""
        edits, refused = edits_of(self.exercise, self.gettext, message, self._rows_ever)
        device, seen = device_of(message), self._seen(message)
        self._device = device
        saved = self.answers.save(self.owner, self.exercise.id, edits, device, self.tables)
        draft = self.answers.draft(self.owner, self.exercise.id)
        sent = {edit.path: (edit.id, edit.value) for edit in edits}
        others = {path for path, rev in draft.revs.items() if rev > seen and path not in sent}
        others |= {path for path, item in saved.current.items() if item.value != sent[path][1]}
        shown = {rev for path, rev in draft.revs.items() if rev > seen or path in others}
        origins = self.answers.origins(shown | set(saved.rivals.values()))
        reply: Message = {
            "kind": "saved",
            "clock": clock(),
            "ids": saved.accepted,
            "since": seen,
            "rev": draft.rev,
            "revs": {path: item.rev for path, item in saved.current.items()},
            "changed": since(self.session, origins, draft, others, device),
            "overtaken": [
                {"path": path, "yours": other, "now": saved.current[path].value}
                for path, other in saved.overtaken.items()
            ],
            "rivals": {path: by(self.session, origins[rev], device) for path, rev in saved.rivals.items()},
            "unseen": unseen(origins, draft, seen, sent),
        } | self._news(draft.values, sure=not self._known(edit.id for edit in edits))
        self._shown = max(self._shown, draft.rev)
        if refused:
            text = self.gettext("Some answers could not be saved. They are still here: please look at them.")
            reply |= {"refused": refused, "text": text}
        return reply, draft

    def _submit(self, message: Message) -> Message:
        saved, draft = self._keep(message)
        parts = (
            "clock",
            "ids",
            "since",
            "rev",
            "revs",
            "changed",
            "overtaken",
            "rivals",
            "advice",
            "computed",
        )
        base: Message = {key: saved[key] for key in parts if key in saved}
        if saved.get("refused"):
            return saved | {"kind": "not-saved", "retry": False}
        key = message.get("key")
        key = key if isinstance(key, str) else ""
        if before := self.answers.submitted(self.owner, self.exercise.id, key):
            return self._submitted(base, before)  # asked again because our answer was lost
        if not self.releases.is_open(self.exercise.id):
            return base | {"kind": "not-submitted", "problems": [], "text": self._closed()}
        if saved["unseen"]:
            return base | self._changed_meanwhile(saved)
        found = self._problems(draft.values)
        if found:
            text = self.gettext("This is not submitted yet. Places that need a look: {n}").format(
                n=len(found)
            )
            listed = [{"path": problem.path, "text": problem.text} for problem in found]
            return base | {"kind": "not-submitted", "problems": listed, "text": text}
        submission = self.answers.submit(  # at the revision that was looked at: another device may be writing
            self.owner, self.exercise.id, key, self.exercise.version, self.session.language, draft.rev
        )
        return self._submitted(base, submission)

    def _changed_meanwhile(self, saved: Message) -> Message:
        """Nobody hands in what they have not seen: say what has changed, and by whom."""
        makers = saved["rivals"] | {path: item for path, item in saved["changed"].items() if "by" in item}
        listed = [
            {"path": path, "text": said_by(self.gettext, makers.get(path, {}).get("by", {}))}
            for path in saved["unseen"]
        ]
        text = self.gettext(
            "This is not submitted yet: something has changed since you last saw it. "
            "Please look at it, then submit again."
        )
        return {"kind": "not-submitted", "problems": listed, "unseen": saved["unseen"], "text": text}

    def _problems(self, values: dict[str, Any]) -> list[Problem]:
        """What stops a submission."""
        return problems(self.exercise, values, self._work(values))

    def _submitted(self, base: Message, submission: Submission) -> Message:
        given = self._submissions()
        self._given = len(given)
        told = {"submission": handed_in(self.session, [submission])[0], "submissions": given}
        return base | {"kind": "submitted", "again": [], **told}

    def _sync(self, message: Message) -> Message:
        seen = whole(message.get("rev"))
        self._device = device_of(message)
        draft = self.answers.draft(self.owner, self.exercise.id)
        return self._current(draft, seen) | self._afresh(draft.values)

    def _current(self, draft: Draft, seen: int) -> Message:
        """What has changed since a revision."""
        is_open = self.releases.is_open(self.exercise.id)
        fresh = {path: rev for path, rev in draft.revs.items() if rev > seen}
        origins = self.answers.origins(fresh.values())
        submissions = self._submissions()
        self._shown, self._given = max(self._shown, draft.rev), len(submissions)
        return {
            "kind": "current",
            "clock": clock(),
            "since": seen,
            "rev": draft.rev,
            "changed": since(self.session, origins, draft, fresh, self._device),
            "submissions": submissions,
            "open": is_open,
            "open_text": "" if is_open else self._closed(),
        }

    def news(self, touched: Collection[str]) -> Message | None:
        """Return what the page has not been told, after somebody wrote in some exercises; None if there is nothing."""
        draft = self.answers.draft(self.owner, self.exercise.id)
        around_it = not self._sources.isdisjoint(touched)
        if draft.rev <= self._shown and len(self._submissions()) == self._given and not around_it:
            return None
        self._check_team()
        told = self._current(draft, self._shown)
        more = self._afresh(draft.values) if around_it else self._news(draft.values, sure=True)
        return told | more | {"n": 0}

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
        team = Teams(self.session.store, self.session.course.edition).of(person)
        if team is None or team.id != self.owner:
            raise StoreError(N_("You are no longer in this team. Please open the page again."))

    def _writer(self) -> str:
        """Under which name the page keeps its own draft: each member of a team has one of their own."""
        person = self.session.person_id
        return person if self.owner == person else f"{self.owner}.{person}"

    def _rows_ever(self, table: str) -> set[str]:
        return self.answers.rows_ever(self.owner, self.exercise.id, table)

    def _seen(self, message: Message) -> int:
        """The newest revision that the page has seen: older pages do not say, and have seen what they were told."""
        rev = message.get("rev")
        return whole(rev) if isinstance(rev, int) else self._shown

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
        return handed_in(self.session, self.answers.submissions(self.exercise.id, self.owner))

    def _when(self, at: Any) -> str:
        return when(at, self.session.language, self.session.time_zone)

    def _closed(self) -> str:
        return self.gettext(
            "This exercise is not open yet. You can already write; you can submit as soon as it opens."
        )


@contextmanager
def _unharmed(name: str) -> Iterator[None]:
    """Go on when a check fails with an error: that is its author's to mend, and answers are kept all the same."""
    try:
        yield
    except Exception:
        log.exception("%s could not be run", name)
