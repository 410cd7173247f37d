"""Importing a roster: what the file says, compared with who is there, in one transaction.

A row is the same person as before if the e-mail address is the same (case does not matter). Without an address
it is the person with the same full name and the same groups, or else the only one with that name whom no other
row means. A row that now has an address is the person who had none, with the same name and groups.
The identity goes to the private table; others see the first name and an initial (see `names.display_name_of`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from academy.errors import PeopleError
from academy.i18n import Translator, translator
from academy.people import records
from academy.people.model import ROLES, Private
from academy.people.names import clean_text, display_name_of, name_key, numbered, without_number
from academy.people.people import People
from academy.people.roster_file import RosterRow, read_roster, title
from academy.store.schema import Person as PersonRow
from academy.store.schema import PersonPrivate

__all__ = ["RosterReport", "SkippedRow", "import_roster"]

_ROLES = {
    "participant": "participant student learner etudiant estudiante estudante aluno participante",
    "facilitator": "facilitator teacher editingteacher enseignant facilitateur profesor professor facilitador",
    "mentor": "mentor tutor alumni",
}
ROLE_WORDS = {word: role for role, words in _ROLES.items() for word in words.split()}


class SkippedRow(NamedTuple):
    """A row that was not taken: the line it starts on, and why."""

    line: int
    reason: str


@dataclass
class RosterReport:
    """What an import did (or, in a preview, would do): full names by outcome, and every row that was not taken."""

    added: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    preview: bool = False


@dataclass(frozen=True)
class _Entry:
    """A row that makes sense in itself."""

    line: int
    full_name: str
    display_name: str
    email: str | None
    groups: tuple[str, ...] | None
    role: str | None


def import_roster(
    people: People, source: str | PathLike[str] | bytes, *, dry_run: bool = False, lang: str | None = None
) -> RosterReport:
    """Add and update people from a roster file (a path or its bytes); with `dry_run` only say what would happen.

    Raises PeopleError, and changes nothing, if the file as a whole can't be read.
    """
    _ = translator(lang or people.lang)
    file = read_roster(_content(source, _), _)
    report = RosterReport(notes=file.notes, preview=dry_run)
    entries = _entries(file.rows, report, _)
    with people.store.session() if dry_run else people.store.write() as session:
        _Import(session, people, report, _).run(entries)
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


def _entries(rows: list[RosterRow], report: RosterReport, _: Translator) -> list[_Entry]:
    """Turn rows into entries, and report those that make no sense or are in the file twice."""
    entries: list[_Entry] = []
    emails: dict[str, int] = {}
    nameless: dict[tuple[str, frozenset[str]], int] = {}
    for row in rows:
        entry = row.problem or _entry(row, _)
        if isinstance(entry, _Entry):
            first = (
                emails.setdefault(entry.email, row.line)
                if entry.email
                else nameless.setdefault(_key(entry), row.line)
            )
            if first == row.line:
                entries.append(entry)
                continue
            entry = (
                _(
                    "the e-mail address {email} is on line {line} already: give each person their own address, or "
                    "leave it empty"
                ).format(email=entry.email, line=first)
                if entry.email
                else _(
                    "{name} is on line {line} already, without an e-mail address to tell them apart"
                ).format(name=entry.full_name, line=first)
            )
        report.skipped.append(SkippedRow(row.line, entry))
    return entries


def _entry(row: RosterRow, _: Translator) -> _Entry | str:
    """Return the row as an entry, or why it is none."""
    cells = row.cells
    first, last = (clean_text(cells.get(column, ""), 99) for column in ("first", "last"))
    whole = clean_text(cells.get("name", ""), records.FULL_NAME)
    full_name = f"{first} {last}".strip() or whole
    display_name = display_name_of(first, last) if first or last else display_name_of("", full=whole)
    if not display_name:
        return _("there is no name")
    email = records.clean_email(cells.get("email", ""))
    if cells.get("email") and email is None:
        return _("{email} is not an e-mail address").format(email=clean_text(cells["email"], 80))
    wanted = cells.get("role", "").strip()
    role = ROLE_WORDS.get(title(wanted))
    if wanted and role is None:
        return _("{role} is not a known role: use {roles}").format(
            role=clean_text(wanted, 40), roles=", ".join(ROLES)
        )
    groups = None
    if "groups" in cells:
        groups = tuple(records.clean_groups(tuple(re.split(r"[,;\n]", cells["groups"]))))
    return _Entry(row.line, full_name, display_name, email, groups, role)


def _key(entry: _Entry) -> tuple[str, frozenset[str]]:
    return name_key(entry.full_name), _group_keys(entry.groups or ())


def _group_keys(groups: Iterable[str]) -> frozenset[str]:
    return frozenset(name_key(group) for group in groups)


class _Import:
    """One import: everybody who is there is meant by one row at most."""

    def __init__(self, session: Session, people: People, report: RosterReport, _: Translator) -> None:
        self.session = session
        self.people = people
        self.report = report
        self._ = _
        self.taken = records.taken_names(session)
        query = sa.select(PersonPrivate, PersonRow).join(PersonRow, PersonRow.id == PersonPrivate.person_id)
        self.free: dict[str, tuple[PersonPrivate, PersonRow]] = {
            person.id: (private, person)
            for private, person in session.execute(query.order_by(PersonRow.id)).all()
        }

    def run(self, entries: list[_Entry]) -> None:
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
            else:
                self._add(entry)

    def _by_email(self, entry: _Entry) -> list[str]:
        if entry.email is None:
            return []
        return [id for id, (private, _) in self.free.items() if private.email == entry.email]

    def _by_groups(self, entry: _Entry) -> list[str]:
        return [] if entry.email else self._namesakes(entry, same_groups=True)

    def _by_new_email(self, entry: _Entry) -> list[str]:
        return self._namesakes(entry, same_groups=True) if entry.email else []

    def _by_name(self, entry: _Entry) -> list[str]:
        if entry.email:
            return []
        return self._namesakes(entry) or self._namesakes(entry, same_groups=True, with_email=True)

    def _namesakes(self, entry: _Entry, same_groups: bool = False, with_email: bool = False) -> list[str]:
        name, groups = _key(entry)
        return [
            id
            for id, (private, _) in self.free.items()
            if name_key(private.full_name or "") == name
            and (private.email is not None) == with_email
            and (not same_groups or entry.groups is None or _group_keys(private.groups) == groups)
        ]

    def _add(self, entry: _Entry) -> None:
        if not self.report.preview:
            records.add(
                self.session,
                self.people.keys,
                self._,
                display_name=entry.display_name,
                role=entry.role or "participant",
                private=Private(entry.email, entry.full_name, entry.groups or ()),
                taken=self.taken,
            )
        self.report.added.append(entry.full_name)

    def _update(self, entry: _Entry, private: PersonPrivate, person: PersonRow) -> None:
        if entry.role is not None and entry.role != person.role:
            reason = self._("{name} is here already as {role}: an import does not change roles")
            self._skip(entry, reason.format(name=entry.full_name, role=person.role))
            return
        changes: dict[str, Any] = {}
        if entry.full_name != private.full_name:
            changes["full_name"] = entry.full_name
        if entry.email is not None and entry.email != private.email:
            changes["email"] = entry.email
        if entry.groups is not None and set(entry.groups) != set(private.groups):
            changes["groups"] = list(entry.groups)
        if not changes:
            self.report.unchanged.append(entry.full_name)
            return
        self.report.updated.append(entry.full_name)
        if self.report.preview:
            return
        if "full_name" in changes and without_number(person.display_name) in _derived(
            private.full_name or ""
        ):
            self.taken.discard(name_key(person.display_name))
            person.display_name = numbered(entry.display_name, self.taken)
            self.taken.add(name_key(person.display_name))
        for column, value in changes.items():
            setattr(private, column, value)

    def _skip(self, entry: _Entry, reason: str) -> None:
        self.report.skipped.append(SkippedRow(entry.line, reason))


def _derived(full_name: str) -> set[str]:
    """All display names that an import could have made of a full name: only those follow a change of name."""
    words = full_name.split()
    parts = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(len(words) + 1))
    return {display_name_of(first, last) for first, last in parts} | {display_name_of("", full=full_name)}
