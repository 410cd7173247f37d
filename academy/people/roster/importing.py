"""Imports a roster: compares it with who is there, in one transaction.

A row is the same person as before if the e-mail address is the same (case does not matter). Without an address
it is the person with the same full name and the same groups, or else the only one with that name whom no other
row means. A row that now has an address is the person who had none, with the same name and groups. A row that is
nobody yet and has the name of somebody with another address, or of somebody who joined by themselves, is asked about.
The identity goes to the private table; others see the first name and an initial (see `names.display_name_of`).
"""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from academy.errors import PeopleError
from academy.i18n import Translator, translator
from academy.people import records
from academy.people.model import TEAM, Private
from academy.people.names import display_name_of, name_key, numbered, without_number
from academy.people.people import People
from academy.people.roster.entries import (
    RosterEntry,
    RosterReport,
    SkippedRow,
    Twin,
    entries_of,
    group_keys,
    key_of,
)
from academy.people.roster.file import read_roster
from academy.people.roster.words import title
from academy.store.schema import Enrolment, PersonPrivate

__all__ = ["RosterReport", "SkippedRow", "Twin", "import_roster"]

Answer = Literal["same", "new"]


def import_roster(
    people: People,
    source: str | PathLike[str] | bytes,
    *,
    dry_run: bool = False,
    lang: str | None = None,
    roles: Mapping[str, str] | None = None,
    twins: Mapping[int, Answer] | Answer | None = None,
) -> RosterReport:
    """Add and update people from a roster file (a path or its bytes); with `dry_run` only say what would happen.

    `roles` says which role is meant by other names for it. `twins` says, for all rows that may be somebody who is
    here or for those on some lines, whether it is the same person or a new one; the others are not taken.
    Raises PeopleError, and changes nothing, if the file as a whole can't be read.
    """
    _ = translator(lang or people.lang)
    for role in (roles or {}).values():
        records.check_role(role, _)
    file = read_roster(_content(source, _), _)
    report = RosterReport(notes=file.notes, preview=dry_run)
    entries = entries_of(file.rows, {title(name): role for name, role in (roles or {}).items()}, report, _)
    with people.store.session() if dry_run else people.store.write() as session:
        _Import(session, people, report, twins, _).run(entries)
    report.skipped.sort()
    return report


def _content(source: str | PathLike[str] | bytes, _: Translator) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise PeopleError(
            _("The file {file} can't be read: {why}.").format(file=source, why=error.strerror or error)
        ) from error


