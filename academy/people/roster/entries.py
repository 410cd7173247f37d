"""Validated rows of a roster, and the report on an import."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from academy.i18n import Translator
from academy.people import records
from academy.people.addresses import clean_email
from academy.people.model import ROLES
from academy.people.names import clean_text, display_name_of, name_key
from academy.people.roster.file import RosterRow
from academy.people.roster.words import role_of, title

__all__ = ["RosterEntry", "RosterReport", "SkippedRow", "Twin", "entries_of", "group_keys", "key_of"]


class SkippedRow(NamedTuple):
    """A row that was not taken: the line it starts on, and why."""

    line: int
    reason: str


class Twin(NamedTuple):
    """A row that may be somebody who is here already, under another address."""

    line: int
    full_name: str
    email: str | None
    person_id: str
    known_email: str | None


@dataclass
class RosterReport:
    """What an import did (or, in a preview, would do): full names by outcome, and every row that was not taken.

    `renamed` holds old and new full names; `twins` are rows about which somebody has to be asked.
    """

    added: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    twins: list[Twin] = field(default_factory=list)
    preview: bool = False


@dataclass(frozen=True)
class RosterEntry:
    """A row that makes sense in itself."""

    line: int
    full_name: str
    display_name: str
    email: str | None
    groups: tuple[str, ...] | None
    role: str | None


def entries_of(
    rows: list[RosterRow], roles: Mapping[str, str], report: RosterReport, _: Translator
) -> list[RosterEntry]:
    """Turn rows into entries, and report those that make no sense or are in the file twice."""
    entries: list[RosterEntry] = []
    emails: dict[str, int] = {}
    nameless: dict[tuple[str, frozenset[str]], int] = {}
    for row in rows:
        entry = row.problem or _entry(row, roles, report, _)
        if isinstance(entry, RosterEntry):
            first = (
                emails.setdefault(entry.email, row.line)
                if entry.email
                else nameless.setdefault(key_of(entry), row.line)
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
    report.notes = list(dict.fromkeys(report.notes))
    return entries


def _entry(
    row: RosterRow, roles: Mapping[str, str], report: RosterReport, _: Translator
) -> RosterEntry | str:
    """Return the row as an entry, or why it is none."""
    cells = row.cells
    first, last = (clean_text(cells.get(column, ""), 99) for column in ("first", "last"))
    whole = clean_text(cells.get("name", ""), records.FULL_NAME)
    full_name = f"{first} {last}".strip() or whole
    display_name = display_name_of(first, last) if first or last else display_name_of("", full=whole)
    if not display_name:
        return _("there is no name")
    email = clean_email(cells.get("email", ""))
    if cells.get("email") and email is None:
        return _("{email} is not an e-mail address").format(email=clean_text(cells["email"], 80))
    wanted = cells.get("role", "").strip()
    role, read, unknown = role_of(wanted, roles)
    if unknown and role is None:
        return _(
            "{role} is not a known role: use {roles}, or say what it stands for with --role-as “{role}=participant”"
        ).format(role=clean_text(", ".join(unknown), 40), roles=", ".join(ROLES))
    report.notes += [
        _(
            "“{name}” is read as {role}. If it stands for another role: --role-as “{name}=participant”."
        ).format(name=clean_text(name, 40), role=known)
        for name, known in read.items()
        if known != "participant" and title(name) not in (*ROLES, *roles)
    ]
    if unknown:
        report.notes.append(
            _("These names of roles are not known, and left out: {names}.").format(
                names=clean_text(", ".join(unknown), 80)
            )
        )
    groups = None
    if "groups" in cells:
        groups = tuple(records.clean_groups(tuple(re.split(r"[,;\n]", cells["groups"]))))
    return RosterEntry(row.line, full_name, display_name, email, groups, role)


def key_of(entry: RosterEntry) -> tuple[str, frozenset[str]]:
    """Return what two rows without an address have in common if they are the same person."""
    return name_key(entry.full_name), group_keys(entry.groups or ())


def group_keys(groups: Iterable[str]) -> frozenset[str]:
    """Return groups as they are compared."""
    return frozenset(name_key(group) for group in groups)
