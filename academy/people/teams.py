"""Teams: two to five people who write one passport together."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from academy.errors import PeopleError
from academy.i18n import Translator, translator
from academy.people import records
from academy.people.model import TEAM, Person
from academy.people.names import clean_name, name_key, numbered
from academy.store import Answers, Edit, Store
from academy.store.schema import PersonRow, Revision, TeamMember, utc_now

__all__ = ["FEWEST", "MOST", "Team", "Teams"]

FEWEST, MOST = 2, 5

_TEAM_OF = sa.select(TeamMember.__table__.c.team_id).where(
    TeamMember.__table__.c.person_id == sa.bindparam("person")
)


@dataclass(frozen=True)
class Team:
    """A team and its members, in the order in which they came."""

    id: str
    name: str
    members: tuple[Person, ...]


class Teams:
    """The teams of a data folder. `lang` is the language of the sentences in errors."""

    def __init__(self, store: Store, lang: str = "en") -> None:
        self.store = store
        self.lang = lang

    def make(self, name: str, members: Iterable[str]) -> Team:
        """Make a team of people by their ids. What each has written alone stays theirs.

        Raises PeopleError for an empty name, too few or too many people, somebody who is in a team already, or
        somebody who is no participant.
        """
        gettext = self._gettext()
        chosen = list(dict.fromkeys(members))
        if not clean_name(name):
            raise PeopleError(gettext("A team needs a name with at least one letter or number."))
        if not FEWEST <= len(chosen) <= MOST:
            raise PeopleError(_size(len(chosen), gettext))
        with self.store.write() as session:
            row = PersonRow(
                id=records.free_id(session, "t"),
                role=TEAM,
                display_name=numbered(clean_name(name), records.taken_names(session)),
            )
            session.add(row)
            session.flush()
            for person_id in chosen:
                self._join(session, row.id, person_id)
            return self._team(session, row)

    def add(self, team_id: str, person_id: str) -> Team:
        """Take one more person into a team. Raises PeopleError as `make` does."""
        with self.store.write() as session:
            row = self._row(session, team_id)
            size = len(self._team(session, row).members) + 1
            if size > MOST:
                raise PeopleError(_size(size, self._gettext()))
            self._join(session, team_id, person_id)
            return self._team(session, row)

    def remove(self, person_id: str) -> Team:
        """Let a person go from their team; the team's answers stay with the team. Raises PeopleError if in none."""
        gettext = self._gettext()
        with self.store.write() as session:
            member = session.get(TeamMember, person_id)
            if member is None:
                raise PeopleError(
                    gettext("{id} is in no team. See the teams with: academy teams list").format(id=person_id)
                )
            row = self._row(session, member.team_id)
            session.delete(member)
            session.flush()
            return self._team(session, row)

    def of(self, person_id: str) -> Team | None:
        """Return the team that a person is in, or None."""
        found = self.store.rows(_TEAM_OF, person=person_id)
        return self.get(found[0].team_id) if found else None

    def get(self, team_id: str) -> Team | None:
        """Return a team by its id, or None."""
        with self.store.session() as session:
            row = session.get(PersonRow, team_id)
            return self._team(session, row) if row is not None and row.role == TEAM else None

    def all(self) -> list[Team]:
        """Return all teams in the order of their names."""
        query = sa.select(PersonRow).where(PersonRow.role == TEAM)
        with self.store.session() as session:
            found = [self._team(session, row) for row in session.scalars(query)]
        return sorted(found, key=lambda team: (name_key(team.name), team.id))

    def start_from(self, team_id: str, person_id: str, course_id: str, exercises: Iterable[str]) -> int:
        """Copy a member's answers to exercises that the team has not begun. Returns how many answers came over."""
        answers = Answers(self.store, course_id, author=person_id)
        copied = 0
        for exercise in exercises:
            mine = answers.draft(person_id, exercise).values
            if not mine or answers.draft(team_id, exercise).values:
                continue
            edits = [Edit(secrets.token_urlsafe(12), path, value) for path, value in mine.items()]
            answers.save(team_id, exercise, edits)
            copied += len(edits)
        return copied

    def contributions(self, team_id: str, course_id: str) -> dict[str, Counter[str]]:
        """Return, for each author, in how many fields of each exercise they have written for the team."""
        query = (
            sa.select(Revision.author, Revision.exercise, sa.func.count(sa.distinct(Revision.path)))
            .where(Revision.course == course_id, Revision.person_id == team_id, Revision.author.is_not(None))
            .group_by(Revision.author, Revision.exercise)
        )
        found: dict[str, Counter[str]] = {}
        with self.store.session() as session:
            for author, exercise, fields in session.execute(query):
                found.setdefault(str(author), Counter())[exercise] = fields
        return found

    def _gettext(self) -> Translator:
        return translator(self.lang)

    def _row(self, session: Session, team_id: str) -> PersonRow:
        gettext = self._gettext()
        row = session.get(PersonRow, team_id)
        if row is None or row.role != TEAM:
            raise PeopleError(
                gettext("There is no team {id}. See the teams with: academy teams list").format(id=team_id)
            )
        return row

    def _join(self, session: Session, team_id: str, person_id: str) -> None:
        gettext = self._gettext()
        person = session.get(PersonRow, person_id)
        if person is None or person.role not in ("participant", "mentor"):
            raise PeopleError(
                gettext("{id} is no participant, so they can't be in a team.").format(id=person_id)
            )
        member = session.get(TeamMember, person_id)
        if member is not None:
            raise PeopleError(
                gettext(
                    "{id} is in the team {team} already. Take them out first: academy teams remove {id}"
                ).format(id=person_id, team=member.team_id)
            )
        session.add(TeamMember(person_id=person_id, team_id=team_id, at=utc_now()))
        session.flush()

    def _team(self, session: Session, row: PersonRow) -> Team:
        query = (
            sa.select(PersonRow)
            .join(TeamMember, TeamMember.person_id == PersonRow.id)
            .where(TeamMember.team_id == row.id)
            .order_by(TeamMember.at, PersonRow.id)
        )
        return Team(row.id, row.display_name, tuple(Person.of(member) for member in session.scalars(query)))


def _size(count: int, gettext: Translator) -> str:
    return gettext("A team has {least} to {most} people, not {n}.").format(least=FEWEST, most=MOST, n=count)