class _Import:
    """One import: everybody who is there is meant by one row at most."""

    def __init__(
        self,
        session: Session,
        people: People,
        report: RosterReport,
        answers: Mapping[int, Answer] | Answer | None,
        _: Translator,
    ) -> None:
        self.session = session
        self.people = people
        self.report = report
        self.answers = answers or {}
        self._ = _
        self.taken = records.taken_names(session, people.edition)
        here = sa.and_(Enrolment.edition == people.edition, Enrolment.role != TEAM, ~Enrolment.erased)
        query = sa.select(PersonPrivate, Enrolment).join(
            Enrolment, Enrolment.person_id == PersonPrivate.person_id
        )
        self.free: dict[str, tuple[PersonPrivate, Enrolment]] = {
            person.person_id: (private, person)
            for private, person in session.execute(query.where(here).order_by(Enrolment.person_id)).all()
        }
        rest = sa.select(Enrolment).where(here, Enrolment.person_id.not_in(list(self.free)))
        self.joined = {
            person.person_id: person for person in session.scalars(rest.order_by(Enrolment.person_id))
        }
        """People of whom only the name is known that others see."""

    def run(self, entries: list[RosterEntry]) -> None:
        """Match the rows from the surest sign to the weakest, then add those that are nobody yet."""
        for means in (self._by_email, self._by_groups, self._by_new_email, self._by_name):
            rest = []
            for entry in entries:
                found = means(entry)
                if len(found) == 1:
                    self._update(entry, *self.free.pop(found[0]))
                else:
                    rest.append(entry)
            entries = rest
        for entry in entries:
            namesakes = self._by_name(entry)
            if namesakes:
                reason = self._(
                    "there are {count} people called {name}: add an e-mail address to say who is meant"
                )
                self._skip(entry, reason.format(count=len(namesakes), name=entry.full_name))
            elif twins := self._twins(entry):
                self._settle(entry, twins)
            else:
                self._add(entry)

    def _by_email(self, entry: RosterEntry) -> list[str]:
        if entry.email is None:
            return []
        return [id for id, (private, _) in self.free.items() if private.email == entry.email]

    def _by_groups(self, entry: RosterEntry) -> list[str]:
        return [] if entry.email else self._namesakes(entry, same_groups=True)

    def _by_new_email(self, entry: RosterEntry) -> list[str]:
        return self._namesakes(entry, same_groups=True) if entry.email else []

    def _by_name(self, entry: RosterEntry) -> list[str]:
        if entry.email:
            return []
        return self._namesakes(entry) or self._namesakes(entry, same_groups=True, with_email=True)

    def _namesakes(
        self, entry: RosterEntry, same_groups: bool = False, with_email: bool = False
    ) -> list[str]:
        name, groups = key_of(entry)
        return [
            id
            for id, (private, person) in self.free.items()
            if name_key(private.full_name or "") == name
            and (private.email is not None) == with_email
            and (not same_groups or entry.groups is None or group_keys(person.groups) == groups)
        ]

    def _twins(self, entry: RosterEntry) -> list[str]:
        """Who may be this person under another address, or joined under this name."""
        name = name_key(entry.full_name)
        shown = {name, *map(name_key, _derived(entry.full_name))}
        return [id for id, (private, _) in self.free.items() if name_key(private.full_name or "") == name] + [
            id
            for id, person in self.joined.items()
            if " " in person.display_name and name_key(without_number(person.display_name)) in shown
        ]

    def _settle(self, entry: RosterEntry, twins: list[str]) -> None:
        """Do what was said about a row that may be somebody who is here, or leave it and ask."""
        answer = self.answers if isinstance(self.answers, str) else self.answers.get(entry.line)
        if answer == "new":
            self._add(entry)
        elif answer == "same" and len(twins) == 1:
            self._update(entry, *self._take(twins[0]))
        else:
            person_id = twins[0]
            known = self.free[person_id][0].email if person_id in self.free else None
            self.report.twins.append(Twin(entry.line, entry.full_name, entry.email, person_id, known))
            reason = self._(
                "{name} is here already ({id}, {email}): if this is the same person, change their address with academy "
                "people change {id} --email, or say --twins same; if it is another one, say --twins new"
            ).format(name=entry.full_name, id=", ".join(twins), email=known or self._("without an address"))
            self._skip(entry, reason)

    def _take(self, person_id: str) -> tuple[PersonPrivate, Enrolment]:
        if person_id in self.free:
            return self.free.pop(person_id)
        private = PersonPrivate(person_id=person_id)
        if not self.report.preview:
            self.session.add(private)
        return private, self.joined.pop(person_id)

    def _add(self, entry: RosterEntry) -> None:
        known, role = self._elsewhere(entry), entry.role or "participant"
        if known and not self.report.preview:
            groups = tuple(entry.groups or ())
            new = records.enrol(self.session, self.people.edition, known, role, groups, _=self._)
            self.taken.add(name_key(new.display_name))
        elif not self.report.preview:
            records.add(
                self.session,
                self.people.keys,
                self.people.edition,
                self._,
                display_name=entry.display_name,
                role=role,
                private=Private(entry.email, entry.full_name, entry.groups or ()),
                taken=self.taken,
            )
        self.report.added.append(entry.full_name)

    def _elsewhere(self, entry: RosterEntry) -> str | None:
        """Who has this address and is in other editions only: they come into this one with the account they have."""
        if entry.email is None:
            return None
        query = sa.select(PersonPrivate.person_id).where(PersonPrivate.email == entry.email)
        return self.session.scalar(query)

    def _update(self, entry: RosterEntry, private: PersonPrivate, person: Enrolment) -> None:
        if not person.active:
            reason = self._("{name} has left the course: to take them back, academy people readmit {id}")
            self._skip(entry, reason.format(name=entry.full_name, id=person.person_id))
            return
        if entry.role is not None and entry.role != person.role:
            reason = self._(
                "{name} is here already as {role}, and an import does not change roles: academy people change {id} "
                "--role {wanted} does"
            )
            self._skip(
                entry,
                reason.format(name=entry.full_name, role=person.role, id=person.person_id, wanted=entry.role),
            )
            return
        changes: dict[str, object] = {}
        if entry.full_name != private.full_name:
            changes["full_name"] = entry.full_name
        if entry.email is not None and entry.email != private.email:
            changes["email"] = entry.email
        if entry.groups is not None and set(entry.groups) != set(person.groups):
            changes["groups"] = list(entry.groups)
        if not changes:
            self.report.unchanged.append(entry.full_name)
            return
        self.report.updated.append(entry.full_name)
        if "full_name" in changes and private.full_name:
            self.report.renamed.append((private.full_name, entry.full_name))
        if self.report.preview:
            return
        if "full_name" in changes and without_number(person.display_name) in _derived(
            private.full_name or ""
        ):
            self.taken.discard(name_key(person.display_name))
            person.display_name = numbered(entry.display_name, self.taken)
            self.taken.add(name_key(person.display_name))
        for column, value in changes.items():
            setattr(person if column == "groups" else private, column, value)

    def _skip(self, entry: RosterEntry, reason: str) -> None:
        self.report.skipped.append(SkippedRow(entry.line, reason))


def _derived(full_name: str) -> set[str]:
    """All display names that an import could have made of a full name: only those follow a change of name."""
    words = full_name.split()
    parts = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(len(words) + 1))
    return {display_name_of(first, last) for first, last in parts} | {display_name_of("", full=full_name)}
