"""People of an edition as rows, for tests that need no links and codes."""

from sqlalchemy.orm import Session

from academy.store.schema import Enrolment, PersonRow

__all__ = ["enrolled"]


def enrolled(
    session: Session,
    edition: str,
    *ids: str,
    role: str = "participant",
    name: str | None = None,
    language: str | None = None,
) -> None:
    """Add people of a role to an edition; without a name each is called as their id says, `Amina` for `p-amina`."""
    for person in ids:
        called = name or person.partition("-")[2].title() or person
        session.add(PersonRow(id=person, display_name=called, language=language))
        session.flush()
        session.add(Enrolment(edition=edition, person_id=person, role=role, display_name=called))
