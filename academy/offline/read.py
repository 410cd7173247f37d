"""Imports an answers file: validates it, keeps its answers like any others, reports on each."""

from __future__ import annotations

import codecs
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from academy.course import Course, Exercise
from academy.course.values import acceptable, read_json, whole_characters
from academy.data import DataFolder
from academy.documents.answers_file import ANSWERS_KIND
from academy.errors import StoreError
from academy.i18n import direction, translator
from academy.offline.merge import Merge, kept_anew
from academy.offline.ticket import Seals, Ticket
from academy.people import person_called
from academy.session import Session, session_of
from academy.store import Edit, Store
from academy.store.schema import utc_now
from academy.store.values import FROM_FILE

__all__ = ["LARGEST_FILE", "Importer", "Report", "ending"]

LARGEST_FILE = 2 * 1024 * 1024
MOST_EDITS = 3000


def ending(language: str) -> str:
    """Return how the name of an answers file ends, kept in its own order within a text from right to left."""
    return "\u2066.answers.json\u2069" if direction(language) == "rtl" else ".answers.json"


@dataclass(frozen=True)
class Report:
    """What became of one file. `refused` holds answers that were left out: the field and what it said."""

    name: str
    text: str
    taken: bool = False
    exercise: str = ""
    person: str = ""
    refused: tuple[tuple[str, str], ...] = ()
    fits: int = 0
    """Answers that would still fit, where the file is of another version of the exercise."""


