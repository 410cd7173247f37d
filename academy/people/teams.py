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
from academy.people.model import LEARNERS, PEOPLE, TEAM, Person
from academy.people.names import clean_name, name_key, numbered
from academy.store import Answers, Edit, Store
from academy.store.schema import Enrolment, PersonRow, Revision, TeamMember, utc_now

__all__ = ["FEWEST", "MOST", "Team", "Teams"]

FEWEST, MOST = 2, 5

_MEMBER = TeamMember.__table__.c
_TEAM_OF = sa.select(_MEMBER.team_id).where(
    _MEMBER.edition == sa.bindparam("edition"), _MEMBER.person_id == sa.bindparam("person")
)
_TEAMS = PEOPLE.where(Enrolment.__table__.c.role == TEAM)
_MEMBERS = (
    PEOPLE.join(
        TeamMember,
        sa.and_(
            _MEMBER.person_id == PersonRow.__table__.c.id, _MEMBER.edition == Enrolment.__table__.c.edition
        ),
    )
    .where(_MEMBER.team_id == sa.bindparam("team"))
    .order_by(_MEMBER.at, PersonRow.__table__.c.id)
)


@dataclass(frozen=True)
class Team:
    """A team and its members, in the order in which they came."""

    id: str
    name: str
    members: tuple[Person, ...]


class Teams:
    """The teams of an edition. `lang` is the language of the sentences in errors."""

    def __init__(self, store: Store, edition: str, lang: str = "en") -> None:
        self.store = store
        self.edition = edition
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
            called = numbered(clean_name(name), records.taken_names(session, self.edition))
            row = PersonRow(id=records.free_id(session, "t"), kind=TEAM, display_name=called)
            session.add(row)
            session.flush()
            session.add(Enrolment(edition=self.edition, person_id=row.id, role=TEAM, display_name=called))
            session.flush()
            for person_id in chosen:
                self._join(session, row.id, person_id)
            return self._team(session, row.id)

    def add(self, team_id: str, person_id: str) -> Team:
        """Take one more person into a team. Raises PeopleError as `make` does."""
        with self.store.write() as session:
            size = len(self._team(session, team_id).members) + 1
            if size > MOST:
                raise PeopleError(_size(size, self._gettext()))
            self._join(session, team_id, person_id)
            return self._team(session, team_id)

    def remove(self, person_id: str) -> Team:
        """Let a person go from their team; the team's answers stay with the team. Raises PeopleError if in none."""
        gettext = self._gettext()
        with self.store.write() as session:
            member = session.get(TeamMember, (self.edition, person_id))
            if member is None:
                raise PeopleError(
                    gettext("{id} is in no team. See the teams with: academy teams list").format(id=person_id)
                )
            session.delete(member)
            session.flush()
            return self._team(session, member.team_id)

    def of(self, person_id: str) -> Team | None:
        """Return the team that a person is in, or None."""
        found = self.store.rows(_TEAM_OF, edition=self.edition, person=person_id)
        return self.get(found[0].team_id) if found else None

    def get(self, team_id: str) -> Team | None:
        """Return a team by its id, or None."""
        with self.store.session() as session:
            return self._found(session, team_id)

    def all(self) -> list[Team]:
        """Return all teams in the order of their names."""
        with self.store.session() as session:
            rows = session.execute(_TEAMS, {"edition": self.edition}).all()
            found = [self._with_members(session, Person.of(row)) for row in rows]
        return sorted(found, key=lambda team: (name_key(team.name), team.id))

    def start_from(self, team_id: str, person_id: str, exercises: Iterable[str]) -> int:
        """Copy a member's answers to exercises that the team has not begun. Returns how many answers came over."""
        answers = Answers(self.store, self.edition, author=person_id)
        copied = 0
        for exercise in exercises:
            mine = answers.draft(person_id, exercise).values
            if not mine or answers.draft(team_id, exercise).values:
                continue
            edits = [Edit(secrets.token_urlsafe(12), path, value) for path, value in mine.items()]
            answers.save(team_id, exercise, edits)
            copied += len(edits)
        return copied

    def contributions(self, team_id: str) -> dict[str, Counter[str]]:
        """Return, for each author, in how many fields of each exercise they have written for the team."""
        query = (
            sa.select(Revision.author, Revision.exercise, sa.func.count(sa.distinct(Revision.path)))
            .where(
                Revision.course == self.edition, Revision.person_id == team_id, Revision.author.is_not(None)
            )
            .group_by(Revision.author, Revision.exercise)
        )
        found: dict[str, Counter[str]] = {}
        with self.store.session() as session:
            for author, exercise, fields in session.execute(query):
                found.setdefault(str(author), Counter())[exercise] = fields
        return found

    def _gettext(self) -> Translator:
        return translator(self.lang)

    def _join(self, session: Session, team_id: str, person_id: str) -> None:
        gettext = self._gettext()
        person = session.get(Enrolment, (self.edition, person_id))
        if person is None or person.role not in LEARNERS:
            raise PeopleError(
                gettext("{id} is no participant, so they can't be in a team.").format(id=person_id)
            )
        member = session.get(TeamMember, (self.edition, person_id))
        if member is not None:
            raise PeopleError(
                gettext(
                    "{id} is in the team {team} already. Take them out first: academy teams remove {id}"
                ).format(id=person_id, team=member.team_id)
            )
        session.add(TeamMember(edition=self.edition, person_id=person_id, team_id=team_id, at=utc_now()))
        session.flush()

    def _team(self, session: Session, team_id: str) -> Team:
        """The team with an id. Raises PeopleError if there is none."""
        found = self._found(session, team_id)
        if found is None:
            gettext = self._gettext()
            raise PeopleError(
                gettext("There is no team {id}. See the teams with: academy teams list").format(id=team_id)
            )
        return found

    def _found(self, session: Session, team_id: str) -> Team | None:
        query = _TEAMS.where(PersonRow.__table__.c.id == team_id)
        row = session.execute(query, {"edition": self.edition}).first()
        return None if row is None else self._with_members(session, Person.of(row))

    def _with_members(self, session: Session, team: Person) -> Team:
        rows = session.execute(_MEMBERS, {"edition": self.edition, "team": team.id})
        return Team(team.id, team.display_name, tuple(Person.of(row) for row in rows))


def _size(count: int, gettext: Translator) -> str:
    return gettext("A team has {least} to {most} people, not {n}.").format(least=FEWEST, most=MOST, n=count)