class Importer:
    """Brings answers files into the store. Nothing is overwritten: each answer is one more revision."""

    def __init__(self, data: DataFolder, store: Store, course: Course, language: str) -> None:
        self.data = data
        self.store = store
        self.course = course
        self.seals = Seals(data.secret)
        self.language = language
        self.gettext = translator(language)

    def take(
        self,
        name: str,
        content: bytes,
        *,
        by: str | None = None,
        expected: str = "",
        fit: bool = False,
        dry_run: bool = False,
    ) -> Report:
        """Keep the answers of a file, or say why not.

        `by` is the person who brings it, who may bring only their own; None is the facilitator, who brings
        everybody's. `expected` is the exercise whose form asked for the file. With `fit` a file of another version
        of the exercise gives the answers that still have a place. With `dry_run` nothing is kept.
        """
        told = Report(name, "")
        document = self._document(content)
        if isinstance(document, str):
            return replace(told, text=document)
        ticket = self.seals.ticket(document.get("ticket"))
        if ticket is None:
            return replace(
                told,
                text=self.gettext(
                    "The first part of this file, which says whose form it is, is not as this course wrote it. "
                    "Nothing was taken. Save the answers file once more from the form, and do not change it."
                ),
            )
        session = self._session(ticket, by)
        if isinstance(session, str):
            return replace(told, text=session)
        exercise = self.course.exercise(ticket.exercise)
        told = replace(told, exercise=exercise.title, person="" if by else session.display_name)
        if text := self._wrong_place(session, exercise, ticket, expected, by):
            return replace(told, text=text)
        edits, refused = self._edits(exercise, ticket, document)
        if ticket.version != exercise.version and not fit:
            return replace(told, fits=len(edits), text=self._outdated(len(edits), len(refused)))
        device = document.get("device")
        try:
            merge = kept_anew(session, exercise, edits, f"{FROM_FILE}{device}"[:64], dry_run=dry_run)
        except StoreError as error:
            return replace(told, text=self.gettext(error.args[0]))
        return replace(
            told, text=self._told(merge, len(refused), dry_run), taken=True, refused=tuple(refused)
        )

    # -- what the file is ----------------------------------------------------------------------------------------

    def _document(self, content: bytes) -> dict[str, object] | str:
        """The file's content, or the sentence why it is no answers file."""
        if len(content) > LARGEST_FILE:
            return self.gettext(
                "This file is too large for an answers file. Choose the one that the form saved."
            )
        wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        text = content.decode("utf-16" if wide else "utf-8-sig", "replace").strip()
        if text[:9].lower() == "<!doctype":
            return self.gettext(
                "This is the form itself. Open it, press “Save the answers file”, and choose the file that it saves."
            )
        try:
            document = read_json(text)
        except ValueError:
            document = None
        if not isinstance(document, dict) or document.get("kind") != ANSWERS_KIND:
            return self.gettext(
                "This is not an answers file. Choose the file that the form saved: its name ends in {ending}."
            ).format(ending=ending(self.language))
        if document.get("format") != 1 or not isinstance(document.get("edits"), list):
            return self.gettext(
                "This answers file is damaged. Open the form, save the answers file once more, and choose that."
            )
        return document

    def _session(self, ticket: Ticket, by: str | None) -> Session | str:
        """The person whose form it is, or the sentence why nothing can be taken from it here."""
        if ticket.course != self.course.edition:
            return self.gettext("This file belongs to another course. Nothing was taken. Bring it in there.")
        if by is not None and ticket.person != by:
            return self.gettext(
                "This file belongs to somebody else's form. Nothing was taken. Choose your own answers file, or give "
                "this one to your facilitator."
            )
        if not self.course.has(ticket.exercise) and by is None:
            return self.gettext(
                "The exercise of this file is not in the course any more. Nothing was taken. Put the exercise back, or "
                "ask for the answers in another form."
            )
        if not self.course.has(ticket.exercise):
            return self.gettext(
                "The exercise of this file is not in the course any more. Nothing was taken. Please ask your "
                "facilitator."
            )
        session = session_of(ticket.person, self.data, self.store, self.course.edition)
        return self._without_access(ticket.person, by) if session is None else session

    def _without_access(self, person_id: str, by: str | None) -> str:
        """Why nothing is taken from the form of somebody who may not come in."""
        if by is not None:
            return self.gettext(
                "You are not in this course any more, so nothing was taken. Your answers are still in the file: keep "
                "it, and please ask your facilitator."
            )
        person = person_called(self.store, self.course.edition, person_id)
        if person is None:
            return self.gettext(
                "The person whose form this was has been removed from the course. Nothing was taken. If they are back "
                "under another name, ask them to download the form again and to copy their texts into it."
            )
        return self.gettext(
            "{name} has left the course. Nothing was taken. To take them back with their answers: academy people "
            "readmit {id}. Bring the file in again then."
        ).format(name=person.display_name, id=person_id)

    def _wrong_place(
        self, session: Session, exercise: Exercise, ticket: Ticket, expected: str, by: str | None
    ) -> str:
        if expected and expected != exercise.id and self.course.has(expected):
            return self.gettext(
                "These are the answers to “{there}”, not to “{here}”. Nothing was taken. Open “{there}” and bring the "
                "file in there."
            ).format(there=exercise.title, here=self.course.exercise(expected).title)
        if ticket.owner != session.owner(exercise) and by is None:
            return self.gettext(
                "This form was taken home before the team changed, so nobody can say whose answers these are now. "
                "Nothing was taken. Ask {name} to download the form again and to copy their texts into it."
            ).format(name=session.display_name)
        if ticket.owner != session.owner(exercise):
            return self.gettext(
                "This form was taken home before the team changed, so nobody can say whose answers these are now. "
                "Nothing was taken. Download the form again, and copy your texts into it."
            )
        return ""

    def _outdated(self, fits: int, lost: int) -> str:
        return self.gettext(
            "The exercise has changed since this form was downloaded. Nothing was taken yet. Answers that still fit: "
            "{fits}. Answers without a place: {lost}. You can take over those that fit."
        ).format(fits=fits, lost=lost)

    # -- its answers ---------------------------------------------------------------------------------------------

    def _edits(
        self, exercise: Exercise, ticket: Ticket, document: dict[str, Any]
    ) -> tuple[list[Edit], list[tuple[str, str]]]:
        """Sort the answers into those that can be kept and those that can't, with the names of their fields."""
        now = utc_now()
        edits: list[Edit] = []
        refused: list[tuple[str, str]] = []
        for item in document["edits"][:MOST_EDITS]:
            raw = item if isinstance(item, dict) else {}
            path, value = str(raw.get("path"))[:200], whole_characters(raw.get("value"))
            column = exercise.at(path)
            edit = Edit(
                str(raw.get("id")), path, value, _age(raw.get("at"), ticket, now), _base(raw.get("base"))
            )
            try:
                edit.check()
                fits = acceptable(exercise, path, value)
            except StoreError:
                fits = False
            if fits:
                edits.append(edit)
            else:
                refused.append((column.label if column else path, _shown(value)))
        return edits, refused

    def _told(self, merge: Merge, refused: int, dry_run: bool) -> str:
        gettext = self.gettext
        parts = []
        if merge.new or not (merge.known or merge.older or refused):
            first = (
                gettext("Answers that would be taken: {n}.") if dry_run else gettext("Answers taken: {n}.")
            )
            parts.append(first.format(n=merge.new))
        if merge.known:
            parts.append(gettext("Already here from before: {n}.").format(n=merge.known))
        if merge.older:
            parts.append(
                gettext(
                    "Older than what was written here since, so kept in the history and not shown: {n}."
                ).format(n=merge.older)
            )
        if refused:
            parts.append(gettext("Left out because they do not fit their fields: {n}.").format(n=refused))
        return " ".join(parts)


def _age(at: object, ticket: Ticket, now: datetime) -> int:
    """Milliseconds since something was typed. A clock may be wrong: nothing was typed before the form left or later
    than now."""
    sent = float(at) if isinstance(at, int | float) and abs(at) < 1e15 else now.timestamp() * 1000
    newest, oldest = now, min(ticket.issued_at, now)
    try:
        typed = datetime.fromtimestamp(sent / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        typed = now
    return (now - max(oldest, min(newest, typed))) // timedelta(milliseconds=1)


def _base(value: object) -> int:
    return max(0, int(value)) if isinstance(value, int) and value < 2**62 else 0


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return f"{text[:300]}…" if len(text) > 300 else text
